"""Heat against the exact decay of one cosine mode: explicit Euler keeps it but for rounding."""

from __future__ import annotations

import math
from pathlib import Path

import moderngl
import numpy as np
import pytest

from engine.gpu.headers import read_model
from tests.gpu.running import Run, run_model

ROWS, COLUMNS = 13, 17


def stencil_eigenvalue(kx: float, ky: float) -> float:
    """What the 9-point Laplacian makes of exp(i (kx x + ky y)): its symbol, (1, 4, -20) / 6."""
    cx, cy = math.cos(kx), math.cos(ky)
    return (8 * (cx + cy) + 4 * cx * cy - 20) / 6


def decay(
    context: moderngl.Context, shaders: Path, border: str, kx: float, ky: float, shift: float
) -> tuple[float, float]:
    """Amplitude left of a mode after 50 steps, and what is left over beside the mode."""
    y, x = np.mgrid[0:ROWS, 0:COLUMNS].astype(float) + shift
    mode = np.cos(kx * x) * np.cos(ky * y)
    model = read_model(shaders / "models" / "heat.fs", shaders)
    run = Run({"diffusion": 0.4, "cooling": 0.01}, 0.5, steps=50, border=border)
    found = run_model(context, shaders, model, mode[..., None], run)[..., 0]
    amplitude = float((found * mode).sum() / (mode * mode).sum())
    return amplitude, float(np.abs(found - amplitude * mode).max())


@pytest.mark.parametrize("m,n", [(0, 0), (1, 0), (2, 1), (3, 5), (8, 6)])
def test_a_cosine_decays_exactly_on_a_periodic_field(
    context: moderngl.Context, shaders: Path, m: int, n: int
) -> None:
    kx, ky = 2 * math.pi * m / COLUMNS, 2 * math.pi * n / ROWS
    expected = (1 + 0.5 * (0.4 * stencil_eigenvalue(kx, ky) - 0.01)) ** 50
    amplitude, rest = decay(context, shaders, "periodic", kx, ky, 0.0)
    assert amplitude == pytest.approx(expected, rel=1e-4, abs=1e-6)
    assert rest < 1e-5


@pytest.mark.parametrize("m,n", [(0, 0), (1, 0), (2, 1), (3, 5)])
def test_a_cosine_decays_exactly_between_walls(
    context: moderngl.Context, shaders: Path, m: int, n: int
) -> None:
    # With the wall half a cell beyond the last texel, cos(k (x + 1/2)) is a mode of the stencil.
    kx, ky = math.pi * m / COLUMNS, math.pi * n / ROWS
    expected = (1 + 0.5 * (0.4 * stencil_eigenvalue(kx, ky) - 0.01)) ** 50
    amplitude, rest = decay(context, shaders, "no-flux", kx, ky, 0.5)
    assert amplitude == pytest.approx(expected, rel=1e-4, abs=1e-6)
    assert rest < 1e-5


def test_a_long_mode_decays_as_the_continuous_equation_says(
    context: moderngl.Context, shaders: Path
) -> None:
    kx = 2 * math.pi / COLUMNS
    amplitude, _ = decay(context, shaders, "periodic", kx, 0.0, 0.0)
    assert amplitude == pytest.approx(math.exp(-(0.4 * kx**2 + 0.01) * 25), rel=0.03)
