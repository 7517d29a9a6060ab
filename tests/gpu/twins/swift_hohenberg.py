"""Swift and Hohenberg 1977: u_t = r u - (1 + l^2 lap)^2 u + g u^2 - u^3, the square in two passes.

Beyond a fixed border the first pass is read as at a wall."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

HALF = 1e-2  # stores its first pass in half floats as well
CALMS_DOWN = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    length = p["wavelength"] / (2 * np.pi)
    once = state + length**2 * grid.laplacian(state)
    around = grid if grid.border == "periodic" else Grid("no-flux", dx=grid.dx)
    twice = once + length**2 * around.laplacian(once)
    return state + dt * (p["drive"] * state - twice + p["asymmetry"] * state**2 - state**3)
