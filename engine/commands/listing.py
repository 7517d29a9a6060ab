"""`morphogen list`: what there is of a kind, one a line.

In: options. Out: lines. Reads only what the kind needs.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial

from engine.commands.folders import find_assets, read_library

LISTS = (
    *("scenes", "models", "presets", "looks", "palettes", "shows"),
    *("effects", "transitions", "generators"),
    *("monitors", "midi", "controllers", "audio"),
)


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=LISTS)
    command.add_argument("of", nargs="?", metavar="MODEL", help="presets: of this model only")


def run(options: argparse.Namespace) -> int:
    """Print what there is, one a line: its id, then what it is."""
    from engine.commands.list_rows import list_rows

    find, read = partial(find_assets, options), partial(read_library, options)
    rows = list(list_rows(options.what, options.of, find, read))
    for name, about in rows:
        print(f"{name:<20} {about}".rstrip())
    if not rows:  # not on stdout: who reads lines from a pipe reads none
        print(f"{options.what}: there is none", file=sys.stderr)
    return 0
