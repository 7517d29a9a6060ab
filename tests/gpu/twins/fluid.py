"""Stam 1999 on Harlow and Welch's staggered cells: carry, push, project; one step from no pressure."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

RULE = True
AMPLITUDE = 0.8
HALF = 5e-3  # up to sixty rounds of pressure, each stored in half floats
PATHS = (((3, 2), (0.0, 1.3)), ((2, 5), (2.1, 0.4)), ((-4, 3), (4.0, 3.1)))


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    rows, columns, _ = state.shape
    scale = 1 / grid.dx
    y, x = np.mgrid[0:rows, 0:columns].astype(float)
    zero = Grid(grid.border, (0.0, 0.0), grid.dx)  # nothing is beyond an edge but the field

    def at(values: Array, right: int, above: int) -> Array:
        around = grid if values is state else zero
        return gather(values, x + right, y + above, around)

    u, v, warmth = state[..., 0], state[..., 1], state[..., 3]
    spin = v - at(state, -1, 0)[..., 1] - u + at(state, 0, -1)[..., 0]
    across = (u, (v + sum(at(state, *o)[..., 1] for o in ((-1, 0), (0, 1), (-1, 1)))) / 4)
    upward = ((u + sum(at(state, *o)[..., 0] for o in ((1, 0), (0, -1), (1, -1)))) / 4, v)
    new_u = cubic(state, x - dt * scale * across[0], y - dt * scale * across[1], grid)[..., 0]
    new_v = cubic(state, x - dt * scale * upward[0], y - dt * scale * upward[1], grid)[..., 1]
    much = np.abs(spin)[..., None]
    spins = spin[..., None]

    def mean_much(*places: tuple[int, int]) -> Array:
        return sum(at(much, *o)[..., 0] for o in places) / len(places)

    slope_x = (mean_much((1, 0), (1, 1)) - mean_much((-1, 0), (-1, 1))) / 2
    slope_y = mean_much((0, 1)) - mean_much((0, 0))
    steep = np.hypot(slope_x, slope_y) + 1e-4
    new_u += dt * p["swirl"] * (spin + at(spins, 0, 1)[..., 0]) / 2 * slope_y / steep
    slope_x = mean_much((1, 0)) - mean_much((0, 0))
    slope_y = (mean_much((0, 1), (1, 1)) - mean_much((0, -1), (1, -1))) / 2
    steep = np.hypot(slope_x, slope_y) + 1e-4
    new_v -= dt * p["swirl"] * (spin + at(spins, 1, 0)[..., 0]) / 2 * slope_x / steep
    new_v += dt * p["buoyancy"] * (warmth + at(state, 0, -1)[..., 3]) / 2
    touches = []
    for often, begun in PATHS:
        angle = 2 * np.pi * p.get("stir_pace_phase", 0.0) * np.array(often) + begun
        place = 0.5 + np.array([0.38, 0.34]) * np.sin(angle)
        away_x = ((x + 0.5) / columns - place[0]) * columns / rows
        away_y = (y + 0.5) / rows - place[1]
        touch = np.exp(-(away_x**2 + away_y**2) / p["stir_size"] ** 2)
        push = 0.3 * np.array(often) * np.cos(angle)
        new_u += dt * p["stir"] * push[0] * touch
        new_v += dt * p["stir"] * push[1] * touch
        touches.append(touch)
    pushed = np.stack([new_u, new_v], axis=-1) / (1 + dt * p["drag"])
    out = at(pushed, 1, 0)[..., 0] - pushed[..., 0] + at(pushed, 0, 1)[..., 1] - pushed[..., 1]
    out = out - p["swell"] / scale * warmth
    pressure = np.zeros((rows, columns, 1))
    for _ in range(round(p["rounds"])):
        around = sum(at(pressure, *o)[..., 0] for o in ((-1, 0), (1, 0), (0, -1), (0, 1)))
        pressure = ((around - out) / 4)[..., None]
    here = pressure[..., 0]

    def face(right: int, above: int) -> tuple[Array, Array]:
        """Velocities of this cell's own faces, or of those beyond it, with the pressure's push."""
        flow = at(pushed, right, above)
        there = at(pressure, right, above)[..., 0]
        return flow[..., 0] - there + here, flow[..., 1] - there + here

    own_u = pushed[..., 0] - here + at(pressure, -1, 0)[..., 0]
    own_v = pushed[..., 1] - here + at(pressure, 0, -1)[..., 0]
    middle_u, middle_v = (own_u + face(1, 0)[0]) / 2, (own_v + face(0, 1)[1]) / 2
    dyes = cubic(state, x - dt * scale * middle_u, y - dt * scale * middle_v, grid)[..., 2:]
    dye, warmth = dyes[..., 0], dyes[..., 1]
    dye = dye + dt * p["pour"] * (touches[0] + touches[2]) * np.maximum(1 - dye, 0)
    warmth = warmth + dt * p["warm"] * (touches[1] + touches[2] / 2) * np.maximum(1 - warmth, 0)
    dye, warmth = dye / (1 + dt * p["fade"]), warmth / (1 + dt * p["cooling"])
    return np.stack([own_u, own_v, dye, warmth], axis=-1)


def gather(values: Array, x: Array, y: Array, grid: Grid) -> Array:
    """The cells of these whole places, beyond the edge as the border says."""
    rows, columns, channels = values.shape
    column, row = np.round(x).astype(int), np.round(y).astype(int)
    if grid.border == "periodic":
        return values[row % rows, column % columns]
    found = values[np.clip(row, 0, rows - 1), np.clip(column, 0, columns - 1)]
    if grid.border == "no-flux":
        return found
    inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    return np.where(inside[..., None], found, np.array(grid.outside)[:channels])


def cubic(values: Array, x: Array, y: Array, grid: Grid) -> Array:
    """Keys 1981 with a = -1/2, held between the four nearest."""
    low_x, low_y = np.floor(x), np.floor(y)
    total = np.zeros_like(values)
    nearest = []
    for right in range(-1, 3):
        for above in range(-1, 3):
            found = gather(values, low_x + right, low_y + above, grid)
            share = keys(x - low_x - right) * keys(y - low_y - above)
            total += share[..., None] * found
            if right in (0, 1) and above in (0, 1):
                nearest.append(found)
    return np.clip(total, np.minimum.reduce(nearest), np.maximum.reduce(nearest))


def keys(t: Array) -> Array:
    t = np.abs(t)
    near = 1.5 * t**3 - 2.5 * t**2 + 1
    far = -0.5 * t**3 + 2.5 * t**2 - 4 * t + 2
    return np.where(t < 1, near, np.where(t < 2, far, 0.0))
