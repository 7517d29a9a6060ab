"""Allen, Cahn 1979, with a bias and white noise: u_t = D lap u + k (1 - u^2) (u + b) + a xi."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters, white_noise

CALMS_DOWN = True
STIRRED_BY = ("agitation",)


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    rows, columns, _ = state.shape
    noise = white_noise(rows, columns, 0)[..., None] / (grid.dx * np.sqrt(dt))
    rate = p["diffusion"] * grid.laplacian(state)
    rate += p["parting"] * (1 - state**2) * (state + p["bias"])
    return state + dt * (rate + p["agitation"] * noise)
