"""Datagrams that hang, crash or slow other programs down, and why we refuse each."""

from __future__ import annotations

import struct
import sys
from dataclasses import dataclass

from engine.message import Message
from engine.osc_reading import Malformed, decode
from engine.osc_writing import encode_bundle

BUNDLE = b"#bundle\0" + bytes(8)
LONGEST = 65_507  # bytes: what UDP over IPv4 carries


def nest(depth: int) -> bytes:
    """Bundles within bundles."""
    # From the outermost: each is 20 bytes longer than what is in it.
    return b"".join(
        BUNDLE + struct.pack(">i", 20 * left - 4) for left in range(depth - 1, 0, -1)
    ) + (BUNDLE if depth else b"")


@dataclass(frozen=True, slots=True)
class Poison:
    """`reason`: what `Malformed` says of it."""

    name: str
    datagram: bytes
    reason: str

    @property
    def slug(self) -> str:
        """The reason as it stands in `/status/malformed/...`."""
        words = "".join(c if c.isalnum() else " " for c in self.reason.lower()).split()
        return "-".join(words)


_SIZE, _TAG, _ARRAYS = (
    "bundle element size",
    "unknown type tag",
    "arrays unbalanced or nested too deep",
)
_SHORT, _LONG_HEADER = "arguments too short or too long", "header too long"

POISON = tuple(
    Poison(*row)
    for row in (
        ("the 20 bytes that hang python-osc", BUNDLE + struct.pack(">i", -4), _SIZE),
        ("size 2^31-1", BUNDLE + struct.pack(">i", 2**31 - 1) + bytes(4), _SIZE),
        ("size 0, 16,000 times", BUNDLE + bytes(64_000), _SIZE),
        ("size 6", BUNDLE + struct.pack(">i", 6) + bytes(8), _SIZE),
        ("size beyond the end", BUNDLE + struct.pack(">i", 16) + b"/a\0\0,\0\0\0", _SIZE),
        ("depth 3200", nest(3200), "bundles nested too deep"),
        ("depth 9", nest(9), "bundles nested too deep"),
        ("bad UTF-8", b"/a\0\0,s\0\0\xff\xfe\0\0", "text is no UTF-8"),
        ("a string without end", b"/a\0\0,s\0\0abcd", "string without end"),
        ("a string with dirty padding", b"/a\0\0,s\0\0a\0b\0", "padding"),
        ("arrays open", b"/a\0\0,[i\0" + bytes(4), _ARRAYS),
        ("arrays closed", b"/a\0\0,]i[\0\0\0\0" + bytes(4), _ARRAYS),
        ("arrays 9 deep", b"/a\0\0," + b"[" * 9 + b"]" * 9 + b"\0", _ARRAYS),
        ("blob -8", b"/a\0\0,b\0\0" + struct.pack(">i", -8) + bytes(8), "blob size"),
        ("blob beyond the end", b"/a\0\0,b\0\0" + struct.pack(">i", 5) + bytes(4), "blob size"),
        ("60,000 unknown tags", b"/a\0\0," + b"z" * 60_000 + bytes(3), _LONG_HEADER),
        ("60,000 known tags", b"/a\0\0," + b"T" * 60_000 + bytes(3), _LONG_HEADER),
        ("2,000 unknown tags", b"/a\0\0," + b"z" * 2000 + bytes(3), _TAG),
        ("an unknown tag", b"/a\0\0,z\0\0", _TAG),
        ("tags without end", b"/a\0\0,iii", "type tags without end"),
        ("an argument too few", b"/a\0\0,ii\0" + bytes(4), _SHORT),
        ("an argument too many", b"/a\0\0,i\0\0" + bytes(8), _SHORT),
        ("arguments without tags", b"/a\0\0" + bytes(4), "address"),
        ("a character of four", b"/a\0\0,c\0\0" + b"\xff\xff\xff\xff", "text is no UTF-8"),
        ("empty", b"", "empty"),
        ("a size of 3", b"/a\0", "size is no multiple of 4"),
        ("no slash", b"abc\0,\0\0\0", "neither message nor bundle"),
        ("a pattern across parts", b"//a\0,\0\0\0", "empty part in an address"),
        ("a comma in the address", b"/a,b\0\0\0\0,\0\0\0", "address"),
        ("a bracket that nothing opened", b"/a]b\0\0\0\0,\0\0\0", "address"),
        ("a space in the address", b"/a b\0\0\0\0,\0\0\0", "address"),
        ("an escape in the address", b"/\x1b[2\0\0\0\0,\0\0\0", "address"),
        ("an address of 300", b"/" + b"a" * 299 + bytes(4) + b",\0\0\0", "address too long"),
        (
            "too many messages",
            BUNDLE + (struct.pack(">i", 8) + b"/a\0\0,\0\0\0") * 5000,
            "too many messages",
        ),
        ("too many bundles", BUNDLE + (struct.pack(">i", 16) + BUNDLE) * 3000, "too many messages"),
        (
            "too many arguments",
            encode_bundle([Message("/a", ((True,) * 2000,))] * 31),
            "too many arguments",
        ),
        (
            "strings without end",
            BUNDLE + (struct.pack(">i", 12) + b"/a\0\0,s\0\0abcd") * 4000,
            "string without end",
        ),
    )
)

# Patterns that make a regular expression try again and again; ours are taken, and mean what they mean.
TRAPS = (
    "/" + "*a" * 10,
    "/scene/" + "*" * 10 + "Z",
    "/" + "*a" * 120,
    "/" + "{a,a*}" * 8 + "*a" * 90,
    "/*" * 120,
    "/param/" + "[!z]*" * 49,
    "/" + "?*" * 100,
)


def count_work(datagram: bytes) -> int:
    """How many functions are called, ours and Python's, until a datagram is read or refused."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        decode(datagram, 0)
    except Malformed:
        pass
    finally:
        sys.setprofile(None)
    return calls
