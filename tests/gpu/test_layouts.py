"""Every layout of the cells gives the plain one's field, for every model that can be packed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import moderngl
import numpy as np
import pytest

from engine.gpu.field import Field, FieldSpec
from engine.gpu.headers import read_model
from engine.gpu.isf.shader_file import read_shader
from engine.gpu.layout import LAYOUTS, LEAST_STEPS, PLAIN, can_pack
from engine.gpu.source import resolve_includes
from engine.gpu.stepper import Stepper, StepProgram
from engine.show.catalogue import BORDERS
from engine.show.sources.source import Source
from tests.gpu.running import (
    Run,
    all_models,
    default_values,
    random_state,
    random_values,
    run_model,
    write_model,
)

ROOT = Path(__file__).resolve().parents[2]
ROWS, COLUMNS = 16, 12  # two fragments of the tallest layout, three of the widest
PACKED = [layout for layout in LAYOUTS.values() if not layout.plain]
STEPS = 5  # an odd number: two steps at once, and one left over
SINGLE = 1e-6  # a step, relative to the largest value


def packable() -> list[str]:
    shaders = ROOT / "shaders"
    names = []
    for name, model in all_models(shaders).items():
        shader = read_shader(shaders / "models" / f"{name}.fs", name)
        if can_pack(model, resolve_includes(shader, shaders)):
            names.append(name)
    return names


def test_the_usual_models_can_be_packed_and_those_that_look_about_cannot() -> None:
    found = packable()
    assert {"heat", "wave", "gray_scott", "fitzhugh_nagumo", "ginzburg_landau"} <= set(found)
    assert not {"cahn_hilliard", "crystal"} & set(found)


@pytest.mark.parametrize("layout", PACKED, ids=lambda layout: layout.id)
@pytest.mark.parametrize("name", packable())
def test_a_layout_gives_the_plain_field(
    context: moderngl.Context, shaders: Path, name: str, layout: object
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    for border in BORDERS:
        random = np.random.default_rng([sum(name.encode()), len(border)])
        state = random_state(model, random, (ROWS, COLUMNS), 0.2)
        values = random_values(model, random)
        outside = tuple(random.uniform(low / 4, high / 4) for low, high in model.range)
        dt = 0.7 * min(model.dt, model.limit.largest_dt(values, 1.5))
        run = Run(values, dt, steps=STEPS, border=border, outside=outside, scale=1.5)
        plain = run_model(context, shaders, model, state, run)
        packed = run_model(context, shaders, model, state, replace(run, layout=layout))
        assert not np.array_equal(plain, state.astype(np.float32))
        assert np.abs(packed - plain).max() <= STEPS * SINGLE * np.abs(plain).max()


@pytest.mark.parametrize("layout", PACKED, ids=lambda layout: layout.id)
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_a_layout_takes_any_number_of_channels(
    context: moderngl.Context, shaders: Path, tmp_path: Path, channels: int, layout: object
) -> None:
    vector = ("float", "vec2", "vec3", "vec4")[channels - 1]
    code = f"{vector} rate({vector} now, {vector} laplacian) {{ return 0.5 * laplacian - now; }}"
    made = write_model(shaders, tmp_path, "many", code, CHANNELS=["a", "b", "c", "d"][:channels])
    model = read_model(made / "models" / "many.fs", made)
    state = np.random.default_rng(channels).uniform(-1, 1, (ROWS, COLUMNS, channels))
    for border in BORDERS:
        outside = (0.5, -0.25, 0.75, -1.0)[:channels]
        run = Run({}, 0.3, steps=STEPS, border=border, outside=outside)
        plain = run_model(context, made, model, state, run)
        packed = run_model(context, made, model, state, replace(run, layout=layout))
        assert np.abs(packed - plain).max() <= STEPS * SINGLE


@pytest.mark.parametrize("layout", PACKED, ids=lambda layout: layout.id)
def test_a_packed_field_sees_what_touches_the_plain_one_between_its_steps(
    context: moderngl.Context, shaders: Path, layout: object
) -> None:
    model = read_model(shaders / "models" / "gray_scott.fs", shaders)
    spec = FieldSpec(COLUMNS, ROWS, 2)
    values = default_values(model)
    start = random_state(model, np.random.default_rng(1), (ROWS, COLUMNS))
    found = []
    for kind in (PLAIN, layout):
        program = StepProgram(context, model, shaders, layout=kind)
        stepper = Stepper(context, program, spec)
        with Field(context, spec) as field:
            field.write(start)
            for touch in (None, (0.5, 0.5), None, None):
                if touch:
                    held = field.read()
                    held[3:9, 2:7] = touch
                    field.write(held)
                # Too few for the packed layout, then enough again.
                for steps in (LEAST_STEPS, LEAST_STEPS - 1, LEAST_STEPS + 1):
                    stepper.step(field, program, values, dt=0.9, steps=steps)
            found.append(field.read())
        stepper.release()
        program.release()
    assert np.abs(found[0] - found[1]).max() < 1e-4
    assert found[0][..., 1].max() > 0.1


@pytest.mark.parametrize("layout", PACKED, ids=lambda layout: layout.id)
def test_a_picture_with_an_edge_drives_the_same_cells_round_the_border(
    context: moderngl.Context, shaders: Path, layout: object
) -> None:
    model = read_model(shaders / "models" / "gray_scott.fs", shaders)
    state = random_state(model, np.random.default_rng(5), (ROWS, COLUMNS), 0.3)
    ramp = np.linspace(-1.0, 1.0, COLUMNS * ROWS, dtype=np.float32)
    texture = context.texture((COLUMNS, ROWS), 1, ramp.tobytes(), dtype="f4")
    texture.repeat_x = texture.repeat_y = False
    texture.filter = moderngl.NEAREST, moderngl.NEAREST
    lamp = Source("lamp", "gradient", {}, {"feed": 0.05})
    values = {**default_values(model), "feed_lamp": 0.05, "lamp_drift": (0.0, 0.0)}
    run = Run(values, 0.5, steps=STEPS, sources=(lamp,), textures={"lamp": texture})
    plain = run_model(context, shaders, model, state, run)
    packed = run_model(context, shaders, model, state, replace(run, layout=layout))
    texture.release()
    assert np.abs(packed - plain).max() <= STEPS * SINGLE


def test_a_field_that_cannot_be_cut_stays_plain(context: moderngl.Context, shaders: Path) -> None:
    model = read_model(shaders / "models" / "gray_scott.fs", shaders)
    state = random_state(model, np.random.default_rng(1), (13, 17))
    run = Run(default_values(model), 0.9, steps=6)
    plain = run_model(context, shaders, model, state, run)
    other = run_model(context, shaders, model, state, replace(run, layout=LAYOUTS["fused"]))
    assert np.array_equal(plain, other)
