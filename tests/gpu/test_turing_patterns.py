"""What Turing (1952) found: an even state that diffusion upsets, at a wavelength known beforehand.

For each pair of reactants: the Jacobian at the even state by hand, the mode that grows fastest, and
the field that grows from noise on the GPU.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, run_model

CELLS = 128


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reactants about their even state. `jacobian` is d(rate)/d(state), `diffusion` of each."""

    values: Mapping[str, float]
    even: tuple[float, float]
    jacobian: tuple[tuple[float, float], tuple[float, float]]
    diffusion: tuple[float, float]

    def growth(self, k: NDArray[np.float64]) -> NDArray[np.float64]:
        """The faster growth rate of a mode of wavenumber k, 1/t."""
        matrices = np.array(self.jacobian) - k[:, None, None] ** 2 * np.diag(self.diffusion)
        return np.asarray(np.linalg.eigvals(matrices).real.max(axis=1))

    def fastest(self) -> tuple[float, float]:
        """Wavelength in cells and growth rate of the mode that grows fastest."""
        k = np.linspace(0.02, 3.0, 4000)
        growth = self.growth(k)
        return float(2 * np.pi / k[growth.argmax()]), float(growth.max())


def brusselator(a: float, b: float, spread: tuple[float, float]) -> Pair:
    values = {"supply": a, "conversion": b, "diffuse_x": spread[0], "diffuse_y": spread[1]}
    return Pair(values, (a, b / a), ((b - 1, a * a), (-b, -a * a)), spread)


def schnakenberg(a: float, b: float, spread: tuple[float, float]) -> Pair:
    values = {"supply_u": a, "supply_v": b, "diffuse_u": spread[0], "diffuse_v": spread[1]}
    u, v = a + b, b / (a + b) ** 2
    return Pair(values, (u, v), ((2 * u * v - 1, u * u), (-2 * u * v, -u * u)), spread)


def gierer_meinhardt(a: float, c: float, spread: tuple[float, float]) -> Pair:
    values = {"base": a, "decay_activator": 1.0, "decay_inhibitor": c, "saturation": 0.0}
    values |= {"diffuse_activator": spread[0], "diffuse_inhibitor": spread[1]}
    u = a + c  # u^2 / v = c
    v = u * u / c
    return Pair(values, (u, v), ((2 * u / v - 1, -((u / v) ** 2)), (2 * u, -c)), spread)


def turing(k: float, spread: tuple[float, float]) -> Pair:
    values = {"reaction": k, "decay": 12.0, "diffuse_a": spread[0], "diffuse_b": spread[1]}
    return Pair(values, (4.0, 4.0), ((-4 * k, -4 * k), (4 * k, 3 * k)), spread)


PAIRS = {
    "brusselator": [brusselator(3.0, 7.0, (4.0, 32.0)), brusselator(2.0, 4.0, (4.0, 40.0))],
    "schnakenberg": [schnakenberg(0.05, 1.4, (0.6, 30.0)), schnakenberg(0.1, 0.9, (1.0, 40.0))],
    "gierer_meinhardt": [gierer_meinhardt(0.2, 2.0, (0.6, 24.0))],
    "turing_1952": [turing(0.0625, (1.6, 0.2)), turing(0.03, (1.0, 0.1))],
}
CASES = [(name, pair) for name, pairs in PAIRS.items() for pair in pairs]


def peak_wavelength(values: NDArray) -> float:
    """Of a square field: where the spectrum, averaged round each ring of one k, is highest."""
    power = np.abs(np.fft.fft2(values - values.mean())) ** 2
    k = np.fft.fftfreq(CELLS, 1 / CELLS)
    ring = np.rint(np.hypot(k, k[:, None])).astype(int).ravel()
    mean = np.bincount(ring, power.ravel()) / np.bincount(ring)
    peak = int(mean.argmax())
    near = np.arange(max(peak - 2, 1), peak + 3)
    return float(CELLS * mean[near].sum() / (near * mean[near]).sum())


@pytest.mark.parametrize(("name", "pair"), CASES)
def test_noise_grows_into_the_wavelength_of_the_fastest_mode(
    context: moderngl.Context, shaders: Path, name: str, pair: Pair
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    values = {**default_values(model), **pair.values}
    wavelength, growth = pair.fastest()
    assert growth > 0 and CELLS / wavelength > 8  # enough waves that their number tells
    dt = 0.9 * model.limit.largest_dt(values)
    start = np.random.default_rng(4).normal(0, 1e-3, (CELLS, CELLS, 2)) + pair.even
    steps = int(6.0 / growth / dt)  # 400 times as high, and small still
    found = run_model(context, shaders, model, start, Run(values, dt, steps))
    assert 0.01 < found[..., 0].std() < 0.5 * pair.even[0]
    assert peak_wavelength(found[..., 0]) == pytest.approx(wavelength, rel=0.10)


@pytest.mark.parametrize("name", sorted(PAIRS))
def test_with_equal_diffusion_the_even_state_stays_even(
    context: moderngl.Context, shaders: Path, name: str
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    pair = PAIRS[name][0]
    names = [p.name for p in model.parameters if p.name.startswith("diffuse_")]
    # As alike as the ranges allow: what is left is far from upsetting anything.
    values = {**default_values(model), **pair.values}
    low = max(p.minimum[0] for p in model.parameters if p.name in names)
    values |= dict.fromkeys(names, low)
    dt = 0.9 * model.limit.largest_dt(values)
    start = np.random.default_rng(4).normal(0, 0.05, (32, 32, 2)) + pair.even
    run = Run(values, dt, int(12 / (dt * -np.trace(pair.jacobian))))
    found = run_model(context, shaders, model, start, run)
    assert found.std(axis=(0, 1)).max() < 0.005
