"""How a drift swings: a moment in, -1..1 out. By the clock, or by the beat."""

from __future__ import annotations

import math

from engine.show.scene import Drift


def swing(drift: Drift, offset: float, seconds: float, beats: float) -> float:
    """Where the drift stands: `offset` is its phase in turns, where the clock drives it."""
    turns = beats / drift.beats if drift.beats else seconds / drift.period + offset
    if drift.shape == "pulse":
        return math.exp(-5.0 * (turns % 1.0))
    angle = 2.0 * math.pi * turns
    if drift.shape == "wander":
        # Three turns whose ratios are no fractions: it never comes round.
        return (math.sin(angle) + math.sin(1.618 * angle + 1.0) + math.sin(0.382 * angle + 2.0)) / 3
    return math.sin(angle)
