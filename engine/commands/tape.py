"""`morphogen tape`: what is on a tape is said, or a piece of it is cut out.

In: options. Out: lines, or a file. Opens no device and no GL.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from engine.commands.folders import read_library
from engine.commands.values import read_time
from engine.errors import Complaint, MorphogenError


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "deed", choices=("info", "cut"), help="say what is on it; keep a piece of it"
    )
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("-o", "--output", type=Path, metavar="out.tape", help="of the piece")
    command.add_argument("--from", type=read_time, default=0.0, dest="begin", metavar="TIME")
    command.add_argument("--to", type=read_time, default=1e9, dest="end", metavar="TIME")


def run(options: argparse.Namespace) -> int:
    """Say what is on a tape and what it was recorded with, or cut a piece out of it."""
    from engine.commands.tape_file import cut, describe_tape

    library = read_library(options)
    if options.deed == "info":
        describe_tape(options.file, library, sys.stdout)
    elif options.output is None:
        what, remedy = "a piece needs a name", "Say -o out.tape."
        raise MorphogenError(Complaint("morphogen tape cut", what, remedy))
    else:
        cut(options.file, options.output, (options.begin, options.end), library)
        print(options.output)
    return 0
