"""Pearson 1993: u_t = Du lap u - u v^2 + F (1 - u); v_t = Dv lap v + u v^2 - (F + k) v."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

CALMS_DOWN = True
FED = {"feed": 0.002}  # without food u = 0 is the true end


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    u, v = state[..., 0], state[..., 1]
    spread = grid.laplacian(state)
    u_rate = p["diffuse_u"] * spread[..., 0] - u * v**2 + p["feed"] * (1 - u)
    v_rate = p["diffuse_v"] * spread[..., 1] + u * v**2 - (p["feed"] + p["kill"]) * v
    return state + dt * np.stack([u_rate, v_rate], axis=-1)
