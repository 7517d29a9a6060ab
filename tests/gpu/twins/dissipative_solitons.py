"""Schenk 1997: u_t = Du lap u + lambda u - u^3 - v - kappa3 w + kappa1, tau v_t, theta w_t."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    u, v, w = np.moveaxis(state, -1, 0)
    lap_u, lap_v, lap_w = np.moveaxis(grid.laplacian(state), -1, 0)
    spot = p["diffuse"] * lap_u + p["excess"] * u - u**3 - v - p["inhibition"] * w + p["bias"]
    trail = (p["diffuse"] * lap_v + u - v) / p["slowness"]
    halo = (p["spread"] * lap_w + u - w) / p["lag"]
    return state + dt * np.stack([spot, trail, halo], axis=-1)
