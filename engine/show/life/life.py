"""Life: what a field's pulse says of it, once a second: alive, dead, saturated, frozen or sick.

In: pulses (a field in a few numbers) and how many steps it took between them. Out: the condition
that has lasted for longer than the scene's patience. Never does anything about it: `keeper.py`.

Judged is what is seen: the body that every look draws, and for movement the light as well, both 0
to 1. Measured on the scenes that come with Morphogen, half their rows, for 40 s: the body's deviation
is never below 0.035 (tide), the mean change in a second never below 0.0004 (mycelium), no more than
0.2 % of the cells are at an end of their range; a Gray-Scott field that has died deviates by less
than 0.0001, long before its food has come back everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PULSE_SECONDS = 1.0  # from one pulse to the next, of the voice's own time
# Deviation of the body: below the first it is dead, above the second alive.
DEAD, ALIVE = 0.01, 0.02
WAKING = 1.05  # a field whose deviation grows by this factor in a second is on its way
FULL_CELLS, ENDED_CELLS = 0.5, 0.95  # share with all channels, with one channel at an end
BRIGHT, EVEN = 0.97, 0.02  # a body that is 1 nearly everywhere: its mean, its deviation
STILL = 5e-5  # mean change of body or light in a second
CONDITIONS = ("dead", "saturated", "frozen")
ANSWERS = ("reseed", "nudge", "next", "ignore")


@dataclass(frozen=True, slots=True)
class Pulse:
    """A field in a few numbers. One number per channel, in native units, in the first five.

    `ends` is the share of cells at an end of the channel's range that is not its rest state (0 for a
    channel that no look shows), `full` the share with all shown channels so. `body` and `light` are
    (mean, deviation, mean absolute change since the last pulse) of what is shown, 0..1; the change
    is None in a voice's first pulse. `broken` cells have a NaN or Inf.
    """

    key: int
    mean: tuple[float, ...]
    deviation: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    ends: tuple[float, ...]
    full: float
    body: tuple[float, float, float | None]
    light: tuple[float, float, float | None]
    broken: int

    @property
    def structure(self) -> float:
        """The body's deviation: a look shows nothing where the body is the same everywhere."""
        return self.body[1]

    @property
    def change(self) -> float | None:
        """The larger change of body and light; None in a first pulse."""
        changes = [c for c in (self.body[2], self.light[2]) if c is not None]
        return max(changes, default=None)


def _default_answers() -> dict[str, str]:
    return {"dead": "reseed", "saturated": "reseed", "frozen": "nudge"}


@dataclass(frozen=True, slots=True)
class Care:
    """A scene's `[life]`: the answer to each condition, and after how many seconds of it.

    A pattern at rest is a picture, so it is only nudged, and later than a blank one is grown anew.
    """

    answers: Mapping[str, str] = field(default_factory=_default_answers)
    after: float = 3.0
    frozen_after: float = 20.0

    def patience(self, condition: str) -> float:
        """Seconds that a condition may last."""
        return self.frozen_after if condition == "frozen" else self.after


class Judge:
    """Judges one voice, from its first pulse on."""

    def __init__(self) -> None:
        self.condition = ""
        self.lasted = 0.0  # seconds since the condition was first found
        self._structure: float | None = None

    def feel(self, pulse: Pulse, *, steps: int, lit: bool = True) -> None:
        """Take the next pulse. `steps` were taken since the last; `lit`: anything can be seen."""
        found = self._name(pulse, steps, lit)
        self.lasted = self.lasted + PULSE_SECONDS if found == self.condition else 0.0
        self.condition = found
        self._structure = pulse.structure

    def _name(self, pulse: Pulse, steps: int, lit: bool) -> str:
        if pulse.broken:
            return "sick"
        bright = pulse.body[0] > BRIGHT and pulse.body[1] < EVEN
        if bright or pulse.full > FULL_CELLS or max(pulse.ends) > ENDED_CELLS:
            return "saturated"
        before = self._structure
        if pulse.structure < (ALIVE if self.condition in ("dead", "waking") else DEAD):
            waking = before is not None and pulse.structure > max(before * WAKING, 1e-7)
            return "waking" if waking else "dead"
        if steps and lit and pulse.change is not None and pulse.change < STILL:
            return "frozen"
        return "alive"
