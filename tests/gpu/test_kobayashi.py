"""A frozen seed grows Kobayashi's dendrite: arms along its directions, tips that run on."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, run_model

SIZE = 96
MIDDLE = SIZE / 2 - 0.5
SECTORS = 120


def polar() -> tuple[NDArray, NDArray]:
    y, x = np.mgrid[0:SIZE, 0:SIZE] - MIDDLE
    return np.hypot(x, y), np.arctan2(y, x)


def reach(solid: NDArray) -> NDArray:
    """How far the crystal reaches in each of 120 directions, in cells."""
    radius, angle = polar()
    sector = np.minimum((angle + np.pi) / (2 * np.pi) * SECTORS, SECTORS - 1).astype(int)
    frozen = solid > 0.5
    return np.array([radius[frozen & (sector == s)].max(initial=0) for s in range(SECTORS)])


def grow(context: moderngl.Context, shaders: Path, steps: int, **values: float) -> NDArray:
    model = read_model(shaders / "models" / "kobayashi.fs", shaders)
    everything = {**default_values(model), "rough": 0.0, **values}
    start = np.zeros((SIZE, SIZE, 2))
    start[..., 0] = polar()[0] < 4
    run = Run(everything, 0.4, steps=steps)
    return reach(run_model(context, shaders, model, start, run)[..., 0])


@pytest.mark.parametrize("arms,anisotropy", [(4, 0.05), (5, 0.04), (6, 0.025)])
def test_a_seed_grows_as_many_arms_as_there_are_directions(
    context: moderngl.Context, shaders: Path, arms: int, anisotropy: float
) -> None:
    found = grow(context, shaders, 640, arms=arms, anisotropy=anisotropy, turned=0.1)
    waves = np.abs(np.fft.rfft(found))[1:9] / len(found)
    assert waves.argmax() + 1 == arms  # never the four of the grid
    assert waves[arms - 1] > 0.08 * found.mean()  # real arms, not a wobble
    others = [w for n, w in enumerate(waves, 1) if n % arms]
    assert waves[arms - 1] > 3 * max(others)


def test_without_anisotropy_no_directions_show(context: moderngl.Context, shaders: Path) -> None:
    found = grow(context, shaders, 200, anisotropy=0.0)
    waves = np.abs(np.fft.rfft(found))[1:8] / len(found)
    assert found.mean() > 8
    assert waves.max() < 0.04 * found.mean()


def test_tips_run_on_at_a_steady_speed(context: moderngl.Context, shaders: Path) -> None:
    tips = [grow(context, shaders, steps, arms=4).max() for steps in (280, 460, 640)]
    first, second = tips[1] - tips[0], tips[2] - tips[1]
    assert first > 5
    assert second == pytest.approx(first, rel=0.3)


def test_a_warm_melt_thaws_the_crystal(context: moderngl.Context, shaders: Path) -> None:
    assert grow(context, shaders, 500, melting=-0.3).max() == 0
