"""Lenia, Chan 2019, with the polynomial core and growth: the plain sum over every cell in reach."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters, filled

RULE = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    radius = min(max(p["radius"] / grid.dx, 4.0), 15.0)
    rings = [p["ring_1"], p["ring_2"], p["ring_3"]]
    while len(rings) > 1 and rings[-1] < 1e-3:
        rings = rings[:-1]
    if max(rings) < 1e-3:
        rings = [1.0]
    life = state[..., :1]
    grid = Grid(grid.border, grid.outside[:1], grid.dx)
    first = growth(filled(grid, life, shell(radius, rings)), p["mu"], p["sigma"])
    inner = shell(radius * p["second_radius"], [1.0])
    second = growth(filled(grid, life, inner), p["second_mu"], p["second_sigma"])
    grown = first * (1 - p["second"]) + second * p["second"]
    after = np.clip(life[..., 0] + grown / p["slowness"], 0, 1)
    trail = state[..., 1] + (after - state[..., 1]) / p["memory"]
    return np.stack([after, trail], axis=-1)


def shell(radius: float, rings: list[float]) -> Array:
    """The kernel before it is normalised: a bump in each ring, of the ring's height."""
    reach = int(np.ceil(radius))
    away = np.hypot(*np.mgrid[-reach : reach + 1, -reach : reach + 1]) / radius
    kernel = np.zeros_like(away)
    for number, height in enumerate(rings):
        within = away * len(rings) - number
        bump = (4 * within * (1 - within)) ** 4
        kernel += np.where((within >= 0) & (within < 1), height * bump, 0)
    return kernel


def growth(u: Array, middle: float, width: float) -> Array:
    return 2 * np.maximum(0, 1 - (u - middle) ** 2 / (9 * width**2)) ** 4 - 1
