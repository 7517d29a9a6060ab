"""A map of a model over two parameters: where it lives, and the way through that.

`map_file.py` reads and writes it, `engine/gpu/atlas.py` computes it, `routes/maps.py` plays it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.show.maps.region import Point, Region, along
from engine.show.parameter import Parameter, from_norm, to_norm

DEAD, STILL, MOVING = ".", "s", "m"
LETTERS = DEAD + STILL + MOVING


@dataclass(frozen=True, slots=True)
class Axis:
    """A parameter and the native values at 0 and 1 of the map; between, along its own curve."""

    parameter: Parameter
    low: float
    high: float

    def value(self, position: float) -> float:
        """The native value at a position 0..1."""
        first, last = to_norm(self.parameter, self.low), to_norm(self.parameter, self.high)
        return from_norm(self.parameter, first + (last - first) * position)

    def position(self, value: float) -> float:
        """The position of a native value; below 0 or above 1 beside the map."""
        first, last = to_norm(self.parameter, self.low), to_norm(self.parameter, self.high)
        return (to_norm(self.parameter, value) - first) / (last - first)


@dataclass(frozen=True, slots=True)
class LifeMap:
    """`life` has a row of letters for each row of cells, from the bottom: dead, still or moving."""

    id: str
    model: str
    x: Axis
    y: Axis
    life: tuple[str, ...]
    path: tuple[Point, ...]
    region: Region = field(compare=False)

    def values(self, point: Point) -> dict[str, float]:
        """The native values at a point of the map."""
        return {
            self.x.parameter.name: self.x.value(point[0]),
            self.y.parameter.name: self.y.value(point[1]),
        }

    def on_path(self, share: float) -> Point:
        """The point at a share 0..1 of the path."""
        return along(self.path, share)


def find_region(life: tuple[str, ...]) -> Region:
    """What is playable of a map. Raises ValueError if nothing lives."""
    alive: NDArray[np.bool_] = np.array([[letter != DEAD for letter in row] for row in life])
    return Region(alive)
