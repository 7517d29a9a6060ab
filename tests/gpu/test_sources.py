"""Parameters driven over the field: each cell as its sources say; with amount 0 nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import moderngl
import numpy as np
import pytest
from PIL import Image

from engine.gpu.field import border_sampler
from engine.gpu.headers import read_model
from engine.gpu.mapping import Mapped, map_fields
from engine.gpu.program import block_fields
from engine.show.catalogue import BORDERS
from engine.show.kinds import parse_kind
from engine.show.sources.reach import extremes
from engine.show.sources.source import KINDS, Source, Variation, vary
from engine.show.sources.source_pictures import draw_source
from tests.gpu.running import Run, all_models, default_values, random_state, run_model, write_model
from tests.gpu.twins import TWINS
from tests.gpu.twins.grid import Grid

ROWS, COLUMNS = 13, 17


def terrain(*names: str, name: str = "terrain", kind: str = "noise") -> Source:
    return Source(name, kind, {}, dict.fromkeys(names, 0.0))


def source_of(folder: Path, **table: object) -> Source:
    """A source as a scene's file would have it."""
    kind, arguments = parse_kind(table, KINDS, "source", str)
    return Source("lamp", kind, arguments, {"feed": 0.1}, "scenes/a.toml:7")


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
    run = Run(values, 1.0, sources=(terrain("cooling"),), textures={"terrain": ramp})
    found = run_model(context, shaders, model, np.ones((ROWS, COLUMNS, 1)), run)
    expected = 1 - (0.01 + 0.03 * np.linspace(0, 1, COLUMNS))
    assert found[..., 0] == pytest.approx(np.tile(expected, (ROWS, 1)), abs=1e-6)


def test_a_mapped_parameter_stays_in_its_range(
    context: moderngl.Context, shaders: Path, ramp: moderngl.Texture
) -> None:
    model = read_model(shaders / "models" / "heat.fs", shaders)
    for amount, bound in ((9.0, 0.05), (-9.0, 0.0)):
        values = {**default_values(model), "cooling_terrain": amount}
        run = Run(values, 1.0, sources=(terrain("cooling"),), textures={"terrain": ramp})
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
    run = Run(values, 1.0, sources=(terrain("lift"),), textures={"terrain": ramp})
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
    run = Run(
        {**values, **nothing},
        dt,
        steps=20,
        sources=(terrain(*names),),
        textures={"terrain": ramp},
    )
    mapped = run_model(context, shaders, model, state, run)
    assert mapped == pytest.approx(plain, abs=1e-6)


def test_the_terrain_repeats_and_is_smooth_whatever_was_drawn_before(
    context: moderngl.Context, shaders: Path, ramp: moderngl.Texture
) -> None:
    model = read_model(shaders / "models" / "heat.fs", shaders)
    values = {**default_values(model), "cooling_terrain": 0.05, "terrain_drift": (0.75, 0.25)}
    run = Run(values, 1.0, sources=(terrain("cooling"),), textures={"terrain": ramp})
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


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("name", ["gray_scott", "fitzhugh_nagumo", "ginzburg_landau"])
def test_three_sources_drive_each_cell_as_the_twin_says(
    context: moderngl.Context, shaders: Path, name: str, border: str
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    random = np.random.default_rng(5)
    state = random_state(model, random, (ROWS, COLUMNS), 0.4)
    smooth = [p for p in model.parameters if p.kind == "float" and p.name in model.limit.names]
    first, second = smooth[0].name, smooth[1].name
    sources = (terrain(first, second), terrain(second, name="lamp"), terrain(first, name="sky"))
    values = default_values(model)
    pictures = {s.name: random.uniform(-1, 1, (ROWS, COLUMNS)).astype(np.float32) for s in sources}
    driven: dict[str, Any] = {first: values[first], second: values[second]}
    amounts = {}
    for source in sources:
        for moved in source.moves:
            amount = 0.3 * (model.parameters[0].maximum[0] - model.parameters[0].minimum[0])
            amounts[f"{moved}_{source.name}"] = amount
            driven[moved] = driven[moved] + amount * pictures[source.name]
    own = {p.name: p for p in model.parameters}
    cells = {n: np.clip(v, own[n].minimum[0], own[n].maximum[0]) for n, v in driven.items()}
    drifts = {f"{source.name}_drift": (0.0, 0.0) for source in sources}
    numbers = {**values, **amounts}
    ends = extremes(model.limit.names, vary(sources).moved, own, numbers)
    dt = 0.5 * min(model.limit.largest_dt(there) for there in ends)
    textures = {
        n: context.texture((COLUMNS, ROWS), 1, v.tobytes(), dtype="f4") for n, v in pictures.items()
    }
    run = Run({**numbers, **drifts}, dt, 1, border, model.rest, sources=sources, textures=textures)
    found = run_model(context, shaders, model, state, run)
    twin = TWINS[name].step(state, {**values, **cells}, dt, Grid(border, model.rest, 1.0))
    for texture in textures.values():
        texture.release()
    low, high = np.array(model.range).T
    assert np.ptp(cells[first]) > 0 and np.ptp(cells[second]) > 0
    assert np.abs(found - np.clip(twin, low, high)).max() <= 1e-5 * np.abs(twin).max()


def test_without_sources_a_step_is_compiled_with_nothing_of_them(shaders: Path) -> None:
    for model in all_models(shaders).values():
        plain = map_fields(model, Variation())
        assert plain == Mapped(block_fields(model.parameters), "", [])
        # A source that moves nothing is not read either.
        assert map_fields(model, vary((terrain(),))) == plain


def test_a_gradient_climbs_where_its_angle_says(tmp_path: Path) -> None:
    across = draw_source(source_of(tmp_path, kind="gradient"), 2.0, 1, None)
    assert across.shape == (128, 256)
    assert across[40] == pytest.approx(np.linspace(-1, 1, 257)[:-1] + 1 / 256, abs=1e-6)
    upward = draw_source(source_of(tmp_path, kind="gradient", angle=90), 2.0, 1, None)
    assert upward[:, 7] == pytest.approx(np.linspace(-1, 1, 129)[:-1] + 1 / 128, abs=1e-6)
    round_ = draw_source(
        source_of(tmp_path, kind="gradient", shape="radial", radius=0.5), 2, 1, None
    )
    assert round_.max() > 0.97 and round_[0, 0] == -1.0
    mirror = draw_source(source_of(tmp_path, kind="gradient", shape="mirror"), 2.0, 1, None)
    assert abs(mirror[0, 0] - mirror[0, -1]) < 0.02 and np.ptp(mirror) > 1.9


def test_an_image_is_light_from_0_to_1_the_right_way_up(tmp_path: Path) -> None:
    picture = np.zeros((40, 80), np.uint8)
    picture[:20] = 255
    Image.fromarray(picture).save(tmp_path / "half.png")
    light = draw_source(source_of(tmp_path, kind="image", file="half.png"), 2.0, 1, tmp_path)
    assert light[-10:].min() > 0.99 and light[:10].max() < 0.01  # row 0 is the bottom
    table = {"kind": "image", "file": "half.png", "invert": True, "blur": 0.1}
    turned = draw_source(source_of(tmp_path, **table), 2.0, 1, tmp_path)
    assert turned[0].min() > 0.99
    assert np.abs(np.diff(turned[:, 100])).max() < 0.03 < np.abs(np.diff(light[:, 100])).max()
