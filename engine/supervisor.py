"""The supervisor: starts the stage and the desk, watches both, keeps the state, ends both.

    desk --- messages ---> stage --- state ---> supervisor --- state ---> desk
    desk --- reports ----> supervisor

A desk that dies is started again; a stage that dies or hangs is started again with the kept state.
Never touches GL, a device or the network; imports nothing heavy, so that the stage starts at once.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from engine.message import STATE_BEGIN, Message
from engine.pipe import Inbox, Outbox
from engine.settings import PlaySettings

HANG_S = 2.0  # without a beat from a stage that has been beating
SLOWER = 6.0  # times its usual gap between beats: a busy machine is no hang
LONGEST_HANG_S = 10.0
START_S = 30.0  # for the first beat, and while it compiles: a cold driver takes long
FAILURES, FAILURES_S = 5, 20.0  # so many failures in so many seconds, and it is no accident
PATIENCE_S = 2.0  # for a process to leave when asked
FILM_PATIENCE_S = 15.0  # while a film is finished
DESK_LEAST_S = 0.5  # between two starts: a desk that cannot live is no reason to hurry
BEAT, BUSY = "/stage/beat", "/stage/busy"
USER_ERROR = 2  # the exit code for a mistake in what was asked: trying again is no use


class Supervisor:
    """Owns the pipes and both processes for as long as a show is played."""

    def __init__(self, settings: PlaySettings) -> None:
        self._settings = settings
        self._spawn = multiprocessing.get_context("spawn")
        self._messages = self._spawn.Pipe(duplex=False)
        self._stage_state = self._spawn.Pipe(duplex=False)
        self._desk_state = self._spawn.Pipe(duplex=False)
        self._reports = self._spawn.Pipe(duplex=False)
        self._kept: dict[str, Message] = {}
        self._stop = threading.Event()
        self._beat_at = self._desk_at = 0.0
        self.patience, self._gap = START_S, 0.0
        self._failures: list[float] = []

    def run(self) -> int:
        """Play until the stage leaves by itself or a signal comes. Returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, self._ask_to_stop)
        stage = self._start_stage(())
        desk = self._start_desk()
        code = 0
        with Outbox(self._desk_state[1]) as to_desk:
            from_stage, reports = Inbox(self._stage_state[0]), Inbox(self._reports[0])
            while not self._stop.is_set():
                wait(
                    [stage.sentinel, desk.sentinel, self._stage_state[0], self._reports[0]],
                    timeout=0.25,
                )
                if self._stop.is_set():
                    break
                to_desk.send_all(self.keep(from_stage.drain()))
                reports.drain()
                if stage.exitcode is None and self._hangs():
                    print("morphogen: the stage hangs; starting it again", file=sys.stderr)
                    stage.kill()
                    stage.join()
                if stage.exitcode is not None:
                    code = stage.exitcode
                    if code in (0, USER_ERROR) or not self.may_try_again():
                        break
                    print("morphogen: the stage died; starting it again", file=sys.stderr)
                    stage = self._start_stage(self.choose_state())
                if desk.exitcode is not None:
                    time.sleep(max(self._desk_at + DESK_LEAST_S - time.monotonic(), 0.0))
                    desk = self._start_desk()
                    to_desk.send_all([Message(STATE_BEGIN), *self._kept.values()])
        _end(stage, desk, FILM_PATIENCE_S if self._settings.record else PATIENCE_S)
        return 0 if self._stop.is_set() else abs(code)

    @property
    def kept(self) -> tuple[Message, ...]:
        """The state of the show as it is known now."""
        return tuple(self._kept.values())

    def close(self) -> None:
        """Close the pipes. For tests: a show's own close with its process."""
        for pipe in (self._messages, self._stage_state, self._desk_state, self._reports):
            for end in pipe:
                end.close()

    def _ask_to_stop(self, number: int, frame: object) -> None:
        self._stop.set()

    def _start_stage(self, restore: Sequence[Message]) -> BaseProcess:
        self._beat_at, self.patience, self._gap = time.monotonic(), START_S, 0.0
        pipes = (self._messages[0], self._stage_state[1])
        return self._start(_be_stage, "morphogen-stage", *pipes, tuple(restore))

    def choose_state(self) -> tuple[Message, ...]:
        """What was kept; nothing once it has failed twice more: it may be the reason."""
        return self.kept if len(self._failures) < 3 else ()

    def _start_desk(self) -> BaseProcess:
        self._desk_at = time.monotonic()
        pipes = (self._messages[1], self._desk_state[0], self._reports[1])
        return self._start(_be_desk, "morphogen-desk", *pipes)

    def _start(self, target: object, name: str, *arguments: object) -> BaseProcess:
        process = self._spawn.Process(
            target=target,  # type: ignore[arg-type]
            name=name,
            args=(self._settings, *arguments),
        )
        with _without_ctrl_c():
            process.start()
        return process

    def keep(self, messages: Sequence[Message]) -> list[Message]:
        """Remember the newest value of each address; returns what the desk should hear."""
        heard = []
        for message in messages:
            if message.address in (BEAT, BUSY):
                self._hear_beat(message.address)
                continue
            if message.address == STATE_BEGIN:
                self._kept.clear()
            else:
                self._kept[message.address] = message
            heard.append(message)
        return heard

    def _hangs(self) -> bool:
        return time.monotonic() - self._beat_at > self.patience

    def _hear_beat(self, address: str) -> None:
        now = time.monotonic()
        if address == BUSY:
            self.patience = START_S
        else:
            # The longest gap of late, slowly forgotten; what it said it was busy with is no gap.
            was_busy = self.patience == START_S
            self._gap = max(0.95 * self._gap, 0.0 if was_busy else now - self._beat_at)
            self.patience = min(max(HANG_S, SLOWER * self._gap), LONGEST_HANG_S)
        self._beat_at = now

    def may_try_again(self) -> bool:
        """Count a failure; False once there were too many in a short time."""
        now = time.monotonic()
        self._failures = [at for at in self._failures if now - at < FAILURES_S] + [now]
        return len(self._failures) < FAILURES


@contextlib.contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Hold SIGINT back. A child inherits that for good: so Ctrl-C, which a terminal sends to all
    three, meets no child that has only begun to import; it is the supervisor that ends them.
    """
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # its own start would let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(stage: BaseProcess, desk: BaseProcess, patience: float) -> None:
    processes = (stage, desk)
    for process in processes:
        if process.exitcode is None:
            process.terminate()
    deadline = time.monotonic() + patience
    for process in processes:
        process.join(max(deadline - time.monotonic(), 0.0))
        if process.exitcode is None:
            process.kill()
            process.join()


def _be_stage(
    settings: PlaySettings, messages: Connection, state: Connection, restore: tuple[Message, ...]
) -> None:
    from engine.stage_process import run_stage

    run_stage(settings, messages, state, restore)


def _be_desk(
    settings: PlaySettings, outbox: Connection, state: Connection, reports: Connection
) -> None:
    from engine.assets import find_assets
    from engine.desk.process import DeskSettings, run_desk

    desk = DeskSettings(
        osc_port=settings.osc_port,
        osc_bind=settings.osc_bind,
        midi_pattern=settings.midi,
        controllers=find_assets(settings.assets).config / "controllers",
    )
    run_desk(desk, outbox, state, reports)
