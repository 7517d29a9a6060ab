"""McCabe's patterns: several sizes at once, always stretched to the whole range, never at rest."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, run_model
from tests.gpu.twins.grid import Grid
from tests.gpu.twins.mccabe import step

ROWS, COLUMNS = 96, 128


def grow(
    context: moderngl.Context, shaders: Path, state: NDArray, steps: int, **changed: float
) -> NDArray:
    model = read_model(shaders / "models" / "mccabe.fs", shaders)
    run = Run({**default_values(model), **changed}, 1.0, steps=steps)
    return run_model(context, shaders, model, state, run)


def noise(seed: int) -> NDArray:
    return np.random.default_rng(seed).uniform(0, 1, (ROWS, COLUMNS, 2)) * (2, 1) - (1, 0)


def octave_of_the_spectrum(height: NDArray) -> NDArray:
    """The share of the power at wavelengths of 2 to 4, 4 to 8, ... 64 to 128 cells."""
    power = np.abs(np.fft.fft2(height - height.mean())) ** 2
    wave = np.hypot(np.fft.fftfreq(ROWS)[:, None], np.fft.fftfreq(COLUMNS)[None, :])
    octave = np.floor(-np.log2(np.maximum(wave, 1e-9))).astype(int)
    shares = np.array([power[octave == k].sum() for k in range(1, 7)])
    return shares / shares.sum()


def test_every_octave_of_a_larger_field_agrees_with_the_twin(
    context: moderngl.Context, shaders: Path
) -> None:
    state = grow(context, shaders, noise(1), 5).astype(float)
    model = read_model(shaders / "models" / "mccabe.fs", shaders)
    values = default_values(model)
    found = grow(context, shaders, state, 1)
    expected = step(state, values, 1.0, Grid("periodic"))
    # Where two octaves tie to the last digit of a float, either may lead.
    same = np.abs(found - expected).max(axis=-1) < 1e-5
    assert same.mean() > 0.9995
    assert len(np.unique(np.round((found - state)[same][:, 1], 6))) > 5  # many led


def test_all_is_stretched_to_the_whole_range_and_never_rests(
    context: moderngl.Context, shaders: Path
) -> None:
    late = grow(context, shaders, 0.01 * noise(2), 200)
    assert late[..., 0].max() > 0.95 and late[..., 0].min() < -0.95
    assert np.abs(late[..., 0]).max() < 1.06
    after = grow(context, shaders, late, 20)
    assert np.abs(after - late)[..., 0].mean() > 0.02


def test_six_octaves_have_many_sizes_and_one_has_one(
    context: moderngl.Context, shaders: Path
) -> None:
    many = octave_of_the_spectrum(grow(context, shaders, noise(3), 200)[..., 0])
    one = octave_of_the_spectrum(grow(context, shaders, noise(3), 200, octaves=1.0)[..., 0])
    assert (many > 0.03).sum() >= 4, many
    assert one[:2].sum() > 0.9, one


def test_a_flat_field_wakes_by_its_snow(context: moderngl.Context, shaders: Path) -> None:
    flat = np.zeros((ROWS, COLUMNS, 2))
    assert grow(context, shaders, flat, 60)[..., 0].std() > 0.2
