"""A parameter mapped onto the terrain varies over the field; with amount 0 it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import moderngl
import numpy as np
import pytest

from engine.gpu.field import border_sampler
from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, random_state, run_model, write_model

ROWS, COLUMNS = 13, 17


@pytest.fixture
def ramp(context: moderngl.Context) -> Iterator[moderngl.Texture]:
    """A terrain of the field's size that climbs from 0 on the left to 1 on the right."""
    heights = np.tile(np.linspace(0, 1, COLUMNS, dtype=np.float32), (ROWS, 1))
    texture = context.texture((COLUMNS, ROWS), 1, heights.tobytes(), dtype="f4")
    yield texture
    texture.release()


def test_a_mapped_parameter_varies_over_the_field(
    context: moderngl.Context, shaders: Path, ramp: moderngl.Texture
) -> None:
    model = read_model(shaders / "models" / "heat.fs", shaders)
    values = {"diffusion": 0.3, "cooling": 0.01, "cooling_terrain": 0.03, "terrain_drift": (0, 0)}
    run = Run(values, 1.0, mapped=("cooling",), terrain=ramp)
    found = run_model(context, shaders, model, np.ones((ROWS, COLUMNS, 1)), run)
    expected = 1 - (0.01 + 0.03 * np.linspace(0, 1, COLUMNS))
    assert found[..., 0] == pytest.approx(np.tile(expected, (ROWS, 1)), abs=1e-6)


def test_a_mapped_parameter_stays_in_its_range(
    context: moderngl.Context, shaders: Path, ramp: moderngl.Texture
) -> None:
    model = read_model(shaders / "models" / "heat.fs", shaders)
    for amount, bound in ((9.0, 0.05), (-9.0, 0.0)):
        values = {**default_values(model), "cooling_terrain": amount}
        run = Run(values, 1.0, mapped=("cooling",), terrain=ramp)
        found = run_model(context, shaders, model, np.ones((ROWS, COLUMNS, 1)), run)
        assert found[:, -1, 0] == pytest.approx(1 - bound, abs=1e-6)


def test_a_turned_range_bounds_a_mapped_parameter_too(
    context: moderngl.Context, shaders: Path, tmp_path: Path, ramp: moderngl.Texture
) -> None:
    # MIN > MAX turns a slider round; clamp(x, 1, 0) would be undefined in GLSL.
    made = write_model(
        shaders,
        tmp_path,
        "turned",
        "float rate(float state, float laplacian) { return lift; }\n",
        inputs=[{"NAME": "lift", "TYPE": "float", "MIN": 1.0, "MAX": 0.0, "DEFAULT": 0.5}],
    )
    model = read_model(made / "models" / "turned.fs", made)
    values = {"lift": 0.5, "lift_terrain": 9.0}
    run = Run(values, 1.0, mapped=("lift",), terrain=ramp)
    found = run_model(context, made, model, np.zeros((ROWS, COLUMNS, 1)), run)
    assert found[0, 0, 0] == pytest.approx(0.5)
    assert found[0, -1, 0] == pytest.approx(1.0)


@pytest.mark.parametrize("name", ["heat", "wave", "gray_scott", "cahn_hilliard"])
def test_a_map_of_amount_zero_changes_nothing(
    context: moderngl.Context, shaders: Path, ramp: moderngl.Texture, name: str
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    state = random_state(model, np.random.default_rng(2), (ROWS, COLUMNS), 0.3)
    values = default_values(model)
    dt = 0.5 * model.limit.largest_dt(values)
    plain = run_model(context, shaders, model, state, Run(values, dt, steps=20))
    names = tuple(parameter.name for parameter in model.parameters)
    nothing = {f"{name}_terrain": 0.0 for name in names}
    run = Run({**values, **nothing}, dt, steps=20, mapped=names, terrain=ramp)
    mapped = run_model(context, shaders, model, state, run)
    assert mapped == pytest.approx(plain, abs=1e-6)


def test_the_terrain_repeats_and_is_smooth_whatever_was_drawn_before(
    context: moderngl.Context, shaders: Path, ramp: moderngl.Texture
) -> None:
    model = read_model(shaders / "models" / "heat.fs", shaders)
    values = {**default_values(model), "cooling_terrain": 0.05, "terrain_drift": (0.75, 0.25)}
    run = Run(values, 1.0, mapped=("cooling",), terrain=ramp)
    state = np.ones((ROWS, COLUMNS, 1))
    context.clear_samplers()
    first = run_model(context, shaders, model, state, run)
    # What a two-pass model binds on unit 1, where a one-pass model has its terrain.
    left_over = border_sampler(context, "no-flux")
    left_over.use(1)
    again = run_model(context, shaders, model, state, run)
    left_over.release()
    assert np.array_equal(again, first)
    # Moved by three quarters, the ramp starts again inside the field, and jumps nowhere else.
    cooling = 1 - first[0, :, 0]
    assert np.ptp(cooling) > 0.03
    assert (np.abs(np.diff(cooling)) > 0.01).sum() <= 2
