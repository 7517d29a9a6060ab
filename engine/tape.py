"""A tape: messages with their times, kept and replayed. Begins with the state it was recorded in.

On disk: for each message its time in nanoseconds since the start (uint64), the length of its OSC
bytes (uint32), both big-endian, and the bytes. A broken end is dropped. Never touches the stage,
never makes it wait for a disk.
"""

from __future__ import annotations

import os
import struct
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from engine.errors import Complaint
from engine.message import Malformed, Message, decode, encode

_HEAD = struct.Struct(">QI")
LONGEST = 1_000_000  # messages: hours of wild playing
AT_ONCE = 100  # messages encoded before the picture's thread gets its turn: half a millisecond


@dataclass(frozen=True, slots=True)
class Event:
    """A message and when it came, in nanoseconds since the tape began."""

    time_ns: int
    message: Message


class Recording:
    """Gathers what is played, until it is stopped."""

    def __init__(self, state: Iterable[Message]) -> None:
        self.events = [Event(0, message) for message in state]
        self._time_ns = 0

    def advance(self, nanoseconds: int) -> None:
        self._time_ns += nanoseconds

    def keep(self, message: Message) -> None:
        if not message.address.startswith("/tape/") and len(self.events) < LONGEST:
            self.events.append(Event(self._time_ns, message))


class Replay:
    """Gives the messages of a tape back as their time comes."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._events: Iterator[Event] = iter(tuple(events))
        self._next = next(self._events, None)
        self._time_ns = 0

    @property
    def ended(self) -> bool:
        return self._next is None

    def advance(self, nanoseconds: int) -> list[Message]:
        """The messages due up to now, this moment included."""
        due = []
        while self._next is not None and self._next.time_ns <= self._time_ns:
            due.append(self._next.message)
            self._next = next(self._events, None)
        self._time_ns += nanoseconds
        return due


def save_tape(events: Iterable[Event], path: Path) -> None:
    """Write a tape so that the file is the old one or the new one, never half. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with draft.open("wb") as file:
        for number, event in enumerate(events):
            if number % AT_ONCE == 0:
                time.sleep(0)  # else the interpreter would go on for 5 ms
            try:
                data = encode(event.message)
            except (ValueError, TypeError):  # nothing OSC can say: from no peer, and refused
                continue
            file.write(_HEAD.pack(event.time_ns, len(data)) + data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def load_tape(path: Path) -> list[Event]:
    """Read a tape. Raises OSError if there is none."""
    data, at = path.read_bytes(), 0
    events: list[Event] = []
    while at + _HEAD.size <= len(data):
        time_ns, length = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        try:
            messages = decode(data[at : at + length], time_ns)
        except Malformed:
            break
        events += [Event(time_ns, message) for message in messages]
        at += length
    return events


class TapeDeck:
    """Does what `/tape/record|stop|play` ask, with one tape, kept in a file between shows.

    Owns a thread that writes the file. `say` hears, from that thread, why a tape was not kept.
    """

    def __init__(self, path: Path, say: Callable[[str], object] | None = None) -> None:
        self._path = path
        self._say = say or _write_stderr
        self._recording: Recording | None = None
        self._replay: Replay | None = None
        self._tape: list[Event] | None = None  # the last one recorded, on the disk or not yet
        self._saver = ThreadPoolExecutor(1, "tape")  # one: two tapes are saved in their order

    def due(self, nanoseconds: int) -> list[Message]:
        """Let time pass; the messages of a playing tape that are due."""
        if self._recording:
            self._recording.advance(nanoseconds)
        if self._replay is None:
            return []
        messages = self._replay.advance(nanoseconds)
        if self._replay.ended:
            self._replay = None
        return messages

    def keep(self, message: Message) -> None:
        """Put a message on the tape, if one is being recorded."""
        if self._recording:
            self._recording.keep(message)

    def obey(self, wish: str, state: Iterable[Message]) -> str:
        """`record`, `stop` or `play`. Returns what went wrong, or nothing.

        `state` is what is played now: the first thing on a new tape.
        """
        self._stop_recording()
        if wish == "record":
            self._replay = None
            self._recording = Recording(state)
        elif wish == "stop":
            self._replay = None
        elif wish == "play":
            try:
                tape = load_tape(self._path) if self._tape is None else self._tape
            except OSError as error:
                return self._describe(error)
            self._replay = Replay(tape)
        return ""

    def close(self) -> None:
        """Stop, and wait until what was recorded is saved."""
        self._stop_recording()
        self._saver.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _stop_recording(self) -> None:
        recording, self._recording = self._recording, None
        if recording:
            self._tape = recording.events
            self._saver.submit(self._save, recording.events)

    def _save(self, events: list[Event]) -> None:
        try:
            save_tape(events, self._path)
        except OSError as error:
            self._say(self._describe(error))

    def _describe(self, error: OSError) -> str:
        return f"{self._path}: {error.strerror or error}"


def _write_stderr(what: str) -> None:
    print(Complaint("tape", f"it was not saved ({what})"), file=sys.stderr)
