"""Perona and Malik 1990: u_t = D div(c(|grad u|) grad u) + feed (source - u) + noise,
c(s) = 1 / (1 + (s / K)^2) between each cell and its eight neighbours.

It does not calm down from anywhere: a source at an end of the range stays there, and feeds."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import MEHRSTELLEN, Array, Grid, Parameters, white_noise


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    picture, source = state[..., 0], state[..., 1]
    rows, columns = picture.shape
    ring = grid.surround(state)[..., 0]
    melt = np.zeros_like(picture)
    for row in (-1, 0, 1):
        for column in (-1, 0, 1):
            if row == column == 0:
                continue
            there = ring[1 + row : 1 + row + rows, 1 + column : 1 + column + columns]
            slope = (there - picture) / (grid.dx * np.hypot(row, column))
            conduct = 1 / (1 + (slope / p["contrast"]) ** 2)
            melt += MEHRSTELLEN[1 + row, 1 + column] * conduct * (there - picture) / grid.dx**2
    noise = white_noise(rows, columns, 0) / (grid.dx * np.sqrt(dt))
    change = (
        p["diffusion"] * melt
        + p["feed"] * (source - picture)
        + p["grit"] * np.sqrt(2 * p["feed"]) * noise
    )
    return state + dt * np.stack([change, np.zeros_like(change)], axis=-1)
