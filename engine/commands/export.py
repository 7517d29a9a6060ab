"""`morphogen export`: a model or a look as one plain ISF file.

In: options. Out: a file, its path printed. Needs no GL.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.commands.folders import read_library


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="MODEL|LOOK")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.fs")


def run(options: argparse.Namespace) -> int:
    """Write a model or a look as one plain ISF file, for other programs."""
    from engine.commands.export_isf import export

    export(read_library(options), options.name, options.output)
    print(options.output)
    return 0
