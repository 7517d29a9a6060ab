"""Datagrams become messages (OSC 1.0).

In: bytes, refused whole as `Malformed` at the first thing wrong with them. Out: messages. Never waits
for a time tag (a bundle is applied at once, whatever its time), logs or opens a socket. `//` in an
address is refused.

| OSC tag     | in Python                          | written back as                         |
|-------------|------------------------------------|-----------------------------------------|
| `i` `h` `t` | int                                | the first of them that it fits          |
| `f` `d`     | float (NaN and Inf pass: the stage refuses them) | `f` if it keeps it whole, else `d` |
| `s` `S` `c` | str                                | `s`                                     |
| `b` `r` `m` | bytes (`r`: R G B A; `m`: port status data data) | `b`                       |
| `T` `F` `I` | True, False, True (an impulse)     | `T` `F`                                 |
| `N`         | None                               | `N`                                     |
| `[` `]`     | tuple                              | `[` `]`                                 |

Reading and writing are our own struct code: python-osc 1.10.2 hangs for ever on a 20-byte bundle,
and its builder takes seven times as long as this (10 us for one float).
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import NamedTuple

from engine.message import Argument, Message

# Limits on one datagram: together they keep the dearest one under 5 ms on a laptop core.
DATAGRAM_BYTES = 65536
DATAGRAM_ELEMENTS = 512  # messages and bundles
DATAGRAM_ARGUMENTS = 16384  # nested ones and brackets too
SLOW = 6  # numbers are read at once; as so many counts an argument that is read by itself
NESTING = 8  # of bundles, and of arrays
ADDRESS_BYTES = 255
HEADER_BYTES = 2048  # address and type tags
HEADS, HEAD_BYTES = 1024, 256  # remembered, and the longest datagram of which one is

_BUNDLE = b"#bundle\0"
_SLASH = 0x2F
_ADDRESS = bytes(set(range(0x21, 0x7F)) - set(b"#,*?[]{}"))  # printable, without what OSC reserves
_PATTERN = b"*?[]{},"  # what a pattern may have besides
_FIXED = {"i": "i", "f": "f", "h": "q", "d": "d", "t": "Q"}
_TAGS = frozenset("ifsSbhtdcrmTFNI[]")
_CONSTANT = {"T": True, "F": False, "N": None, "I": True}
_INT = struct.Struct(">i")
_NOTHING = struct.Struct(">")
_NUMBERS = {"i": _INT, "f": struct.Struct(">f")}


class Head(NamedTuple):
    """What comes before the last four bytes of a lone message, where it says all but a number: so the
    next message of a fader or an encoder is read at once."""

    address: str
    words: tuple[Argument, ...]  # such as "+"
    number: struct.Struct

    def read(self, datagram: bytes, time_ns: int) -> Message:
        """The message of a datagram that begins so, all but its last four bytes."""
        return Message(
            self.address, self.words + self.number.unpack_from(datagram, len(datagram) - 4), time_ns
        )


_heads: dict[bytes, Head] = {}


class Malformed(Exception):
    """A datagram that is no OSC, or more than we take. `reason` is one of a few fixed phrases."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def decode(datagram: bytes, time_ns: int) -> list[Message]:
    """The messages of one datagram, bundles flattened, in order; every one stamped `time_ns`.

    Raises `Malformed` and nothing else, whatever the bytes.
    """
    size = len(datagram)
    if not size:
        raise Malformed("empty")
    if size & 3:
        raise Malformed("size is no multiple of 4")
    if size > DATAGRAM_BYTES:
        raise Malformed("too long")
    if datagram[0] == _SLASH:
        head = find_head(datagram)
        if head is not None:
            return [head.read(datagram, time_ns)]
        return [_read_message(datagram, 0, size, time_ns)[0]]
    messages: list[Message] = []
    _check_bundle(datagram, 0, size)
    ends = [size]  # of the bundles that are open, outermost first
    at = 16
    elements = arguments = 0
    while ends:
        room = ends[-1] - at
        if not room:
            ends.pop()
            continue
        (length,) = _INT.unpack_from(datagram, at)
        at += 4
        if length <= 0 or length & 3 or length > room - 4:
            raise Malformed("bundle element size")
        elements += 1
        if elements > DATAGRAM_ELEMENTS:
            raise Malformed("too many messages")
        if datagram[at] == _SLASH:
            message, count = _read_message(datagram, at, at + length, time_ns)
            arguments += count
            if arguments > DATAGRAM_ARGUMENTS:
                raise Malformed("too many arguments")
            messages.append(message)
            at += length
        else:
            _check_bundle(datagram, at, at + length)
            if len(ends) == NESTING:
                raise Malformed("bundles nested too deep")
            ends.append(at + length)
            at += 16
    return messages


def find_head(datagram: bytes) -> Head | None:
    """What a datagram begins with, if another that began so was read lately."""
    return _heads.get(datagram[:-4])


def _check_bundle(data: bytes, start: int, end: int) -> None:
    if end - start < 16 or not data.startswith(_BUNDLE, start):
        raise Malformed("neither message nor bundle")


def _read_message(data: bytes, start: int, end: int, time_ns: int) -> tuple[Message, int]:
    """The message in `data[start:end]`, and how many arguments it counts as."""
    comma = data.find(b",", start, end)
    if comma > start and data[comma - 1]:  # one in a pattern: {a,b}
        comma = data.find(b"\0,", start, end) + 1 or -1
    if comma < 0:  # old senders leave the type tags out when there is no argument
        header = data[start:end]
        body = end
    else:
        stop = data.find(b"\0", comma, end)
        body = (stop & ~3) + 4
        if stop < 0 or body > end:
            raise Malformed("type tags without end")
        header = data[start:body]
    if len(header) > HEADER_BYTES:
        raise Malformed("header too long")
    address, tags, packed = _read_header(header, comma - start)
    arguments: tuple[Argument, ...]
    if packed is None:
        arguments, cost = _read_arguments(data, body, end, tags), SLOW * len(tags)
    else:
        if packed.size != end - body:
            raise Malformed("arguments too short or too long")
        arguments, cost = packed.unpack_from(data, body), len(tags)
    if not start and end == len(data) <= HEAD_BYTES:
        _remember_head(data[:-4], address, tags, arguments)
    return Message(address, arguments, time_ns), cost


def _remember_head(head: bytes, address: str, tags: str, arguments: tuple[Argument, ...]) -> None:
    """Of a lone message that has been read; of one with more than words before its number nothing."""
    number = _NUMBERS.get(tags[-1:])
    if number is None or tags[:-1].strip("s"):
        return
    if len(_heads) >= HEADS:
        _heads.clear()
    _heads[head] = Head(address, arguments[:-1], number)


@lru_cache(maxsize=1024)
def _read_header(header: bytes, comma: int) -> tuple[str, str, struct.Struct | None]:
    """Address, type tags, and the arguments' layout if the tags fix it. `comma` < 0: no tags."""
    address = _read_address(header if comma < 0 else header[:comma])
    if comma < 0:
        return address, "", _NOTHING
    return address, *_read_tags(header[comma:])


def _read_address(field: bytes) -> str:
    address = _unpad(field, "address")
    if len(address) > ADDRESS_BYTES:
        raise Malformed("address too long")
    if b"//" in address:
        raise Malformed("empty part in an address")
    reserved = address.translate(None, _ADDRESS)
    if reserved and (reserved.translate(None, _PATTERN) or reserved[0] in b"]},"):
        raise Malformed("address")
    return address.decode("ascii")


@lru_cache(maxsize=256)
def _read_tags(field: bytes) -> tuple[str, struct.Struct | None]:
    tags = _unpad(field, "type tags")[1:].decode("latin-1")
    if not _TAGS.issuperset(tags):
        raise Malformed("unknown type tag")
    depth = 0
    for tag in tags:
        depth += (tag == "[") - (tag == "]")
        if not 0 <= depth <= NESTING:
            raise Malformed("arrays unbalanced or nested too deep")
    if depth:
        raise Malformed("arrays unbalanced or nested too deep")
    packed = None
    if _FIXED.keys() >= set(tags):
        packed = struct.Struct(">" + "".join(_FIXED[tag] for tag in tags))
    return tags, packed


def _unpad(field: bytes, what: str) -> bytes:
    """The text of a padded string field: 1 to 4 NULs at its end and none before."""
    text = field.rstrip(b"\0")
    if len(field) & 3 or not 1 <= len(field) - len(text) <= 4 or b"\0" in text:
        raise Malformed(what)
    return text


def _read_arguments(data: bytes, at: int, end: int, tags: str) -> tuple[Argument, ...]:
    levels: list[list[Argument]] = [[]]
    for tag in tags:
        if tag in _CONSTANT:
            levels[-1].append(_CONSTANT[tag])
        elif tag == "[":
            levels.append([])
        elif tag == "]":
            inner = tuple(levels.pop())
            levels[-1].append(inner)
        elif tag in "sS":
            stop = data.find(b"\0", at, end)
            if stop < 0:
                raise Malformed("string without end")
            after = (stop & ~3) + 4
            levels[-1].append(_decode_text(data[at:stop]))
            at = _skip_padding(data, stop, after, end)
        elif tag == "b":
            if end - at < 4:
                raise Malformed("arguments too short or too long")
            (length,) = _INT.unpack_from(data, at)
            stop = at + 4 + length
            if length < 0 or stop > end:
                raise Malformed("blob size")
            levels[-1].append(data[at + 4 : stop])
            at = _skip_padding(data, stop, (stop + 3) & ~3, end)
        else:
            size = 8 if tag in "hdt" else 4
            if end - at < size:
                raise Malformed("arguments too short or too long")
            levels[-1].append(_read_number(data, at, tag))
            at += size
    if at != end:
        raise Malformed("arguments too short or too long")
    return tuple(levels[0])


def _read_number(data: bytes, at: int, tag: str) -> Argument:
    if tag in "rm":
        return data[at : at + 4]
    if tag == "c":
        return _decode_text(data[at : at + 4].strip(b"\0"))
    number: int | float = struct.unpack_from(">" + _FIXED[tag], data, at)[0]
    return number


def _decode_text(raw: bytes) -> str:
    if b"\0" in raw:
        raise Malformed("NUL in text")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("text is no UTF-8") from None


def _skip_padding(data: bytes, stop: int, after: int, end: int) -> int:
    if after > end or data[stop:after].strip(b"\0"):
        raise Malformed("padding")
    return after
