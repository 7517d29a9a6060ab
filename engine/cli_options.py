"""What may be typed behind each command. In: nothing. Out: the parser; its words, read by `cli_values`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from engine import __version__
from engine.commands.new_file import KINDS
from engine.commands.values import (
    read_cells,
    read_channels,
    read_few,
    read_grain,
    read_layout,
    read_port,
    read_positive,
    read_range,
    read_ranges,
    read_seed,
    read_setting,
    read_size,
    read_steps,
    read_time,
    read_whole,
)
from engine.desk.audio.listening import BANDS
from engine.desk.play.binding import MODES, SENDS, TAKEOVERS
from engine.errors import Complaint, MorphogenError
from engine.output.codecs import CODECS
from engine.settings import OSC_PORT

LISTS = (
    *("scenes", "models", "presets", "looks", "palettes", "shows"),
    *("effects", "transitions", "generators"),
    *("monitors", "midi", "controllers", "audio"),
)
Run = Callable[[argparse.Namespace], int]


def build_parser(commands: Mapping[str, Run]) -> argparse.ArgumentParser:
    """The parser of every command; the first line of each one's docstring is its help."""
    parser = _Parser(prog="morphogen", description="A diffusion on the GPU, played live.")
    parser.add_argument("--version", action="version", version=f"morphogen {__version__}")
    several = parser.add_subparsers(title="commands", required=True)
    for name, run in commands.items():
        about = (run.__doc__ or "").split("\n")[0]
        command = several.add_parser(name, help=about, description=about)
        command.set_defaults(run=run)
        command.add_argument("--assets", type=Path, help="the folder with shaders, scenes, config")
        command.add_argument("--user", type=Path, metavar="FOLDER", help="your own, laid over it")
        _OPTIONS[name](command)
    return parser


def _play_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("start", nargs="?", default="default", metavar="SHOW|SCENE|TAPE")
    command.add_argument("--fullscreen", action="store_true")
    command.add_argument("--monitor", help="its number or part of its name")
    command.add_argument("--size", type=read_size, help="of the window, like 1280x720")
    command.add_argument("--fps", type=read_positive)
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


def _render_options(command: argparse.ArgumentParser) -> None:
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


def _tape_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "deed", choices=("info", "cut"), help="say what is on it; keep a piece of it"
    )
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("-o", "--output", type=Path, metavar="out.tape", help="of the piece")
    command.add_argument("--from", type=read_time, default=0.0, dest="begin", metavar="TIME")
    command.add_argument("--to", type=read_time, default=1e9, dest="end", metavar="TIME")


def _learn_options(command: argparse.ArgumentParser) -> None:
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


def _atlas_options(command: argparse.ArgumentParser) -> None:
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


def _list_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=LISTS)
    command.add_argument("of", nargs="?", metavar="MODEL", help="presets: of this model only")


def _palette_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("action", choices=["import"])
    what = ".gpl .hex .ase .aco .act .pal .cpt .css, a picture, or 'linear-gradient(...)'"
    command.add_argument("source", metavar="FILE|GRADIENT", help=what)
    command.add_argument("--name", default="", help="its id; else what the file says")
    command.add_argument(
        "--order", choices=("auto", "file", "lightness"), default="auto", help="of a list's colours"
    )
    command.add_argument("--dark", action="store_true", help="begin in the shadow of its darkest")
    command.add_argument(
        "--colours", type=read_few, default=6, metavar="2-32", help="how many of a picture's"
    )
    command.add_argument("--replace", action="store_true", help="a palette of that name of yours")


def _new_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    command.add_argument("name", metavar="NAME", help="its id: a-z, 0-9, _ and -")
    command.add_argument("--here", action="store_true", help="below this folder, not your own")


def _export_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="MODEL|LOOK")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.fs")


def _check_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="*", type=Path, metavar="PATH")


def _doctor_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--osc-port", type=read_port, default=OSC_PORT)


def _monitor_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--osc-port", type=read_port, default=OSC_PORT, help="of the engine")
    command.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where it plays")
    command.add_argument(
        "--for", dest="seconds", type=read_positive, metavar="SECONDS", help="then leave"
    )
    command.add_argument("--counts", action="store_true", help="only the counters, then leave")


class _Parser(argparse.ArgumentParser):
    """Mistakes on the command line in the one shape of every complaint."""

    def error(self, message: str) -> None:  # type: ignore[override]
        raise MorphogenError(Complaint(self.prog, message, f"See {self.prog} --help."))


_OPTIONS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "play": _play_options,
    "render": _render_options,
    "tape": _tape_options,
    "learn": _learn_options,
    "atlas": _atlas_options,
    "list": _list_options,
    "palette": _palette_options,
    "new": _new_options,
    "export": _export_options,
    "check": _check_options,
    "doctor": _doctor_options,
    "monitor": _monitor_options,
}
