"""OSC in: datagrams from a UDP socket, read as they come. Knows no parameter and no scene.

In: datagrams. Out: what the gate makes of them (`gate.py`), to a sink, in the order it came, several at once;
answers, from the same port; one line when something is wrong. Never raises, never stops: a busy port is tried
again.
"""

from __future__ import annotations

import errno
import os
import select
import socket
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from engine.desk.notes import Notes
from engine.desk.osc.access import EVERYWHERE, Access, describe_refusal, find_own_address
from engine.desk.osc.gate import Gate
from engine.desk.osc.receiver import BATCH, Receiver, Sender
from engine.message import Message

# Asked for (the system may give less): some 5,000 datagrams, our stall of 0.25 s at 20,000 a second;
# a flood that fills it is read through in less than a tenth of a second.
RECEIVE_BYTES = 2 << 20
MANY = 8  # after so many at once others follow: better read together than one by one
PAUSE_S = 0.004
RETRY_S = 2.0
LOOK_S = 0.05  # how often a quiet receiver looks whether it is to stop


class OscPort:
    """Owns the socket and the thread that reads it. `port` 0 takes a free one (see `address`)."""

    def __init__(
        self,
        bind: tuple[str, int],
        sink: Callable[[Sequence[Message]], None],
        hear: Callable[[Message, Sender], bool],
        notes: Notes,
        clock_ns: Callable[[], int],
        *,
        access: Access | None = None,
        find: Callable[[str], Sequence[str]] = lambda pattern: (),
        attends: Callable[[Sender], bool] = lambda sender: True,
    ) -> None:
        """`find`, `attends`: see `Gate`."""
        self._bind = bind
        self._sink = sink
        self._access = access or Access()
        self.gate = Gate(hear, self.send, notes, self._access, find, attends)
        self._receiver = Receiver()
        self._notes = notes
        self._clock_ns = clock_ns
        self._socket: socket.socket | None = None
        self._out: socket.socket | None = None  # the same one again, which never waits
        self._stop = threading.Event()
        self._complained = False
        self._open()
        self._thread = threading.Thread(target=self._run, name="osc", daemon=True)
        self._thread.start()

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port that are listened on; None while the port can't be had."""
        try:
            return self._socket.getsockname()[:2] if self._socket else None
        except OSError:
            return None

    def send(self, datagram: bytes, target: Sender) -> OSError | None:
        """Send from this port, so that firewalls let it pass; what went wrong. Never waits."""
        out = self._out
        try:
            if out is None:
                return OSError(errno.ENETDOWN, "no port")
            out.sendto(datagram, target)
        except OSError as error:
            return error
        return None

    def is_ours(self, target: Sender) -> bool:
        """Whether this very port listens at a target."""
        address = self.address
        if address is None or target[1] != address[1]:
            return False
        family = socket.AF_INET6 if ":" in str(target[0]) else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.bind((target[0], 0))  # which only a host of our own allows
            except OSError:
                return False
        return True

    def count_unread(self) -> int:
        """Datagrams that the system has thrown away since the port was opened, for we were too slow.

        Only Linux tells; 0 elsewhere.
        """
        try:
            inode = os.fstat(self._socket.fileno()).st_ino if self._socket else 0
            for table in ("/proc/net/udp", "/proc/net/udp6"):
                for line in Path(table).read_text().splitlines()[1:]:
                    words = line.split()
                    if int(words[9]) == inode:
                        return int(words[12])
        except (OSError, ValueError, IndexError):
            pass
        return 0

    def close(self) -> None:
        """Stop listening; takes at most LOOK_S seconds."""
        self._stop.set()
        self._thread.join(3 * LOOK_S)
        self._close_socket()

    def __enter__(self) -> OscPort:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _open(self) -> None:
        host, port = self._bind
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        fresh = None
        try:
            # No SO_REUSEADDR: on Linux two programs would share the port and each miss messages.
            fresh = socket.socket(family, socket.SOCK_DGRAM)
            fresh.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
            fresh.bind((host, port))
            fresh.setblocking(False)
            out = fresh.dup()
        except (OSError, OverflowError, UnicodeError) as error:
            if fresh:
                fresh.close()
            if not self._complained:
                reason = getattr(error, "strerror", None) or str(error)
                self._notes.say(
                    "osc",
                    f"no OSC: UDP port {port} on {host} can't be had ({reason}). "
                    f"{describe_refusal(error)}; trying again every {RETRY_S:g} s.",
                )
            self._complained = True
            return
        self._socket, self._out = fresh, out
        self._out.setblocking(False)
        if self._complained:
            self._notes.say("osc", f"OSC works now: UDP port {port} on {host}.")
        self._complained = False
        reach = self._access.describe(host)
        if reach:
            own = find_own_address() if host in EVERYWHERE else host
            at = f" Send to {own}:{port}." if own else ""
            words = f"OSC is open to {reach}, on UDP port {port} (no password).{at}"
            self._notes.say("osc", words)
        vain = self._access.find_vain(host)
        if vain:
            words = f"OSC of {vain} cannot reach {host}: add --osc-bind 0.0.0.0 to --osc-allow."
            self._notes.say("osc", words)

    def _close_socket(self) -> None:
        for one in (self._socket, self._out):
            if one:
                one.close()
        self._socket = self._out = None

    def _run(self) -> None:
        while not self._stop.is_set():
            if self._socket is None:
                if not self._stop.wait(RETRY_S):
                    self._open()
                continue
            try:
                self._receive(self._socket)
            except OSError as error:  # the interface went, or the network changed
                self._notes.say("osc", f"OSC lost its socket ({error.strerror}). Opening it again.")
                self._close_socket()
            except Exception as error:  # a thread that ended would be a desk that hears nothing
                self.gate.malformed["receiver"] += 1
                self._notes.say("osc", f"OSC stumbled over {type(error).__name__} and goes on.")
                self._stop.wait(LOOK_S)

    def _receive(self, port: socket.socket) -> None:
        while not self._stop.is_set():
            # Not the socket's own time-out: it would ask the system twice for each datagram.
            if not select.select([port], [], [], LOOK_S)[0]:
                continue
            came = BATCH
            while came == BATCH and not self._stop.is_set():
                now = self._clock_ns()  # for all: together they take less than a millisecond
                datagrams = self._receiver.read(port)
                came = len(datagrams)
                messages: list[Message] = []
                try:
                    self.gate.read(datagrams, now, messages)
                finally:
                    if messages:
                        self._sink(messages)
            if came >= MANY:
                time.sleep(PAUSE_S)
