"""Kardar, Parisi and Zhang 1986: h_t = nu lap h + lambda/2 |grad h|^2 + noise, the square held as
Dasgupta 1997 does, and the drift of the mean learnt and taken away."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters, white_noise


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    height, drift = state[..., 0], state[..., 1]
    spread = grid.laplacian(state)
    ring = grid.surround(state)[..., 0]
    slope_x = (ring[1:-1, 2:] - ring[1:-1, :-2]) / (2 * grid.dx)
    slope_y = (ring[2:, 1:-1] - ring[:-2, 1:-1]) / (2 * grid.dx)
    along = 1 - np.exp(-p["growth"] / 2 * (slope_x**2 + slope_y**2))
    noise = white_noise(*height.shape, 0) / (grid.dx * np.sqrt(dt))
    rise = p["smoothing"] * spread[..., 0] + along + p["rough"] * noise
    rise -= drift + p["hold"] * height
    learnt = p["hold"] ** 2 / 4 * height + spread[..., 1] / 4
    return state + dt * np.stack([rise, learnt], axis=-1)
