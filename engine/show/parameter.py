"""A parameter: a named number (or colour, point, choice, event) with its range, unit and curve.

Declared once, in the `INPUTS` of the shader that uses it; everything else (the uniform, the OSC
address, the MIDI range, the docs) is derived from here. Holds no value: values live in the bank.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["float", "int", "bool", "event", "point", "colour"]
Curve = Literal["linear", "log"]
Value = float | tuple[float, ...]  # of one component, or of a point or a colour

COMPONENTS: dict[Kind, int] = {
    "float": 1,
    "int": 1,
    "bool": 1,
    "event": 1,
    "point": 2,
    "colour": 4,
}


class Refused(ValueError):
    """A value that is not taken: wrong type or count, NaN, infinite. Out of range is clamped."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """`minimum`, `maximum` and `default` have one number per component, in native units.

    `curve` shapes 0..1 onto the range (`log` needs 0 < minimum). `phase` says that the shader also
    wants the integral of this rate over time, in turns, as `<name>_phase` in 0..1. `values` are
    what the `choices` stand for; without them they count up from the minimum.
    """

    name: str
    kind: Kind
    default: tuple[float, ...]
    minimum: tuple[float, ...]
    maximum: tuple[float, ...]
    label: str = ""
    unit: str = ""
    curve: Curve = "linear"
    phase: bool = False
    choices: tuple[str, ...] = ()
    values: tuple[float, ...] = ()

    @property
    def components(self) -> int:
        return COMPONENTS[self.kind]

    @property
    def is_smooth(self) -> bool:
        """Whether the stage glides to a new value (numbers) or takes it at once (choices)."""
        return self.kind in ("float", "point", "colour")


def clamp_value(parameter: Parameter, value: Sequence[float]) -> tuple[float, ...]:
    """The nearest value inside the range; ints and bools come back whole."""
    bounds = zip(value, parameter.minimum, parameter.maximum, strict=True)
    # MIN > MAX is ISF's way to turn a slider round.
    clamped = tuple(min(max(v, min(low, high)), max(low, high)) for v, low, high in bounds)
    if parameter.is_smooth:
        return clamped
    if parameter.values:
        return tuple(min(parameter.values, key=lambda known: abs(known - v)) for v in clamped)
    return tuple(float(round(v)) for v in clamped)


def accept_value(parameter: Parameter, arguments: Sequence[object]) -> tuple[float, ...]:
    """Native value from a message's arguments, clamped to the range.

    Raises `Refused` for a wrong count, a wrong type, NaN or infinity. A choice may be named; a colour
    may come as the four bytes of OSC's own (R G B A).
    """
    if len(arguments) == 1 and type(arguments[0]) is float and parameter.kind == "float":
        # What a knob sends, thousands of times a second.
        value, low, high = arguments[0], parameter.minimum[0], parameter.maximum[0]
        if math.isfinite(value) and low <= high:
            return (low if value < low else high if value > high else value,)
    if len(arguments) == 1 and isinstance(arguments[0], str) and parameter.choices:
        if arguments[0] not in parameter.choices:
            raise Refused(f"no choice '{arguments[0]}'")
        index = parameter.choices.index(arguments[0])
        return (parameter.values[index] if parameter.values else parameter.minimum[0] + index,)
    numbers = read_components(parameter, arguments)
    if len(numbers) != parameter.components:
        raise Refused(f"{parameter.components} numbers wanted, {len(numbers)} given")
    return clamp_value(parameter, numbers)


def read_components(parameter: Parameter, arguments: Sequence[object]) -> tuple[float, ...]:
    """The numbers of the arguments; of a colour also from four bytes, and from three numbers."""
    if parameter.kind == "colour":
        if len(arguments) == 1 and isinstance(arguments[0], bytes) and len(arguments[0]) == 4:
            return tuple(byte / 255.0 for byte in arguments[0])
        if len(arguments) == 3:
            return (*finite_numbers(arguments), 1.0)
    return finite_numbers(arguments)


def finite_numbers(arguments: Sequence[object]) -> tuple[float, ...]:
    """The arguments as floats. Raises `Refused` for anything that is not a finite number."""
    numbers = []
    for argument in arguments:
        if not isinstance(argument, (int, float)):  # bool is an int: T and F are 1 and 0
            raise Refused("not a number")
        try:
            number = float(argument)
        except OverflowError:
            raise Refused("not a finite number") from None
        if not math.isfinite(number):
            raise Refused("not a finite number")
        numbers.append(number)
    return tuple(numbers)


def from_norm(parameter: Parameter, norm: float) -> float:
    """Native value of the first component for a position 0..1 (clamped) on the curve."""
    position = min(max(norm, 0.0), 1.0)
    low, high = parameter.minimum[0], parameter.maximum[0]
    if parameter.curve == "log":
        return float(low * (high / low) ** position)
    return low + (high - low) * position


def to_norm(parameter: Parameter, native: float) -> float:
    """Position 0..1 of a native value on the parameter's curve; the inverse of `from_norm`."""
    low, high = parameter.minimum[0], parameter.maximum[0]
    if low == high:
        return 0.0
    value = min(max(native, min(low, high)), max(low, high))
    if parameter.curve == "log":
        return math.log(value / low) / math.log(high / low)
    return (value - low) / (high - low)


def as_number(value: Value) -> float:
    """A value of one component as a plain number; of a point or a colour, its first."""
    return value if isinstance(value, (int, float)) else value[0]


def as_numbers(value: Value) -> tuple[float, ...]:
    """A value as numbers, one for each component."""
    return (value,) if isinstance(value, (int, float)) else value
