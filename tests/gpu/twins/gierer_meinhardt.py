"""Gierer, Meinhardt 1972; Meinhardt 1982 with saturation:

u_t = Du lap u + a + u^2 / (v (1 + K u^2)) - b u;  v_t = Dv lap v + u^2 - c v
"""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    u, v = state[..., 0], state[..., 1]
    spread = grid.laplacian(state)
    made = u**2 / (v * (1 + p["saturation"] * u**2))
    u_rate = p["diffuse_activator"] * spread[..., 0] + p["base"] + made - p["decay_activator"] * u
    v_rate = p["diffuse_inhibitor"] * spread[..., 1] + u**2 - p["decay_inhibitor"] * v
    return state + dt * np.stack([u_rate, v_rate], axis=-1)
