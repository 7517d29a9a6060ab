"""`morphogen render`: a scene, a tape or an ISF file, every frame of it, into a picture or a film.

In: options. Out: files. Never opens a window or a port.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands.folders import find_assets, read_library
from engine.commands.progress import count
from engine.commands.tapes import choose_tape
from engine.commands.values import (
    read_grain,
    read_layout,
    read_positive,
    read_seed,
    read_setting,
    read_size,
    read_time,
    read_whole,
)
from engine.errors import Complaint, MorphogenError
from engine.output.codecs import CODECS

if TYPE_CHECKING:
    from engine.library import Library
    from engine.tape.reading import Tape

SECONDS, SIZE, FPS = 10.0, (1280, 720), 30  # if nothing else is said


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("scene", metavar="SCENE|TAPE|FILE.fs")
    command.add_argument(
        "--input",
        type=Path,
        action="append",
        metavar="IMAGE",
        help="FILE.fs: on this, twice for two",
    )
    command.add_argument(
        "--set",
        type=read_setting,
        action="append",
        metavar="NAME=VALUE",
        default=[],
        help="FILE.fs: an input of it",
    )
    command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE|FOLDER")
    command.add_argument("--codec", choices=tuple(CODECS), help="else by the name's end")
    command.add_argument("--seconds", type=read_positive, help="of a scene; else 10")
    command.add_argument("--size", type=read_size, help="else 1280x720, or the tape's own")
    command.add_argument("--seed", type=read_seed, default=1)
    command.add_argument(
        "--fps", type=read_whole, help="a whole number; else 30, or the tape's own"
    )
    command.add_argument("--from", type=read_time, dest="begin", metavar="TIME", help="of a tape")
    command.add_argument("--to", type=read_time, dest="end", metavar="TIME", help="like 1:30 or 90")
    command.add_argument(
        "--at",
        type=read_time,
        action="append",
        metavar="TIME",
        help="a still of a tape, or several",
    )
    command.add_argument(
        "--grain",
        type=read_grain,
        default=1.0,
        metavar="N",
        help="a tape: times as many cells a row",
    )
    command.add_argument("--layout", type=read_layout, default="fused", help="of the cells")
    command.add_argument(
        "--audio", type=Path, metavar="FILE", help="hear it, and put it in the film"
    )
    command.add_argument("--audio-beat", action="store_true", help="the tempo follows its beat")
    command.add_argument("--quiet", action="store_true", help="no progress bar")


def run(options: argparse.Namespace) -> int:
    """Render a scene or a tape offline, every frame, into a picture or a film."""
    if options.scene.endswith(".fs"):
        return _render_file(options)
    tape = choose_tape(options.scene)
    _check_moments(options, tape)
    library = read_library(options)
    try:
        with count("frame", quiet=options.quiet) as progress:
            if tape:
                _render_tape(options, library, tape, progress)
            else:
                _render_scene(options, library, progress)
    except KeyboardInterrupt:
        if options.output.with_name(f"{options.output.name}.parts").is_dir():
            print("morphogen: the same command goes on where this one was", file=sys.stderr)
        raise
    print(options.output)
    return 0


def _render_scene(
    options: argparse.Namespace, library: Library, progress: Callable[[int, int], None]
) -> None:
    from engine.gpu.layout import LAYOUTS
    from engine.library import choose_start
    from engine.offline import render_scene

    scene, _ = choose_start(library, options.scene)
    render_scene(
        library,
        scene,
        options.output,
        seconds=options.seconds or SECONDS,
        size=options.size or SIZE,
        seed=options.seed,
        fps=options.fps or FPS,
        layout=LAYOUTS[options.layout],
        progress=progress,
        audio=options.audio,
        audio_leads=options.audio_beat,
        codec=options.codec,
        plan=_name_plan(options, library),
    )


def _render_tape(
    options: argparse.Namespace,
    library: Library,
    tape: Tape,
    progress: Callable[[int, int], None],
) -> None:
    """At the tape's own size and pictures a second, if nothing else was asked for."""
    from engine.offline_tape import render_tape
    from engine.output.film import open_film

    size, fps = options.size or tape.header.size, float(options.fps or round(tape.header.fps))
    begin = options.begin or 0.0
    end = min(options.end or 1e9, begin + options.seconds if options.seconds else 1e9)
    plan = _name_plan(options, library)
    sound = (options.audio, None) if options.audio else None
    with open_film(options.output, size, fps, plan=plan, codec=options.codec, sound=sound) as film:
        render_tape(
            library,
            tape,
            film,
            size=size,
            fps=fps,
            grain=options.grain,
            span_s=(begin, end),
            moments_s=options.at or (),
            say=lambda complaint: print(complaint, file=sys.stderr),
            progress=progress,
        )


def _check_moments(options: argparse.Namespace, tape: Tape | None) -> None:
    """Raises `MorphogenError` where stills make no sense."""
    from engine.output.sequence import is_sequence

    if not options.at:
        return
    if tape is None:
        what = "--at is for tapes"
        remedy = "Give a scene --seconds: its last picture is the still."
        raise MorphogenError(Complaint(options.scene, what, remedy))
    if not is_sequence(options.output) and (options.output.suffix != ".png" or options.at[1:]):
        what, remedy = "stills are no film", "Use out.png for one, frames/%05d.png for several."
        raise MorphogenError(Complaint(str(options.output), what, remedy))


def _render_file(options: argparse.Namespace) -> int:
    """An ISF file by itself."""
    from engine.commands.render_file import FileJob, render_file

    job = FileJob(
        Path(options.scene),
        options.output,
        options.seconds or SECONDS,
        options.size or SIZE,
        options.fps or FPS,
        tuple(options.input or ()),
        options.audio,
        dict(options.set),
    )
    with count("frame", quiet=options.quiet) as progress:
        render_file(find_assets(options), job, progress)
    print(options.output)
    return 0


def _name_plan(options: argparse.Namespace, library: Library) -> str:
    """So that an interrupted rendering goes on only if nothing is another than before."""
    from engine.tape.files import hash_file, name_plan

    told = {name: value for name, value in vars(options).items() if name not in ("run", "quiet")}
    sound = hash_file(options.audio) if options.audio else ""
    return name_plan(library.assets, Path(options.scene), sorted(map(str, told.items())), sound)
