"""`morphogen new`: a file of the user's own is begun from a template that plays at once.

In: options. Out: files, their paths and what to do next printed. Never writes over a file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.commands.folders import find_assets
from engine.commands.new_file import KINDS


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    command.add_argument("name", metavar="NAME", help="its id: a-z, 0-9, _ and -")
    command.add_argument("--here", action="store_true", help="below this folder, not your own")


def run(options: argparse.Namespace) -> int:
    """Begin a scene, shader, palette, show or controller map of your own from a template that plays."""
    from engine.commands.new_file import begin_file

    assets = find_assets(options)
    here = Path.cwd() if options.here else None
    begun = begin_file(options.kind, options.name, assets, here)
    for path in begun.paths:
        print(path)
    print(f"Next: {begun.next}")
    return 0
