"""Lambda-omega: one clock keeps its circle and pace, a plane wave is as Kopell and Howard have it."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, run_model

DT = 0.002


def run_clocks(
    context: moderngl.Context, shaders: Path, z: NDArray, values: dict[str, float], time: float
) -> NDArray[np.complex128]:
    model = read_model(shaders / "models" / "lambda_omega.fs", shaders)
    state = np.stack([z.real, z.imag], axis=-1)
    found = run_model(context, shaders, model, state, Run(values, DT, steps=round(time / DT)))
    return np.asarray(found[..., 0] + 1j * found[..., 1], dtype=np.complex128)


@pytest.mark.parametrize(("pace", "slowing"), [(1.2, 0.8), (0.0, -1.0), (2.0, 0.5)])
def test_from_anywhere_a_clock_comes_to_its_circle_and_pace(
    context: moderngl.Context, shaders: Path, pace: float, slowing: float
) -> None:
    # lambda(1) = 0: the circle of radius 1, turned round at omega(1) = w - s.
    values = {"growth": 0.8, "pace": pace, "slowing": slowing, "diffusion": 1.0}
    for begin in (0.1 + 0.0j, 0.9 - 1.1j):
        settled = run_clocks(context, shaders, np.full((2, 2), begin), values, 12.0)
        later = run_clocks(context, shaders, settled, values, 2.0)
        assert np.abs(later) == pytest.approx(1.0, abs=0.01)
        turned = float(np.angle(later[0, 0] / settled[0, 0]))
        assert turned == pytest.approx(2.0 * (pace - slowing), rel=0.01)


@pytest.mark.parametrize("waves", [1, 3])
def test_a_plane_wave_has_the_height_and_pace_of_its_length(
    context: moderngl.Context, shaders: Path, waves: int
) -> None:
    # r^2 = 1 - D k^2 / g and omega(r) = w - s r^2, with k^2 as the grid has it.
    values = {"growth": 1.0, "pace": 1.5, "slowing": 0.7, "diffusion": 1.5}
    x = 2 * np.pi * waves * np.arange(64) / 64
    square = 1 - 1.5 * (2 - 2 * np.cos(2 * np.pi * waves / 64))
    wave = np.tile(np.sqrt(square) * np.exp(1j * x), (4, 1))
    later = run_clocks(context, shaders, wave, values, 3.0)
    assert np.abs(later) == pytest.approx(np.sqrt(square), rel=0.01)
    turned = np.unwrap(np.angle(later[0] / wave[0]))
    expected = (3.0 * (1.5 - 0.7 * square) + np.pi) % (2 * np.pi) - np.pi
    assert turned == pytest.approx(expected, abs=0.05)
