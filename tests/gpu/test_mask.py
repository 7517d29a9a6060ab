"""A mask: the field grows inside a shape or a word only, as far as `mask_amount` says."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest

from engine.gpu.headers import read_model
from engine.show.catalogue import BORDERS
from engine.show.kinds import parse_kind
from engine.show.sources.source import KINDS, Source
from engine.show.sources.source_pictures import draw_source
from tests.gpu.running import Run, default_values, random_state, run_model
from tests.gpu.twins import TWINS
from tests.gpu.twins.grid import Grid

ROWS, COLUMNS = 13, 17
MASK = Source("mask", "shape", {})


def drawn(**table: object) -> np.ndarray:
    kind, arguments = parse_kind(table, KINDS, "mask", str)
    return draw_source(Source("mask", kind, arguments), 1.5, 1, None)


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("amount", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("name", ["gray_scott", "wave", "cahn_hilliard"])
def test_outside_a_mask_the_state_is_drawn_to_rest_as_the_twin_says(
    context: moderngl.Context, shaders: Path, name: str, amount: float, border: str
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    random = np.random.default_rng(11)
    state = random_state(model, random, (ROWS, COLUMNS), 0.2)
    cover = random.random((ROWS, COLUMNS)).astype(np.float32)
    texture = context.texture((COLUMNS, ROWS), 1, cover.tobytes(), dtype="f4")
    values = {**default_values(model), "mask_amount": amount, "mask_drift": (0.0, 0.0)}
    dt = 0.5 * model.limit.largest_dt(default_values(model))
    run = Run(values, dt, 1, border, model.rest, sources=(MASK,), textures={"mask": texture})
    found = run_model(context, shaders, model, state, run)
    texture.release()
    twin = TWINS[name].step(state, values, dt, Grid(border, model.rest, 1.0))
    keep = np.exp(-dt / model.dt * amount * (1.0 - cover))[..., None]
    expected = np.array(model.rest) * (1 - keep) + twin * keep
    low, high = np.array(model.range).T
    expected = np.clip(expected, low, high)
    assert np.abs(found - expected).max() <= 1e-5 * np.abs(expected).max()


def test_a_pattern_fills_the_mask_and_stops_at_its_edge(
    context: moderngl.Context, shaders: Path
) -> None:
    model = read_model(shaders / "models" / "gray_scott.fs", shaders)
    disc = drawn(kind="shape", radius=0.3)
    texture = context.texture((disc.shape[1], disc.shape[0]), 1, disc.tobytes(), dtype="f4")
    texture.repeat_x = texture.repeat_y = False
    state = np.tile(np.array(model.rest), (64, 96, 1))
    state[28:36, 40:56] = model.brush
    values = {**default_values(model), "feed": 0.037, "kill": 0.06, "mask_amount": 1.0}
    values |= {"mask_drift": (0.0, 0.0)}
    run = Run(values, 1.0, 4000, sources=(MASK,), textures={"mask": texture})
    grown = run_model(context, shaders, model, state, run)[..., 1]
    texture.release()
    y, x = np.mgrid[0:64, 0:96]
    away = np.hypot(x + 0.5 - 48, y + 0.5 - 32) / 64
    assert grown[(away > 0.2) & (away < 0.27)].max() > 0.2  # it has come to the edge
    assert grown[away > 0.36].max() < 0.01


def test_shapes_and_words_are_drawn_where_they_should_be() -> None:
    disc = drawn(kind="shape", radius=0.25, blur=0.0)
    assert disc.mean() * 1.5 == pytest.approx(np.pi * 0.25**2, rel=0.01)
    ring = drawn(kind="shape", shape="ring", radius=0.3, width=0.1, blur=0.0)
    assert ring.mean() * 1.5 == pytest.approx(2 * np.pi * 0.3 * 0.1, rel=0.01)
    square = drawn(kind="shape", shape="polygon", corners=4, radius=0.4, blur=0.0)
    assert square.mean() * 1.5 == pytest.approx(2 * 0.4**2, rel=0.01)
    star = drawn(kind="shape", shape="star", corners=5, radius=0.4, blur=0.0)
    rows, columns = star.shape
    assert (
        star[round(rows * 0.85), columns // 2] == 1.0
        and star[round(rows * 0.15), columns // 2] == 0.0
    )
    assert 0.2 < star.mean() / square.mean() < 0.8
    soft = drawn(kind="shape", radius=0.25, blur=0.1)
    assert np.abs(np.diff(soft, axis=0)).max() < 0.05
    word = drawn(kind="text", text="HI")
    outside = drawn(kind="text", text="HI", invert=True)
    assert 0.05 < word.mean() < 0.5 and word.max() == 1.0
    assert outside == pytest.approx(1.0 - word)
    bold = drawn(kind="text", text="I", bold=0.05)
    thin = drawn(kind="text", text="I")
    grown = (bold > 0.5)[192].sum() - (thin > 0.5)[192].sum()
    assert grown == pytest.approx(2 * 0.05 * 384, abs=12)
