"""Plane waves swing as fast as the dispersion relation of each equation says."""

from __future__ import annotations

import math
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, run_model

ROWS, COLUMNS = 5, 32
WAVES = [1, 3, 8]  # over the field: a long one, a usual one, four cells a wave


def wave_number(waves: int) -> float:
    return 2 * math.pi * waves / COLUMNS


def stencil_square(waves: int) -> float:
    """k^2 as the 9-point Laplacian has it for a wave along x: 2 - 2 cos k."""
    return 2 - 2 * math.cos(wave_number(waves))


def phases(waves: int) -> NDArray:
    return np.tile(wave_number(waves) * np.arange(COLUMNS), (ROWS, 1))


def mode(field: NDArray, waves: int) -> complex:
    """The complex amplitude of exp(i k x) in a field."""
    return complex((field * np.exp(-1j * phases(waves))).mean())


@pytest.mark.parametrize("waves", WAVES)
def test_a_standing_wave_swings_at_the_frequency_of_its_wavelength(
    context: moderngl.Context, shaders: Path, waves: int
) -> None:
    model = read_model(shaders / "models" / "wave.fs", shaders)
    dt, speed, spring = 0.2, 0.5, 0.01
    frequency = math.sqrt(speed**2 * stencil_square(waves) + spring)
    # Symplectic Euler: u(n + 1) - 2 u(n) + u(n - 1) = -(frequency dt)^2 u(n).
    discrete = 2 / dt * math.asin(frequency * dt / 2)
    start = np.zeros((ROWS, COLUMNS, 2))
    start[..., 0] = np.cos(phases(waves))
    values = {**default_values(model), "wave_speed": speed, "spring": spring, "damping": 0.0}
    found = run_model(context, shaders, model, start, Run(values, dt, steps=400))
    height = 2 * mode(found[..., 0], waves).real
    turned = discrete * dt * 400
    # At rest at first, but the velocity steps ahead of the height by half a step.
    expected = math.cos(turned) - math.sin(turned) * math.tan(discrete * dt / 2)
    assert height == pytest.approx(expected, abs=2e-3)


def test_a_long_wave_runs_at_the_speed_of_the_continuous_equation(
    context: moderngl.Context, shaders: Path
) -> None:
    model = read_model(shaders / "models" / "wave.fs", shaders)
    values = {**default_values(model), "wave_speed": 0.5, "spring": 0.0, "damping": 0.0}
    start = np.zeros((ROWS, COLUMNS, 2))
    start[..., 0] = np.sin(phases(1))
    start[..., 1] = -0.5 * wave_number(1) * np.cos(phases(1))
    found = run_model(context, shaders, model, start, Run(values, 0.05, steps=640))
    turned = np.angle(mode(found[..., 0], 1) / mode(start[..., 0], 1))
    assert turned == pytest.approx(-0.5 * wave_number(1) * 32, rel=0.005)


@pytest.mark.parametrize("waves", WAVES)
def test_a_quantum_wave_turns_by_the_square_of_its_wave_number(
    context: moderngl.Context, shaders: Path, waves: int
) -> None:
    model = read_model(shaders / "models" / "schroedinger.fs", shaders)
    dt, dispersion, ground = 0.02, 0.4, 0.15
    energy = dispersion * stencil_square(waves) + ground
    # The two parts leap over each other: 2 sin(frequency dt / 2) = energy dt (Visscher 1991).
    frequency = 2 / dt * math.asin(energy * dt / 2)
    values = {**default_values(model), "dispersion": dispersion, "ground": ground}
    start = np.stack([np.cos(phases(waves)), np.sin(phases(waves))], axis=-1)
    found = run_model(context, shaders, model, start, Run(values, dt, steps=1000))
    left = mode(found[..., 0] + 1j * found[..., 1], waves)
    assert abs(left) == pytest.approx(1, abs=0.01)
    # Begun with both parts at one time, not half a step apart: off by energy dt / 2 at most.
    slip = math.remainder(float(np.angle(left)) + frequency * dt * 1000, 2 * math.pi)
    assert abs(slip) < 1e-3 + energy * dt / 2


@pytest.mark.parametrize("dispersion,twist", [(0.0, 1.0), (1.5, -0.5), (-0.5, 0.8)])
def test_a_wave_of_clocks_turns_at_its_known_frequency(
    context: moderngl.Context, shaders: Path, dispersion: float, twist: float
) -> None:
    # Aranson and Kramer 2002: A = sqrt(1 - k^2) exp i(k x - w t), w = c + (b - c) k^2.
    model = read_model(shaders / "models" / "ginzburg_landau.fs", shaders)
    square = stencil_square(1)
    start = math.sqrt(1 - square) * np.exp(1j * phases(1))
    state = np.stack([start.real, start.imag], axis=-1)
    values = {"dispersion": dispersion, "twist": twist, "diffusion": 1.0, "growth": 1.0}
    found = run_model(context, shaders, model, state, Run(values, 0.002, steps=1000))
    left = mode(found[..., 0] + 1j * found[..., 1], 1)
    assert abs(left) == pytest.approx(math.sqrt(1 - square), rel=2e-3)
    expected = -2.0 * (twist + (dispersion - twist) * square)
    assert np.angle(left) == pytest.approx(expected, rel=5e-3, abs=2e-3)
