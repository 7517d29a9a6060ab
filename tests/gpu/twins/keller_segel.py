"""Keller, Segel 1970, with growth and an answer that saturates:

u_t = Du lap u - div(q grad v) + r u (1 - u), q = c u / (1 + u^2);  v_t = Dv lap v + u - a v

Finite volumes: between each cell and its eight neighbours, with the weights of the Laplacian, cells
move up the scent by the q of where they come from; no more of them than a step can carry away, which
only a steep border (or rough noise) ever asks for.
"""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import MEHRSTELLEN, Array, Grid, Parameters

CALMS_DOWN = True
AMPLITUDE = 0.25  # of rougher noise the step holds back what it cannot carry


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    cells, scent = state[..., 0], state[..., 1]
    rows, columns = cells.shape
    ring = grid.surround(state)
    answer = p["attraction"] / (1 + ring[..., 0] ** 2)
    # Of the explicit step's limit, 0.95 * 2 / dt, what diffusion leaves; a sixteenth for each way and weight.
    steepest = 16 / 3 / grid.dx**2 * max(p["wander"], p["scent_spread"])
    most = max(1.9 / dt - steepest, 0.0) * 6 * grid.dx**2 / 16
    leaving = np.zeros_like(cells)
    for row in range(3):
        for column in range(3):
            if (row, column) == (1, 1):
                continue
            there = (slice(row, row + rows), slice(column, column + columns))
            rise = ring[there][..., 1] - scent
            source = np.where(rise > 0, cells, ring[there][..., 0])
            ready = np.where(rise > 0, answer[1:-1, 1:-1], answer[there]) * np.abs(rise)
            carried = np.sign(rise) * source * np.minimum(ready, most)
            leaving += MEHRSTELLEN[row, column] * carried / grid.dx**2
    spread = grid.laplacian(state)
    cell_rate = p["wander"] * spread[..., 0] - leaving + p["growth"] * cells * (1 - cells)
    scent_rate = p["scent_spread"] * spread[..., 1] + cells - p["decay"] * scent
    return state + dt * np.stack([cell_rate, scent_rate], axis=-1)
