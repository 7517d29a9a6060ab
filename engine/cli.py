"""The command `morphogen`: what was typed becomes settings, and one of the commands below runs.

Imports of heavy rooms stand inside the commands that need them: `play` must show a picture at once.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine import __version__
from engine.cli_values import (
    read_cells,
    read_channels,
    read_layout,
    read_port,
    read_positive,
    read_range,
    read_ranges,
    read_seed,
    read_size,
    read_steps,
    read_whole,
)
from engine.desk.audio.listening import BANDS
from engine.desk.play.binding import MODES, SENDS, TAKEOVERS
from engine.errors import Complaint, MorphogenError, suggest
from engine.settings import OSC_PORT, PlaySettings

if TYPE_CHECKING:
    from engine.library import Library
    from engine.message import Argument
    from engine.show.catalogue import Model

COMMANDS = ("play", "render", "learn", "atlas", "list", "check", "doctor", "monitor")
LISTS = (
    *("scenes", "models", "presets", "looks", "palettes", "shows"),
    *("monitors", "midi", "controllers", "audio"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0, 2 for a mistake in what was asked, 1 for a fault."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0] not in (*COMMANDS, "-h", "--help", "--version")):
        words.insert(0, "play")
    # To argparse "-1:1" is an option, but for behind a "=".
    for at in range(len(words) - 1, 0, -1):
        if words[at - 1].endswith("range") and re.match(r"-[\d.]", words[at]):
            words[at - 1 : at + 1] = [f"{words[at - 1]}={words[at]}"]
    try:
        options = _build_parser().parse_args(words)
        command: Callable[[argparse.Namespace], int] = options.run
        code = command(options)
        sys.stdout.flush()
        return code
    except MorphogenError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `morphogen list scenes | head`
        # Else Python itself, which writes the rest at its end, would say that nobody reads.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def play(options: argparse.Namespace) -> int:
    """Play a show or a scene until it is stopped."""
    from engine.assets import find_assets
    from engine.supervisor import Supervisor

    find_assets(options.assets)  # a wrong folder is said once, not by each process
    audio, audio_file = _choose_audio(options.audio)
    return Supervisor(
        PlaySettings(
            start=options.start,
            assets=options.assets,
            fullscreen=options.fullscreen,
            monitor=options.monitor,
            size=options.size,
            fps=options.fps,
            seed=options.seed,
            headless=options.headless,
            duration=options.duration,
            record=options.record,
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
        )
    ).run()


def render(options: argparse.Namespace) -> int:
    """Render a scene offline, every frame, into a picture or a film."""
    from tqdm import tqdm

    from engine.gpu.layout import LAYOUTS
    from engine.library import choose_start
    from engine.offline import render_scene

    library = _read_library(options.assets)
    scene, _ = choose_start(library, options.scene)
    with tqdm(total=None, unit="frame", disable=options.quiet, leave=False, delay=0.5) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        render_scene(
            library,
            scene,
            options.output,
            seconds=options.seconds,
            size=options.size,
            seed=options.seed,
            fps=options.fps,
            layout=LAYOUTS[options.layout],
            progress=progress,
            audio=options.audio,
            audio_leads=options.audio_beat,
        )
    print(options.output)
    return 0


def learn(options: argparse.Namespace) -> int:
    """Teach a control what to play: say what, then move it; or list, forget, export, import."""
    from engine.assets import find_assets
    from engine.bindings_command import export, forget, list_bindings, take_in
    from engine.desk.play.overlay import find_overlay
    from engine.learn_command import Manner, teach

    own = find_overlay()
    if options.list or options.profile:
        list_bindings(own, find_assets(options.assets), profiles=options.profile)
    elif options.forget:
        forget(options.forget, _read_library(options.assets), own)
    elif options.export_file:
        export(own, options.export_file)
    elif options.import_file:
        take_in(options.import_file, own)
    else:
        return teach(
            options.target,
            Manner(_read_manner(options), options.audio or "", options.seconds),
            _read_library(options.assets),
            own,
            port=options.osc_port or None,
            midi=options.midi,
        )
    return 0


def atlas(options: argparse.Namespace) -> int:
    """Compute a map of a model over two parameters: where it lives, moves or dies."""
    from dataclasses import replace

    from tqdm import tqdm

    from engine.atlas_command import make_atlas, narrow, plan_atlas

    library = _read_library(options.assets)
    columns, rows = options.cells
    plan = plan_atlas(
        library,
        options.model,
        options.x,
        options.y,
        preset=options.preset,
        columns=columns,
        rows=rows,
        size=options.cell_size,
        steps=options.steps,
        seed=options.seed,
    )
    plan = replace(plan, x=narrow(plan.x, options.x_range), y=narrow(plan.y, options.y_range))
    folder = options.into or library.assets.config / "maps"
    with tqdm(total=None, unit="cell", disable=options.quiet, leave=False, delay=0.5) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        for path in make_atlas(library, plan, folder, options.output, progress):
            print(path)
    return 0


def list_things(options: argparse.Namespace) -> int:
    """Print what there is, one a line: its id, then what it is."""
    for name, about in _list_rows(options):
        print(f"{name:<20} {about}".rstrip())
    return 0


def check(options: argparse.Namespace) -> int:
    """Check every scene, shader, palette and config; all mistakes at once."""
    from engine.check import check_assets

    return check_assets(options.paths, options.assets)


def monitor(options: argparse.Namespace) -> int:
    """Show live what an engine that plays is told, what that is bound to and what it did."""
    from engine.monitor_command import watch

    watch(options.host, options.osc_port, options.seconds, options.counts, sys.stdout)
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Say what works on this machine, what is missing, and how to mend it."""
    from engine.doctor import examine

    return examine(options.assets, options.osc_port)


def _read_manner(options: argparse.Namespace) -> dict[str, tuple[Argument, ...]]:
    """What was asked for of how a control is to play, as `/learn/<word>` takes it."""
    words: dict[str, tuple[Argument, ...]] = {}
    if options.range is not None:
        words["range"] = options.range
    for name in ("curve", "step", "takeover", "mode", "send"):
        if getattr(options, name) is not None:
            words[name] = (getattr(options, name),)
    if options.invert:
        words["invert"] = (1,)
    return words


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


def _list_rows(options: argparse.Namespace) -> list[tuple[str, str]]:
    if options.what == "monitors":
        from engine.output.diagnose import list_monitors

        return [(name, "") for name in list_monitors()]
    if options.what == "midi":
        from engine.desk.diagnose import list_midi_ports

        return [(name, "") for name in list_midi_ports()]
    if options.what == "controllers":
        from engine.assets import find_assets
        from engine.bindings_command import list_controllers

        return list_controllers(find_assets(options.assets))
    if options.what == "audio":
        from engine.desk.audio.diagnose import list_audio_inputs

        return list_audio_inputs()
    library = _read_library(options.assets)
    catalogue = library.catalogue
    if options.what == "scenes":
        return [(s.id, f"{s.title}: {s.about}") for s in catalogue.scenes.values()]
    if options.what == "palettes":
        return [(p.id, f"{p.title}: {p.about}") for p in catalogue.palettes.values()]
    if options.what == "shows":
        return [
            (show.id, f"{show.title} ({len(show.entries)} scenes)")
            for show in library.shows.values()
        ]
    if options.what == "presets":
        return _list_presets(catalogue.models, options.of)
    if options.what == "looks":
        return [(look.id, look.title) for look in catalogue.looks.values()]
    return [
        (model.id, model.title + (f" ({len(model.presets)} presets)" if model.presets else ""))
        for model in catalogue.models.values()
    ]


def _list_presets(models: Mapping[str, Model], of: str | None) -> list[tuple[str, str]]:
    if of is not None and of not in models:
        raise MorphogenError(Complaint(of, "no such model", suggest(of, models)))
    rows = []
    for model in models.values():
        if of in (None, model.id):
            prefix = "" if of else f"{model.id} "
            rows += [(prefix + p.id, f"{p.title} ({p.source})") for p in model.presets]
    return rows


def _read_library(assets: Path | None) -> Library:
    """The library, with what is wrong in it said on stderr."""
    from engine.assets import find_assets
    from engine.library import read_library

    library = read_library(find_assets(assets))
    for complaint in library.complaints:
        print(complaint, file=sys.stderr)
    return library


def _build_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="morphogen", description="A diffusion on the GPU, played live.")
    parser.add_argument("--version", action="version", version=f"morphogen {__version__}")
    commands = parser.add_subparsers(title="commands", required=True)

    def add(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        about = (run.__doc__ or "").split("\n")[0]
        command = commands.add_parser(name, help=about, description=about)
        command.set_defaults(run=run)
        command.add_argument("--assets", type=Path, help="the folder with shaders, scenes, config")
        return command

    command = add("play", play)
    command.add_argument("start", nargs="?", default="default", metavar="SHOW|SCENE")
    command.add_argument("--fullscreen", action="store_true")
    command.add_argument("--monitor", help="its number or part of its name")
    command.add_argument("--size", type=read_size, help="of the window, like 1280x720")
    command.add_argument("--fps", type=read_positive)
    command.add_argument("--seed", type=read_seed, default=1)
    command.add_argument("--headless", action="store_true", help="without a window")
    command.add_argument("--duration", type=read_positive, help="seconds, then leave")
    command.add_argument("--record", type=Path, metavar="FILE", help="a film, .mp4")
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

    command = add("render", render)
    command.add_argument("scene", metavar="SCENE")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="out.png|out.mp4")
    command.add_argument("--seconds", type=read_positive, default=10.0)
    command.add_argument("--size", type=read_size, default=(1280, 720))
    command.add_argument("--seed", type=read_seed, default=1)
    command.add_argument("--fps", type=read_whole, default=30, help="a whole number")
    command.add_argument("--layout", type=read_layout, default="fused", help="of the cells")
    command.add_argument(
        "--audio", type=Path, metavar="FILE", help="hear it, and put it in the film"
    )
    command.add_argument("--audio-beat", action="store_true", help="the tempo follows its beat")
    command.add_argument("--quiet", action="store_true", help="no progress bar")

    command = add("learn", learn)
    what = "macro 3, scene coral, palette/next, brightness, a parameter's name, or an address"
    command.add_argument("target", nargs="*", metavar="TARGET", help=f"what is played: {what}")
    command.add_argument(
        "--range", type=read_range, metavar="A:B", help="in units of what is played"
    )
    command.add_argument("--curve", type=read_positive, metavar="POWER", help="of the way")
    command.add_argument("--invert", action="store_true", help="the other way round")
    command.add_argument("--takeover", choices=TAKEOVERS, help="how a knob meets the value")
    command.add_argument("--mode", choices=MODES, help="if it is no knob as it seems")
    command.add_argument(
        "--send",
        choices=[s for s in SENDS if s != "index"],
        help="what a button, a pad, a key does",
    )
    command.add_argument("--step", type=read_positive, metavar="SHARE", help="an encoder's notch")
    command.add_argument("--audio", choices=BANDS, help="what is heard plays it; move nothing")
    command.add_argument(
        "--for", type=read_positive, default=30.0, metavar="SECONDS", dest="seconds"
    )
    command.add_argument("--osc-port", type=read_port, default=OSC_PORT, help="of the engine")
    command.add_argument("--midi", metavar="PATTERN", help="only these ports, without an engine")
    deeds = command.add_mutually_exclusive_group()
    deeds.add_argument("--list", action="store_true", help="what your controls play")
    deeds.add_argument("--forget", nargs="+", metavar="TARGET", help="nothing of yours plays it")
    deeds.add_argument("--export", type=Path, metavar="FILE", dest="export_file")
    deeds.add_argument("--import", type=Path, metavar="FILE", dest="import_file")
    command.add_argument("--profile", action="store_true", help="list: also what profiles say")

    command = add("atlas", atlas)
    command.add_argument("model", metavar="MODEL")
    command.add_argument("x", metavar="X", help="the parameter from left to right")
    command.add_argument("y", metavar="Y", help="the parameter from bottom to top")
    command.add_argument("-o", "--output", type=Path, metavar="out.png", help="a picture of it")
    command.add_argument("--cells", type=read_cells, default=(24, 16), help="like 24x16")
    command.add_argument("--cell-size", type=read_whole, default=64, help="of each, in cells")
    command.add_argument(
        "--steps", type=read_steps, default=0, help="for each; as a rule five seconds'"
    )
    command.add_argument("--x-range", type=read_range, metavar="A:B")
    command.add_argument("--y-range", type=read_range, metavar="A:B")
    command.add_argument("--preset", default="", help="the other values, and the seed")
    command.add_argument("--seed", type=read_seed, default=1)
    command.add_argument("--into", type=Path, metavar="FOLDER", help="keep the data there")
    command.add_argument("--quiet", action="store_true", help="no progress bar")

    command = add("list", list_things)
    command.add_argument("what", choices=LISTS)
    command.add_argument("of", nargs="?", metavar="MODEL", help="presets: of this model only")
    command = add("check", check)
    command.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    command = add("doctor", doctor)
    command.add_argument("--osc-port", type=read_port, default=OSC_PORT)
    command = add("monitor", monitor)
    command.add_argument("--osc-port", type=read_port, default=OSC_PORT, help="of the engine")
    command.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where it plays")
    command.add_argument(
        "--for", dest="seconds", type=read_positive, metavar="SECONDS", help="then leave"
    )
    command.add_argument("--counts", action="store_true", help="only the counters, then leave")
    return parser


class _Parser(argparse.ArgumentParser):
    """Mistakes on the command line in the one shape of every complaint."""

    def error(self, message: str) -> None:  # type: ignore[override]
        raise MorphogenError(Complaint(self.prog, message, f"See {self.prog} --help."))
