"""Aranson, Kramer 2002, in complex numbers: A_t = g A + D (1+ib) lap A - g (1+ic) |A|^2 A."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

CALMS_DOWN = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    spread = grid.laplacian(state)
    amplitude = state[..., 0] + 1j * state[..., 1]
    curvature = spread[..., 0] + 1j * spread[..., 1]
    rate = (
        p["growth"] * amplitude
        + p["diffusion"] * (1 + 1j * p["dispersion"]) * curvature
        - p["growth"] * (1 + 1j * p["twist"]) * np.abs(amplitude) ** 2 * amplitude
    )
    after = amplitude + dt * rate
    return np.stack([after.real, after.imag], axis=-1)
