"""The stage's process: the stage between two pipes, played until there is a reason to leave.

In: messages. Out: the state as messages, at most ten times a second, and a beat that says that the
stage lives. Never waits for either pipe.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection

from engine.errors import MorphogenError
from engine.message import STATE_BEGIN, Argument, Message
from engine.pipe import Inbox, Outbox
from engine.settings import PlaySettings
from engine.show.director import Director
from engine.show.state import State, describe
from engine.stage import Stage

STATE_NS, BEAT_NS, LOOK_NS = 100_000_000, 250_000_000, 1_000_000_000
GPU_LOST = 75  # exit code: begin anew, it was nobody's mistake


def run_stage(
    settings: PlaySettings,
    messages: Connection,
    state: Connection,
    kept: Sequence[Message],
) -> None:
    """Be the stage until the window closes, the time is up, SIGTERM comes or the parent has gone.

    `kept` is the state to begin with. A mistake in what was asked is printed, and exits with 2.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Outbox(state) as outbox, Stage(settings, kept, _say_busy(outbox)) as stage:
            stop = False

            def leave(number: int, frame: object) -> None:
                nonlocal stop
                stop = True

            signal.signal(signal.SIGTERM, leave)
            inbox = Inbox(messages)
            report = _Reporter(outbox)
            parent = multiprocessing.parent_process()
            looked_ns = 0
            while not stop and not stage.ended:
                stage.play_frame(inbox.drain())
                now_ns = time.monotonic_ns()
                report.tell(stage.director, now_ns)
                if now_ns - looked_ns > LOOK_NS:
                    looked_ns = now_ns
                    stop = stop or (parent is not None and not parent.is_alive())
                    if stage.lost:
                        sys.exit(GPU_LOST)
    except MorphogenError as error:
        print(error, file=sys.stderr)
        sys.exit(2)


def _say_busy(outbox: Outbox) -> Callable[[], None]:
    """Tell the supervisor that the next frame may take long."""

    def busy() -> None:
        outbox.send(Message("/stage/busy", (), time.monotonic_ns()))
        time.sleep(0.001)  # for the outbox's thread: a compiler holds the interpreter's lock

    return busy


class _Reporter:
    """Tells the supervisor what changed, at most ten times a second, and that the stage lives."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._told: State = {}
        self._told_ns = self._beat_ns = 0
        self._beats = 0

    def tell(self, director: Director, now_ns: int) -> None:
        if now_ns - self._beat_ns >= BEAT_NS:
            self._beat_ns, self._beats = now_ns, self._beats + 1
            self._outbox.send(Message("/stage/beat", (self._beats,), now_ns))
        if now_ns - self._told_ns < STATE_NS:
            return
        self._told_ns = now_ns
        state = describe(director)
        changed: list[tuple[str, tuple[Argument, ...]]]
        if state.keys() != self._told.keys():
            self._outbox.send(Message(STATE_BEGIN, (), now_ns))
            changed = list(state.items())
        else:
            changed = [(a, v) for a, v in state.items() if self._told[a] != v]
        self._told = state
        self._outbox.send_all(Message(a, v, now_ns) for a, v in changed)
