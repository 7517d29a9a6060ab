"""Prigogine, Lefever 1968: x_t = Dx lap x + A - (B + 1) x + x^2 y; y_t = Dy lap y + B x - x^2 y."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

CALMS_DOWN = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    x, y = state[..., 0], state[..., 1]
    spread = grid.laplacian(state)
    x_rate = p["diffuse_x"] * spread[..., 0] + p["supply"] - (p["conversion"] + 1) * x + x**2 * y
    y_rate = p["diffuse_y"] * spread[..., 1] + p["conversion"] * x - x**2 * y
    return state + dt * np.stack([x_rate, y_rate], axis=-1)
