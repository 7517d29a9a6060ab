"""Kopell, Howard 1973: z_t = D lap z + (g (1 - |z|^2) + i (w - s |z|^2)) z."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

CALMS_DOWN = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    spread = grid.laplacian(state)
    z = state[..., 0] + 1j * state[..., 1]
    square = np.abs(z) ** 2
    turn = p["growth"] * (1 - square) + 1j * (p["pace"] - p["slowing"] * square)
    z_rate = p["diffusion"] * (spread[..., 0] + 1j * spread[..., 1]) + turn * z
    return state + dt * np.stack([z_rate.real, z_rate.imag], axis=-1)
