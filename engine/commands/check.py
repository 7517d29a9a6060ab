"""`morphogen check`: every mistake in the assets, or in some files, at once.

In: options. Out: lines on stderr; the exit code. Changes nothing.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.commands.folders import find_assets
from engine.errors import Complaint, MorphogenError


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="*", type=Path, metavar="PATH")


def run(options: argparse.Namespace) -> int:
    """Check every scene, shader, palette and config; all mistakes at once."""
    from engine.commands.check_assets import check_assets

    missing = [path for path in options.paths if not path.exists()]
    if missing:  # before a minute is spent on compiling
        raise MorphogenError(*(Complaint(str(path), "no such file") for path in missing))
    return check_assets(options.paths, find_assets(options))
