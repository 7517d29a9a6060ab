"""`morphogen play`: what was typed becomes settings, and a supervisor plays by them.

In: options. Out: the exit code. Imports of heavy rooms stand inside: a picture has to be there at once.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from datetime import datetime
from pathlib import Path

from engine.commands.folders import find_assets
from engine.commands.starts import check_keeping, check_start, describe_hours
from engine.commands.tapes import choose_tape
from engine.commands.values import (
    read_channels,
    read_layout,
    read_port,
    read_positive,
    read_ranges,
    read_rate,
    read_seed,
    read_size,
)
from engine.errors import Complaint, MorphogenError
from engine.output.codecs import CODECS
from engine.settings import OSC_PORT, PlaySettings


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("start", nargs="?", default="default", metavar="SHOW|SCENE|TAPE")
    command.add_argument("--fullscreen", action="store_true")
    command.add_argument("--monitor", help="its number or part of its name")
    command.add_argument("--size", type=read_size, help="of the window, like 1280x720")
    command.add_argument("--fps", type=read_rate)
    command.add_argument("--seed", type=read_seed, default=1)
    command.add_argument(
        "--osd",
        choices=("auto", "on", "off"),
        default="auto",
        help="words over the picture: in a window (auto), always, never",
    )
    command.add_argument("--headless", action="store_true", help="without a window")
    command.add_argument("--duration", type=read_positive, help="seconds, then leave")
    command.add_argument("--record", type=Path, metavar="FILE", help="a film, .mp4")
    command.add_argument(
        "--codec", choices=tuple(CODECS), help="of films; else by their name's end"
    )
    command.add_argument(
        "--record-audio", action="store_true", help="films have the sound that --audio hears"
    )
    command.add_argument(
        "--takes", type=Path, metavar="FOLDER", help="of films and stills begun live"
    )
    command.add_argument("--tape", type=Path, metavar="FILE", help="record all that is played")
    command.add_argument("--loop", action="store_true", help="a tape: over and over")
    command.add_argument("--preview", type=Path, metavar="FILE", help="latest picture, headless")
    command.add_argument("--preview-every", type=read_positive, default=1.0, metavar="SECONDS")
    command.add_argument("--osc-port", type=read_port, default=OSC_PORT, help="0: no OSC")
    command.add_argument("--osc-bind", default="127.0.0.1", metavar="ADDRESS")
    command.add_argument(
        "--osc-allow", type=read_ranges, default=(), metavar="RANGE,...", help="who may send OSC"
    )
    command.add_argument("--midi", metavar="PATTERN", help="only ports whose name has this in it")
    command.add_argument(
        "--audio",
        metavar="NAME|FILE",
        help="hear this input (or part of its name), or a sound file",
    )
    command.add_argument(
        "--audio-channels", type=read_channels, default=(), metavar="1,2", help="mix these"
    )
    command.add_argument("--audio-beat", action="store_true", help="the tempo follows its beat")
    command.add_argument("--link", action="store_true", help="follow Ableton Link, if installed")
    command.add_argument("--layout", type=read_layout, help="of the cells; else the quickest here")


def run(options: argparse.Namespace) -> int:
    """Play a show, a scene or a tape until it is stopped."""
    from engine.supervisor.supervisor import Supervisor

    assets = find_assets(options)  # a wrong folder is said once, not by each process
    tape = choose_tape(options.start)
    if tape is None:
        check_start(assets, options.start)
        if closed := describe_hours(assets, options.start, datetime.now()):
            print(f"morphogen: {closed}", file=sys.stderr)
    check_keeping(options.record, options.codec, options.tape)
    audio, audio_file = _choose_audio(options.audio)
    sound = None
    if options.record_audio:
        from platformdirs import user_cache_dir

        if not options.audio:
            what, remedy = "there is nothing to be heard", "Say what: --audio NAME or --audio FILE."
            raise MorphogenError(Complaint("--record-audio", what, remedy))
        sound = Path(user_cache_dir("morphogen")) / f"sound-{os.getpid()}"
    supervisor = Supervisor(
        PlaySettings(
            start=options.start,
            assets=options.assets,
            user=assets.user,
            fullscreen=options.fullscreen,
            monitor=options.monitor,
            size=options.size or (tape.header.size if tape and options.headless else None),
            fps=options.fps,
            seed=options.seed,
            headless=options.headless,
            duration=options.duration,
            record=options.record,
            codec=options.codec,
            takes=options.takes.resolve() if options.takes else None,
            tape=options.tape,
            replay=Path(options.start).resolve() if tape else None,
            loop=options.loop,
            preview=options.preview,
            preview_every=options.preview_every,
            osc_port=options.osc_port or None,
            osc_bind=options.osc_bind,
            osc_allow=options.osc_allow,
            midi=options.midi,
            audio=audio,
            audio_file=audio_file,
            audio_channels=options.audio_channels,
            audio_beat=options.audio_beat,
            link=options.link,
            layout=options.layout,
            osd=options.osd,
            sound=sound,
        )
    )
    try:
        return supervisor.run()
    finally:
        if sound:
            shutil.rmtree(sound, ignore_errors=True)


def _choose_audio(wanted: str | None) -> tuple[str | None, Path | None]:
    """The name of an input, or a file that can be played. Raises MorphogenError for a bad file."""
    if not wanted:
        return None, None
    from engine.desk.audio.sound_file import check_sound, means_file
    from engine.output.ffmpeg import find_ffmpeg

    path = Path(wanted).expanduser()
    if not means_file(path):
        return wanted, None
    check_sound(find_ffmpeg(), path)
    return None, path.resolve()
