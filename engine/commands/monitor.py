"""`morphogen monitor`: what an engine that plays is told and does, live.

In: options. Out: lines. Never tells the engine anything but that it listens.
"""

from __future__ import annotations

import argparse
import sys

from engine.commands.values import read_port, read_positive
from engine.settings import OSC_PORT


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--osc-port", type=read_port, default=OSC_PORT, help="of the engine")
    command.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where it plays")
    command.add_argument(
        "--for", dest="seconds", type=read_positive, metavar="SECONDS", help="then leave"
    )
    command.add_argument("--counts", action="store_true", help="only the counters, then leave")


def run(options: argparse.Namespace) -> int:
    """Show live what an engine that plays is told, what that is bound to and what it did."""
    from engine.commands.monitor_lines import watch

    watch(options.host, options.osc_port, options.seconds, options.counts, sys.stdout)
    return 0
