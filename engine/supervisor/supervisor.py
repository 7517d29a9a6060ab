"""The supervisor: starts the stage and the desk, watches both, keeps the state, ends both.

    desk --- messages ---> stage --- state, keys ---> supervisor --- state, keys ---> desk
    desk --- reports ----> supervisor

A desk that dies or hangs is started again, and so is a stage, with the kept state.
Never touches GL, a device or the network; imports nothing heavy, so that the stage starts at once.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from engine.house_addresses import STAGE_ANEW, STATE_BEGIN, TO_DESK
from engine.message import Message
from engine.pipe import Inbox, Outbox
from engine.settings import PlaySettings
from engine.supervisor.desk_watch import DeskWatch
from engine.supervisor.processes import be_desk, be_stage, kill_process, start_process
from engine.supervisor.stage_watch import LEAVE_S, StageWatch

PATIENCE_S = 2.0  # for a process to leave when asked
FILM_PATIENCE_S = 15.0  # while it records: it may be in a long frame


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
        self._desk_watch, self._stage_watch = DeskWatch(), StageWatch(settings.duration)

    def run(self) -> int:
        """Play until the stage leaves by itself or a signal comes. Returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, self._ask_to_stop)
        stage = self._start_stage(())
        desk = self._start_desk(again=False)
        code = 0
        watch, stage_watch = self._desk_watch, self._stage_watch
        with Outbox(self._desk_state[1]) as to_desk:
            from_stage, reports = Inbox(self._stage_state[0]), Inbox(self._reports[0])
            while not self._stop.is_set():
                pause_s = watch.wait_s(time.monotonic())
                wait(
                    [
                        *(
                            process.sentinel
                            for process in (stage, desk)
                            if process.exitcode is None
                        ),
                        self._stage_state[0],
                        self._reports[0],
                    ],
                    timeout=0.25 if pause_s is None else min(pause_s, 0.25),
                )
                if self._stop.is_set():
                    break
                to_desk.send_all(self.keep(from_stage.drain()))
                now = time.monotonic()
                watch.hear(reports.drain(), now)
                hung = stage.exitcode is None and stage_watch.hangs(now)
                if hung or stage.exitcode is not None:
                    if hung:
                        stage_watch.wait_longer()
                        kill_process(stage)
                    to_desk.send_all(self.keep(from_stage.drain()))  # its last words
                    code = stage.exitcode or 0
                    ended = time.monotonic()
                    over = stage_watch.is_over(None if hung else code, ended)
                    if over or not stage_watch.may_try_again(ended):
                        break
                    what = "hangs" if hung else "died"
                    print(f"morphogen: the stage {what}; starting it again", file=sys.stderr)
                    stage = self._start_stage(self.kept if stage_watch.may_restore else ())
                    to_desk.send(Message(STAGE_ANEW, (), time.monotonic_ns()))
                if not watch.dead:
                    hung = desk.exitcode is None and watch.hangs(now)
                    if hung:
                        kill_process(desk)
                    if hung or desk.exitcode is not None:
                        what = "hangs" if hung else "died"
                        if watch.bury(now):
                            print(f"morphogen: the desk {what}; starting it again", file=sys.stderr)
                if watch.wait_s(time.monotonic()) == 0.0:
                    watch.hear(reports.drain(), now)  # the last words of the one before
                    desk = self._start_desk(again=True)
                    to_desk.send_all([*watch.kept, Message(STATE_BEGIN), *self._kept.values()])
            self._end(stage, desk, from_stage)
        return 0 if self._stop.is_set() else abs(code)

    @property
    def kept(self) -> tuple[Message, ...]:
        """The state of the show as it is known now."""
        return tuple(self._kept.values())

    def keep(self, messages: Sequence[Message]) -> list[Message]:
        """Remember the newest value of each address of the state; returns what the desk should hear."""
        heard = []
        for message in messages:
            if self._stage_watch.hear(message, time.monotonic()):
                continue
            if message.address == STATE_BEGIN:
                self._kept.clear()
            elif not message.address.startswith(TO_DESK):
                self._kept[message.address] = message
            heard.append(message)
        return heard

    def close(self) -> None:
        """Close the pipes. For tests: a show's own close with its process."""
        for pipe in (self._messages, self._stage_state, self._desk_state, self._reports):
            for end in pipe:
                end.close()

    def _ask_to_stop(self, number: int, frame: object) -> None:
        self._stop.set()

    def _start_stage(self, restore: Sequence[Message]) -> BaseProcess:
        self._stage_watch.start(time.monotonic())
        pipes = (self._messages[0], self._stage_state[1])
        return start_process(
            self._spawn, be_stage, "morphogen-stage", self._settle(), *pipes, tuple(restore)
        )

    def _start_desk(self, *, again: bool) -> BaseProcess:
        self._desk_watch.start(time.monotonic())
        pipes = (self._messages[1], self._desk_state[0], self._reports[1])
        return start_process(self._spawn, be_desk, "morphogen-desk", self._settle(), *pipes, again)

    def _settle(self) -> PlaySettings:
        """The settings for what is left of the show."""
        left = self._stage_watch.time_left(time.monotonic())
        return replace(self._settings, duration=left)

    def _end(self, stage: BaseProcess, desk: BaseProcess, from_stage: Inbox) -> None:
        """Send both away. A stage that says it is leaving may finish its film."""
        began = time.monotonic()
        for process in (stage, desk):
            if process.exitcode is None:
                process.terminate()
        while stage.exitcode is None:
            patience = PATIENCE_S
            if self._records:
                patience = FILM_PATIENCE_S if self._stage_watch.leaving is None else LEAVE_S
            if time.monotonic() - began > patience:
                kill_process(stage)
                break
            wait([stage.sentinel, self._stage_state[0]], timeout=0.1)
            self.keep(from_stage.drain())
        desk.join(max(began + PATIENCE_S - time.monotonic(), 0.0))
        if desk.exitcode is None:
            kill_process(desk)

    @property
    def _records(self) -> bool:
        """Whether a film or a tape is made, or a film is finished."""
        told = self._kept.get("/status/film")
        return bool(self._settings.record or self._settings.tape) or (
            told is not None and told.arguments[:1] != ("idle",)
        )
