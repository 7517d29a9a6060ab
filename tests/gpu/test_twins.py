"""Every model against its slow twin: one step on an odd-sized field, with each border."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from engine.show.catalogue import BORDERS
from tests.gpu.running import Run, all_models, random_state, random_values, run_model, write_model
from tests.gpu.twins import TWINS
from tests.gpu.twins.grid import Grid

ROWS, COLUMNS = 13, 17
# max|difference| over max|twin|: float32 keeps 6e-8, a Laplacian of noise loses two digits.
SINGLE = 1e-5
HALF_USUAL = 1e-3  # half floats keep 5e-4 at each store


def relative(found: NDArray, expected: NDArray) -> float:
    return float(np.abs(found - expected).max() / np.abs(expected).max())


def test_every_model_has_its_twin(shaders: Path) -> None:
    # Agents are two states at once: test_agents.py has their twin.
    models = all_models(shaders)
    assert set(TWINS) == {name for name in models if not models[name].agents}


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("name", sorted(TWINS))
def test_one_step_agrees_with_the_twin(
    context: moderngl.Context, shaders: Path, name: str, border: str
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    random = np.random.default_rng(sum(name.encode()))
    outside = tuple(random.uniform(low / 4, high / 4) for low, high in model.range)
    for scale in (1.0, 1.5):
        state = random_state(model, random, (ROWS, COLUMNS), TWINS[name].amplitude)
        values = random_values(model, random)
        dt = 0.7 * min(model.dt, model.limit.largest_dt(values, scale))
        run = Run(values, dt, border=border, outside=outside, scale=scale)
        found = run_model(context, shaders, model, state, run)
        expected = TWINS[name].step(state, values, dt, Grid(border, outside, 1 / scale))
        low, high = np.array(model.range).T
        held = np.clip(expected, low, high)
        assert np.mean(held != expected) < 0.1  # the step is compared, not the clamp
        expected = held
        assert np.abs(expected - state).max() > 1e-3  # the step moved something
        assert relative(found, expected) <= SINGLE


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("name", sorted(TWINS))
def test_one_step_in_half_floats_agrees_within_its_own_rounding(
    context: moderngl.Context, shaders: Path, name: str, border: str
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    random = np.random.default_rng(sum(name.encode()))
    outside = tuple(0.25 for _ in model.channels)
    state = (
        random_state(model, random, (ROWS, COLUMNS), TWINS[name].amplitude)
        .astype(np.float16)
        .astype(np.float64)
    )
    values = random_values(model, random)
    dt = 0.7 * min(model.dt, model.limit.largest_dt(values))
    run = Run(values, dt, border=border, outside=outside, half=True)
    found = run_model(context, shaders, model, state, run)
    low, high = np.array(model.range).T
    expected = np.clip(TWINS[name].step(state, values, dt, Grid(border, outside)), low, high)
    assert relative(found, expected) <= TWINS[name].half


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_a_new_model_is_one_small_file_whatever_its_channels(
    context: moderngl.Context, shaders: Path, tmp_path: Path, channels: int, half: bool
) -> None:
    vector = ("float", "vec2", "vec3", "vec4")[channels - 1]
    code = (
        f"{vector} rate({vector} state, {vector} laplacian) {{\n"
        f"    return diffusion * laplacian - 0.5 * state * state + {vector}(0.25);\n}}\n"
    )
    made = write_model(
        shaders,
        tmp_path,
        "many",
        code,
        inputs=[{"NAME": "diffusion", "TYPE": "float", "DEFAULT": 0.5}],
        CHANNELS=["a", "b", "c", "d"][:channels],
        LIMIT={"DIFFUSION": "diffusion"},
    )
    model = read_model(made / "models" / "many.fs", made)
    state = np.random.default_rng(channels).uniform(-1, 1, (ROWS, COLUMNS, channels))
    state = state.astype(np.float16 if half else np.float32).astype(np.float64)
    for border in BORDERS:
        outside = (0.5, -0.25, 0.75, -1.0)[:channels]
        run = Run({"diffusion": 0.5}, 0.3, border=border, outside=outside, half=half)
        found = run_model(context, made, model, state, run)
        laplacian = Grid(border, outside).laplacian(state)
        expected = state + 0.3 * (0.5 * laplacian - 0.5 * state**2 + 0.25)
        assert found.shape == state.shape
        assert relative(found, expected) <= (HALF_USUAL if half else SINGLE)
