"""Visscher 1991: i psi_t = -D lap psi + (V - i W) psi; the imaginary part first, then the real one."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

WAVES = True


def landscape(rows: int, columns: int, p: Parameters) -> tuple[Array, Array]:
    """The real potential V and the absorbing one W at the middle of each cell."""
    y = ((np.arange(rows) + 0.5) / rows - 0.5)[:, None]
    x = (np.arange(columns) + 0.5) / columns - 0.5
    radius = np.hypot(x * columns / rows, y)
    bowl = np.minimum(4 * radius**2, 2.0)
    inwards = np.maximum(10 * np.abs(x) - 4, 0) ** 2 + np.maximum(10 * np.abs(y) - 4, 0) ** 2
    return p["ground"] + p["trap"] * bowl, p["loss"] + p["shore"] * np.minimum(inwards, 1.0)


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    rows, columns, _ = state.shape
    potential, fade = landscape(rows, columns, p)
    psi = state.copy()
    for channel, other, sign in ((1, 0, -1.0), (0, 1, 1.0)):
        energy = potential * psi[..., other] - p["dispersion"] * grid.laplacian(psi)[..., other]
        psi[..., channel] += dt * (sign * energy - fade * psi[..., channel])
    return psi
