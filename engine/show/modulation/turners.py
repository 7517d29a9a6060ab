"""Modulators that go by cycles: waves, noise, ramps, values held, steps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import cast

from engine.show.modulation.modulator import BEATS, Modulator
from engine.show.modulation.moment import Moment, Value
from engine.show.modulation.node import Node, approach
from engine.show.modulation.turning import Turning
from engine.show.modulation.waves import WAVES, chance

APART = 1_000_003  # places of chance between one beginning anew and the next


class Turner(Node):
    """What goes by cycles; a strike begins it anew."""

    def __init__(self, modulator: Modulator, seed: int) -> None:
        super().__init__(modulator, seed)
        self._rate, self._phase = f"{self.name}_rate", f"{self.name}_phase"
        self.restarts = 0
        self.turning = self._make_turning()

    def adopt(self, modulator: Modulator) -> None:
        old = self.modulator
        super().adopt(modulator)
        if _ways(old) != _ways(modulator):
            self.turning = self._make_turning()

    def turn(self, moment: Moment, values: Mapping[str, Value]) -> float:
        """Cycles gone by, its phase among them."""
        if self.take_strike(moment):
            self.restarts += 1
            self.turning.restart()
        else:
            self.turning.advance(moment, cast(float, values[self._rate]))
        return self.turning.turns + cast(float, values[self._phase])

    def _make_turning(self) -> Turning:
        turning = Turning(self.modulator.clock == BEATS, max(len(self.modulator.steps), 1))
        if self.modulator.on or self.modulator.once:
            turning.restart()  # by what strikes it, not by the beat's own count
        return turning


def _ways(modulator: Modulator) -> tuple[object, ...]:
    return modulator.clock, modulator.on, modulator.once, len(modulator.steps)


class Lfo(Turner):
    """A wave."""

    def __init__(self, modulator: Modulator, seed: int) -> None:
        super().__init__(modulator, seed)
        self._shape, self._width = f"{self.name}_shape", f"{self.name}_width"

    def find(self, moment: Moment, values: Mapping[str, Value]) -> float:
        wave = WAVES[int(cast(float, values[self._shape]))]
        return wave(self.turn(moment, values) % 1.0, cast(float, values[self._width]))


class Noise(Turner):
    """Chance, smooth: a value at each cycle's beginning, and an even way between (no kinks)."""

    def find(self, moment: Moment, values: Mapping[str, Value]) -> float:
        turns = self.turn(moment, values)
        whole = math.floor(turns)
        t = turns - whole
        index = self.restarts * APART + whole
        eased = t * t * t * (t * (6.0 * t - 15.0) + 10.0)
        before, after = chance(self.seed, index), chance(self.seed, index + 1)
        return before + (after - before) * eased


class Ramp(Turner):
    """From 0 to 1 in a cycle; with `once` it stays there until it is struck."""

    def find(self, moment: Moment, values: Mapping[str, Value]) -> float:
        turns = self.turn(moment, values)
        return min(max(turns, 0.0), 1.0) if self.modulator.once else turns % 1.0


class Stepper(Turner):
    """What stands for a cycle: with `on`, from one strike to the next."""

    def __init__(self, modulator: Modulator, seed: int) -> None:
        super().__init__(modulator, seed)
        self._smooth = f"{self.name}_smooth"
        self._strikes = 0
        self._place: int | None = None
        self._goal = 0.0

    def find(self, moment: Moment, values: Mapping[str, Value]) -> float:
        place = self._find_place(moment, values)
        if place == self._place:
            return approach(self.raw, self._goal, cast(float, values[self._smooth]), moment.seconds)
        is_first, self._place = self._place is None, place
        self._goal = self.take(moment, place)
        smooth = 0.0 if is_first else cast(float, values[self._smooth])
        return approach(self.raw, self._goal, smooth, moment.seconds)

    def take(self, moment: Moment, place: int) -> float:
        """Its value from here on."""
        raise NotImplementedError

    def _find_place(self, moment: Moment, values: Mapping[str, Value]) -> int:
        if not self.modulator.on:
            return self.restarts * APART + math.floor(self.turn(moment, values))
        self._strikes += self.take_strike(moment) > 0.0
        return self._strikes


class Hold(Stepper):
    """Sample and hold: chance, or what `of` is at that moment."""

    def take(self, moment: Moment, place: int) -> float:
        if self.modulator.of:
            return min(max(moment.scope[self.modulator.of], -1.0), 1.0)
        return chance(self.seed, place)


class Steps(Stepper):
    """The values of a list, one after the other; a strike begins the list anew."""

    def take(self, moment: Moment, place: int) -> float:
        steps = self.modulator.steps
        return steps[(place - self.restarts * APART) % len(steps)]
