"""A morph: values on their way to others, in a time that was asked for, each along its own curve.

In: where values are and where they go, seconds that pass. Out: where they are. Choices, switches and whole
numbers take the nearest on the way; the end is met exactly. A value that is moved otherwise is let go.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.show.parameter import Parameter

Numbers = NDArray[np.float64]
LINEAR, EASE, EXP = "linear", "ease", "exp"
CURVES = (LINEAR, EASE, EXP)


def shape(curve: str, share: float) -> float:
    """How far a morph has come, 0..1, when `share` 0..1 of its time has passed."""
    if curve == EASE:
        return share * share * (3.0 - 2.0 * share)
    if curve == EXP:  # as a capacitor is charged: four of its times, stretched to the end
        return float(-np.expm1(-4.0 * share) / -np.expm1(-4.0))
    return share


class Morph:
    """`slots` (n,) say which numbers of a bank it moves."""

    def __init__(
        self,
        slots: NDArray[np.intp],
        ends: tuple[Numbers, Numbers],
        kinds: Kinds,
        time: tuple[float, str],
    ) -> None:
        """`ends`: native values at the start and at the end, (n,) each. `time`: seconds, and one of
        CURVES."""
        self.slots = slots
        self._ends = ends
        self._kinds = kinds
        self._seconds, self._curve = max(time[0], 1e-6), time[1]
        self._gone = 0.0

    @property
    def is_over(self) -> bool:
        return self._gone >= self._seconds or len(self.slots) == 0

    def release(self, first: int, last: int) -> None:
        """Let the numbers first <= slot < last go: somebody else moves them."""
        held = (self.slots < first) | (self.slots >= last)
        if not held.all():
            self.slots = self.slots[held]
            self._ends = self._ends[0][held], self._ends[1][held]
            self._kinds = self._kinds.only(held)

    def advance(self, seconds: float) -> Numbers:
        """Let time pass; the native values now, (n,)."""
        self._gone += seconds
        if self.is_over:
            return self._ends[1]
        return self._kinds.mix(self._ends, shape(self._curve, self._gone / self._seconds))


class Kinds:
    """What sort of number each is: along a logarithm, in whole steps, or one of a few choices."""

    def __init__(self, log: NDArray[np.bool_], whole: NDArray[np.bool_], choice: NDArray[np.bool_]):
        self.log, self.whole, self.choice = log, whole, choice

    def only(self, held: NDArray[np.bool_]) -> Kinds:
        return Kinds(self.log[held], self.whole[held], self.choice[held])

    def mix(self, ends: tuple[Numbers, Numbers], share: float) -> Numbers:
        """The values at `share` 0..1 of the way from the first of `ends` to the second."""
        start, end = ends
        mixed = start + (end - start) * share
        if self.log.any():
            low, high = np.log(start[self.log]), np.log(end[self.log])
            mixed[self.log] = np.exp(low + (high - low) * share)
        mixed[self.whole] = np.round(mixed[self.whole])
        mixed[self.choice] = (end if share >= 0.5 else start)[self.choice]
        return mixed


def read_kinds(parameters: Sequence[Parameter]) -> Kinds:
    """Of every component of some parameters, one after the other."""
    each = [parameter for parameter in parameters for _ in range(parameter.components)]
    whole = [p.kind == "int" and not p.values and not p.choices for p in each]
    return Kinds(
        np.array([p.curve == "log" for p in each], np.bool_),
        np.array(whole, np.bool_),
        np.array([not p.is_smooth and not w for p, w in zip(each, whole, strict=True)], np.bool_),
    )
