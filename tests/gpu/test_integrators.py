"""Steps of more than one pass, and of chance: staggered channels, white noise."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest

from engine.gpu.headers import read_model
from engine.show.catalogue import BORDERS, Model
from tests.gpu.running import Run, run_model, write_model
from tests.gpu.twins.grid import Grid, white_noise

ROWS, COLUMNS = 13, 17
NOISE = "float rate(float state, float laplacian) { return 0.5 * white(0) - 0.25 * white(3); }"
SWING = "vec2 rate(vec2 now, vec2 laplacian) { return vec2(-laplacian.y, laplacian.x); }"


def write_swing(shaders: Path, folder: Path) -> tuple[Path, Model]:
    """A shaders folder with the model SWING, and the model."""
    made = write_model(
        shaders,
        folder,
        "swing",
        SWING,
        CHANNELS=["a", "b"],
        INTEGRATOR="staggered",
        LIMIT={"DIFFUSION": "1"},
    )
    model = read_model(made / "models" / "swing.fs", made)
    return made, model


@pytest.mark.parametrize("border", BORDERS)
def test_a_staggered_step_sees_the_neighbours_new_second_channel(
    context: moderngl.Context, shaders: Path, tmp_path: Path, border: str
) -> None:
    made, model = write_swing(shaders, tmp_path)
    state = np.random.default_rng(1).uniform(-1, 1, (ROWS, COLUMNS, 2))
    grid = Grid(border, (0.25, -0.5))
    expected = state.copy()
    expected[..., 1] += 0.3 * grid.laplacian(expected)[..., 0]
    expected[..., 0] -= 0.3 * grid.laplacian(expected)[..., 1]
    found = run_model(
        context, made, model, state, Run({}, 0.3, border=border, outside=grid.outside)
    )
    assert np.abs(found - expected).max() < 1e-5 * np.abs(expected).max()


def test_a_staggered_swing_neither_grows_nor_fades(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    made, model = write_swing(shaders, tmp_path)
    state = np.random.default_rng(1).uniform(-1, 1, (ROWS, COLUMNS, 2))
    run = Run({}, model.limit.largest_dt({}), steps=3000)
    found = run_model(context, made, model, state, run)
    assert 0.3 < (found**2).sum() / (state**2).sum() < 3.0


def test_noise_is_white_in_space_and_time_and_the_same_on_every_machine(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    made = write_model(shaders, tmp_path, "rain", NOISE, NOISE=True, LIMIT={})
    model = read_model(made / "models" / "rain.fs", made)
    start = np.zeros((ROWS, COLUMNS, 1))
    dt, scale, total = 0.16, 2.0, np.zeros((ROWS, COLUMNS))
    for steps in (1, 2, 3):
        index = steps - 1
        total += 0.5 * white_noise(ROWS, COLUMNS, 0, index)
        total -= 0.25 * white_noise(ROWS, COLUMNS, 3, index)
        found = run_model(context, made, model, start, Run({}, dt, steps=steps, scale=scale))
        expected = total * scale * np.sqrt(dt)
        assert np.abs(found[..., 0] - expected).max() < 1e-5 * np.abs(expected).max()


def test_the_twins_noise_has_unit_strength() -> None:
    draws = np.stack([white_noise(64, 64, which, step) for which in range(4) for step in range(9)])
    assert abs(draws.mean()) < 0.01 and abs(draws.std() - 1) < 0.01
    flat = draws.reshape(len(draws), -1)
    related = np.corrcoef(flat) - np.eye(len(flat))
    assert np.abs(related).max() < 0.06
    neighbours = (draws[:, 1:] * draws[:, :-1]).mean(), (draws[:, :, 1:] * draws[:, :, :-1]).mean()
    assert max(map(abs, neighbours)) < 0.01
