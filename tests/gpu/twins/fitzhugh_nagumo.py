"""Hagberg, Meron 1994: a_t = a - a^3 - b + D lap a; b_t = e (a - a1 b - a0) + d lap b."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

CALMS_DOWN = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    a, b = state[..., 0], state[..., 1]
    spread = grid.laplacian(state)
    a_rate = a - a**3 - b + p["diffusion"] * spread[..., 0]
    b_rate = p["epsilon"] * (a - p["slope"] * b - p["offset"]) + p["delta"] * spread[..., 1]
    return state + dt * np.stack([a_rate, b_rate], axis=-1)
