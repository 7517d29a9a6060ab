"""Messages become datagrams (OSC 1.0).

In: messages. Out: bytes. How each kind of argument is written stands in `osc_reading.py`, beside how it
is read. Never minds the size of a bundle: its caller does.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache

from engine.message import Argument, Message

_BUNDLE = b"#bundle\0"
_INT = struct.Struct(">i")
_FLOAT = struct.Struct(">f")


def encode(message: Message, wide: bool = True) -> bytes:
    """One message as a datagram. Raises ValueError at what OSC can't say: a NUL, 2**64.

    Not `wide`: floats are rounded to `f`, the only kind that many peers read.
    """
    tags: list[str] = []
    body: list[bytes] = []
    for argument in message.arguments:
        _write_argument(argument, tags, body, wide)
    return _header(message.address, "".join(tags)) + b"".join(body)


def encode_bundle(messages: Iterable[Message], time_tag: int = 1) -> bytes:
    """Messages as one flat bundle; time tag 1 means "at once". The caller minds the size."""
    return frame_bundle([encode(message) for message in messages], time_tag)


def frame_bundle(elements: Sequence[bytes], time_tag: int = 1) -> bytes:
    """Encoded messages as one bundle: 16 bytes, and 4 more for each element than it has itself."""
    parts = [_BUNDLE, time_tag.to_bytes(8, "big")]
    for element in elements:
        parts += (_INT.pack(len(element)), element)
    return b"".join(parts)


@lru_cache(maxsize=1024)
def _header(address: str, tags: str) -> bytes:
    return _pad(address) + _pad("," + tags)


def _pad(text: str) -> bytes:
    raw = text.encode("utf-8")
    if b"\0" in raw:
        raise ValueError("a string on the wire can't hold a NUL")
    return raw + b"\0" * (4 - len(raw) % 4)


def _write_argument(argument: Argument, tags: list[str], body: list[bytes], wide: bool) -> None:
    if isinstance(argument, bool):
        tags.append("T" if argument else "F")
    elif isinstance(argument, float):
        _write_float(argument, tags, body, wide)
    elif isinstance(argument, int):
        _write_int(argument, tags, body)
    elif isinstance(argument, str):
        body.append(_pad(argument))
        tags.append("s")
    elif isinstance(argument, bytes):
        body.append(_INT.pack(len(argument)) + argument + b"\0" * (-len(argument) % 4))
        tags.append("b")
    elif argument is None:
        tags.append("N")
    else:
        tags.append("[")
        for inner in argument:
            _write_argument(inner, tags, body, wide)
        tags.append("]")


def _write_float(number: float, tags: list[str], body: list[bytes], wide: bool) -> None:
    try:
        raw = _FLOAT.pack(number)
        # NaN is equal to nothing, and as good in four bytes.
        if not wide or number != number or _FLOAT.unpack(raw)[0] == number:
            tags.append("f")
            body.append(raw)
            return
    except OverflowError:
        pass
    tags.append("d")
    body.append(struct.pack(">d", number))


def _write_int(number: int, tags: list[str], body: list[bytes]) -> None:
    for tag, size, signed in (("i", 4, True), ("h", 8, True), ("t", 8, False)):
        try:
            body.append(number.to_bytes(size, "big", signed=signed))
        except OverflowError:
            continue
        tags.append(tag)
        return
    raise ValueError("a number on the wire has at most 64 bits")
