"""Klein-Gordon: u_tt = c^2 lap u - s u - d u_t; symplectic Euler, velocity first. Beyond 2, a soft spring."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

AMPLITUDE = 0.2  # rough noise: velocities of a fast wave leave the range in one step
WAVES = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    height, velocity = state[..., 0], state[..., 1]
    curvature = grid.laplacian(state)[..., 0]
    force = p["wave_speed"] ** 2 * curvature - p["spring"] * height - p["damping"] * velocity
    force -= 0.004 * (height - np.clip(height, -2.0, 2.0))
    faster = velocity + dt * force
    return np.stack([height + dt * faster, faster], axis=-1)
