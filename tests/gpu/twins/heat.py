"""Fourier: u_t = D lap u - c u."""

from __future__ import annotations

from tests.gpu.twins.grid import Array, Grid, Parameters


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    return state + dt * (p["diffusion"] * grid.laplacian(state) - p["cooling"] * state)
