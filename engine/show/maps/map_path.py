"""The way through a living region: a line from one end of it to the other, along its middle.

In: a region. Out: points in 0..1 whose straight connections stay in the region. Made once, when a
map is computed, and kept with it.
"""

from __future__ import annotations

import heapq
import itertools
import math

import numpy as np
from numpy.typing import NDArray

from engine.show.maps.region import Cell, Point, Region, along, length_of

POINTS = 96
SMOOTHINGS = 12
FAR = 0.9  # of the longest way


def find_path(
    region: Region, richness: NDArray[np.float64], points: int = POINTS
) -> tuple[Point, ...]:
    """A line between two cells that are about farthest apart in the region, as deep in it and through
    cells as rich as may be. `richness`: (rows, columns), any unit, 0 for nothing to be seen.
    """
    alive = np.where(region.alive, richness, -1.0)
    row, column = np.unravel_index(int(alive.argmax()), alive.shape)
    start = _farthest(region, (int(row), int(column)), richness)
    end = _farthest(region, start, richness)
    most = float(alive.max()) or 1.0
    worth = find_depth(region) * (0.3 + 0.7 * np.clip(richness / most, 0.0, 1.0))
    first, last = sorted((start, end), key=lambda cell: (cell[1], cell[0]))
    line = [region.centre(cell) for cell in _cheapest(region, first, last, worth)]
    if len(line) == 1:
        line *= 2
    for _ in range(SMOOTHINGS):
        line = _smooth(region, line)
    return _resample(region, line, points)


def find_depth(region: Region) -> NDArray[np.float64]:
    """How deep each living cell lies, in cells: 1 beside a dead one or beside the map's edge."""
    depth = np.zeros((region.rows + 2, region.columns + 2))
    depth[1:-1, 1:-1] = np.where(region.alive, np.inf, 0.0)
    for _ in range(max(region.rows, region.columns)):
        around = [
            np.roll(depth, (up, right), (0, 1)) + math.hypot(up, right)
            for up in (-1, 0, 1)
            for right in (-1, 0, 1)
            if (up, right) != (0, 0)
        ]
        nearer = np.minimum(depth, np.min(around, axis=0))
        nearer[[0, -1], :] = nearer[:, [0, -1]] = 0.0
        if np.array_equal(nearer, depth):
            break
        depth = nearer
    return depth[1:-1, 1:-1]


def _farthest(region: Region, start: Cell, richness: NDArray[np.float64]) -> Cell:
    """The richest of the cells with about the longest way from `start`."""
    lengths = _spread(region, start, np.ones((region.rows, region.columns)))[0]
    far = [cell for cell in sorted(lengths) if lengths[cell] >= FAR * max(lengths.values())]
    return max(far, key=lambda cell: float(richness[cell]))


def _cheapest(region: Region, start: Cell, end: Cell, worth: NDArray[np.float64]) -> list[Cell]:
    """The way that keeps to cells of worth."""
    cost = 1.0 / np.maximum(worth, 0.1) ** 2
    before = _spread(region, start, cost)[1]
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]


def _spread(
    region: Region, start: Cell, cost: NDArray[np.float64]
) -> tuple[dict[Cell, float], dict[Cell, Cell]]:
    """Dijkstra: the length of the cheapest way to each cell, and the cell before it."""
    lengths: dict[Cell, float] = {start: 0.0}
    before: dict[Cell, Cell] = {}
    queue = [(0.0, start)]
    while queue:
        length, cell = heapq.heappop(queue)
        if length > lengths[cell]:
            continue
        for other in region.beside(cell):
            step = math.dist(cell, other) * (cost[cell] + cost[other]) / 2
            if length + step < lengths.get(other, math.inf):
                lengths[other] = length + step
                before[other] = cell
                heapq.heappush(queue, (length + step, other))
    return lengths, before


def _smooth(region: Region, line: list[Point]) -> list[Point]:
    """Each point nearer to the middle of its neighbours, where the line then still stays inside."""
    smooth = list(line)
    for index in range(1, len(line) - 1):
        a, here, b = smooth[index - 1], smooth[index], smooth[index + 1]
        moved = (here[0] / 2 + (a[0] + b[0]) / 4, here[1] / 2 + (a[1] + b[1]) / 4)
        if region.sees(a, moved) and region.sees(moved, b):
            smooth[index] = moved
    return smooth


def _resample(region: Region, line: list[Point], points: int) -> tuple[Point, ...]:
    """As many points, evenly spread; the line as it is where that would cut a corner."""
    if length_of(line) == 0.0:
        return (line[0], line[0])
    even = [along(line, index / (points - 1)) for index in range(points)]
    rounded = [(round(x, 5), round(y, 5)) for x, y in even]
    if all(region.sees(a, b) for a, b in itertools.pairwise(rounded)):
        return tuple(rounded)
    return tuple(line)
