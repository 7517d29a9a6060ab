"""Where modulation lands: one parameter, or one macro, and all the routes that move it.

In: the numbers of modulators, the amounts of their routes. Out: the parameter's value, moved and held within
its range; what has a log curve is moved along that, so that an octave up and one down look alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from engine.show.modulation.moment import Moment, Value
from engine.show.parameter import Parameter, clamp_value, from_norm, to_norm


class Moving(Protocol):
    """What gives a number."""

    raw: float

    @property
    def depth(self) -> float: ...
    @property
    def bypassed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Wire:
    """One route at work. `amount` names the parameter that its amount is, else it is `fixed`. `bend` is
    what becomes of the number on its way. `along`: not 0 for what moves along the parameter's curve, by
    so much of the range for an amount of 1.
    """

    source: Moving
    amount: str | None
    fixed: float
    bend: Callable[[float], float] | None = None
    along: float = 0.0

    def carry(self, values: dict[str, Value]) -> float:
        """How far it moves its target now."""
        source = self.source
        if source.bypassed:
            return 0.0
        number = self.bend(source.raw) if self.bend else source.raw
        amount = cast(float, values[self.amount]) if self.amount else self.fixed
        return amount * source.depth * number


class Landing:
    """One parameter under modulation."""

    def __init__(self, parameter: Parameter, wires: Sequence[Wire]) -> None:
        self.parameter = parameter
        self._by_value = tuple(wire for wire in wires if not wire.along)
        self._along = tuple(wire for wire in wires if wire.along)
        self._low = min(parameter.minimum[0], parameter.maximum[0])
        self._high = max(parameter.minimum[0], parameter.maximum[0])

    def run(self, moment: Moment, values: dict[str, Value], macros: Sequence[float]) -> None:
        """Move the value."""
        p = self.parameter
        moved = cast(float, values[p.name])
        for wire in self._by_value:
            moved += wire.carry(values)
        if self._along:
            far = sum([wire.along * wire.carry(values) for wire in self._along])
            if far:
                moved = from_norm(p, to_norm(p, moved) + far)
        if p.kind == "float":
            values[p.name] = min(max(moved, self._low), self._high)
        else:
            values[p.name] = clamp_value(p, (moved,))[0]


class MacroLanding:
    """One macro under modulation: `raw` is how far it is moved from where the hand has it, within 0..1;
    what it moves goes along by as much of its own way."""

    depth, bypassed = 1.0, False

    def __init__(self, index: int, wires: Sequence[Wire]) -> None:
        self.raw = 0.0
        self._index, self._wires = index, tuple(wires)

    def run(self, moment: Moment, values: dict[str, Value], macros: Sequence[float]) -> None:
        """Know how far it is moved now."""
        here = macros[self._index]
        moved = here + sum([wire.carry(values) for wire in self._wires])
        self.raw = min(max(moved, 0.0), 1.0) - here
