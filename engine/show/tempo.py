"""Musical time: beats counted by a tempo that can be set, tapped or told. Pure arithmetic."""

from __future__ import annotations

SLOWEST, FASTEST = 20.0, 500.0
FARTHEST = 1e9  # beats: there a double still has a fine phase
TAP_FORGETS = 2.5  # seconds without a tap after which counting begins anew


class Tempo:
    """`beats` counts on for ever in double precision; its fraction is the phase."""

    def __init__(self, bpm: float = 120.0) -> None:
        self.bpm = bpm
        self.beats = 0.0
        self._taps: list[float] = []
        self._now = 0.0

    def set_bpm(self, bpm: float) -> None:
        """Take a tempo, clamped to 20..500."""
        self.bpm = min(max(bpm, SLOWEST), FASTEST)

    def tap(self) -> None:
        """A beat is now; from the second tap on, the tempo is the mean of the last eight intervals."""
        if self._taps and self._now - self._taps[-1] > TAP_FORGETS:
            self._taps.clear()
        self._taps = [*self._taps[-8:], self._now]
        if len(self._taps) > 1 and self._now > self._taps[0]:
            self.set_bpm(60.0 * (len(self._taps) - 1) / (self._now - self._taps[0]))
        self.beat()

    def beat(self, number: float | None = None) -> None:
        """A beat is now: the count goes to `number` (clamped), else to the nearest whole beat."""
        told = float(round(self.beats)) if number is None else number
        self.beats = min(max(told, -FARTHEST), FARTHEST)

    def advance(self, seconds: float) -> None:
        self._now += seconds
        self.beats += seconds * self.bpm / 60.0
