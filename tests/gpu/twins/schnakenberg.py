"""Schnakenberg 1979: u_t = Du lap u + a - u + u^2 v; v_t = Dv lap v + b - u^2 v."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

CALMS_DOWN = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    u, v = state[..., 0], state[..., 1]
    spread = grid.laplacian(state)
    u_rate = p["diffuse_u"] * spread[..., 0] + p["supply_u"] - u + u**2 * v
    v_rate = p["diffuse_v"] * spread[..., 1] + p["supply_v"] - u**2 * v
    return state + dt * np.stack([u_rate, v_rate], axis=-1)
