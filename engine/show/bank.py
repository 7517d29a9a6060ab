"""The bank: the present and the wanted value of each parameter, and the glide between the two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from engine.show.morph import EASE, Morph, read_kinds
from engine.show.parameter import Parameter, clamp_value, to_norm

# Seconds to 63 % of the way: no zipper noise from 7-bit knobs, and still in the next frame.
GLIDE = 0.06


class Bank:
    """One float per component, all of them moved at once."""

    def __init__(
        self, parameters: Iterable[Parameter], initial: Mapping[str, Sequence[float]]
    ) -> None:
        """Values not in `initial` begin at the parameter's default."""
        self.parameters = {parameter.name: parameter for parameter in parameters}
        self._slots: dict[str, slice] = {}
        start: list[float] = []
        for name, parameter in self.parameters.items():
            value = initial.get(name, parameter.default)
            self._slots[name] = slice(len(start), len(start) + parameter.components)
            start += value
        self._singles = [(n, slot.start) for n, slot in self._slots.items() if _is_single(slot)]
        self._several = [(n, slot) for n, slot in self._slots.items() if not _is_single(slot)]
        # Lists, since hands set them one by one; arrays of them for the frame, when they changed.
        self._wanted, self._glide = start, [GLIDE] * len(start)
        self._goal, self._rate = np.array(start, np.float64), np.full(len(start), GLIDE)
        self._moved = False
        self._still = False  # whether nothing moves, so that a frame has nothing to work out
        self._told: dict[str, float | tuple[float, ...]] | None = None  # of a frame in which it is
        self._events = [name for name, p in self.parameters.items() if p.kind == "event"]
        self._felt: set[str] = set()  # events that a frame has been told
        self._present = self._goal.copy()
        widths = (
            abs(a - b)
            for p in self.parameters.values()
            for a, b in zip(p.minimum, p.maximum, strict=True)
        )
        self._morphs: list[Morph] = []
        self._norms: dict[str, tuple[float, float]] = {}  # by what was wanted
        self._arrived = np.fromiter(widths, np.float64, len(start)) * 1e-5

    def want(self, name: str, value: Sequence[float], seconds: float = 0.0) -> None:
        """Glide to a native value; `seconds` is how long the move should take (0: the usual glide)."""
        slot = self._slots[name]
        first = slot.start
        glide = max(GLIDE, seconds / 4)
        for offset, number in enumerate(value):
            self._wanted[first + offset] = number
            self._glide[first + offset] = glide
        self._moved, self._still = True, False
        for morph in self._morphs:
            morph.release(first, slot.stop)
        if not self.parameters[name].is_smooth:
            self._present[slot] = value
            self._felt.discard(name)

    def carry_over(
        self, parameters: Iterable[Parameter], initial: Mapping[str, Sequence[float]]
    ) -> Bank:
        """A bank of other parameters, with what both have where it is, and on its way as it was."""
        made = Bank(parameters, initial)
        for name, parameter in made.parameters.items():
            old = self.parameters.get(name)
            if old is None or (old.kind, old.unit) != (parameter.kind, parameter.unit):
                continue
            here, there = self._slots[name], made._slots[name]
            same = (old.minimum, old.maximum) == (parameter.minimum, parameter.maximum)
            made._present[there] = self._present[here]
            made._wanted[there] = self._wanted[here]
            if not same:
                made._present[there] = clamp_value(parameter, self._present[here].tolist())
                made._wanted[there] = clamp_value(parameter, self._wanted[here])
            made._glide[there] = self._glide[here]
        made._moved, made._still = True, False
        return made

    def morph(
        self, values: Mapping[str, Sequence[float]], seconds: float, curve: str = EASE
    ) -> None:
        """Go to native values in `seconds`, each along its parameter's own curve; one that is wanted
        elsewhere meanwhile goes there. `curve`: one of CURVES."""
        if seconds <= GLIDE:
            for name, value in values.items():
                self.want(name, value)
            return
        present = self._present.copy()
        for name, value in values.items():
            self.want(name, value)
        self._present = present  # choices wait for their half of the way
        slots = [at for n in values for at in range(*self._slots[n].indices(len(self._present)))]
        at = np.array(slots, np.intp)
        kinds = read_kinds([self.parameters[name] for name in values])
        goal = np.array(self._wanted)[at]
        self._morphs.append(Morph(at, (present[at], goal), kinds, (seconds, curve)))

    def place(self, name: str, value: Sequence[float]) -> None:
        """Be at a native value at once: for what glides by a way of its own."""
        self.want(name, value)
        self._present[self._slots[name]] = value

    def wanted(self, name: str) -> tuple[float, ...]:
        """Where a parameter is going (or is)."""
        return tuple(self._wanted[self._slots[name]])

    def norm(self, name: str) -> float:
        """Where a parameter of one number is going along its range, 0..1."""
        wanted = self._wanted[self._slots[name].start]
        known = self._norms.get(name)
        if known is None or known[0] != wanted:  # asked thirty times a second, of hundreds
            known = self._norms[name] = wanted, to_norm(self.parameters[name], wanted)
        return known[1]

    def jump(self) -> None:
        """End all glides now: for a beginning, where nothing was shown yet."""
        self._present[:] = self._wanted
        self._still = False
        self._morphs.clear()

    def advance(self, seconds: float) -> None:
        """Move every value along its glide; an event is over once a frame has had it."""
        for name in self._events:
            if name in self._felt:
                self.place(name, (0.0,))
            elif self._wanted[self._slots[name].start]:
                self._felt.add(name)
        if self._still:
            return
        self._told = None
        if self._moved:
            self._goal, self._rate = np.array(self._wanted), np.array(self._glide)
            self._moved = False
        rest = self._goal - self._present
        self._present += rest * -np.expm1(-seconds / self._rate)
        near = np.abs(rest) <= self._arrived
        self._present[near] = self._goal[near]
        self._still = not self._morphs and bool(near.all())
        if self._morphs:
            for morph in self._morphs:
                self._present[morph.slots] = morph.advance(seconds)
            self._morphs = [morph for morph in self._morphs if not morph.is_over]

    def values(self) -> dict[str, float | tuple[float, ...]]:
        """The present native values: a float, or a tuple for points and colours."""
        if self._told is not None and self._still:
            return self._told.copy()
        present = self._present.tolist()
        values: dict[str, float | tuple[float, ...]] = {n: present[at] for n, at in self._singles}
        for name, slot in self._several:
            values[name] = tuple(present[slot])
        self._told = values.copy() if self._still else None
        return values


def _is_single(slot: slice) -> bool:
    return bool(slot.stop - slot.start == 1)
