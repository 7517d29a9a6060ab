"""Touches against a slow twin: softness, channel, erasing, pushing, at each border."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.field import Field, FieldSpec
from engine.gpu.shelf import Shelf
from engine.gpu.touch import draw_splats
from engine.show.catalogue import Limit, Model
from engine.show.frame import Splat

ROWS, COLUMNS = 13, 17
MODEL = Model(
    id="made",
    title="",
    channels=("a", "b", "c", "d"),
    rest=(1.0, 0.0, -0.5, 0.0),
    brush=(0.5, 0.8, -0.5, 0.0),
    shown=((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
    range=((0.0, 1.5), (0.0, 2.0), (-4.0, 1.0), (-3.0, 3.0)),
    dt=0.5,
    steps=60.0,
    limit=Limit(),
    parameters=(),
)


@pytest.fixture(scope="module")
def shelf(context: moderngl.Context, shaders: Path) -> Iterator[Shelf]:
    made = Shelf(context, shaders)
    yield made
    made.release()


def draw(
    context: moderngl.Context,
    shelf: Shelf,
    splats: Sequence[Splat],
    *,
    model: Model = MODEL,
    border: str = "periodic",
    start: NDArray[np.float32] | None = None,
    scale: float = 1.0,
) -> NDArray[np.float32]:
    count = len(model.channels)
    with Field(context, FieldSpec(COLUMNS, ROWS, count, border)) as field:
        field.write(first_state(count) if start is None else start)
        draw_splats(shelf, field, model, splats, scale)
        return field.read()


def first_state(channels: int) -> NDArray[np.float32]:
    random = np.random.default_rng(5)
    spans = [random.uniform(low, high, (ROWS, COLUMNS)) for low, high in MODEL.range[:channels]]
    return np.stack(spans, axis=-1).astype(np.float32)


def twin(
    splats: Sequence[Splat], model: Model = MODEL, border: str = "periodic", scale: float = 1.0
) -> NDArray[np.float64]:
    """Cell by cell, from the words of `Splat`."""
    state = first_state(len(model.channels)).astype(np.float64)
    for splat in splats:
        radius = splat.radius * ROWS
        sharpest = max(math.e * radius, 2.0)  # an edge one cell wide
        power = min(2.0 / splat.softness, sharpest) if splat.softness else sharpest
        for row in range(ROWS):
            for column in range(COLUMNS):
                across = column + 0.5 - splat.x * COLUMNS
                up = row + 0.5 - splat.y * ROWS
                if border == "periodic":
                    across -= COLUMNS * round(across / COLUMNS)
                    up -= ROWS * round(up / ROWS)
                away = math.hypot(across, up) / radius
                touch = abs(splat.amount) * math.exp(-min(away**power, 200.0))
                for channel, (low, high) in enumerate(model.range):
                    if splat.channel not in (0, channel + 1):
                        continue
                    rest, goal = model.rest[channel], model.brush[channel]
                    if splat.channel and goal == rest:
                        far = high if high - rest >= rest - low else low
                        goal = rest + (far - rest) / 4
                    if model.push and channel in model.push:
                        unit = ROWS / scale / (model.steps * model.dt)  # cells a model time
                        goal += splat.push[model.push.index(channel)] * unit
                    goal = min(max(goal, low), high) if splat.amount > 0 else rest
                    state[row, column, channel] += touch * (goal - state[row, column, channel])
    return state


@pytest.mark.parametrize("border", ["periodic", "no-flux", "fixed"])
@pytest.mark.parametrize("softness", [0.0, 0.3, 0.7, 1.0])
def test_a_splat_is_its_twins_at_any_softness_and_border(
    context: moderngl.Context, shelf: Shelf, softness: float, border: str
) -> None:
    splats = [Splat(0.1, 0.9, 0.3, 0.8, softness), Splat(0.6, 0.4, 0.15, -0.6, softness)]
    found = draw(context, shelf, splats, border=border)
    assert found == pytest.approx(twin(splats, border=border), abs=2e-5)
    assert np.abs(found - first_state(4)).max() > 0.3


@pytest.mark.parametrize("border", ["periodic", "no-flux"])
@pytest.mark.parametrize("place", [(0.0, 0.0), (0.98, 0.5), (0.5, 1.0), (1.03, -0.04), (2.5, 0.5)])
def test_a_small_splat_is_felt_over_the_edge_where_there_is_none(
    context: moderngl.Context, shelf: Shelf, place: tuple[float, float], border: str
) -> None:
    splats = [Splat(*place, 0.08, 0.9)]
    found = draw(context, shelf, splats, border=border)
    assert found == pytest.approx(twin(splats, border=border), abs=2e-5)


@pytest.mark.parametrize("channel", [1, 2, 3, 4])
@pytest.mark.parametrize("amount", [0.9, -0.9])
def test_a_splat_of_one_channel_leaves_the_others_as_they_are(
    context: moderngl.Context, shelf: Shelf, channel: int, amount: float
) -> None:
    splats = [Splat(0.5, 0.5, 0.2, amount, 0.5, channel)]
    found = draw(context, shelf, splats)
    assert found == pytest.approx(twin(splats), abs=2e-5)
    others = [other for other in range(4) if other != channel - 1]
    assert found[..., others].tobytes() == first_state(4)[..., others].tobytes()
    assert np.abs(found - first_state(4)).max() > 0.3


@pytest.mark.parametrize("scale", [1.0, 0.5])
def test_a_moving_hand_gives_a_velocity_its_own(
    context: moderngl.Context, shelf: Shelf, scale: float
) -> None:
    pushed = replace(MODEL, push=(3, 1))
    splats = [Splat(0.5, 0.5, 0.3, 1.0, 1.0, 0, (0.9, -0.2)), Splat(0.2, 0.2, 0.2, -1.0)]
    found = draw(context, shelf, splats, model=pushed, scale=scale)
    assert found == pytest.approx(twin(splats, pushed, scale=scale), abs=2e-5)
    still = draw(context, shelf, splats, scale=scale)
    assert np.abs(found - still)[..., [1, 3]].max() > 0.1
    assert found[..., [0, 2]].tobytes() == still[..., [0, 2]].tobytes()


def test_no_hand_pushes_a_field_out_of_its_range(context: moderngl.Context, shelf: Shelf) -> None:
    pushed = replace(MODEL, push=(3, 1))
    hard = [Splat(0.5, 0.5, 1.0, 1.0, 0.0, 0, (s * 10.0, s * 10.0)) for s in (1, -1)] * 20
    for count in (1, 2, 39, 40):
        found = draw(context, shelf, hard[:count], model=pushed)
        for channel, (low, high) in enumerate(MODEL.range):
            assert (
                low - 1e-6 <= found[..., channel].min() <= found[..., channel].max() <= high + 1e-6
            )


def test_more_splats_than_a_pass_holds_are_drawn_in_their_order(
    context: moderngl.Context, shelf: Shelf
) -> None:
    random = np.random.default_rng(2)
    splats = [
        Splat(*random.random(2), 0.2, random.uniform(-1, 1), random.random(), n % 5)
        for n in range(37)
    ]
    assert draw(context, shelf, splats) == pytest.approx(twin(splats), abs=1e-4)


@pytest.mark.parametrize("channels", [1, 2, 3])
def test_fields_of_fewer_channels_are_drawn_into_alike(
    context: moderngl.Context, shelf: Shelf, channels: int
) -> None:
    model = replace(
        MODEL,
        channels=MODEL.channels[:channels],
        rest=MODEL.rest[:channels],
        brush=MODEL.brush[:channels],
        range=MODEL.range[:channels],
    )
    splats = [Splat(0.4, 0.6, 0.2, 1.0, 0.4), Splat(0.6, 0.6, 0.2, 0.7, 1.0, channels)]
    assert draw(context, shelf, splats, model=model) == pytest.approx(twin(splats, model), abs=2e-5)


def test_a_hard_splat_is_a_disc_with_an_edge_of_about_a_cell(
    context: moderngl.Context, shelf: Shelf
) -> None:
    blank = np.zeros((ROWS, COLUMNS, 4), np.float32) + np.array(MODEL.rest, np.float32)
    found = draw(context, shelf, [Splat(0.5, 0.5, 0.4, 1.0, 0.0)], start=blank)
    cover = found[..., 1] / MODEL.brush[1]
    rows, columns = np.indices(cover.shape)
    away = np.hypot(columns - 8, rows - 6)
    assert cover[away < 0.4 * ROWS - 1.2].min() > 0.95
    assert cover[away > 0.4 * ROWS + 0.8].max() < 0.05
