"""What is heard, kept for some seconds beside the show, so that a film that is recorded can have it.

In: blocks of samples, and when they were heard. Out: files of a few seconds each in a folder, and their
samples by time for whoever makes the film. Whoever records says so by a file in the folder, and from
then on nothing is thrown away until the film is done. The clock is the monotonic one of all processes.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

PIECE_NS = 5_000_000_000  # of a file
KEPT_NS = 20_000_000_000  # while nobody records
ASIDE_NS = 60_000_000  # the clocks of sound and machine may be so far apart, then it is set right
MOST_CHANNELS = 2
SINCE = "since"
NAME = re.compile(r"(\d{1,20})-(\d{4,6})-([12])\.s16")


@dataclass(frozen=True, slots=True)
class Piece:
    """A file: when its first sample was heard, and how its samples lie in it."""

    path: Path
    start_ns: int
    rate: int
    channels: int

    @property
    def samples(self) -> int:
        """How many there are now, of each channel."""
        try:
            return self.path.stat().st_size // (2 * self.channels)
        except OSError:
            return 0


class Ring:
    """Owns the file that is written now. Once the disk fails, it keeps nothing any more."""

    def __init__(self, folder: Path, rate: int) -> None:
        """`folder` is made if it is not there."""
        self.trouble = ""
        self._folder, self.rate = folder, rate
        self._file: IO[bytes] | None = None
        self._start_ns = self._written = self._channels = 0

    def write(self, samples: NDArray[np.floating], heard_ns: int) -> None:
        """Keep samples (n, channels) of -1..1, of which the last was heard at `heard_ns`."""
        if self.trouble or not len(samples):
            return
        samples = samples[:, :MOST_CHANNELS]
        begun_ns = heard_ns - self._last(len(samples))
        expected_ns = self._start_ns + self._last(self._written)
        aside = abs(begun_ns - expected_ns) > ASIDE_NS or samples.shape[1] != self._channels
        try:
            if self._file is None or aside or self._last(self._written) >= PIECE_NS:
                whole = self._file is None or aside
                self._begin(begun_ns if whole else expected_ns, samples.shape[1])
            assert self._file is not None
            self._file.write((np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes())
            self._written += len(samples)
        except OSError as error:
            self.trouble = f"the sound is not kept for films ({error.strerror or error})"

    def close(self) -> None:
        """End the file."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None

    def _last(self, samples: int) -> int:
        """How long so many samples last, in nanoseconds."""
        return samples * 1_000_000_000 // self.rate

    def _begin(self, start_ns: int, channels: int) -> None:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        self._forget(start_ns)
        self._start_ns, self._written, self._channels = start_ns, 0, channels
        name = f"{max(start_ns, 0)}-{self.rate}-{channels}.s16"
        self._file = (self._folder / name).open("wb", buffering=0)

    def _forget(self, now_ns: int) -> None:
        """Throw away what no film wants any more."""
        wanted_ns = min(now_ns, read_since(self._folder, now_ns)) - KEPT_NS
        for piece in list_pieces(self._folder):
            if piece.start_ns + self._last(piece.samples) < wanted_ns:
                piece.path.unlink(missing_ok=True)


def list_pieces(folder: Path) -> list[Piece]:
    """All that is kept, the oldest first."""
    found = ((path, NAME.fullmatch(path.name)) for path in folder.glob("*.s16"))
    pieces = [Piece(path, int(m[1]), int(m[2]), int(m[3])) for path, m in found if m]
    return sorted(pieces, key=lambda piece: piece.start_ns)


def read_since(folder: Path, fallback: int) -> int:
    """From when on a film wants the sound."""
    try:
        return int((folder / SINCE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return fallback


def want_since(folder: Path, since_ns: int | None) -> None:
    """Say that a film wants the sound from then on; None: no more. Raises OSError."""
    if since_ns is None:
        (folder / SINCE).unlink(missing_ok=True)
        return
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{SINCE}.part"
    draft.write_text(str(since_ns), encoding="ascii")
    draft.replace(folder / SINCE)


def stream_sound(folder: Path, from_ns: int, to_ns: int) -> tuple[int, Iterator[bytes]] | None:
    """The rate and the samples, 16 bits, two channels, of this span of time: silence where nothing was
    heard, or at another rate than first. None if nothing was heard at all."""
    pieces = [
        piece
        for piece in list_pieces(folder)
        if piece.start_ns < to_ns
        and piece.start_ns + piece.samples * 1_000_000_000 // piece.rate > from_ns
    ]
    if not pieces:
        return None
    rate = pieces[0].rate
    return rate, _stream([p for p in pieces if p.rate == rate], rate, from_ns, to_ns)


def _stream(pieces: list[Piece], rate: int, from_ns: int, to_ns: int) -> Iterator[bytes]:
    def place(time_ns: int) -> int:
        return (time_ns - from_ns) * rate // 1_000_000_000

    at, end = 0, place(to_ns)
    for piece in pieces:
        start = place(piece.start_ns)
        samples = np.frombuffer(
            piece.path.read_bytes()[: piece.samples * 2 * piece.channels], "<i2"
        )
        samples = samples.reshape(-1, piece.channels)
        if abs(start - at) <= ASIDE_NS * rate // 1_000_000_000:
            start = at  # a few samples aside, from clocks that differ: it goes on
        if start > at:
            yield from _silence(min(start, end) - at)
            at = min(start, end)
        both = samples[at - start : end - start]
        at += len(both)
        yield np.ascontiguousarray(np.broadcast_to(both, (len(both), MOST_CHANNELS))).tobytes()
    yield from _silence(end - at)


def _silence(samples: int) -> Iterator[bytes]:
    while samples > 0:
        count = min(samples, 48000)
        yield bytes(2 * MOST_CHANNELS * count)
        samples -= count
