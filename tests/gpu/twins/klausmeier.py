"""Klausmeier 1999, on a slope of any direction d, the water's run taken upwind:

n_t = Dn lap n + w n^2 - m n;  w_t = Dw lap w + a - w - w n^2 - V (d . grad w)
"""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

CALMS_DOWN = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    plants, water = state[..., 0], state[..., 1]
    curved = grid.laplacian(state)
    ring = grid.surround(state)[..., 1]
    x, y = np.cos(2 * np.pi * p["downhill"]), np.sin(2 * np.pi * p["downhill"])
    # Row 0 is the bottom: where the water runs to the right, it comes from the left.
    slope_x = water - ring[1:-1, :-2] if x > 0 else ring[1:-1, 2:] - water
    slope_y = water - ring[:-2, 1:-1] if y > 0 else ring[2:, 1:-1] - water
    drunk = water * plants**2
    plant_rate = p["spread"] * curved[..., 0] + drunk - p["mortality"] * plants
    water_rate = p["seep"] * curved[..., 1] + p["rainfall"] - water - drunk
    water_rate -= p["slope"] * (x * slope_x + y * slope_y) / grid.dx
    return state + dt * np.stack([plant_rate, water_rate], axis=-1)
