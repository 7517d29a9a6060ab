"""Watching an engine from outside: the monitor's other end.

In: an engine's host and port. Out: what it tells, and its counters. Raises `MorphogenError` where
nobody answers. Trusts nothing that comes: it is shown as printable ASCII only.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import Self

from engine.desk.monitor.events import Line
from engine.desk.monitor.monitor import EVENT
from engine.desk.monitor.watchers import ADDRESS
from engine.desk.notes import plain
from engine.errors import Complaint, MorphogenError
from engine.message import Argument, Message
from engine.osc_reading import Malformed, decode
from engine.osc_writing import encode

FIRST_S = 2.0  # for the first answer
ASK_S = 0.25  # from one question to the next, before it
RENEW_S = 3.0
SILENT = 2.5  # times as long without an answer: it is gone, or stands still
STATUS = "/status"
ANSWER_S, QUIET_S = 1.5, 0.3  # for the counters: at most, and after the last of them
LONGEST = 65536

Counts = dict[str, tuple[Argument, ...]]


class Watching:
    """Owns a socket. Close it, or use it in a `with`."""

    def __init__(self, host: str, port: int, renew_s: float = RENEW_S) -> None:
        """Ask the engine there until it answers; then again every `renew_s` seconds."""
        self._every_s = renew_s
        self._where = f"{host}:{port}"
        self.counts: Counts = {}  # `/status/...`, as they were told last
        self._offset_s = 0.0  # from the engine's milliseconds to the time of day
        self._renew_s = self._answered_s = 0.0
        self._silent = False  # and that has been said
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)
        except OSError:
            raise _complain(host, "no such computer", "Name it by --host ADDRESS.") from None
        family, kind, protocol, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)
        self._socket = socket.socket(family, kind, protocol)
        try:
            self._socket.connect(address)
            self._greet()
        except BaseException:
            self._socket.close()
            raise

    def lines(self, seconds: float) -> Iterator[Line]:
        """What happens in so many seconds. `time_ns` is the time of day."""
        end_s = time.monotonic() + seconds
        while (left_s := end_s - time.monotonic()) > 0.0:
            if time.monotonic() >= self._renew_s:
                self._renew_s = time.monotonic() + self._every_s
                self._ask(Message(ADDRESS, (1,)))
            for message in self._receive(min(left_s, self._every_s)):
                line = self._take(message)
                if line:
                    yield line
            if not self._silent and time.monotonic() - self._answered_s > SILENT * self._every_s:
                self._silent = True
                yield Line(time.time_ns(), "monitor", "no answer any more: waiting for the engine")

    def ask_counts(self) -> Iterator[Line]:
        """Have the counters told anew; what else happens meanwhile."""
        self.counts = {}  # it may be another engine by now, which has counted less
        self._ask(Message("/get", (STATUS,)))
        end_s, quiet_s = time.monotonic() + ANSWER_S, ANSWER_S
        while (left_s := min(end_s - time.monotonic(), quiet_s)) > 0.0:
            messages = self._receive(left_s)
            if not messages and quiet_s == QUIET_S:
                return
            for message in messages:
                line = self._take(message)
                if line:
                    yield line
                elif message.address.startswith(f"{STATUS}/"):
                    quiet_s = QUIET_S

    def close(self) -> None:
        """Say goodbye."""
        self._ask(Message(ADDRESS, (0,)))
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _greet(self) -> None:
        end_s = time.monotonic() + FIRST_S
        while time.monotonic() < end_s:
            self._ask(Message(ADDRESS, (1,)))
            for message in self._receive(ASK_S):
                if message.address == ADDRESS and message.arguments[:1] == ("watching",):
                    self._take(message)
                    self._renew_s = time.monotonic() + self._every_s
                    return
                if message.address == ADDRESS and message.arguments[:1] == ("full",):
                    raise _complain(self._where, "others watch already", "Close one of them.")
        remedy = "Start it with morphogen play, or name its port: --osc-port N, --host ADDRESS."
        raise _complain(self._where, "no engine answers there", remedy)

    def _ask(self, message: Message) -> None:
        try:
            self._socket.send(encode(message))
        except OSError:  # nobody there now; that is seen by what does not come
            return

    def _receive(self, timeout_s: float) -> list[Message]:
        """The messages of one datagram; none if none came in time."""
        self._socket.settimeout(timeout_s)
        began_s = time.monotonic()
        try:
            return decode(self._socket.recv(LONGEST), time.time_ns())
        except TimeoutError:
            return []
        except OSError:  # nobody listens there: that came at once, and the time is to pass
            time.sleep(max(0.0, min(timeout_s, ASK_S) - (time.monotonic() - began_s)))
            return []
        except Malformed:
            return []

    def _take(self, message: Message) -> Line | None:
        """A line to show, if that is what it is; else what it says is kept."""
        match message.address, message.arguments:
            case str(address), (int(ms), *words) if address == EVENT and len(words) == 4:
                time_ns = int((ms * 1e-3 + self._offset_s) * 1e9)
                return Line(time_ns, *(plain(str(word)) for word in words))
            case str(address), ("watching", int(ms)) if address == ADDRESS:
                self._offset_s = time.time() - ms * 1e-3
                self._answered_s, back, self._silent = time.monotonic(), self._silent, False
                if back:
                    return Line(time.time_ns(), "monitor", "the engine answers again")
            case str(address), arguments if address.startswith(f"{STATUS}/"):
                self.counts[address] = arguments
        return None


def _complain(where: str, what: str, remedy: str) -> MorphogenError:
    return MorphogenError(Complaint(where, what, remedy))
