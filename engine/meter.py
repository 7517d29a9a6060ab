"""The meter: how regular the picture is. In: when each picture was shown. Out: the times between them.

Never reads a clock.
"""

from __future__ import annotations

from collections import deque

KEPT = 1024  # intervals: half a minute at 30 frames a second


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
        last = len(ordered) - 1
        chosen = (ordered[last // 2], ordered[round(0.99 * last)], ordered[last])
        median, late, longest = (round(interval * 1e-6, 2) for interval in chosen)
        return median, late, longest
