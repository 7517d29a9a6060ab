"""Barkley 1991: u_t = D lap u + u (1 - u) (u - (v + b) / a) / e; v_t = g(u) - v.

g(u) = u, or as late as Baer and Eiswirth 1993 have it: 0, 1 - 6.75 u (u - 1)^2 from u = 1/3, 1.
Above u = 1 the model lets u fall whatever v is.
"""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

CALMS_DOWN = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    u, v = state[..., 0], state[..., 1]
    threshold = (v + p["threshold"]) / p["duration"]
    u_rate = p["diffusion"] * grid.laplacian(state)[..., 0]
    above = np.where(u > 1, np.abs(u - threshold), u - threshold)
    u_rate = u_rate + u * (1 - u) * above / p["epsilon"]
    late = np.select([u < 1 / 3, u <= 1], [0.0, 1 - 6.75 * u * (u - 1) ** 2], 1.0)
    v_rate = (1 - p["late"]) * u + p["late"] * late - v
    return state + dt * np.stack([u_rate, v_rate], axis=-1)
