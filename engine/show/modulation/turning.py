"""What goes round: cycles counted by the clock or by the beat.

In: a rate, and a moment. Out: the cycles gone by, a double. By the clock they add up, so that a change of
rate never jumps. By the beat they are the beat's own, exactly, for as long as the rate stands: after a
change of it, a jump of the clock or a picture that was frozen, they go on from where they are and
come back to the grid within a moment.
"""

from __future__ import annotations

import math

from engine.show.modulation.moment import Moment

RETURNS_S = 0.15  # to the grid, by a factor of e
EXACT = 1e-6  # cycles: nearer is on the grid


class Turning:
    """`turns` so far. `span`: after how many cycles all comes round again; by that much it may be off."""

    def __init__(self, in_beats: bool, span: int = 1) -> None:
        self.turns = 0.0
        self._in_beats = in_beats
        self._span = span
        self._is_new = self._on_grid = True
        self._rate = 0.0
        self._shift = 0.0  # whole spans that the count differs by from the beat's own

    def restart(self) -> None:
        """Begin a cycle now; from here on it is its own, wherever the beat is."""
        self.turns, self._on_grid, self._is_new = 0.0, False, False

    @property
    def is_own(self) -> bool:
        """Whether no clock says where it is."""
        return not (self._in_beats and self._on_grid)

    def go_on(self, turns: float) -> None:
        """Be where another one was that is its own."""
        if self.is_own:
            self.turns = turns

    def advance(self, moment: Moment, rate: float) -> float:
        """`rate` in cycles a second, or in beats a cycle."""
        if not self._in_beats:
            self.turns += rate * moment.seconds
            return self.turns
        if self._on_grid and self._is_new:
            self.turns, self._rate, self._is_new = moment.beats / rate, rate, False
        elif moment.seconds > 0.0:
            self.turns += moment.passed / rate
            if self._on_grid:
                self._return(moment, rate)
        return self.turns

    def _return(self, moment: Moment, rate: float) -> None:
        # The beat's own count is far away at once: go on until the rate stands.
        if rate != self._rate:
            self._rate = rate
            return
        place = moment.beats / rate + self._shift
        gap = self.turns - place
        if -EXACT < gap < EXACT:
            self.turns = place
            return
        if abs(gap) > self._span / 2:
            whole = round(gap / self._span) * self._span
            self._shift += whole
            place, gap = place + whole, gap - whole
        gap *= math.exp(-moment.seconds / RETURNS_S)
        self.turns = place + gap
