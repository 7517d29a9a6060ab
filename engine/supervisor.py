"""The supervisor: starts the stage and the desk, watches both, keeps the state, ends both.

    desk --- messages ---> stage --- state ---> supervisor --- state ---> desk
    desk --- reports ----> supervisor

A desk that dies is started again; a stage that dies or hangs is started again with the kept state.
Never touches GL, a device or the network; imports nothing heavy, so that the stage starts at once.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from engine.message import Message
from engine.pipe import Inbox, Outbox
from engine.settings import PlaySettings

HANG_S = 2.0  # without a beat from a stage that has been beating
START_S = 30.0  # for the first beat: a cold driver compiles for long
FAILURES, FAILURES_S = 5, 20.0  # so many failures in so many seconds, and it is no accident
PATIENCE_S = 2.0  # for a process to leave when asked
BEGIN = "/state/begin"
BEAT = "/stage/beat"
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
        self._stopping = False
        self._beat_at = 0.0
        self._has_beaten = False
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
            while not self._stopping:
                wait(
                    [stage.sentinel, desk.sentinel, self._stage_state[0], self._reports[0]],
                    timeout=0.25,
                )
                to_desk.send_all(self._keep(from_stage.drain()))
                reports.drain()
                if stage.exitcode is None and self._hangs():
                    print("morphogen: the stage hangs; starting it again", file=sys.stderr)
                    stage.kill()
                    stage.join()
                if stage.exitcode is not None:
                    code = stage.exitcode
                    if code in (0, USER_ERROR) or not self._may_try_again():
                        break
                    print("morphogen: the stage died; starting it again", file=sys.stderr)
                    stage = self._start_stage(tuple(self._kept.values()))
                if desk.exitcode is not None:
                    desk = self._start_desk()
                    to_desk.send_all([Message(BEGIN), *self._kept.values()])
        _end(stage, desk)
        return 0 if self._stopping else abs(code)

    def _ask_to_stop(self, number: int, frame: object) -> None:
        self._stopping = True

    def _start_stage(self, restore: Sequence[Message]) -> BaseProcess:
        self._beat_at, self._has_beaten = time.monotonic(), False
        pipes = (self._messages[0], self._stage_state[1])
        return self._start(_be_stage, "morphogen-stage", *pipes, tuple(restore))

    def _start_desk(self) -> BaseProcess:
        pipes = (self._messages[1], self._desk_state[0], self._reports[1])
        return self._start(_be_desk, "morphogen-desk", *pipes)

    def _start(self, target: object, name: str, *arguments: object) -> BaseProcess:
        process = self._spawn.Process(
            target=target,  # type: ignore[arg-type]
            name=name,
            args=(self._settings, *arguments),
        )
        process.start()
        return process

    def _keep(self, messages: Sequence[Message]) -> list[Message]:
        """Remember the newest value of each address; returns what the desk should hear."""
        heard = []
        for message in messages:
            if message.address == BEAT:
                self._beat_at, self._has_beaten = time.monotonic(), True
                continue
            if message.address == BEGIN:
                self._kept.clear()
            else:
                self._kept[message.address] = message
            heard.append(message)
        return heard

    def _hangs(self) -> bool:
        patience = HANG_S if self._has_beaten else START_S
        return time.monotonic() - self._beat_at > patience

    def _may_try_again(self) -> bool:
        now = time.monotonic()
        self._failures = [at for at in self._failures if now - at < FAILURES_S] + [now]
        return len(self._failures) < FAILURES


def _end(*processes: BaseProcess) -> None:
    for process in processes:
        if process.exitcode is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE_S
    for process in processes:
        process.join(max(deadline - time.monotonic(), 0.0))
        if process.exitcode is None:
            process.kill()
            process.join()


def _be_stage(
    settings: PlaySettings, messages: Connection, state: Connection, restore: tuple[Message, ...]
) -> None:
    from engine.stage import run_stage

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
