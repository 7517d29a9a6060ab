"""A sender of OSC in a process of its own: single messages in datagrams, at a steady rate.

`python osc_sender.py PORT RATE SECONDS SOURCES KIND` prints how many it sent and in which time. KIND
`count`: every other message lowers the picture's light by STEP (an event: none may be lost, and the
sum tells how many came), the others move macros. `wide`: some fifty addresses in turn. `flood`: splats.
"""

from __future__ import annotations

import ctypes
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine.message import Message
from engine.osc_writing import encode

TICKS = 250  # bursts a second
STEP = 2.0**-22  # 32-bit floats count four million of them without error
# Of any scene; the picture must not be dearer for what they come to, so all are at VALUES before.
VALUES = [0.5 + n / 64 for n in range(5)]  # what 32-bit floats hold, as faders send them
WIDE = [
    f"{layer}/{name}"
    for layer in ("", "/layer/1")
    for name in (
        *(f"macro/{n}" for n in range(1, 9)),
        *(f"norm/palette_{name}" for name in ("shift", "contrast", "hue", "saturation")),
        *("norm/exposure", "norm/glow", "brush/size", "brush/softness", "brush/amount", "opacity"),
        *(f"effect/{n}/mix" for n in range(1, 5)),
    )
]
EVENT = encode(Message("/master/brightness", ("+", -STEP)))


class _Vector(ctypes.Structure):
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
    """`struct mmsghdr` of Linux."""

    _fields_ = (("message", _Message), ("sent", ctypes.c_uint))


class Burst:
    """Many datagrams that are sent by one call, where the system can (Linux)."""

    def __init__(self, datagrams: list[bytes]) -> None:
        self._datagrams = datagrams
        self._kept = [ctypes.create_string_buffer(one, len(one)) for one in datagrams]
        self._vectors = (_Vector * len(datagrams))()
        self._headers = (_Header * len(datagrams))()
        for vector, header, kept in zip(self._vectors, self._headers, self._kept, strict=True):
            vector.base, vector.length = ctypes.addressof(kept), len(kept)
            header.message.vectors = ctypes.addressof(vector)
            header.message.vector_count = 1
        self._call = ctypes.CDLL(None).sendmmsg if sys.platform == "linux" else None

    def send(self, peer: socket.socket) -> int:
        """Send them all; how many went out."""
        if self._call is None:
            for datagram in self._datagrams:
                peer.send(datagram)
            return len(self._datagrams)
        at = 0
        while at < len(self._datagrams):
            first = ctypes.byref(self._headers, at * ctypes.sizeof(_Header))
            sent = self._call(peer.fileno(), first, len(self._datagrams) - at, 0)
            if sent <= 0:
                break
            at += sent
        return at


def make_burst(kind: str, size: int) -> Burst:
    """The datagrams of one tick."""
    if kind == "flood":
        return Burst([encode(Message("/splat", (0.5, 0.5, 0.01, 0.1)))] * size)
    if kind == "wide":
        return Burst([encode(Message(WIDE[n % len(WIDE)], (VALUES[n % 5],))) for n in range(size)])
    moves = [encode(Message(f"/macro/{n % 7 + 1}", (VALUES[n % 5],))) for n in range(size)]
    return Burst([EVENT if n % 2 else moves[n] for n in range(size)])


def main() -> None:
    port, rate, seconds, sources, kind = sys.argv[1:6]
    peers = []
    for number in range(int(sources)):
        peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        peer.bind((f"127.0.2.{number + 1}" if int(sources) > 1 else "127.0.0.1", 0))
        peer.connect(("127.0.0.1", int(port)))
        peers.append(peer)
    burst = make_burst(kind, max(int(rate) // TICKS, 1))
    sent, began = 0, time.monotonic()
    for tick in range(int(float(seconds) * TICKS)):
        ahead = began + tick / TICKS - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)
        sent += burst.send(peers[tick % len(peers)])
    print(sent, round(time.monotonic() - began, 3))


if __name__ == "__main__":
    main()
