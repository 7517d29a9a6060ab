"""How far sources carry parameters: the values at which a model's limit may be tightest.

In: the values of a moment, and what moves what. Out: sets of values that bound the whole field.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence

from engine.show.parameter import Parameter, clamp_value
from engine.show.source import Moved


def extremes(
    names: Collection[str],
    moved: Sequence[Moved],
    parameters: Mapping[str, Parameter],
    values: Mapping[str, float],
) -> Iterator[dict[str, float]]:
    """Values of the parameters `names`, which a formula reads, that bound it over the field.

    `values` holds the parameters and their amounts, `<name>_<source>`. A formula that has no hill
    within a range is bounded by these, be it rising, falling or hollow in each parameter. One
    source alone carries all its parameters together; of several, each parameter's reach is taken
    whole, as if each were free of the others.
    """
    here = {name: values[name] for name in names}
    yield here
    moving = [m for m in moved if any(name in names for name in m.parameters)]
    if len(moving) == 1:
        source = moving[0]
        amounts = {n: values[f"{n}_{source.source}"] for n in source.parameters if n in names}
        for height in _heights(source.low, amounts, parameters, values):
            carried = {n: _clamp(parameters[n], here[n] + height * a) for n, a in amounts.items()}
            yield {**here, **carried}
    elif moving:
        ends = {n: _reach(parameters[n], moving, values) for m in moving for n in m.parameters}
        ends = {name: reach for name, reach in ends.items() if name in names}
        for corner in itertools.product(*ends.values()):
            yield {**here, **dict(zip(ends, corner, strict=True))}


def _heights(
    low: float,
    amounts: Mapping[str, float],
    parameters: Mapping[str, Parameter],
    values: Mapping[str, float],
) -> set[float]:
    """Values of one source: both ends, and wherever a parameter comes to the end of its range while
    others go on."""
    heights = {low, 1.0}
    for name, amount in amounts.items():
        for bound in (parameters[name].minimum[0], parameters[name].maximum[0]):
            if abs(bound - values[name]) < abs(amount):
                heights.add(max((bound - values[name]) / amount, low))
    return heights


def _reach(
    parameter: Parameter, moving: Sequence[Moved], values: Mapping[str, float]
) -> tuple[float, ...]:
    """The least and the most that a parameter comes to anywhere; one number if it stays."""
    name = parameter.name
    least = most = values[name]
    for source in moving:
        if name in source.parameters:
            ends = [height * values[f"{name}_{source.source}"] for height in (source.low, 0.0, 1.0)]
            least, most = least + min(ends), most + max(ends)
    return tuple(dict.fromkeys((_clamp(parameter, least), _clamp(parameter, most))))


def _clamp(parameter: Parameter, value: float) -> float:
    return clamp_value(parameter, (value,))[0]
