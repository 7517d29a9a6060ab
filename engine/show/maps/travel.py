"""A travel over a map: two parameters follow a finger, by ways that stay in the living region.

In: where the finger is, and time that passes. Out: values put into the bank. It ends when it has
arrived, or when a hand moves one of the two parameters in another way.
"""

from __future__ import annotations

import math

from engine.show.bank import GLIDE, Bank
from engine.show.maps.life_map import LifeMap
from engine.show.maps.region import Point, length_of

SPEED = 2.0  # of the map's width in a second, at most: a tap at the far end takes the way there
ARRIVED = 1e-5


class Travel:
    """On the way to one point of a map."""

    def __init__(
        self, chart: LifeMap, bank: Bank, start: Point, goal: Point, seconds: float = 0.0
    ) -> None:
        """From `start`, which may lie anywhere, to the living point nearest to `goal`, in `seconds`; 0:
        as a finger is followed.
        """
        self._left = seconds
        self.chart = chart
        self.at = start
        self._goal = goal
        self._way: list[Point] | None = None  # found when time passes: of a flood, only the last
        names = (chart.x.parameter.name, chart.y.parameter.name)
        self._placed = {name: bank.wanted(name) for name in names}

    def advance(self, bank: Bank, seconds: float) -> bool:
        """Go on; False when it has ended."""
        if any(bank.wanted(name) != value for name, value in self._placed.items()):
            return False
        if self._way is None:
            self._way = self._find_way()
        left = length_of([self.at, *self._way])
        if self._left > 0.0:
            step = left * min(seconds / self._left, 1.0)
            self._left -= seconds
        else:
            step = min(SPEED * seconds, left * -math.expm1(-seconds / GLIDE))
        self._move(self._way, left if left - step < ARRIVED else step)
        for name, value in self.chart.values(self.at).items():
            bank.place(name, (value,))
            self._placed[name] = bank.wanted(name)
        return bool(self._way)

    def _find_way(self) -> list[Point]:
        region = self.chart.region
        inside = region.nearest(self.at)
        way = region.route(inside, region.nearest(self._goal))
        return way if inside == self.at else [inside, *way]

    def _move(self, way: list[Point], step: float) -> None:
        while way:
            # Corners of the way are cut as far as the region lets one see.
            while len(way) > 1 and self._sees(way[1]):
                del way[0]
            goal = way[0]
            distance = math.dist(self.at, goal)
            if distance > step:
                share = step / distance
                x, y = self.at
                self.at = x + (goal[0] - x) * share, y + (goal[1] - y) * share
                return
            step -= distance
            self.at = goal
            del way[0]

    def _sees(self, goal: Point) -> bool:
        region = self.chart.region
        return region.contains(self.at) and region.sees(self.at, goal)
