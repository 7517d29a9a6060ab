"""The command `morphogen`: one of the commands is chosen by its name, and runs.

In: what was typed. Out: the exit code. Each command is a file in `engine/commands/`, which imports heavy
rooms only as it runs: `play` must show a picture at once.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from engine import __version__
from engine.commands import (
    atlas,
    check,
    doctor,
    export,
    learn,
    listing,
    monitor,
    new,
    palette,
    play,
    render,
    tape,
)
from engine.commands.folders import add_folders
from engine.errors import Complaint, MorphogenError


class Command(Protocol):
    """A file of `engine/commands/` that is named below."""

    def add_options(self, command: argparse.ArgumentParser) -> None:
        """Say what may be typed behind it."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it. Returns the exit code; the docstring's first line is the command's help."""


COMMANDS: Mapping[str, Command] = {
    "play": play,
    "render": render,
    "tape": tape,
    "learn": learn,
    "monitor": monitor,
    "atlas": atlas,
    "list": listing,
    "palette": palette,
    "new": new,
    "export": export,
    "check": check,
    "doctor": doctor,
}


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
        options = build_parser().parse_args(words)
        run: Callable[[argparse.Namespace], int] = options.run
        code = run(options)
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


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command; the first line of each one's docstring is its help."""
    parser = _Parser(prog="morphogen", description="A diffusion on the GPU, played live.")
    parser.add_argument("--version", action="version", version=f"morphogen {__version__}")
    several = parser.add_subparsers(title="commands", required=True)
    for name, command in COMMANDS.items():
        about = (command.run.__doc__ or "").split("\n")[0]
        words = several.add_parser(name, help=about, description=about)
        words.set_defaults(run=command.run)
        add_folders(words)
        command.add_options(words)
    return parser


class _Parser(argparse.ArgumentParser):
    """Mistakes on the command line in the one shape of every complaint."""

    def error(self, message: str) -> None:  # type: ignore[override]
        raise MorphogenError(Complaint(self.prog, message, f"See {self.prog} --help."))
