"""Kobayashi 1993: the phase field's anisotropic edge as the Hessian of eps(theta)^2 |grad p|^2 / 2,
in the gradient's own frame; where eps + eps'' would be negative it is held at 0.05."""

from __future__ import annotations

import numpy as np

from tests.gpu.twins.grid import Array, Grid, Parameters, white_noise

AMPLITUDE = 0.25  # rough noise: the warmth of freezing leaves the range in one step


def edge_pull(state: Array, p: Parameters, grid: Grid) -> Array:
    """d_i (dG / dp_i) of G = eps^2 |grad p|^2 / 2, with eps(theta) = 1 + delta cos j (theta - t)."""
    solid, lap, ring = state[..., 0], grid.laplacian(state)[..., 0], grid.surround(state)[..., 0]
    east, west = ring[1:-1, 2:], ring[1:-1, :-2]
    north, south = ring[2:, 1:-1], ring[:-2, 1:-1]
    dx2 = grid.dx**2
    p_xx, p_yy = (east + west - 2 * solid) / dx2, (north + south - 2 * solid) / dx2
    p_xy = (ring[2:, 2:] + ring[:-2, :-2] - ring[2:, :-2] - ring[:-2, 2:]) / (4 * dx2)
    theta = np.arctan2(north - south, east - west)
    steep = (east - west) ** 2 + (north - south) ** 2
    j = np.floor(p["arms"] + 0.5)
    delta = p["anisotropy"] * steep / (steep + 1e-4)
    turn = np.where(steep > 1e-10, j * theta - 2 * np.pi * p["turned"], 0.0)
    eps, slant = 1 + delta * np.cos(turn), -delta * j * np.sin(turn)
    stiff = np.maximum(eps - delta * j * j * np.cos(turn), 0.05)
    cos, sin = np.cos(theta), np.sin(theta)
    p_tt = sin**2 * p_xx - 2 * sin * cos * p_xy + cos**2 * p_yy
    p_nt = sin * cos * (p_yy - p_xx) + (cos**2 - sin**2) * p_xy
    p_nn = lap - p_tt  # so that the isotropic part is the 9-point Laplacian
    return eps**2 * p_nn + 2 * eps * slant * p_nt + (slant**2 + eps * stiff) * p_tt


def step(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    solid, warmth = state[..., 0], state[..., 1]
    spread = grid.laplacian(state)[..., 1]
    drive = 0.9 / np.pi * np.arctan(10 * (p["melting"] - warmth))
    noise = p["rough"] * white_noise(*solid.shape, 0) / (grid.dx * np.sqrt(dt))
    freezing = p["edge"] * edge_pull(state, p, grid)
    freezing += solid * (1 - solid) * (solid - 0.5 + drive + noise)
    warming = p["warmth_spread"] * spread + p["latent"] * freezing
    warming -= p["exchange"] * warmth
    return state + dt * np.stack([freezing, warming], axis=-1)
