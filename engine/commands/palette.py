"""`morphogen palette import`: palettes of other programs become palettes of the user's own.

In: options. Out: files in the user's folder, their paths printed.
"""

from __future__ import annotations

import argparse

from engine.commands.values import read_few


def add_options(command: argparse.ArgumentParser) -> None:
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


def run(options: argparse.Namespace) -> int:
    """Import palettes of other programs, CSS gradients and pictures as palettes of your own."""
    from engine.assets import find_user_folder
    from engine.commands.import_palettes import Import, import_palettes

    how = Import(
        options.name, options.order, options.dark, options.colours, anew=not options.replace
    )
    for path in import_palettes(options.source, find_user_folder(options.user), how):
        print(path)
    return 0
