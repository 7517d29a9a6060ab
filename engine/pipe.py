"""Messages between processes: an Outbox writes them to a pipe, an Inbox takes them out of it.

In: messages. Out: the same messages in order, without the values that a newer one of their address
overtook. Neither ever makes its caller wait; a reader that is away costs the oldest messages of the
busiest addresses only.
"""

from __future__ import annotations

import os
import struct
import sys
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Iterable
from itertools import islice
from multiprocessing.connection import Connection
from types import TracebackType

from engine.bundle import HEAD, MARK, Torn, pack, unpack
from engine.coalesce import Keys, add_up
from engine.message import Message
from engine.overtaking import is_touch

# One write of at most PIPE_BUF bytes (4096 on Linux) is whole or not there, whoever is killed.
BUNDLE_BYTES = 4000
TOGETHER = 64  # messages in a bundle: of the common ones so many fit
WAITING = 8192  # messages an Outbox holds for a reader that is away: 0.4 s at 20,000 a second
TOUCHES = 512  # of hands that wait: eight frames full. A value behind more of them would come late
AT_ONCE = 4096  # messages an Inbox gives at once
KEPT = 7 / 8  # of them when there are too many; not one less, for looking through them takes time
MANY, PAUSE_S = 16, 0.004  # after so many others follow: better written together than one by one
CHUNK = 65536  # what a pipe holds, so that one read takes whole bundles
_LENGTH = struct.Struct("!i")  # what Connection.send_bytes puts in front


class Outbox:
    """Sends messages from any thread through its own writer thread. Closes itself, not the pipe."""

    def __init__(self, connection: Connection, waiting: int = WAITING) -> None:
        self._connection = connection
        self._limit = waiting
        self._queue: OrderedDict[object, Message] = OrderedDict()  # by address, events by number
        self._keys = Keys()
        self._touches: deque[object] = deque()  # their keys, some of them written or dropped by now
        self._closing = self._writing = False
        self._dropped = 0
        self._wake = threading.Condition()
        self._thread = threading.Thread(target=self._write, name="outbox", daemon=True)
        self._thread.start()

    @property
    def dropped(self) -> int:
        """Messages lost so far: too old, too long for one bundle, or of no kind that can be sent."""
        return self._dropped

    def send(self, message: Message) -> None:
        """Take one message for the reader. Never waits, never raises."""
        with self._wake:
            self._add(message)
            self._wake.notify_all()

    def send_all(self, messages: Iterable[Message]) -> None:
        """Take several at once, in order; the reader gets them together where they fit a bundle."""
        with self._wake:
            for message in messages:
                self._add(message)
            self._wake.notify_all()

    def flush(self, timeout_s: float) -> bool:
        """Wait, `timeout_s` seconds at most, until all that was sent is in the pipe; if it is."""
        with self._wake:
            return self._wake.wait_for(lambda: not (self._queue or self._writing), timeout_s)

    def close(self, timeout_s: float = 0.1) -> None:
        """Write what waits, for `timeout_s` seconds at most."""
        with self._wake:
            self._closing = True
            self._wake.notify_all()
        self._thread.join(timeout_s)

    def __enter__(self) -> Outbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _add(self, message: Message) -> None:
        key = self._keys.find(message)
        older = self._queue.pop(key, None)  # it goes to the end
        self._queue[key] = message if older is None else add_up(older, message)
        if is_touch(message.address):
            self._touches.append(key)
            if len(self._touches) > TOUCHES:
                oldest = self._touches.popleft()
                if oldest in self._queue:
                    del self._queue[oldest]
                    self._dropped += 1
        if len(self._queue) > self._limit:
            before = len(self._queue)
            self._trim(int(KEPT * self._limit))
            self._dropped += before - len(self._queue)

    def _trim(self, room: int) -> None:
        """Drop the oldest messages of the busiest addresses, so that a flood costs only itself."""
        waiting = Counter(message.address for message in self._queue.values())
        most = _share(sorted(waiting.values()), room)
        excess = {address: count - most for address, count in waiting.items() if count > most}
        for key in list(self._queue):
            address = self._queue[key].address
            if excess.get(address, 0) > 0:
                excess[address] -= 1
                del self._queue[key]
        while len(self._queue) > self._limit:  # of more addresses than may wait
            self._queue.popitem(last=False)

    def _write(self) -> None:
        written = 0  # since the last pause
        while True:
            with self._wake:
                while not self._queue and not self._closing:
                    self._wake.wait()
                if not self._queue:
                    return
                bundle, count = self._take_bundle()
                self._writing = bool(bundle)
            try:
                if bundle:
                    self._connection.send_bytes(bundle)
            except (OSError, ValueError):  # nobody reads any more, or the pipe is closed
                with self._wake:
                    self._dropped += count
                    if self._closing:
                        return
                    self._wake.wait(0.1)
            written += count
            with self._wake:
                self._writing = False
                self._wake.notify_all()  # who flushes
                pause = written >= MANY and not self._queue
            if pause:
                time.sleep(PAUSE_S)
                written = 0

    def _take_bundle(self) -> tuple[bytes, int]:
        """The oldest waiting messages as one bundle, and their count; b"" for one that can't be sent."""
        oldest = list(islice(self._queue.items(), TOGETHER))
        bundle = _try_pack([message for _, message in oldest])
        while not bundle and len(oldest) > 1:
            del oldest[len(oldest) // 2 :]
            bundle = _try_pack([message for _, message in oldest])
        self._dropped += not bundle
        for key, _ in oldest:
            del self._queue[key]
            if self._touches and self._touches[0] == key:
                self._touches.popleft()
        return bundle, len(oldest)


def _try_pack(messages: list[Message]) -> bytes:
    """A bundle; b"" if it is too long, or one of them can't be sent."""
    try:
        bundle = pack(messages)
    except ValueError:
        return b""
    return bundle if len(bundle) <= BUNDLE_BYTES else b""


def _share(counts: list[int], room: int) -> int:
    """How many each may keep, at least one, so that `room` is enough. `counts`: ascending."""
    for at, count in enumerate(counts):
        share = room // (len(counts) - at)
        if count > share:
            return max(share, 1)
        room -= count
    return max(counts)


class Inbox:
    """Takes messages out of a pipe. `ended` once the writer is gone and all is read."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._bytes = b""
        self._messages: list[Message] = []
        self._ended = False
        self._malformed = 0
        if sys.platform != "win32":
            os.set_blocking(connection.fileno(), False)

    @property
    def ended(self) -> bool:
        """True when no message can come any more."""
        return self._ended and not self._messages

    @property
    def malformed(self) -> int:
        """Bundles that were not to be read: a writer or an earlier reader died in their middle."""
        return self._malformed

    def drain(self, limit: int = AT_ONCE) -> list[Message]:
        """What has come, oldest first, at most `limit`; the rest next time. Never waits."""
        if len(self._messages) < limit and not self._ended:
            self._read()
        taken = self._messages[:limit]
        del self._messages[:limit]
        return taken

    def _read(self) -> None:
        try:
            if sys.platform == "win32":
                while self._connection.poll():
                    self._unpack(self._connection.recv_bytes())
                return
            # Not recv_bytes: it takes length and body in two reads, and a reader killed between
            # them leaves the next one (a restarted stage) in the middle of a bundle.
            fresh = os.read(self._connection.fileno(), CHUNK)
        except BlockingIOError:
            return
        except (OSError, EOFError):
            self._ended = True
            return
        if not fresh:
            self._ended = True
        self._bytes = self._split(self._bytes + fresh)

    def _split(self, data: bytes) -> bytes:
        """Unpack the whole bundles in `data`; what is left is the start of the next one."""
        at = 0
        while len(data) - at >= 4 + len(MARK):
            (length,) = _LENGTH.unpack_from(data, at)
            if not HEAD <= length <= BUNDLE_BYTES or not data.startswith(MARK, at + 4):
                self._malformed += 1
                found = data.find(MARK, at + 5)
                if found < 0:
                    return data[-3 - len(MARK) :]
                at = found - 4
                continue
            if at + 4 + length > len(data):
                break
            self._unpack(data[at + 4 : at + 4 + length])
            at += 4 + length
        return data[at:]

    def _unpack(self, bundle: bytes) -> None:
        try:
            self._messages += unpack(bundle)
        except Torn:
            self._malformed += 1
