"""Frames as bytes and back. In: frames. Out: bytes that deflate well, and frames again, or ValueError.

    a tape     "morphogen tape 2", a line feed, the header as one line of JSON, a line feed,
               then all records as one zlib stream, which is flushed once a second
    a record   one byte of flags, how many ticks time goes on; then, as the flags say: the effort,
               how many messages and each one's length and OSC bytes, the length of the marks and
               the marks as JSON. END alone is the end of a tape that was stopped.

Numbers are unsigned LEB128: seven bits a byte, the lowest first. What a second of playing takes is
some 40 bytes at 60 frames a second, and about 8 for each move of a control.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator

from engine.osc_reading import Malformed, decode
from engine.osc_writing import encode
from engine.tape.facts import EFFORT_STEPS, TICK_NS, Header, TapeFrame
from engine.tape.mark_words import read_header, read_marks, write_header, write_marks

MAGIC = b"morphogen tape 2\n"
EFFORT, MESSAGES, MARKS, END = 1, 2, 4, 0x80
LONGEST_NUMBER = 2**53
LONGEST_HEADER = 65536
MOST_MESSAGES = 65536  # in a frame
LARGEST_MARKS = 16 * 2**20
PIECE = 65536  # bytes that are inflated at once


def write_head(header: Header) -> bytes:
    """What stands before the records."""
    return MAGIC + json.dumps(write_header(header)).encode() + b"\n"


def read_head(data: bytes) -> tuple[Header, int]:
    """The header, and where the records begin. Raises ValueError if it is no tape."""
    if not data.startswith(MAGIC):
        raise ValueError("it is no tape of this engine")
    end = data.find(b"\n", len(MAGIC), len(MAGIC) + LONGEST_HEADER)
    if end < 0:
        raise ValueError("its header has no end")
    try:
        return read_header(json.loads(data[len(MAGIC) : end])), end + 1
    except (ValueError, RecursionError):
        raise ValueError("its header cannot be read") from None


def write_record(frame: TapeFrame, effort: float) -> bytes:
    """One frame after another of this `effort`. What OSC cannot say is left out."""
    flags = EFFORT if frame.effort != effort else 0
    parts = [write_number(frame.nanoseconds // TICK_NS)]
    if flags:
        parts.append(write_number(round(frame.effort * EFFORT_STEPS)))
    encoded = []
    for message in frame.messages[:MOST_MESSAGES]:
        try:
            encoded.append(encode(message))
        except (ValueError, TypeError):  # from no peer, and refused by the director
            continue
    if encoded:
        flags |= MESSAGES
        parts.append(write_number(len(encoded)))
        for data in encoded:
            parts += (write_number(len(data)), data)
    if frame.marks:
        flags |= MARKS
        marks = write_marks(frame.marks)
        parts += (write_number(len(marks)), marks)
    return bytes((flags,)) + b"".join(parts)


def read_records(data: bytes, start: int) -> Iterator[TapeFrame]:
    """The frames of a tape from byte `start` on, one by one. Raises ValueError where it breaks off:
    what came before is whole.
    """
    source = _Source(data, start)
    effort = 1.0
    while True:
        flags = source.byte()
        if flags == END:
            return
        if flags & ~(EFFORT | MESSAGES | MARKS):
            raise ValueError("unknown record")
        nanoseconds = source.number(LONGEST_NUMBER // TICK_NS) * TICK_NS
        if flags & EFFORT:
            effort = source.number(LONGEST_NUMBER) / EFFORT_STEPS
        messages = []
        for _ in range(source.number(MOST_MESSAGES) if flags & MESSAGES else 0):
            try:
                messages += decode(source.take(source.number(65536)), 0)
            except Malformed as error:
                raise ValueError(error.reason) from None
        marks = read_marks(source.take(source.number(LARGEST_MARKS))) if flags & MARKS else ()
        yield TapeFrame(nanoseconds, effort, tuple(messages), marks)


def write_number(number: int) -> bytes:
    """Unsigned LEB128."""
    data = bytearray()
    while number > 0x7F:
        data.append(number & 0x7F | 0x80)
        number >>= 7
    data.append(number)
    return bytes(data)


class _Source:
    """Bytes of the records, inflated piece by piece, so that none can be a bomb."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._next = data, at
        self._inflater = zlib.decompressobj()
        self._piece, self._at = b"", 0

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self, most: int) -> int:
        """The next number. Raises ValueError if it is larger than `most`."""
        number = shift = 0
        while True:
            byte = self.byte()
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
            if shift > 63:
                raise ValueError("a number without end")
        if number > most:
            raise ValueError("a number too large")
        return number

    def take(self, count: int) -> bytes:
        """The next `count` bytes. Raises ValueError where there are fewer."""
        while len(self._piece) - self._at < count:
            self._piece = self._piece[self._at :] + self._inflate()
            self._at = 0
        taken = self._piece[self._at : self._at + count]
        self._at += count
        return taken

    def _inflate(self) -> bytes:
        packed = self._inflater.unconsumed_tail
        if not packed:
            packed = self._data[self._next : self._next + PIECE]
            self._next += len(packed)
        try:
            piece = self._inflater.decompress(packed, PIECE)
        except zlib.error:
            raise ValueError("it is damaged") from None
        if not piece and not self._inflater.unconsumed_tail and self._next >= len(self._data):
            raise ValueError("it breaks off")
        return piece
