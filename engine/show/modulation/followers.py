"""Modulators that go after something else: envelopes, what is heard, parameters, formulas."""

from __future__ import annotations

from typing import Any

from engine.show.modulation.modulator import STRIKES, Modulator
from engine.show.modulation.moment import Moment
from engine.show.modulation.node import Node, approach
from engine.show.parameter import Parameter, to_norm

ATTACK, DECAY, HELD, LETTING_GO, OVER = "attack", "decay", "held", "release", "over"


class Envelope(Node):
    """Up in `attack` seconds, down to `sustain` in `decay`, there for `hold` (a note: for as long as it
    lasts), and to nothing in `release`. Straight lines; a route's curve bends them. Struck again it
    rises from where it is; how hard it is struck is how high it goes.
    """

    def __init__(self, modulator: Modulator, seed: int) -> None:
        super().__init__(modulator, seed)
        self._keys = tuple(
            f"{self.name}_{own}" for own in ("attack", "decay", "sustain", "hold", "release")
        )
        self._stage = OVER
        self._level = self._peak = self._from = 0.0
        self._held = 0.0  # seconds at its sustain
        self._open = False  # a note or a pad is still down

    def strike(self, strength: float) -> None:
        super().strike(strength)
        self._open = True

    def let_go(self) -> None:
        self._open = False

    def find(self, moment: Moment, values: dict[str, Any]) -> float:
        struck = self.take_strike(moment)
        if struck:
            self._stage, self._peak, self._held = ATTACK, struck, 0.0
        elif self._stage == OVER:
            return self._level
        attack, decay, sustain, hold, release = [values[key] for key in self._keys]
        left = moment.seconds
        while left > 0.0 and self._stage != OVER:
            if self._stage == ATTACK:
                left = self._go(self._peak, self._peak / attack, left, DECAY)
            elif self._stage == DECAY:
                there = self._peak * sustain
                span = max(self._peak - there, 1e-9)
                left = self._go(there, span / decay, left, HELD)
            elif self._stage == HELD:
                left = self._wait(hold, left)
            else:
                left = self._go(0.0, max(self._from, 1e-9) / release, left, OVER)
        return self._level

    def _go(self, goal: float, speed: float, seconds: float, then: str) -> float:
        """Move towards a level; the seconds that are left once it is reached."""
        needed = abs(goal - self._level) / speed
        if needed > seconds:
            self._level += speed * seconds if goal > self._level else -speed * seconds
            return 0.0
        self._level, self._stage = goal, then
        return seconds - needed

    def _wait(self, hold: float, seconds: float) -> float:
        """Stay at the sustain."""
        if self._open and self.modulator.on not in STRIKES[:3]:
            return 0.0
        needed = max(hold - self._held, 0.0)
        self._held += min(needed, seconds)
        if needed <= seconds:
            self._stage, self._from = LETTING_GO, self._level
        return max(seconds - needed, 0.0)


class Audio(Node):
    """What is heard, 0..1: it rises in `attack` seconds and sinks in `release`."""

    def __init__(self, modulator: Modulator, seed: int) -> None:
        super().__init__(modulator, seed)
        self._attack, self._release = f"{self.name}_attack", f"{self.name}_release"

    def find(self, moment: Moment, values: dict[str, Any]) -> float:
        if moment.seconds <= 0.0:
            return self.raw
        goal = self.hear(moment)
        lag = self._attack if goal > self.raw else self._release
        return approach(self.raw, goal, values[lag], moment.seconds)

    def hear(self, moment: Moment) -> float:
        """What it goes after."""
        return moment.heard[self.modulator.of]


class Placed(Audio):
    """Where hands have put a parameter or a macro on its way, 0..1."""

    parameter: Parameter | None = None  # None: a macro

    def hear(self, moment: Moment) -> float:
        value = moment.scope[self.modulator.of]
        return to_norm(self.parameter, value) if self.parameter else value


class Formula(Node):
    """Arithmetic, held within -1..1; where it has no value it stands."""

    def find(self, moment: Moment, values: dict[str, Any]) -> float:
        formula = self.modulator.formula
        assert formula is not None
        try:
            return min(max(formula.evaluate(moment.scope), -1.0), 1.0)
        except (ArithmeticError, ValueError):
            return self.raw
