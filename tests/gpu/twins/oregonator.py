"""Tyson, Fife 1980: a_t = Da lap a + (a - a^2 - f c (a - q) / (a + q)) / e; c_t = Dc lap c + a - c.

The fall of a to q is followed up to half the rate that the step leaves room for, as the model states.
"""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters

CALMS_DOWN = True
STEP = 2 * 0.95  # the part of Euler's limit that a step may use


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    a, c = state[..., 0], state[..., 1]
    spread = grid.laplacian(state)
    stiffest = 16 / 3 / grid.dx**2 * max(p["diffuse_acid"], p["diffuse_catalyst"])
    uptake = p["stoichiometry"] * c / p["epsilon"]
    steepness = np.minimum(uptake / (a + p["scarcity"]), 0.5 * (STEP / dt - stiffest))
    a_rate = p["diffuse_acid"] * spread[..., 0] + (a - a**2) / p["epsilon"]
    a_rate = a_rate - steepness * (a - p["scarcity"])
    c_rate = p["diffuse_catalyst"] * spread[..., 1] + a - c
    return state + dt * np.stack([a_rate, c_rate], axis=-1)
