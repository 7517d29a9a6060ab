"""Many datagrams by one call of the system, where it can (Linux: recvmmsg), else one by one.

In: a socket that does not wait. Out: what has come, each datagram with its sender. For each call
Python hands the interpreter's lock to another thread and waits for it again; at 20,000 datagrams a
second that took more time than all the rest.
"""

from __future__ import annotations

import ctypes
import socket
import sys

BATCH = 64  # datagrams at once
LONGEST = 65536  # bytes of one
REMEMBERED = 1024  # senders' names
_NAME = 28  # bytes of a sockaddr_in6, the longer of the two
_DONT_WAIT = 0x40

Sender = tuple[str | int, ...]  # host, port and, for IPv6, what follows


class _Vector(ctypes.Structure):
    """`struct iovec`."""

    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class _Message(ctypes.Structure):
    """`struct msghdr`."""

    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_length", ctypes.c_uint32),
        ("vectors", ctypes.c_void_p),
        ("vector_count", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("control_length", ctypes.c_size_t),
        ("flags", ctypes.c_int),
    )


class _Header(ctypes.Structure):
    """`struct mmsghdr`."""

    _fields_ = (("message", _Message), ("length", ctypes.c_uint32))


class Receiver:
    """Owns the memory that datagrams are read into. Use it from one thread."""

    def __init__(self) -> None:
        self._call = None
        if sys.platform == "linux":
            self._call = getattr(ctypes.CDLL(None), "recvmmsg", None)
        self._senders: dict[bytes, Sender] = {}
        if self._call is None:
            return
        self._bodies = memoryview(bytearray(BATCH * LONGEST))
        self._names = memoryview(bytearray(BATCH * _NAME))
        bodies = ctypes.addressof(ctypes.c_char.from_buffer(self._bodies))
        names = ctypes.addressof(ctypes.c_char.from_buffer(self._names))
        self._vectors = (_Vector * BATCH)()
        self._headers = (_Header * BATCH)()
        for at, (vector, header) in enumerate(zip(self._vectors, self._headers, strict=True)):
            vector.base, vector.length = bodies + at * LONGEST, LONGEST
            header.message.name = names + at * _NAME
            # The system writes back what it needs, always as much.
            header.message.name_length = _NAME
            header.message.vectors = ctypes.addressof(vector)
            header.message.vector_count = 1
        words = memoryview(self._headers).cast("B").cast("I")
        self._lengths = words[_Header.length.offset // 4 :: ctypes.sizeof(_Header) // 4]

    def read(self, port: socket.socket) -> list[tuple[bytes, Sender]]:
        """At most BATCH datagrams with their senders; none if none has come. Raises OSError."""
        if self._call is not None:
            count = self._call(port.fileno(), self._headers, BATCH, _DONT_WAIT, None)
            if count >= 0:
                return [self._take(at) for at in range(count)]
        return _read_singly(port)  # which says what went wrong, too

    def _take(self, at: int) -> tuple[bytes, Sender]:
        start = at * LONGEST
        name = self._names[at * _NAME : (at + 1) * _NAME].tobytes()
        sender = self._senders.get(name)
        if sender is None:
            if len(self._senders) >= REMEMBERED:
                self._senders.clear()
            sender = self._senders[name] = _read_name(name)
        return self._bodies[start : start + self._lengths[at]].tobytes(), sender


def _read_singly(port: socket.socket) -> list[tuple[bytes, Sender]]:
    datagrams: list[tuple[bytes, Sender]] = []
    for _ in range(BATCH):
        try:
            datagrams.append(port.recvfrom(LONGEST))
        except BlockingIOError:
            break
        except ConnectionResetError:  # Windows: an answer of ours found nobody
            continue
    return datagrams


def _read_name(name: bytes) -> Sender:
    """Host and port of a `sockaddr_in` or `sockaddr_in6`, as `recvfrom` gives them."""
    port = int.from_bytes(name[2:4], "big")
    if int.from_bytes(name[:2], sys.byteorder) == socket.AF_INET:
        return socket.inet_ntop(socket.AF_INET, name[4:8]), port
    flow = int.from_bytes(name[4:8], "big")
    scope = int.from_bytes(name[24:28], sys.byteorder)
    host = socket.inet_ntop(socket.AF_INET6, name[8:24])
    if scope:
        host = socket.getnameinfo(
            (host, port, flow, scope), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV
        )[0]
    return host, port, flow, scope
