"""Turing 1952, with rates as in Turk 1991 (there 12 varies from cell to cell):

a_t = k (16 - a b) + Da lap a;  b_t = max(t - b, k (a b - b - 12) + Db lap b)

His floor is t = 0; the model keeps a trace, 0.4, from which b comes back.
"""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

CALMS_DOWN = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    a, b = state[..., 0], state[..., 1]
    spread = grid.laplacian(state)
    a_rate = p["reaction"] * (16 - a * b) + p["diffuse_a"] * spread[..., 0]
    b_rate = p["reaction"] * (a * b - b - p["decay"]) + p["diffuse_b"] * spread[..., 1]
    return state + dt * np.stack([a_rate, np.maximum(0.4 - b, b_rate)], axis=-1)
