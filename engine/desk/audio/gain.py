"""A gain that follows what it hears: the loudest of late is 1. Pure arithmetic."""

from __future__ import annotations

RISE_S = 0.03  # a louder passage is 1 almost at once
FALL_S = 12.0  # how long a quiet one takes to be turned up by a factor of e


class Gain:
    """`reference` is the value that counts as 1 now: up at once, down slowly, whatever the scale."""

    def __init__(self, step_s: float) -> None:
        """`step_s`: seconds between two values."""
        self._rise = min(step_s / RISE_S, 1.0)
        self._fall = min(step_s / FALL_S, 1.0)
        self.reference = 0.0

    def take(self, value: float, floor: float = 0.0) -> float:
        """The value over the reference, 0..1; `floor` is the least that the reference counts as."""
        first = self.reference == 0.0
        share = 1.0 if first else self._rise if value > self.reference else self._fall
        self.reference += share * (value - self.reference)
        return min(value / max(self.reference, floor, 1e-12), 1.0)
