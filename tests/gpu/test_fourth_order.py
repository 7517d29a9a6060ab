"""Swift-Hohenberg picks its wavelength; Kuramoto-Sivashinsky grows as linear theory says, and stays."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, run_model


def mean_wavelength(values: NDArray) -> float:
    """2 pi over the mean wavenumber, weighed by the power: of a square field."""
    power = np.abs(np.fft.fft2(values - values.mean())) ** 2
    k = 2 * np.pi * np.fft.fftfreq(len(values))
    return float(2 * np.pi * power.sum() / (np.hypot(k, k[:, None]) * power).sum())


def mode(cells: int, waves: int, height: float) -> NDArray[np.float64]:
    x = np.arange(cells) * 2 * np.pi * waves / cells
    return np.tile(height * np.cos(x), (8, 1))[..., None]


def growth_rate(before: NDArray, after: NDArray, time: float) -> float:
    return float(np.log(np.ptp(after) / np.ptp(before)) / time)


@pytest.mark.parametrize("wavelength", [6.5, 7.5, 9.0])
def test_rolls_have_the_width_that_grows_fastest(
    context: moderngl.Context, shaders: Path, wavelength: float
) -> None:
    # Linear theory: r - (1 - l^2 k^2)^2 is largest at k = 1 / l, the wavelength itself.
    model = read_model(shaders / "models" / "swift_hohenberg.fs", shaders)
    values = {**default_values(model), "drive": 0.3, "wavelength": wavelength}
    start = np.random.default_rng(3).normal(0, 0.1, (60, 60, 1))
    dt = model.limit.largest_dt(values)
    state = run_model(context, shaders, model, start, Run(values, dt, steps=int(60 / dt)))
    # Rolls of that width saturate at an amplitude of 2 sqrt(r / 3).
    assert state.std() == pytest.approx(2 * np.sqrt(0.3 / 3) / np.sqrt(2), rel=0.15)
    assert mean_wavelength(state[..., 0]) == pytest.approx(wavelength, rel=0.10)


def test_below_the_threshold_no_rolls_stand(context: moderngl.Context, shaders: Path) -> None:
    model = read_model(shaders / "models" / "swift_hohenberg.fs", shaders)
    values = {**default_values(model), "drive": -0.1}
    start = np.random.default_rng(3).normal(0, 0.3, (32, 32, 1))
    state = run_model(context, shaders, model, start, Run(values, model.dt, steps=3000))
    assert np.abs(state).max() < 0.01


@pytest.mark.parametrize(("cells", "waves"), [(48, 2), (48, 3), (48, 4), (48, 6)])
def test_a_flame_grows_and_decays_by_linear_theory(
    context: moderngl.Context, shaders: Path, cells: int, waves: int
) -> None:
    # l^2 k^2 - l^4 k^4 - s, with k^2 as the grid has it: the last mode is short enough to die.
    model = read_model(shaders / "models" / "kuramoto_sivashinsky.fs", shaders)
    values = {**default_values(model), "damping": 0.05, "size": 1.6}
    flat = np.full((8, cells, 1), -2.0)
    start = flat + mode(cells, waves, 1e-2)
    run = Run(values, 0.005, steps=200)
    state = run_model(context, shaders, model, start, run)
    k = 2 * np.pi * waves / cells
    square = 1.6**2 * (2 - 2 * np.cos(k))
    theory = square - square**2 - 0.05
    assert square == pytest.approx(1.6**2 * k**2, rel=0.06)
    assert theory < -0.5 if waves == 6 else theory > 0.05
    assert growth_rate(start, state, 1.0) == pytest.approx(theory, abs=0.01)


@pytest.mark.parametrize("damping", [0.05, 0.15])
def test_a_flame_never_rests_and_its_front_stays_where_it_is(
    context: moderngl.Context, shaders: Path, damping: float
) -> None:
    # Uncounted, it would stand at about 2 / s; and a front that was pushed far off comes back.
    model = read_model(shaders / "models" / "kuramoto_sivashinsky.fs", shaders)
    values = {**default_values(model), "damping": damping}
    state: NDArray = np.random.default_rng(2).normal(15, 1, (64, 64, 1))
    away = Run(values, 0.04, steps=int(3 / damping / 0.04))
    state = run_model(context, shaders, model, state, away)
    for _ in range(3):
        before = state
        state = run_model(context, shaders, model, state, Run(values, 0.04, steps=1000))
        assert abs(state.mean()) < 4.0
        assert 2.0 < state.std() < 5.0
        assert np.abs(np.corrcoef(before.ravel(), state.ravel())[0, 1]) < 0.5


@pytest.mark.parametrize("wind_from", [0.0, 0.125, 0.25])
def test_the_wind_lays_the_rolls_across_it(
    context: moderngl.Context, shaders: Path, wind_from: float
) -> None:
    model = read_model(shaders / "models" / "swift_hohenberg.fs", shaders)
    values = {**default_values(model), "wind": 0.5, "wind_from": wind_from}
    start = np.random.default_rng(3).normal(0, 0.1, (48, 48, 1))
    dt = model.limit.largest_dt(values)
    state = run_model(context, shaders, model, start, Run(values, dt, steps=int(40 / dt)))
    power = np.abs(np.fft.fft2(state[..., 0])) ** 2
    k = np.fft.fftfreq(48)
    along = k * np.cos(2 * np.pi * wind_from) + k[:, None] * np.sin(2 * np.pi * wind_from)
    share = along**2 / np.maximum(k**2 + k[:, None] ** 2, 1e-9)
    assert state.std() > 0.3
    assert (share * power).sum() / power.sum() > 0.9
