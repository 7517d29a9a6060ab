"""The supervisor: starts the stage and the desk, watches both, keeps the state, ends both.

    desk --- messages ---> stage --- state, keys ---> supervisor --- state, keys ---> desk
    desk --- reports ----> supervisor

A desk that dies or hangs is started again, and so is a stage, with the kept state.
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
from dataclasses import replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from engine.desk_watch import DeskWatch
from engine.house_addresses import STAGE_ANEW, STATE_BEGIN, TO_DESK
from engine.message import Message
from engine.pipe import Inbox, Outbox
from engine.settings import PlaySettings

if TYPE_CHECKING:
    from engine.desk.audio.listening import EarSettings

HANG_S = 2.0  # without a beat from a stage that has been beating
SLOWER = 6.0  # times its usual gap between beats: a busy machine is no hang
LONGEST_HANG_S = 10.0
START_S = 30.0  # for the first beat: all is compiled, and a cold driver takes long
BUSY_S = (
    10.0  # while it compiles one more program beside the picture; doubled if that was too short
)
FAILURES, FAILURES_S = 5, 20.0  # so many failures in so many seconds, and it is no accident
PATIENCE_S = 2.0  # for a process to leave when asked
FILM_PATIENCE_S = 15.0  # while it records: it may be in a long frame
LEAVE_S = 120.0  # for a stage that is leaving: a film may have to be finished
KILL_S = 3.0  # for a killed process to be gone; one that a driver holds is left behind
# The last comes with the exit code, before what may take long.
BEAT, BUSY, LEAVING = "/stage/beat", "/stage/busy", "/stage/leaving"
USER_ERROR = 2  # the exit code for a mistake in what was asked: trying again is no use
TERMINATED = 128 + signal.SIGTERM  # the exit code of a stage that was sent away


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
        self._beat_at = 0.0
        self._played_at: float | None = None  # when the first beat of the show came
        self._leaving: int | None = None  # the exit code that the stage has announced
        self._desk_watch = DeskWatch()
        self.patience, self._gap = START_S, 0.0
        self._busy, self._busy_s = True, BUSY_S
        self._failures: list[float] = []

    def run(self) -> int:
        """Play until the stage leaves by itself or a signal comes. Returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, self._ask_to_stop)
        stage = self._start_stage(())
        desk = self._start_desk(again=False)
        code = 0
        watch = self._desk_watch
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
                hung = stage.exitcode is None and self._hangs()
                if hung or stage.exitcode is not None:
                    if hung:
                        self.wait_longer()
                        _kill(stage)
                    to_desk.send_all(self.keep(from_stage.drain()))  # its last words
                    code = stage.exitcode or 0
                    if self.is_over(None if hung else code) or not self.may_try_again():
                        break
                    what = "hangs" if hung else "died"
                    print(f"morphogen: the stage {what}; starting it again", file=sys.stderr)
                    stage = self._start_stage(self.choose_state())
                    to_desk.send(Message(STAGE_ANEW, (), time.monotonic_ns()))
                if not watch.dead:
                    hung = desk.exitcode is None and watch.hangs(now)
                    if hung:
                        _kill(desk)
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

    def is_over(self, code: int | None) -> bool:
        """Whether the show ends with the stage, which ended with this code; None: it was killed."""
        if self._leaving == 0 or code == 0:  # how its leaving went does not matter
            return True
        if self._played_at is None:
            return code == USER_ERROR
        return self._time_left() == 0.0

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
        self._busy, self._leaving = True, None
        pipes = (self._messages[0], self._stage_state[1])
        return self._start(_be_stage, "morphogen-stage", *pipes, tuple(restore))

    def choose_state(self) -> tuple[Message, ...]:
        """What was kept; nothing once it has failed twice more: it may be the reason."""
        return self.kept if len(self._failures) < 3 else ()

    def wait_longer(self) -> None:
        """It was lost while it compiled: perhaps its driver only takes longer than we thought."""
        if self._busy:
            self._busy_s = min(2.0 * self._busy_s, START_S)

    def _start_desk(self, *, again: bool) -> BaseProcess:
        self._desk_watch.start(time.monotonic())
        pipes = (self._messages[1], self._desk_state[0], self._reports[1])
        return self._start(_be_desk, "morphogen-desk", *pipes, again)

    def _start(self, target: object, name: str, *arguments: object) -> BaseProcess:
        process = self._spawn.Process(
            target=target,  # type: ignore[arg-type]
            name=name,
            args=(replace(self._settings, duration=self._time_left()), *arguments),
        )
        with _without_ctrl_c():
            process.start()
        return process

    def keep(self, messages: Sequence[Message]) -> list[Message]:
        """Remember the newest value of each address of the state; returns what the desk should hear."""
        heard = []
        for message in messages:
            if message.address in (BEAT, BUSY, LEAVING):
                self._hear_beat(message)
                continue
            if message.address == STATE_BEGIN:
                self._kept.clear()
            elif not message.address.startswith(TO_DESK):
                self._kept[message.address] = message
            heard.append(message)
        return heard

    def _hangs(self) -> bool:
        return time.monotonic() - self._beat_at > self.patience

    def _time_left(self) -> float | None:
        """What is left of `--duration`, in seconds: it counts from the first picture of all."""
        if self._settings.duration is None or self._played_at is None:
            return self._settings.duration
        return max(self._settings.duration - (time.monotonic() - self._played_at), 0.0)

    def _hear_beat(self, message: Message) -> None:
        now = time.monotonic()
        if message.address == BUSY:
            self._busy = True
            self.patience = START_S if self._played_at is None else self._busy_s
        elif message.address == LEAVING:
            code = message.arguments[0] if message.arguments else 0
            self._leaving = code if isinstance(code, int) else 0
            # A stage that is lost is to be replaced soon, whatever its film.
            self.patience = LEAVE_S if self._leaving in (0, TERMINATED) else START_S
        else:
            self._played_at = now if self._played_at is None else self._played_at
            # The longest gap of late, slowly forgotten; what it said it was busy with is no gap.
            self._gap = max(0.95 * self._gap, 0.0 if self._busy else now - self._beat_at)
            self._busy = False
            self.patience = min(max(HANG_S, SLOWER * self._gap), LONGEST_HANG_S)
        self._beat_at = now

    def _end(self, stage: BaseProcess, desk: BaseProcess, from_stage: Inbox) -> None:
        """Send both away. A stage that says it is leaving may finish its film."""
        began = time.monotonic()
        for process in (stage, desk):
            if process.exitcode is None:
                process.terminate()
        while stage.exitcode is None:
            patience = PATIENCE_S
            if self._records:
                patience = FILM_PATIENCE_S if self._leaving is None else LEAVE_S
            if time.monotonic() - began > patience:
                _kill(stage)
                break
            wait([stage.sentinel, self._stage_state[0]], timeout=0.1)
            self.keep(from_stage.drain())
        desk.join(max(began + PATIENCE_S - time.monotonic(), 0.0))
        if desk.exitcode is None:
            _kill(desk)

    @property
    def _records(self) -> bool:
        """Whether a film or a tape is made, or a film is finished."""
        told = self._kept.get("/status/film")
        return bool(self._settings.record or self._settings.tape) or (
            told is not None and told.arguments[:1] != ("idle",)
        )

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


def _kill(process: BaseProcess) -> None:
    process.kill()
    process.join(KILL_S)


def _be_stage(
    settings: PlaySettings, messages: Connection, state: Connection, restore: tuple[Message, ...]
) -> None:
    from engine.stage.process import run_stage

    run_stage(settings, messages, state, restore)


def _be_desk(
    settings: PlaySettings,
    outbox: Connection,
    state: Connection,
    reports: Connection,
    again: bool,
) -> None:
    from engine.assets import find_assets
    from engine.desk.desk import DeskSettings
    from engine.desk.play.overlay import find_overlay
    from engine.desk.process import run_desk

    assets = find_assets(settings.assets, user=settings.user)
    desk = DeskSettings(
        osc_port=settings.osc_port,
        osc_bind=settings.osc_bind,
        osc_allow=settings.osc_allow,
        ear=_choose_ear(settings),
        audio_leads=settings.audio_beat,
        link=settings.link,
        midi_pattern=settings.midi,
        controllers=assets.both("config") / "controllers",
        bindings=find_overlay(),
        again=again,
    )
    run_desk(desk, outbox, state, reports)


def _choose_ear(settings: PlaySettings) -> EarSettings | None:
    from engine.desk.audio.listening import EarSettings
    from engine.output.ffmpeg import find_ffmpeg

    if settings.audio_file:
        return EarSettings(file=settings.audio_file, ffmpeg=find_ffmpeg(), ring=settings.sound)
    if settings.audio:
        return EarSettings(settings.audio, channels=settings.audio_channels, ring=settings.sound)
    return None
