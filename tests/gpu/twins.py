"""Slow twins of the models: one step in float64 NumPy, written from the equations of the sources.

Never read from the shaders: a slip there must not be repeated here. A state is (rows, columns,
channels); `outside` is what a fixed border holds, one number per channel.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Parameters = Mapping[str, float]

# Patra and Karttunen 2006; Mehrstellen in Collatz 1960: error isotropic to fourth order.
MEHRSTELLEN = np.array([[1.0, 4.0, 1.0], [4.0, -20.0, 4.0], [1.0, 4.0, 1.0]]) / 6.0


@dataclass(frozen=True, slots=True)
class Grid:
    """How the plane is cut: distance of two cells, and what lies beyond the edge."""

    border: str
    outside: tuple[float, ...] = ()
    dx: float = 1.0

    def surround(self, values: Array) -> Array:
        """The field with one ring of cells around it, as the border says."""
        if self.border == "periodic":
            return np.pad(values, ((1, 1), (1, 1), (0, 0)), mode="wrap")
        if self.border == "no-flux":
            return np.pad(values, ((1, 1), (1, 1), (0, 0)), mode="edge")
        ring = np.empty((values.shape[0] + 2, values.shape[1] + 2, values.shape[2]))
        ring[:] = self.outside
        ring[1:-1, 1:-1] = values
        return ring

    def laplacian(self, values: Array) -> Array:
        rows, columns, _ = values.shape
        ring = self.surround(values)
        total = np.zeros_like(values)
        for row in range(3):
            for column in range(3):
                neighbour = ring[row : row + rows, column : column + columns]
                total += MEHRSTELLEN[row, column] * neighbour
        return total / self.dx**2


def heat(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    """Fourier: u_t = D lap u - c u."""
    return state + dt * (p["diffusion"] * grid.laplacian(state) - p["cooling"] * state)


def wave(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    """Klein-Gordon: u_tt = c^2 lap u - s u - d u_t; symplectic Euler, velocity first."""
    height, velocity = state[..., 0], state[..., 1]
    curvature = grid.laplacian(state)[..., 0]
    force = p["wave_speed"] ** 2 * curvature - p["spring"] * height - p["damping"] * velocity
    faster = velocity + dt * force
    return np.stack([height + dt * faster, faster], axis=-1)


def gray_scott(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    """Pearson 1993: u_t = Du lap u - u v^2 + F (1 - u); v_t = Dv lap v + u v^2 - (F + k) v."""
    u, v = state[..., 0], state[..., 1]
    spread = grid.laplacian(state)
    u_rate = p["diffuse_u"] * spread[..., 0] - u * v**2 + p["feed"] * (1 - u)
    v_rate = p["diffuse_v"] * spread[..., 1] + u * v**2 - (p["feed"] + p["kill"]) * v
    return state + dt * np.stack([u_rate, v_rate], axis=-1)


def fitzhugh_nagumo(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    """Hagberg, Meron 1994: a_t = a - a^3 - b + D lap a; b_t = e (a - a1 b - a0) + d lap b."""
    a, b = state[..., 0], state[..., 1]
    spread = grid.laplacian(state)
    a_rate = a - a**3 - b + p["diffusion"] * spread[..., 0]
    b_rate = p["epsilon"] * (a - p["slope"] * b - p["offset"]) + p["delta"] * spread[..., 1]
    return state + dt * np.stack([a_rate, b_rate], axis=-1)


def ginzburg_landau(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    """Aranson, Kramer 2002, in complex numbers: A_t = g A + D (1+ib) lap A - g (1+ic) |A|^2 A."""
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


def cahn_hilliard(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    """Ohta and Kawasaki 1986: u_t = lap mu - s (u - m), mu = r (u^3 - u) - e lap u, in two passes.

    Nothing flows through a fixed border: there the potential is read as at a wall.
    """
    potential = p["parting"] * (state**3 - state) - p["tension"] * grid.laplacian(state)
    around = grid if grid.border == "periodic" else Grid("no-flux", dx=grid.dx)
    return state + dt * (around.laplacian(potential) - p["pull"] * (state - p["balance"]))


def crystal(state: Array, p: Parameters, dt: float, grid: Grid) -> Array:
    """Kobayashi 1993 with an ageing ice: p_t = a (S lap p + p (1-p) (p - 1/2 + m) / 2), T_t, age_t."""
    vein, ice, warmth, age = (state[..., channel] for channel in range(4))
    spread = grid.laplacian(state)
    ring = grid.surround(state)[..., 1]
    slope_x = ring[1:-1, 2:] - ring[1:-1, :-2]
    slope_y = ring[2:, 1:-1] - ring[:-2, 1:-1]
    six = np.cos(6 * np.arctan2(slope_y, slope_x) - 2 * np.pi * p["turned"])
    six = np.where(slope_x**2 + slope_y**2 > 1e-10, six, 0.0)
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


def smooth_step(low: Array | float, high: Array | float, x: Array) -> Array:
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return t * t * (3 - 2 * t)


def pixel_noise(rows: int, columns: int, frame: int) -> Array:
    """Jarzynski and Olano 2020: the PCG hash of each cell's whole place, in 32-bit integers."""
    x, y = np.arange(columns, dtype=np.uint64), np.arange(rows, dtype=np.uint64)[:, None]
    mask = np.uint64(0xFFFFFFFF)
    start = np.uint64((frame * 747796405 + 2891336453) & 0xFFFFFFFF)
    word = (x * np.uint64(1664525) + y * np.uint64(22695477) + start) & mask
    word = (
        ((word >> ((word >> np.uint64(28)) + np.uint64(4))) ^ word) * np.uint64(277803737)
    ) & mask
    word = (word >> np.uint64(22)) ^ word
    return (word >> np.uint64(8)).astype(np.float64) / 2**24


TWINS: dict[str, Callable[[Array, Parameters, float, Grid], Array]] = {
    "heat": heat,
    "wave": wave,
    "gray_scott": gray_scott,
    "fitzhugh_nagumo": fitzhugh_nagumo,
    "ginzburg_landau": ginzburg_landau,
    "cahn_hilliard": cahn_hilliard,
    "crystal": crystal,
}
