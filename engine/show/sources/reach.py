"""How far sources carry parameters: the values at which a model's limit may be tightest.

In: the values of a moment, and what moves what. Out: sets of values that bound the whole field.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence

from engine.show.parameter import Parameter, clamp_value
from engine.show.sources.source import Moved


def extremes(
    names: Collection[str],
    moved: Sequence[Moved],
    parameters: Mapping[str, Parameter],
    values: Mapping[str, float],
) -> Iterator[dict[str, float]]:
    """Values of the parameters `names`, which a formula reads, that bound it over the field.

    `values` holds the parameters and their amounts, `<name>_<source>`. Each parameter's reach over
    all sources is taken whole, as if it were free of the others, so that a formula is bounded that
    is rising, falling or hollow in each of them, whatever product of them it has.
    """
    here = {name: values[name] for name in names}
    yield here
    moving = [m for m in moved if any(name in names for name in m.parameters)]
    ends = {
        name: _reach(parameters[name], moving, values)
        for name in dict.fromkeys(n for m in moving for n in m.parameters)
        if name in names
    }
    if ends:
        for corner in itertools.product(*ends.values()):
            yield {**here, **dict(zip(ends, corner, strict=True))}


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
