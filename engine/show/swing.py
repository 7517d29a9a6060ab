"""How a drift swings: a moment in, -1..1 out. By the clock, by the beat, or with the music, 0..1."""

from __future__ import annotations

import math

from engine.show.scene import Drift

RISE = 4.0  # times as fast as it sinks


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


def follow(drift: Drift, present: float, heard: float, seconds: float) -> float:
    """Where a drift that goes with the music stands after `seconds`, 0..1."""
    lag = drift.smooth / RISE if heard > present else drift.smooth
    return heard + (present - heard) * math.exp(-seconds / lag) if lag > 0.0 else heard
