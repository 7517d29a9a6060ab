"""Splats on the beat: a hand that touches the field every so many beats, on a walk of its own.

    [pulse]
    every = 1          beats from one to the next, 1/16 to 64; `/splat/every 0.5` sets another, 0 none
    amount = 0.8       -1..1 of the brush's, below 0 back to rest; the first of a bar whole, others two thirds
    size = 0.06        radius, heights of the picture
    stride = 0.3       how far it walks from one to the next, heights of the picture

In: the clock, a seed. Out: the splats of a frame. The same seed walks the same way.
"""

from __future__ import annotations

import math
import random

from engine.show.beat.tempo import Tempo
from engine.show.frame import Splat
from engine.show.scene import Pulse

MARGIN = 0.12  # of the picture each way, that it keeps away from the edge
TURN = 1.2  # radians that it turns at most from one to the next, to either side
WEAKER = 0.66  # than the first of a bar
MOST = 4  # in one frame: after a stall


class Drum:
    """Where the walk is; `aspect` is the picture's width / height."""

    def __init__(self, seed: int, aspect: float) -> None:
        self._random = random.Random(seed ^ 0x5EED)
        self._aspect = aspect
        self._x, self._y = self._random.random(), self._random.random()
        self._heading = self._random.uniform(0.0, 2.0 * math.pi)

    def beat(self, pulse: Pulse, tempo: Tempo, every: float | None = None) -> list[Splat]:
        """The splats that the clock's last tick asks for; `every` overrules the scene's."""
        period = pulse.every if every is None else every
        if period <= 0.0:
            return []
        strokes = min(tempo.crossings(period), MOST)
        is_first = tempo.crossings(tempo.beats_per_bar) > 0
        return [self._strike(pulse, is_first and index == strokes - 1) for index in range(strokes)]

    def _strike(self, pulse: Pulse, is_first: bool) -> Splat:
        self._heading += self._random.uniform(-TURN, TURN)
        across = pulse.stride * math.cos(self._heading) / self._aspect
        self._x, turned = _reflect(self._x + across)
        if turned:
            self._heading = math.pi - self._heading
        self._y, turned = _reflect(self._y + pulse.stride * math.sin(self._heading))
        if turned:
            self._heading = -self._heading
        strength = pulse.amount if is_first else WEAKER * pulse.amount
        return Splat(self._x, self._y, pulse.size, strength)


def _reflect(place: float) -> tuple[float, bool]:
    """A place thrown back from the margins, and whether it was."""
    low, high = MARGIN, 1.0 - MARGIN
    folded = low + abs((place - low + high - low) % (2.0 * (high - low)) - (high - low))
    return folded, not low <= place <= high
