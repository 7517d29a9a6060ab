"""Ohta and Kawasaki 1986: u_t = lap mu - s (u - m), mu = r (u^3 - u) - e lap u, in two passes.

Nothing flows through a fixed border: there the potential is read as at a wall."""

from __future__ import annotations

from tests.gpu.twins.grid import Array, Grid, Parameters

HALF = 1e-2  # stores its potential in half floats as well
CALMS_DOWN = True


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    potential = p["parting"] * (state**3 - state) - p["tension"] * grid.laplacian(state)
    around = grid if grid.border == "periodic" else Grid("no-flux", dx=grid.dx)
    return state + dt * (around.laplacian(potential) - p["pull"] * (state - p["balance"]))
