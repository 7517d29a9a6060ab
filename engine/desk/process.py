"""The desk's process: the desk between its pipes, until there is a reason to leave.

In: the state as messages, and what the stage's window tells. Out: messages to the stage, reports to
the supervisor. Never touches GL or scenes.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import time
from contextlib import ExitStack
from multiprocessing.connection import Connection

from engine.desk.desk import Desk
from engine.desk.listener import Listener
from engine.desk.midi.backend import silence_libraries
from engine.desk.notes import Notes, write_stderr
from engine.desk.opening import DeskSettings
from engine.pipe import Outbox

SWITCH_S = 0.0005  # a thread that writes much keeps the one that listens waiting no longer


def run_desk(
    settings: DeskSettings, outbox: Connection, state: Connection, reports: Connection
) -> None:
    """Be the desk until SIGTERM comes or the parent has gone. Never raises for a device or peer.

    `outbox` and `reports` are written to, `state` is read.
    """
    stop = threading.Event()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    clock_ns = time.monotonic_ns
    sys.setswitchinterval(SWITCH_S)
    parent = multiprocessing.parent_process()
    with ExitStack() as stack:
        stack.enter_context(silence_libraries())
        notes = Notes(clock_ns, write_stderr)
        stage = stack.enter_context(Outbox(outbox))
        supervisor = stack.enter_context(Outbox(reports))
        desk = stack.enter_context(Desk(settings, stage, supervisor, notes, clock_ns))
        heard = stack.enter_context(Listener(state, desk.hear))
        while not stop.is_set() and not heard.ended and (parent is None or parent.is_alive()):
            desk.turn()
