"""A drift at work: the short form of a modulator, with one route of a fixed amount. See `swing.py`."""

from __future__ import annotations

from collections.abc import Sequence

from engine.show.modulation.moment import Moment, Value
from engine.show.modulation.swing import Count, follow, swing
from engine.show.scene import Drift


class Drifting:
    """One drift: `offset` is its phase in turns where the clock drives it; `count` is shared by all."""

    depth, bypassed = 1.0, False

    def __init__(self, drift: Drift, offset: float, count: Count) -> None:
        self.drift, self.offset = drift, offset
        self.raw = 0.0
        self._count = count

    def run(self, moment: Moment, values: dict[str, Value], macros: Sequence[float]) -> None:
        """Know where it stands now."""
        drift = self.drift
        if drift.audio:
            self.raw = follow(drift, self.raw, moment.heard[drift.audio], moment.seconds)
        else:
            self.raw = swing(drift, self.offset, moment.now, self._count)
