"""Rosenzweig, MacArthur 1963, scaled as in Medvinsky et al. 2002:

u_t = Du lap u + u (1 - u) - u v / (u + h);  v_t = Dv lap v + k u v / (u + h) - m v
"""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

CALMS_DOWN = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    u, v = state[..., 0], state[..., 1]
    spread = grid.laplacian(state)
    eaten = u * v / (u + p["saturation"])
    u_rate = p["diffuse_prey"] * spread[..., 0] + u * (1 - u) - eaten
    v_rate = p["diffuse_predator"] * spread[..., 1] + p["conversion"] * eaten - p["mortality"] * v
    return state + dt * np.stack([u_rate, v_rate], axis=-1)
