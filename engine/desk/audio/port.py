"""The desk's side of the ear: starts it, hands on what it hears, ends it when it hangs, starts another.

In: what the ear says. Out: messages to the stage, moves of the controls that the bands are, notes, and
for `/get` the newest values. All of it on a thread of its own: nothing here ever makes the desk wait.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType

from engine.desk.audio.listening import BANDS, PICTURES, EarSettings, Flag, band_control
from engine.desk.control import Move
from engine.desk.notes import Notes
from engine.message import Message
from engine.pipe import Inbox

START_S = 20.0  # for the first beat: a cold disk, a slow list of devices
HANG_S = 5.0  # without a beat, which comes four times a second
PAUSES_S = (0.2, 10.0)  # before another is started: doubled each time one dies soon
SOUND_S = 30.0  # one that lived so long was a good one
POLL_S = 0.1
SEEN_S = 3.0  # that the wave and the spectrum are told after somebody has wanted them


class AudioPort:
    """Owns the ear's process, and the thread that reads what it says."""

    def __init__(
        self,
        settings: EarSettings,
        send: Callable[[Sequence[Message]], None],
        play: Callable[[Move], None],
        notes: Notes,
        leads: Callable[[], bool],
    ) -> None:
        """`send` takes messages to the stage, `play` moves to the board, from this thread. `leads`
        says whether the beat that is heard leads the tempo."""
        self._settings, self._send, self._play = settings, send, play
        self._notes, self._leads = notes, leads
        self.hears: tuple[str, ...] = ()  # the name of what it hears, none while it hears nothing
        self.lost = 0
        self.values: dict[str, tuple[float, ...]] = {}  # the newest, as `/status/audio/...`
        self._seen_s = -SEEN_S  # when somebody last wanted to see it
        self._stop = threading.Event()
        self._spawn = multiprocessing.get_context("spawn")
        self._seen: Flag = self._spawn.RawValue("b", 0)
        self._thread = threading.Thread(target=self._run, name="audio", daemon=True)
        self._thread.start()

    def show(self) -> None:
        """Tell the wave and the spectrum too, for some seconds from now."""
        self._seen_s = time.monotonic()

    def close(self) -> None:
        """End the ear."""
        self._stop.set()
        self._thread.join(3.0)

    def __enter__(self) -> AudioPort:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _run(self) -> None:
        pause_s = PAUSES_S[0]
        while not self._stop.is_set():
            began_s = time.monotonic()
            try:
                self._listen()
            except (
                Exception
            ) as error:  # no process can be had now; a thread that ended would be deaf
                self._notes.say(
                    "audio", f"audio input fails ({type(error).__name__}). Trying again."
                )
            self._change(())
            if time.monotonic() - began_s > SOUND_S:
                pause_s = PAUSES_S[0]
            self._stop.wait(pause_s)
            pause_s = min(2.0 * pause_s, PAUSES_S[1])

    def _listen(self) -> None:
        """Have an ear for as long as it hears."""
        ours, theirs = self._spawn.Pipe(duplex=False)
        process = self._spawn.Process(
            target=_be_ear,
            args=(self._settings, theirs, self._seen),
            name="morphogen-ear",
            daemon=True,
        )
        with ours:
            with theirs:
                process.start()
            try:
                self._hear(process, ours)
            finally:
                process.kill()
                process.join(2.0)

    def _hear(self, process: BaseProcess, pipe: Connection) -> None:
        """Hand on what the ear says until it ends, hangs or is no more wanted."""
        inbox = Inbox(pipe)
        patience_s, beat_s = START_S, time.monotonic()
        while not self._stop.is_set():
            try:
                pipe.poll(POLL_S)
            except OSError:  # Windows says so when the other end has gone
                return
            self._seen.value = int(time.monotonic() - self._seen_s < SEEN_S)
            told = inbox.drain()
            if any(message.address == "/ear/beat" for message in told):
                patience_s, beat_s = HANG_S, time.monotonic()
            self._take(told)
            if inbox.ended or (process.exitcode is not None and not told):
                return
            if time.monotonic() - beat_s > patience_s:
                self._notes.say("audio", "audio input hangs; starting it again")
                return

    def _take(self, told: Sequence[Message]) -> None:
        to_stage = []
        for message in told:
            address, arguments = message.address, message.arguments
            if address in PICTURES:
                to_stage.append(message)
            elif address.startswith("/audio/"):
                to_stage.append(message)
                self._remember(message)
            elif address == "/tempo/sync" and self._leads():
                to_stage.append(message)
            elif address == "/ear/hears":
                self._change(tuple(str(name) for name in arguments))
            elif address == "/ear/says":
                self._notes.say("audio", " ".join(str(word) for word in arguments))
            elif address == "/ear/lost" and isinstance(arguments[0], int):
                self.lost = arguments[0]
        if to_stage:
            self._send(to_stage)

    def _remember(self, message: Message) -> None:
        numbers = tuple(float(n) for n in message.arguments if isinstance(n, (int, float)))
        self.values[f"/status{message.address}"] = numbers
        name = message.address.removeprefix("/audio/")
        if name in BANDS:
            self._play(Move(band_control(name), numbers[0], message.time_ns))

    def _change(self, names: tuple[str, ...]) -> None:
        if names == self.hears:
            return
        if self.hears:
            self._notes.say("audio", f"audio input gone: {self.hears[0]}")
            self.values.clear()
        if names:
            self._notes.say("audio", f"audio input open: {names[0]}")
            if not self._settings.file:  # should the ear be started anew, it is this one again
                self._settings = replace(self._settings, device=names[0], exact=True)
        self.hears = names


def _be_ear(settings: EarSettings, pipe: Connection, seen: Flag) -> None:
    from engine.desk.audio.ear import run_ear  # in the ear only: NumPy is nothing for a desk

    run_ear(settings, pipe, seen)
