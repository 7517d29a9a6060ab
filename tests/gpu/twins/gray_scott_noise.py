"""Lesmes 2003: Pearson's Gray-Scott with white noise in v."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters, white_noise

FED = {"feed": 0.002}  # without food u = 0 is the true end


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    u, v = state[..., 0], state[..., 1]
    spread = grid.laplacian(state)
    eaten = u * v**2
    strength = p["noise"] / (grid.dx * np.sqrt(dt))
    u_rate = p["diffuse_u"] * spread[..., 0] - eaten + p["feed"] * (1 - u)
    v_rate = p["diffuse_v"] * spread[..., 1] + eaten - (p["feed"] + p["kill"]) * v
    v_rate += strength * white_noise(*u.shape, 0)
    return state + dt * np.stack([u_rate, v_rate], axis=-1)
