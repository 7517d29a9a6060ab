"""McCabe 2010 on a Gaussian pyramid: the calmest octave leads, then all is stretched to -1..1."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters, pixel_noise

RULE = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    rows, columns, _ = state.shape
    height, size = state[..., 0], state[..., 1]
    beyond = grid.outside[0] if grid.border == "fixed" else 0.0
    level = height - beyond
    activator = level
    calmest, sign, leader = (
        np.full(height.shape, 1e9),
        np.zeros(height.shape),
        np.zeros(height.shape),
    )
    for octave in range(round(p["octaves"])):
        half = -(-rows // 2 ** (octave + 1)), -(-columns // 2 ** (octave + 1))
        level = coarser(level, half, grid)
        if min(half) < 3:
            break
        inhibitor = finer(level, (rows, columns), grid)
        differs = np.abs(activator - inhibitor) / p["favour"] ** octave
        better = differs < calmest
        sign = np.where(better, np.where(activator > inhibitor, 1.0, -1.0), sign)
        leader = np.where(better, octave, leader)
        calmest = np.where(better, differs, calmest)
        activator = inhibitor
    low, high = height.min(), height.max()
    stretched = 2 * (height - low) / (high - low) - 1 if high - low > 1e-3 else height
    after = stretched + sign * p["amount"] * p["finer"] ** (5 - leader)
    after += p["snow"] * (2 * pixel_noise(rows, columns, 0) - 1)
    return np.stack([after, size + (leader / 5 - size) * p["hue_speed"]], axis=-1)


def read(level: Array, row: Array, column: Array, grid: Grid) -> Array:
    """Cells of a level at whole rows and columns, as the border says; beyond a fixed one, zero."""
    rows, columns = level.shape
    if grid.border == "periodic":
        return level[np.ix_(row % rows, column % columns)]
    near = level[np.ix_(np.clip(row, 0, rows - 1), np.clip(column, 0, columns - 1))]
    if grid.border == "fixed":
        inside = np.outer((row >= 0) & (row < rows), (column >= 0) & (column < columns))
        return np.where(inside, near, 0.0)
    return near


def coarser(level: Array, half: tuple[int, int], grid: Grid) -> Array:
    weights = (1 / 8, 3 / 8, 3 / 8, 1 / 8)
    first = [
        np.floor((np.arange(few) + 0.5) * many / few - 0.49).astype(int)
        for few, many in zip(half, level.shape, strict=True)
    ]
    total = np.zeros(half)
    for y in range(4):
        for x in range(4):
            total += weights[x] * weights[y] * read(level, first[0] + y - 1, first[1] + x - 1, grid)
    return total


def finer(level: Array, size: tuple[int, int], grid: Grid) -> Array:
    """A cubic B-spline over the level, read at the middles of a finer grid."""
    places = [
        (np.arange(many) + 0.5) / many * few - 0.5
        for many, few in zip(size, level.shape, strict=True)
    ]
    corners = [np.floor(place).astype(int) for place in places]
    total = np.zeros(size)
    for y in range(-1, 3):
        for x in range(-1, 3):
            weight = np.outer(cubic(places[0] - corners[0] - y), cubic(places[1] - corners[1] - x))
            total += weight * read(level, corners[0] + y, corners[1] + x, grid)
    return total


def cubic(t: Array) -> Array:
    t = np.abs(t)
    return np.where(t < 1, 2 / 3 - t**2 + t**3 / 2, np.maximum(2 - t, 0) ** 3 / 6)
