"""Messages as bytes between our own processes: a sixth of OSC's time to write, a quarter to read.

In: messages. Out: a bundle, and messages again, each with its own time. Only for a pipe whose both ends
are the same Python of ours: what comes from a network is OSC. A bundle that is not whole is `Torn`.
"""

from __future__ import annotations

import marshal
import struct
import zlib
from collections.abc import Sequence

from engine.message import Message
from engine.osc_reading import Malformed, decode
from engine.osc_writing import encode

MARK = b"#morpho\0"  # where one begins, for a reader that has lost its way
HEAD = len(MARK) + 4
_SUM = struct.Struct("!I")
# Marshal would write more: a number of NumPy's as its bytes.
_FLAT = frozenset((int, float, str, bytes, bool, type(None)))


class Torn(Exception):
    """A writer or an earlier reader died in the middle of it."""


def pack(messages: Sequence[Message]) -> bytes:
    """One bundle. Raises ValueError at an argument that is of no kind a message may have."""
    flat = _FLAT.issuperset({type(argument) for m in messages for argument in m.arguments})
    plain = messages if flat else map(_make_plain, messages)
    body = marshal.dumps([tuple(message) for message in plain])
    return MARK + _SUM.pack(zlib.crc32(body)) + body


def unpack(bundle: bytes) -> list[Message]:
    """The messages of a bundle. Raises `Torn`."""
    body = bundle[HEAD:]
    # Marshal may be given nothing but what it has written.
    if bundle[: len(MARK)] != MARK or bundle[len(MARK) : HEAD] != _SUM.pack(zlib.crc32(body)):
        raise Torn
    return list(map(Message._make, marshal.loads(body)))


def _make_plain(message: Message) -> Message:
    """With arguments as OSC would have them: lists as tuples, names of an enumeration as text. Raises
    ValueError."""
    try:
        (said,) = decode(encode(message), message.time_ns)
    except (Malformed, TypeError) as error:
        raise ValueError(f"{message.address} has no argument that can be sent") from error
    return said
