"""Kuramoto 1976, Sivashinsky 1977, damped, the height counted from where the front stands:

u_t = -l^2 lap u - l^4 lap^2 u + l^2 ((1 + a) u_x^2 + (1 - a) u_y^2) / 2 - s u - h,
h = (2.533 - 13.468 s + 15.9 s^2) (1 + 0.7 a^2)

Beyond a fixed border the first pass u + l^2 lap u is read as at a wall."""

from __future__ import annotations

from tests.gpu.twins.grid import Array, Grid, Parameters

CALMS_DOWN = True
HALF = 1e-2  # stores its first pass in half floats as well


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    size = max(p["size"], 0.9 * grid.dx)  # cells that the grid can carry
    once = state + size**2 * grid.laplacian(state)
    around = grid if grid.border == "periodic" else Grid("no-flux", dx=grid.dx)
    ring = grid.surround(state)
    slope_x = (ring[1:-1, 2:] - ring[1:-1, :-2]) / (2 * grid.dx)
    slope_y = (ring[2:, 1:-1] - ring[:-2, 1:-1]) / (2 * grid.dx)
    steep = ((1 + p["lean"]) * slope_x**2 + (1 - p["lean"]) * slope_y**2) / 2
    mean = (2.533 - 13.468 * p["damping"] + 15.9 * p["damping"] ** 2) * (1 + 0.7 * p["lean"] ** 2)
    rate = size**2 * (steep - around.laplacian(once)) - p["damping"] * state - mean
    return state + dt * rate
