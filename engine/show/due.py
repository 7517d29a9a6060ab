"""The steps that are due: time's own and the beginning's growth, as many as the machine can carry.

In: seconds, a rate, what a frame affords. Out: whole steps. What a stall missed is dropped and
counted, never made up for in one leap.
"""

from __future__ import annotations

BACKLOG = 0.1  # seconds of steps that are made up for; the rest of a stall is dropped


class Due:
    """Steps owed, growth left, and how many steps were dropped so far."""

    def __init__(self, growth: int) -> None:
        """`growth`: steps that the scene grows by before it is a picture, as fast as can be."""
        self.growth = growth
        self.dropped = 0.0
        self._owed = 0.0

    def take(self, seconds: float, rate: float, affordable: int | None) -> int:
        """The steps of this frame at `rate` a second; None: as many as are due, all at once."""
        self._owed += rate * seconds
        if affordable is not None:
            most = rate * BACKLOG + 1
            if self._owed > most:
                self.dropped += self._owed - most
                self._owed = most
        room = 10**9 if affordable is None else affordable
        steps = min(int(self._owed), room)
        self._owed -= steps
        grown = min(self.growth, room - steps)
        self.growth -= grown
        return steps + grown
