"""A drift at work: the short form of a modulator, with one route of a fixed amount. See `swing.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.show.modulation.moment import Moment
from engine.show.modulation.swing import Count, follow, swing
from engine.show.scene import Drift


class Drifting:
    """One drift: `offset` is its phase in turns where the clock drives it; `count` is shared by all."""

    def __init__(self, drift: Drift, offset: float, count: Count) -> None:
        self.drift, self.offset = drift, offset
        self.raw = self.signal = 0.0
        self.depth = 1.0
        self._count = count

    def run(self, moment: Moment, values: dict[str, Any], macros: Sequence[float]) -> None:
        """Know where it stands now."""
        drift = self.drift
        if drift.audio:
            place = follow(drift, self.raw, moment.heard[drift.audio], moment.seconds)
        else:
            place = swing(drift, self.offset, moment.now, self._count)
        self.raw = self.signal = place
