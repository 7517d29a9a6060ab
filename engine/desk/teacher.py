"""Who is told what to learn from a terminal: the engine that plays, over OSC, else a desk of our own.

In: `/learn...` messages. Out: how far it is. A desk of our own opens the same ports as one that plays
and writes the same file; what its controls play goes nowhere.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import socket
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from engine.assets import Folder
from engine.desk.desk import Desk
from engine.desk.midi.backend import silence_libraries
from engine.desk.notes import Notes, write_stderr
from engine.desk.opening import DeskSettings
from engine.message import Argument, Message
from engine.osc_reading import Malformed, decode
from engine.osc_writing import encode
from engine.pipe import Outbox

ANSWER_S = 0.3  # an engine on this computer answers within a few milliseconds
LOOK_S = 0.05  # between two questions
LARGEST = 65536


@dataclass(frozen=True, slots=True)
class Lesson:
    """How far it is: `status` as of `/status/learn`, and how many controls were learnt so far."""

    status: tuple[Argument, ...]
    count: int


class Teacher(Protocol):
    """Takes `/learn...` messages."""

    def say(self, address: str, *arguments: Argument) -> None:
        """Tell it something."""

    def wait(self) -> None:
        """Let a moment pass, in which it listens."""

    def look(self) -> Lesson | None:
        """How far it is; None if it does not answer."""


class Engine:
    """An engine that plays, at a port of this computer."""

    def __init__(self, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.settimeout(ANSWER_S)
        self._socket.connect(("127.0.0.1", port))

    @property
    def answers(self) -> bool:
        """Whether there is one."""
        return self._ask(Message("/ping"), "/ping") is not None

    def say(self, address: str, *arguments: Argument) -> None:
        with contextlib.suppress(OSError):  # it has gone: `look` finds that out
            self._socket.send(encode(Message(address, arguments)))

    def wait(self) -> None:
        time.sleep(LOOK_S)

    def look(self) -> Lesson | None:
        status, count = (self._get(f"/status/{name}") for name in ("learn", "learnt"))
        if status is None or count is None:
            return None
        number = count[0] if count else 0
        return Lesson(status, number if isinstance(number, int) else 0)

    def close(self) -> None:
        """Give the socket back."""
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _get(self, address: str) -> tuple[Argument, ...] | None:
        answer = self._ask(Message("/get", (address,)), address)
        return answer.arguments if answer else None

    def _ask(self, question: Message, address: str) -> Message | None:
        """The answer by this address; what came too late for an earlier question is passed over."""
        with contextlib.suppress(OSError, Malformed):  # nobody there, or nobody of ours
            self._socket.send(encode(question))
            end = time.monotonic() + ANSWER_S
            while time.monotonic() < end:
                for message in decode(self._socket.recv(LARGEST), 0):
                    if message.address == address:
                        return message
        return None


class Alone:
    """A desk of our own, where no engine plays. It takes OSC too, if that port is free."""

    def __init__(
        self, controllers: Folder, bindings: Path, midi_pattern: str | None, osc_port: int | None
    ) -> None:
        settings = DeskSettings(osc_port, "127.0.0.1", midi_pattern, controllers, bindings=bindings)
        with ExitStack() as stack:
            stack.enter_context(silence_libraries())
            reader, writer = multiprocessing.Pipe(duplex=False)
            reader.close()  # what controls play goes nowhere
            stack.enter_context(writer)
            nowhere = stack.enter_context(Outbox(writer))
            notes = _Notes(time.monotonic_ns, write_stderr)
            desk = Desk(settings, nowhere, nowhere, notes, time.monotonic_ns)
            self._desk = stack.enter_context(desk)
            self._stack = stack.pop_all()

    def say(self, address: str, *arguments: Argument) -> None:
        self._desk.hear([Message(address, arguments, time.monotonic_ns())])
        self._desk.turn()

    def wait(self) -> None:
        self._desk.turn()

    def look(self) -> Lesson:
        lessons = self._desk.lessons
        return Lesson(lessons.status, lessons.count)

    def close(self) -> None:
        """Give the ports back."""
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Notes(Notes):
    """All but how far learning is, which the terminal says itself."""

    def say(self, kind: str, text: str) -> None:
        if kind != "learn":
            super().say(kind, text)
