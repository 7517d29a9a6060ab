"""Meters of the picture: how regular it is, and how soon it follows a hand.

In: when each picture was shown, and when that came which it answers. Out: the times between them, in
milliseconds. Neither reads a clock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from engine.message import Message

KEPT = 1024  # intervals: half a minute at 30 frames a second
SAMPLES = 16  # messages of one frame that are measured: a flood must not push out all before it


class Meter:
    """The intervals between the latest pictures, and how many pictures there were."""

    def __init__(self) -> None:
        self.frames = 0
        self._shown_ns = 0
        self._intervals: deque[int] = deque(maxlen=KEPT)  # nanoseconds

    def add(self, shown_ns: int) -> None:
        """A picture was shown."""
        if self.frames:
            self._intervals.append(shown_ns - self._shown_ns)
        self._shown_ns = shown_ns
        self.frames += 1

    def tell(self) -> tuple[float, float, float]:
        """The median, the 99th percentile and the longest of the latest intervals, in milliseconds."""
        ordered = sorted(self._intervals) or [0]
        median, late = _rank(ordered)
        return median, late, _milliseconds(ordered[-1])


class Latency:
    """From when a message came, in the desk, to when the picture it is in was handed to the outputs.

    What a screen adds is not in it. A message that waits for the beat counts until it was taken.
    """

    def __init__(self) -> None:
        self._taken: deque[int] = deque(maxlen=KEPT)  # nanoseconds

    def add(self, shown_ns: int, messages: Sequence[Message]) -> None:
        """A picture was shown that these messages are in; those without a time do not count."""
        for message in messages[:: 1 + len(messages) // SAMPLES]:
            if 0 < message.time_ns <= shown_ns:
                self._taken.append(shown_ns - message.time_ns)

    def tell(self) -> tuple[float, ...]:
        """The median and the 99th percentile of the latest, and the last one, in milliseconds;
        nothing before the first."""
        if not self._taken:
            return ()
        return *_rank(sorted(self._taken)), _milliseconds(self._taken[-1])


def _rank(ordered: Sequence[int]) -> tuple[float, float]:
    last = len(ordered) - 1
    return _milliseconds(ordered[last // 2]), _milliseconds(ordered[round(0.99 * last)])


def _milliseconds(nanoseconds: int) -> float:
    return round(nanoseconds * 1e-6, 2)
