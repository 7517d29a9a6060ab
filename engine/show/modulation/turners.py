"""Modulators that go by cycles: waves, noise, ramps, values held, steps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from engine.show.modulation.modulator import BEATS, Modulator
from engine.show.modulation.moment import Moment
from engine.show.modulation.node import Node, approach
from engine.show.modulation.turning import Turning
from engine.show.modulation.waves import WAVES, chance

APART = 1_000_003  # places of chance between one beginning anew and the next


class Turner(Node):
    """What goes by cycles; a strike begins it anew."""

    def __init__(self, modulator: Modulator, seed: int) -> None:
        self._ways: tuple[object, ...] = ()
        super().__init__(modulator, seed)
        self._rate, self._phase = f"{self.name}_rate", f"{self.name}_phase"
        self.restarts = 0

    def adopt(self, modulator: Modulator) -> None:
        super().adopt(modulator)
        ways = modulator.clock, modulator.on, modulator.once, len(modulator.steps)
        if ways != self._ways:
            self._ways, self.turning = ways, self._make_turning()

    @property
    def place(self) -> tuple[float, ...]:
        return (self.turning.turns, float(self.restarts)) if self.turning.is_own else ()

    def go_on(self, place: Sequence[float]) -> None:
        if len(place) == 2:
            self.turning.go_on(place[0])
            self.restarts = int(place[1])

    def turn(self, moment: Moment, values: dict[str, Any]) -> float:
        """Cycles gone by, its phase among them."""
        if self.take_strike(moment):
            self.restarts += 1
            self.turning.restart()
            turns = 0.0
        else:
            turns = self.turning.advance(moment, values[self._rate])
        phase: float = values[self._phase]
        return turns + phase

    def _make_turning(self) -> Turning:
        turning = Turning(self.modulator.clock == BEATS, max(len(self.modulator.steps), 1))
        if self.modulator.on or self.modulator.once:
            turning.restart()  # by what strikes it, not by the beat's own count
        return turning


class Lfo(Turner):
    """A wave."""

    def __init__(self, modulator: Modulator, seed: int) -> None:
        super().__init__(modulator, seed)
        self._shape, self._width = f"{self.name}_shape", f"{self.name}_width"

    def find(self, moment: Moment, values: dict[str, Any]) -> float:
        wave = WAVES[int(values[self._shape])]
        return wave(self.turn(moment, values) % 1.0, values[self._width])


class Noise(Turner):
    """Chance, smooth: a value at each cycle's beginning, and an even way between (no kinks)."""

    def __init__(self, modulator: Modulator, seed: int) -> None:
        super().__init__(modulator, seed)
        self._index: int | None = None
        self._before = self._after = 0.0

    def find(self, moment: Moment, values: dict[str, Any]) -> float:
        turns = self.turn(moment, values)
        whole = math.floor(turns)
        t = turns - whole
        index = self.restarts * APART + whole
        if index != self._index:
            self._index = index
            self._before, self._after = chance(self.seed, index), chance(self.seed, index + 1)
        eased = t * t * t * (t * (6.0 * t - 15.0) + 10.0)
        return self._before + (self._after - self._before) * eased


class Ramp(Turner):
    """From 0 to 1 in a cycle; with `once` it stays there until it is struck."""

    def find(self, moment: Moment, values: dict[str, Any]) -> float:
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

    def find(self, moment: Moment, values: dict[str, Any]) -> float:
        place = self._find_place(moment, values)
        if place == self._place:
            return approach(self.raw, self._goal, values[self._smooth], moment.seconds)
        is_first, self._place = self._place is None, place
        self._goal = self.take(moment, place)
        smooth = 0.0 if is_first else values[self._smooth]
        return approach(self.raw, self._goal, smooth, moment.seconds)

    @property
    def place(self) -> tuple[float, ...]:
        """Where it is, the value it goes to, and the one it has."""
        own = (float(self._strikes), 0.0) if self.modulator.on else super().place
        return (*own, self._goal, self.raw) if own and self._place is not None else ()

    def go_on(self, place: Sequence[float]) -> None:
        if len(place) != 4:
            return
        first, restarts, self._goal, self.raw = place
        if self.modulator.on:
            self._strikes = self._place = int(first)
        else:
            super().go_on((first, restarts))
            self._place = self.restarts * APART + math.floor(self.turning.turns)

    def take(self, moment: Moment, place: int) -> float:
        """Its value from here on."""
        raise NotImplementedError

    def _find_place(self, moment: Moment, values: dict[str, Any]) -> int:
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
