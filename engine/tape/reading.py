"""A tape that was read: its header, and its frames as often as wanted.

In: a file. Out: facts. A tape that is broken gives what comes before the break, and says so once.
Never touches the stage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import Complaint, MorphogenError
from engine.keep import saves
from engine.tape.facts import Beginning, Edited, Header, TapeFrame, Used
from engine.tape.tape_bytes import read_head, read_records

SUFFIX = ".tape"
LARGEST = 2**30  # bytes of a file: weeks of playing


@dataclass(frozen=True, slots=True)
class Tape:
    """`name` is for complaints; `data` all bytes of the file."""

    name: str
    header: Header
    data: bytes
    start: int

    def frames(self) -> Iterator[TapeFrame]:
        """All frames up to the end, or to where it is broken."""
        try:
            for frame in read_records(self.data, self.start):
                if any(is_untaped(message.address) for message in frame.messages):
                    taped = (m for m in frame.messages if not is_untaped(m.address))
                    frame = replace(frame, messages=tuple(taped))
                yield frame
        except ValueError:
            return


def is_untaped(address: str) -> bool:
    """Whether messages to it are never on a tape: one that is played makes no tapes, films or files.
    Snapshots it has, which are in no file then."""
    return address.startswith("/tape/") or (saves(address) and "/snapshot/" not in address)


@dataclass(frozen=True, slots=True)
class Summary:
    """What is on a tape. `used` are files with the hashes of their contents, `moves` counts
    messages by address; `trouble` is where it is broken, or None.
    """

    frames: int
    nanoseconds: int
    beginnings: tuple[Beginning, ...]
    used: dict[str, str]
    edited_ns: tuple[int, ...]
    moves: Counter[str]
    trouble: Complaint | None


def parse_tape(name: str, data: bytes) -> Tape:
    """The tape in these bytes. Raises `MorphogenError` if they are none."""
    try:
        header, start = read_head(data)
        first = next(read_records(data, start), None)
    except ValueError as error:
        what = str(error) if data else "it is empty"
        raise MorphogenError(Complaint(name, what, "Record one: morphogen play --tape")) from None
    if first is None or not any(isinstance(mark, Beginning) for mark in first.marks):
        raise MorphogenError(Complaint(name, "there is nothing on this tape"))
    return Tape(name, header, data, start)


def load_tape(path: Path) -> Tape:
    """Read a tape. Raises `MorphogenError` if there is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise MorphogenError(Complaint(str(path), "it is too large for a tape"))
        return parse_tape(str(path), path.read_bytes())
    except OSError as error:
        raise MorphogenError(Complaint(str(path), f"{error.strerror or error}")) from None


def summarise(tape: Tape) -> Summary:
    """Walk through all of a tape."""
    frames = nanoseconds = 0
    beginnings: list[Beginning] = []
    used: dict[str, str] = {}
    edited: list[int] = []
    moves: Counter[str] = Counter()
    trouble = None
    try:
        for frame in read_records(tape.data, tape.start):
            for mark in frame.marks:
                if isinstance(mark, Beginning):
                    beginnings.append(mark)
                elif isinstance(mark, Used):
                    used |= mark.files
                elif isinstance(mark, Edited):
                    edited.append(nanoseconds)
            moves.update(message.address for message in frame.messages)
            frames, nanoseconds = frames + 1, nanoseconds + frame.nanoseconds
    except ValueError as error:
        what = f"after {nanoseconds * 1e-9:.1f} s {error}; what comes before is whole"
        trouble = Complaint(tape.name, what)
    return Summary(frames, nanoseconds, tuple(beginnings), used, tuple(edited), moves, trouble)
