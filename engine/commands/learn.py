"""`morphogen learn`: a control is taught what to play; what was learnt is listed, forgotten, handed on.

In: options. Out: lines; bindings in the player's own file.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands.folders import find_assets, read_library
from engine.commands.values import read_port, read_positive, read_range
from engine.desk.audio.listening import BANDS
from engine.desk.play.binding import MODES, SENDS, TAKEOVERS
from engine.settings import OSC_PORT

if TYPE_CHECKING:
    from engine.message import Argument


def add_options(command: argparse.ArgumentParser) -> None:
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


def run(options: argparse.Namespace) -> int:
    """Teach a control what to play: say what, then move it; or list, forget, export, import."""
    from engine.commands.bindings import export, forget, list_bindings, take_in
    from engine.commands.teach import Manner, teach
    from engine.desk.play.overlay import find_overlay

    own = find_overlay()
    if options.list or options.profile:
        list_bindings(own, find_assets(options), profiles=options.profile)
    elif options.forget:
        forget(options.forget, read_library(options), own)
    elif options.export_file:
        export(own, options.export_file)
    elif options.import_file:
        take_in(options.import_file, own)
    else:
        return teach(
            options.target,
            Manner(_read_manner(options), options.audio or "", options.seconds),
            read_library(options),
            own,
            port=options.osc_port or None,
            midi=options.midi,
        )
    return 0


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
