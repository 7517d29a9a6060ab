"""Swift and Hohenberg 1977: u_t = r u - (1 + l^2 lap)^2 u + g u^2 - u^3, the square in two passes;
and a wind, which damps what bends across it: + b l^2 u_nn.

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
    ring = grid.surround(state)
    bend_x = ring[1:-1, 2:] - 2 * state + ring[1:-1, :-2]
    bend_y = ring[2:, 1:-1] - 2 * state + ring[:-2, 1:-1]
    bend_xy = (ring[2:, 2:] + ring[:-2, :-2] - ring[2:, :-2] - ring[:-2, 2:]) / 4
    x, y = -np.sin(2 * np.pi * p["wind_from"]), np.cos(2 * np.pi * p["wind_from"])
    across = (x * x * bend_x + 2 * x * y * bend_xy + y * y * bend_y) / grid.dx**2
    rate = p["drive"] * state - twice + p["asymmetry"] * state**2 - state**3
    return state + dt * (rate + p["wind"] * length**2 * across)
