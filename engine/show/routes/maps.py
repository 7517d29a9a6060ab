"""The deeds of `/map...`: a scene is played over the map of its model, only where that lives.

`/map x y`, or `/map/x` and `/map/y` one by one, is the place of a finger in 0..1; `/map/path v` a
place along the living region. The parameters follow by ways that never leave it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.show.maps.life_map import Axis, LifeMap
from engine.show.maps.region import Point
from engine.show.maps.travel import Travel
from engine.show.parameter import Refused, finite_numbers
from engine.show.routes.arguments import Arguments, read_level
from engine.show.voice import Voice

if TYPE_CHECKING:
    from engine.show.director import Director

Deed = Callable[["Director", int, str, Arguments], None]


def map_go(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """`/map x y`. Raises `Refused` for a scene whose model has no map."""
    numbers = finite_numbers(arguments)
    if len(numbers) != 2:
        raise Refused(f"2 numbers wanted, {len(numbers)} given")
    voice = director.layer(number).voice
    _follow(voice, _chart(director, voice), (_held(numbers[0]), _held(numbers[1])))


def map_along(axis: int) -> Deed:
    """`/map/x v` (axis 0) or `/map/y v` (axis 1): the finger moves along one axis only."""

    def deed(director: Director, number: int, _: str, arguments: Arguments) -> None:
        voice = director.layer(number).voice
        chart = _chart(director, voice)
        at = voice.finger if len(voice.finger) == 2 else place_of(voice, chart)
        finger = [_held(at[0]), _held(at[1])]
        finger[axis] = read_level(arguments, finger[axis])
        _follow(voice, chart, (finger[0], finger[1]))

    return deed


def map_path(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """`/map/path v`: 0 is one end of the living region, 1 the other."""
    voice = director.layer(number).voice
    chart = _chart(director, voice)
    share = read_level(arguments, voice.finger[0] if len(voice.finger) == 1 else 0.0)
    voice.travel = Travel(chart, voice.bank, place_of(voice, chart), chart.on_path(share))
    voice.finger = (share,)


def place_of(voice: Voice, chart: LifeMap) -> Point:
    """Where a voice is on the map: on its travel, else where its two parameters are."""
    if voice.travel is not None and voice.travel.chart is chart:
        return voice.travel.at
    present = voice.bank.values()
    x, y = (present[axis.parameter.name] for axis in (chart.x, chart.y))
    assert isinstance(x, float) and isinstance(y, float)
    return chart.x.position(x), chart.y.position(y)


def _follow(voice: Voice, chart: LifeMap, finger: Point) -> None:
    voice.travel = Travel(chart, voice.bank, place_of(voice, chart), finger)
    voice.finger = finger


def find_chart(director: Director, voice: Voice) -> LifeMap | None:
    """The map of a voice's model, if there is one."""
    for chart in director.catalogue.maps.values():
        if chart.model == voice.model.id and all(_fits(axis, voice) for axis in (chart.x, chart.y)):
            return chart
    return None


def _chart(director: Director, voice: Voice) -> LifeMap:
    chart = find_chart(director, voice)
    if chart is None:
        raise Refused("no map of this model")
    return chart


def _fits(axis: Axis, voice: Voice) -> bool:
    """Whether the axis is still within the voice's parameter: a map may be older than an edit."""
    drawn, present = axis.parameter, voice.parameters.get(axis.parameter.name)
    return present is not None and (present.kind, present.minimum, present.maximum) == (
        drawn.kind,
        drawn.minimum,
        drawn.maximum,
    )


def _held(number: float) -> float:
    return min(max(number, 0.0), 1.0)
