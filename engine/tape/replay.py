"""A replay: the frames of a tape as their time comes, live or for a film.

In: time that passes. Out: the tape's own frames, all of them in order: never one that is longer or
shorter than it was, for then its pictures would be others. So a machine that shows more pictures a
second shows some twice, and one that shows fewer makes several of them for each it shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.tape.facts import TapeFrame
from engine.tape.reading import Tape

MOST_AT_ONCE = 4  # frames: a machine that is slower still plays the tape slower
LONGEST_NS = 1_000_000_000  # of a frame, to look at: where the machine stood still for an hour


class Replay:
    """Plays a tape once; over and over, for as long as `loop` is set."""

    def __init__(self, tape: Tape, *, loop: bool = False) -> None:
        self.tape, self.loop = tape, loop
        self.played_ns = 0
        self._frames = tape.frames()
        self._next = next(self._frames, None)
        self._ahead_ns = 0.0

    @property
    def ended(self) -> bool:
        return self._next is None

    def advance(self, nanoseconds: int, slack_ns: float = 0.0) -> Iterator[TapeFrame]:
        """The frames that are over once this time has passed, or within `slack_ns` after it."""
        self._ahead_ns += nanoseconds
        given = 0
        while self._next is not None and given < MOST_AT_ONCE:
            frame, lasts_ns = self._next, min(self._next.nanoseconds, LONGEST_NS)
            if self.played_ns == 0:
                lasts_ns = 0  # the first one waits for nothing
            if lasts_ns > self._ahead_ns + slack_ns:
                break
            self._ahead_ns -= lasts_ns
            self.played_ns += max(lasts_ns, 1)
            given += 1
            self._next = next(self._frames, None)
            if self._next is None and self.loop:
                self._frames, self.played_ns = self.tape.frames(), 0
                self._next = next(self._frames, None)
            yield frame
        if given == MOST_AT_ONCE:
            self._ahead_ns = min(self._ahead_ns, 0.0)
