"""Ohta and Kawasaki 1986: u_t = lap mu - s (u - m), mu = r (u^3 - u) - e lap u, in two passes.
Beyond u^2 = 3.5 / 3, where its slope is 2.5, the cube goes on as a straight line.

Nothing flows through a fixed border: there the potential is read as at a wall."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

AMPLITUDE = 1.4
HALF = 1e-2  # stores its potential in half floats as well
CALMS_DOWN = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    full = np.sqrt(3.5 / 3)
    line = np.sign(state) * (full**3 - full) + 2.5 * (state - np.sign(state) * full)
    bulk = np.where(np.abs(state) < full, state**3 - state, line)
    potential = p["parting"] * bulk - p["tension"] * grid.laplacian(state)
    around = grid if grid.border == "periodic" else Grid("no-flux", dx=grid.dx)
    return state + dt * (around.laplacian(potential) - p["pull"] * (state - p["balance"]))
