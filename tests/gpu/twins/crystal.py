"""Kobayashi 1993 with an ageing ice: p_t = a (S lap p + p (1-p) (p - 1/2 + m) / 2), T_t, age_t."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters, pixel_noise, smooth_step

AMPLITUDE = 0.25  # rough noise: the warmth of freezing ice leaves the range in one step


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    vein, ice, warmth, age = (state[..., channel] for channel in range(4))
    spread = grid.laplacian(state)
    ring = grid.surround(state)[..., 1]
    slope_x = ring[1:-1, 2:] - ring[1:-1, :-2]
    slope_y = ring[2:, 1:-1] - ring[:-2, 1:-1]
    six = np.cos(6 * np.arctan2(slope_y, slope_x) - 2 * np.pi * p["turned"])
    steep = slope_x**2 + slope_y**2
    six = np.where(steep > 1e-10, six * steep / (steep + 1e-4), 0.0)
    rows, columns = ice.shape
    drive = 0.286 * np.arctan(10 * (p["cold"] - warmth))
    drive += 0.10 * (pixel_noise(rows, columns, 5) - 0.5)
    limit = 0.16 + (0.62 - 0.16) * smooth_step(0.2, 0.8, ice)
    old = smooth_step(limit, limit + 0.2, age)
    drive = drive * (1 - old) - 0.45 * old
    reaction = 0.5 * ice * (1 - ice) * (ice - 0.5 + drive)
    freezing = (1 + p["branching"] * six) * (p["surface"] * spread[..., 1] + reaction)
    freezing -= 0.01 * old * ice
    fresh = 1 - smooth_step(0.35, 1.0, warmth / p["cold"])
    vein_rate = np.maximum(freezing, 0) * (0.1 + 1.3 * fresh)
    vein_rate += np.minimum(freezing, 0) * vein * 2 - vein * 0.5 / p["lifetime"]
    warmth_rate = p["warmth_spread"] * spread[..., 2] + p["latent"] * freezing
    warmth_rate -= p["exchange"] * warmth
    rates = (vein_rate, freezing, warmth_rate, (ice - age) / p["lifetime"])
    return state + dt * np.stack(rates, axis=-1)
