"""`morphogen doctor`: what works on this machine, and what does not.

In: options. Out: lines; the exit code. Changes nothing.
"""

from __future__ import annotations

import argparse

from engine.commands.values import read_port
from engine.settings import OSC_PORT


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--osc-port", type=read_port, default=OSC_PORT)


def run(options: argparse.Namespace) -> int:
    """Say what works on this machine, what is missing, and how to mend it."""
    from engine.commands.examine import examine

    return examine(options.assets, options.user, options.osc_port)
