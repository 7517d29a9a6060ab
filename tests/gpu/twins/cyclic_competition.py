"""May, Leonard 1975, with diffusion and a trickle c of arrivals:

u_t = Du lap u + u (1 - u - a v - b w) + c
v_t = Dv lap v + v (1 - v - a w - b u) + c
w_t = Dw lap w + w (1 - w - a u - b v) + c
"""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

CALMS_DOWN = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    u, v, w = (state[..., channel] for channel in range(3))
    a, b, c = p["mild"], p["harsh"], p["arrival"]
    spread = grid.laplacian(state)
    u_rate = p["diffuse_u"] * spread[..., 0] + u * (1 - u - a * v - b * w) + c
    v_rate = p["diffuse_v"] * spread[..., 1] + v * (1 - v - a * w - b * u) + c
    w_rate = p["diffuse_w"] * spread[..., 2] + w * (1 - w - a * u - b * v) + c
    return state + dt * np.stack([u_rate, v_rate, w_rate], axis=-1)
