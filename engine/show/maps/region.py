"""The living region of a map: where a point may be, and how one goes there without leaving it.

Points are (x, y) in 0..1 over the map. The region is the union of the living cells' squares; what
hangs together with the largest part of it is kept, so that there is a way between any two points.
"""

from __future__ import annotations

import itertools
import math
from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Cell = tuple[int, int]  # row from the bottom, column
INSET = 1e-6  # a point put on the edge of a cell lies so far inside, for rounding
ROUNDING = ((-INSET / 2, 0.0), (INSET / 2, 0.0), (0.0, -INSET / 2), (0.0, INSET / 2))
BESIDE = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))


class Region:
    """Made once from a grid; never changes."""

    def __init__(self, alive: NDArray[np.bool_]) -> None:
        """`alive`: (rows, columns), row 0 at the bottom. Raises ValueError if nothing lives."""
        self.alive = largest_part(alive)
        self.rows, self.columns = alive.shape
        found = np.argwhere(self.alive)
        if len(found) == 0:
            raise ValueError("nothing lives")
        size = np.array([self.columns, self.rows], np.float64)
        self._low = found[:, ::-1] / size + INSET
        self._high = (found[:, ::-1] + 1.0) / size - INSET

    def cell(self, point: Point) -> Cell:
        """The cell that a point lies in; one beside the map belongs to the cell at the edge."""
        column = min(max(math.floor(point[0] * self.columns), 0), self.columns - 1)
        row = min(max(math.floor(point[1] * self.rows), 0), self.rows - 1)
        return row, column

    def centre(self, cell: Cell) -> Point:
        return (cell[1] + 0.5) / self.columns, (cell[0] + 0.5) / self.rows

    def contains(self, point: Point) -> bool:
        inside = 0.0 <= point[0] <= 1.0 and 0.0 <= point[1] <= 1.0
        return inside and bool(self.alive[self.cell(point)])

    def nearest(self, point: Point) -> Point:
        """The point itself if it lies in the region, else the nearest that does."""
        x, y = point
        around = [(min(max(x + dx, 0.0), 1.0), min(max(y + dy, 0.0), 1.0)) for dx, dy in ROUNDING]
        # On the very edge of a cell rounding may find it in the dead one beside.
        if self.contains(point) and all(map(self.contains, around)):
            return point
        held = np.clip(np.array(point), self._low, self._high)
        best = held[((held - point) ** 2).sum(axis=1).argmin()]
        return float(best[0]), float(best[1])

    def sees(self, start: Point, end: Point) -> bool:
        """Whether the straight line between two points stays in the region."""
        dx, dy = end[0] - start[0], end[1] - start[1]
        cuts = {0.0, 1.0}
        for begin, way, count in ((start[0], dx, self.columns), (start[1], dy, self.rows)):
            if way:
                first, last = sorted((begin * count, (begin + way) * count))
                lines = range(math.ceil(first), math.floor(last) + 1)
                cuts |= {t for t in ((i / count - begin) / way for i in lines) if 0.0 < t < 1.0}
        order = sorted(cuts)
        middles = ((a + b) / 2 for a, b in itertools.pairwise(order))
        return all(self.contains((start[0] + t * dx, start[1] + t * dy)) for t in middles)

    def route(self, start: Point, end: Point) -> list[Point]:
        """Points to go to one after the other, in straight lines that stay in the region.

        `start` and `end` lie in it. The shortest way by cells; ends with `end`.
        """
        if self.sees(start, end):
            return [end]
        goal, here = self.cell(end), self.cell(start)
        onward: dict[Cell, Cell] = {goal: goal}
        queue = deque([goal])
        while queue and here not in onward:
            cell = queue.popleft()
            for other in self.beside(cell):
                if other not in onward:
                    onward[other] = cell
                    queue.append(other)
        way: list[Point] = []
        while here != goal:
            here = onward[here]
            way.append(self.centre(here))
        return [*way, end]

    def beside(self, cell: Cell) -> list[Cell]:
        """The living cells one may go to: across a corner only if all four round it live."""
        row, column = cell
        return [
            (row + up, column + right)
            for up, right in BESIDE
            if self._lives(row + up, column + right)
            and self._lives(row + up, column)
            and self._lives(row, column + right)
        ]

    def _lives(self, row: int, column: int) -> bool:
        inside = 0 <= row < self.rows and 0 <= column < self.columns
        return inside and bool(self.alive[row, column])


def largest_part(alive: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of the cells that live, the largest part that hangs together by its sides."""
    best: set[Cell] = set()
    left = {(int(row), int(column)) for row, column in np.argwhere(alive)}
    while left:
        queue = [left.pop()]
        part = set(queue)
        while queue:
            row, column = queue.pop()
            sides = {(row + up, column + right) for up, right in BESIDE[:4]} & left
            left -= sides
            part |= sides
            queue += sides
        best = max(best, part, key=len)
    kept = np.zeros_like(alive)
    for cell in best:
        kept[cell] = True
    return kept


def length_of(points: Sequence[Point]) -> float:
    """The length of a line through points."""
    return sum(math.dist(a, b) for a, b in itertools.pairwise(points))


def along(points: Sequence[Point], share: float) -> Point:
    """The point at a share 0..1 of the length of a line through points."""
    left = min(max(share, 0.0), 1.0) * length_of(points)
    for a, b in itertools.pairwise(points):
        step = math.dist(a, b)
        if left <= step and step > 0.0:
            return a[0] + (b[0] - a[0]) * left / step, a[1] + (b[1] - a[1]) * left / step
        left -= step
    return points[-1]
