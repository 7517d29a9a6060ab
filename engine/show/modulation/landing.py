"""Where modulation lands: one parameter, or one macro, and all the routes that move it.

In: the numbers of modulators, the amounts of their routes. Out: the parameter's value, moved and held within
its range; what has a log curve is moved along that, so that an octave up and one down look alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from engine.show.modulation.moment import Moment
from engine.show.parameter import Parameter, clamp_value

Bend = Callable[[float], float]


class Moving(Protocol):
    """What gives a number: `raw`, and `signal`, which is that by its `depth`, 0 for what is bypassed."""

    raw: float
    signal: float
    depth: float


@dataclass(frozen=True, slots=True)
class Wire:
    """One route at work. `amount` names the parameter that its amount is, else it is `fixed`. `bend` is
    what becomes of the number on its way. `along`: not 0 for what moves along the parameter's curve, by
    so much of the range for an amount of 1.
    """

    source: Moving
    amount: str = ""
    fixed: float = 0.0
    bend: Bend | None = None
    along: float = 0.0


class Wires:
    """Several routes to one place, sorted so that adding them up is quick."""

    __slots__ = ("_bent", "_fixed", "_plain")

    def __init__(self, wires: Sequence[Wire]) -> None:
        """An amount is multiplied by what the route has `along`, where that is not 0."""
        self._fixed = [(w.source, w.fixed * (w.along or 1.0)) for w in wires if not w.amount]
        led = [(w.source, w.amount, w.along or 1.0, w.bend) for w in wires if w.amount]
        self._plain = [(source, amount, by) for source, amount, by, bend in led if bend is None]
        self._bent = [(s, amount, by, bend) for s, amount, by, bend in led if bend is not None]

    def add(self, start: float, values: dict[str, Any]) -> float:
        """What is at `start`, moved by all of them."""
        for moving, fixed in self._fixed:
            start += fixed * moving.signal
        for moving, amount, by in self._plain:
            start += values[amount] * by * moving.signal
        for moving, amount, by, bend in self._bent:
            start += values[amount] * by * moving.depth * bend(moving.raw)
        return start


class Landing:
    """One parameter under modulation."""

    __slots__ = (
        "_along",
        "_by_value",
        "_high",
        "_is_float",
        "_is_log",
        "_low",
        "_span",
        "name",
        "parameter",
    )

    def __init__(self, parameter: Parameter, wires: Sequence[Wire]) -> None:
        self.parameter, self.name = parameter, parameter.name
        self._by_value = Wires([wire for wire in wires if not wire.along])
        along = [wire for wire in wires if wire.along]
        self._along = Wires(along) if along else None
        self._low = min(parameter.minimum[0], parameter.maximum[0])
        self._high = max(parameter.minimum[0], parameter.maximum[0])
        self._is_float, self._is_log = parameter.kind == "float", parameter.curve == "log"
        first, last = parameter.minimum[0], parameter.maximum[0]
        self._span = math.log(last / first) if self._is_log else last - first

    def run(self, moment: Moment, values: dict[str, Any], macros: Sequence[float]) -> None:
        """Move the value."""
        moved = self._by_value.add(values[self.name], values)
        if self._along:
            far = self._along.add(0.0, values)
            # Along the curve, as `from_norm` goes: by as many parts of the range, or of its octaves.
            moved = moved * math.exp(far * self._span) if self._is_log else moved + far * self._span
        if not self._is_float:
            moved = clamp_value(self.parameter, (moved,))[0]
        low, high = self._low, self._high
        values[self.name] = low if moved < low else high if moved > high else moved


class PartLanding(Landing):
    """One number of a point or a colour under modulation: the one at `index` of `whole`."""

    __slots__ = ("_index", "_whole")

    def __init__(self, parameter: Parameter, wires: Sequence[Wire], whole: str, index: int) -> None:
        super().__init__(parameter, wires)
        self._whole, self._index = whole, index

    def run(self, moment: Moment, values: dict[str, Any], macros: Sequence[float]) -> None:
        """Move the value."""
        whole, index = values[self._whole], self._index
        values[self.name] = whole[index]
        super().run(moment, values, macros)
        moved = values.pop(self.name)
        values[self._whole] = (*whole[:index], moved, *whole[index + 1 :])


class MacroLanding:
    """One macro under modulation: `signal` is how far it is moved from where the hand has it, within
    0..1; what it moves goes along by as much of its own way."""

    __slots__ = ("_index", "_wires", "depth", "raw", "signal")

    def __init__(self, index: int, wires: Sequence[Wire]) -> None:
        self.raw = self.signal = 0.0
        self.depth = 1.0
        self._index, self._wires = index, Wires(wires)

    def run(self, moment: Moment, values: dict[str, Any], macros: Sequence[float]) -> None:
        """Know how far it is moved now."""
        here = macros[self._index]
        moved = self._wires.add(here, values)
        self.raw = self.signal = (0.0 if moved < 0.0 else 1.0 if moved > 1.0 else moved) - here
