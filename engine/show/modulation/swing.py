"""How a drift swings: a moment in, -1..1 out. By the clock, by the beat, or with the music, 0..1."""

from __future__ import annotations

import math

from engine.show.scene import Drift

JUMP = 0.02  # beats: no frame is that wrong
MIXES_S = 0.3  # seconds in which a jump is passed over
RISE = 4.0  # times as fast as it sinks


class Count:
    """The beats that drifts go by. A jump of the clock, or a picture that was frozen meanwhile, is passed
    over: for a moment both places of the swing are mixed, so that no value jumps."""

    def __init__(self) -> None:
        self.beats = self.before = 0.0  # now, and where they would be without the jump
        self.weight = 0.0  # of the latter
        self._is_new = True

    def follow(self, beats: float, passed: float, seconds: float) -> None:
        """The clock is at `beats`, of which it counted on `passed` in these `seconds`."""
        expected, self.before = self.beats + passed, self.before + passed
        self.weight = max(self.weight - seconds / MIXES_S, 0.0)
        if abs(beats - expected) > JUMP and not self._is_new:
            self.before, self.weight = expected, 1.0
        self.beats, self._is_new = beats, False


def swing(drift: Drift, offset: float, seconds: float, count: Count) -> float:
    """Where the drift stands: `offset` is its phase in turns, where the clock drives it."""
    if not drift.beats:
        return _swing_at(drift, seconds / drift.period + offset)
    place = _swing_at(drift, count.beats / drift.beats)
    if count.weight:
        place += (_swing_at(drift, count.before / drift.beats) - place) * count.weight
    return place


def _swing_at(drift: Drift, turns: float) -> float:
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
