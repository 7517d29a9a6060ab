"""The stage's process: the stage between two pipes, played until there is a reason to leave.

In: messages. Out: the state as messages, at most forty times a second, and a beat that says that the
stage lives. What it says of itself is `/status/frames`, pictures so far, `/status/frame_ms`, the
median, the 99th percentile and the longest time between the latest, and `/status/latency`, the median,
the 99th percentile and the last time from a message to its picture, all in milliseconds. To the desk it
says what it had to refuse, `/desk/refused ADDRESS REASON COUNT`, and which knobs have not met their
values, `/desk/waits ADDRESS VALUE COUNT`. Never waits for either pipe.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection

from engine.errors import MorphogenError
from engine.house_addresses import REFUSED, STATE_BEGIN, WAITS
from engine.message import Argument, Message
from engine.pipe import Inbox, Outbox
from engine.settings import PlaySettings
from engine.show.memory.state import (
    State,
    describe,
    describe_modulation,
    describe_refusals,
)
from engine.stage.meter import Latency, Meter
from engine.stage.stage import Stage
from engine.supervisor.stage_watch import BEAT, BUSY, LEAVING, TERMINATED, USER_ERROR

STATE_NS, BEAT_NS, LOOK_NS = 25_000_000, 250_000_000, 1_000_000_000
METER_NS = 1_000_000_000
MOVING_NS = 100_000_000
REFUSED_NS, REFUSALS = 100_000_000, 2  # twenty a second
SWITCH_S = 0.0005
GPU_LOST = 75  # exit code: begin anew, it was nobody's mistake
FLUSH_S = 0.5  # for the last words before what may take long


def run_stage(
    settings: PlaySettings,
    messages: Connection,
    state: Connection,
    kept: Sequence[Message],
) -> None:
    """Be the stage until the window closes, the time is up, SIGTERM comes or the parent has gone.

    `kept` is the state to begin with. A mistake in what was asked is printed, and exits with 2;
    SIGTERM exits with TERMINATED, for a show does not end because somebody sent its stage away.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is worked out beside the frames gives the interpreter back sooner than after 5 ms.
    sys.setswitchinterval(SWITCH_S)
    with Outbox(state) as outbox:
        try:
            with Stage(settings, kept, _say_busy(outbox)) as stage:
                code = 1  # whatever goes wrong
                try:
                    code = _play(stage, Inbox(messages), outbox)
                finally:  # closing finishes a film, and nothing beats meanwhile
                    outbox.send(Message(LEAVING, (code,), time.monotonic_ns()))
                    outbox.flush(FLUSH_S)
        except MorphogenError as error:
            print(error, file=sys.stderr)
            code = USER_ERROR
    sys.exit(code)


def _play(stage: Stage, inbox: Inbox, outbox: Outbox) -> int:
    """Frames until there is a reason to leave. Returns the exit code."""
    terminated = False

    def leave(number: int, frame: object) -> None:
        nonlocal terminated
        terminated = True

    signal.signal(signal.SIGTERM, leave)
    report = _Reporter(outbox)
    parent = multiprocessing.parent_process()
    looked_ns = 0
    while not stage.ended:
        if terminated:
            return TERMINATED
        messages = inbox.drain(stage.intake.most)
        stage.show_frame(messages)
        told = stage.take_for_desk()
        if told:
            outbox.send_all(told)
        now_ns = time.monotonic_ns()
        report.tell(stage, messages, now_ns)
        if now_ns - looked_ns > LOOK_NS:
            looked_ns = now_ns
            if parent is not None and not parent.is_alive():
                return 0
            if stage.lost:
                return GPU_LOST
        stage.rest()  # what there was to tell has been told
    return 0


def _say_busy(outbox: Outbox) -> Callable[[], None]:
    """Tell the supervisor that the next frame may take long."""

    def busy() -> None:
        outbox.send(Message(BUSY, (), time.monotonic_ns()))
        time.sleep(0.001)  # for the outbox's thread: a compiler holds the interpreter's lock

    return busy


class _Reporter:
    """Tells the supervisor what changed, at most forty times a second, and that the stage lives."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._told: State = {}
        self._told_ns = self._beat_ns = 0
        self._beats = 0
        self._meter, self._latency, self._metered_ns = Meter(), Latency(), 0
        self._refused_ns = 0
        self._frames: State = {}
        self._moving: State = {}  # what modulation does
        self._moved_ns = 0

    def tell(self, stage: Stage, messages: Sequence[Message], now_ns: int) -> None:
        """A frame was shown, with these messages in it."""
        self._meter.add(stage.shown_ns)
        self._latency.add(stage.shown_ns, messages)
        if now_ns - self._beat_ns >= BEAT_NS:
            self._beat_ns, self._beats = now_ns, self._beats + 1
            self._outbox.send(Message(BEAT, (self._beats,), now_ns))
        if now_ns - self._refused_ns >= REFUSED_NS:
            self._refused_ns = now_ns
            for refusal, count in stage.director.refusals.take_news(REFUSALS):
                told = (refusal.address, refusal.reason, count)
                self._outbox.send(Message(WAITS if refusal.waits else REFUSED, told, now_ns))
        if now_ns - self._told_ns < STATE_NS:
            return
        self._told_ns = now_ns
        if now_ns - self._metered_ns >= METER_NS:
            self._metered_ns = now_ns
            self._frames = {
                "/status/frames": (self._meter.frames,),
                "/status/frame_ms": self._meter.tell(),
                "/status/latency": self._latency.tell(),
            }
        director = stage.director
        if now_ns - self._moved_ns >= MOVING_NS:
            self._moved_ns, self._moving = now_ns, describe_modulation(director)
        state = {
            **describe(director),
            **describe_refusals(director),
            **self._moving,
            **self._frames,
            **stage.status,
        }
        changed: list[tuple[str, tuple[Argument, ...]]]
        if state.keys() != self._told.keys():
            self._outbox.send(Message(STATE_BEGIN, (), now_ns))
            changed = list(state.items())
        else:
            changed = [(a, v) for a, v in state.items() if self._told[a] != v]
        self._told = state
        self._outbox.send_all(Message(a, v, now_ns) for a, v in changed)
