"""SmoothLife, Rafler 2011 (arXiv:1111.1567): the plain sums over disc and ring, cell by cell."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters, filled

RULE = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    outer = p["radius"] / grid.dx
    outer = min(max(outer, 2 * p["radius_ratio"]), 15.0)
    inner = outer / p["radius_ratio"]
    reach = int(np.ceil(outer + 0.5))
    away = np.hypot(*np.mgrid[-reach : reach + 1, -reach : reach + 1])
    disc = np.clip(inner + 0.5 - away, 0, 1)
    ring = np.clip(outer + 0.5 - away, 0, 1) * (1 - disc)
    life = state[..., :1]
    grid = Grid(grid.border, grid.outside[:1], grid.dx)
    m, n = filled(grid, life, disc), filled(grid, life, ring)

    def threshold(x: Array, a: Array | float, width: float) -> Array:
        return 1 / (1 + np.exp(-np.clip((x - a) * 4 / width, -60, 60)))

    def between(x: Array, a: Array | float, b: Array | float) -> Array:
        return threshold(x, a, p["soft_ring"]) * (1 - threshold(x, b, p["soft_ring"]))

    living = threshold(m, 0.5, p["soft_disc"])
    if round(p["of_bounds"]):
        low = p["birth_low"] * (1 - living) + p["life_low"] * living
        high = p["birth_high"] * (1 - living) + p["life_high"] * living
        wanted = between(n, low, high)
    else:
        born = between(n, p["birth_low"], p["birth_high"])
        lives = between(n, p["life_low"], p["life_high"])
        wanted = born * (1 - living) + lives * living
    after = wanted if round(p["at_once"]) else life[..., 0] + p["time_step"] * (2 * wanted - 1)
    after = np.clip(after, 0, 1)
    trail = state[..., 1] + (after - state[..., 1]) / p["memory"]
    return np.stack([after, trail], axis=-1)
