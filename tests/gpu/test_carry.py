"""A field carried by a flow: what it carries arrives, whole; eddies have no source and no seam."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.assets import find_assets
from engine.gpu.carry import Carrier
from engine.gpu.field import Field, FieldSpec
from engine.gpu.mixer import Mixer
from engine.gpu.shelf import Shelf
from engine.library import Library, read_library
from engine.show.director import Director
from engine.show.pace import Pace
from engine.show.sources.flow import Flow
from engine.show.sources.source import Source
from tests.gpu.test_live_sources import voice_with
from tests.gpu.test_picture import plain_scene

ROWS, COLUMNS = 48, 96


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_assets())


@pytest.fixture
def shelf(context: moderngl.Context, shaders: Path) -> Iterator[Shelf]:
    made = Shelf(context, shaders)
    yield made
    made.release()


def gaussian(x: float, y: float, width: float) -> NDArray:
    """A hill at a place in heights, on a field that goes round."""
    rows, columns = (np.arange(ROWS) + 0.5) / ROWS, (np.arange(COLUMNS) + 0.5) / ROWS
    across, up = (columns - x + 1.0) % 2.0 - 1.0, (rows - y + 0.5) % 1.0 - 0.5
    return np.exp(-(across**2 + up[:, None] ** 2) / (2 * width**2))


Carry = Callable[..., NDArray]


@pytest.fixture
def carry(context: moderngl.Context, shelf: Shelf, library: Library) -> Carry:
    def run(
        state: NDArray,
        flow: Flow,
        frames: int,
        seconds: float,
        border: str = "periodic",
        driver: NDArray | None = None,
        speed: float = 1.0,
        **values: float,
    ) -> NDArray:
        voice = voice_with(library, Source("lamp", "noise", {"blobs": 2.0, "drift": 0.0}))
        scene = replace(voice.scene, flow=flow)
        numbers = {**voice.values, "flow": speed, "flow_pace_phase": 0.0, **values}
        voice = replace(
            voice, scene=scene, rows=ROWS, columns=COLUMNS, seconds=seconds, values=numbers
        )
        channels = state.shape[-1]
        carrier = Carrier(context, shelf)
        textures = {}
        if driver is not None:
            data = driver.astype(np.float32).tobytes()
            textures["lamp"] = context.texture((COLUMNS, ROWS), 1, data, dtype="f4")
        spec = FieldSpec(COLUMNS, ROWS, channels, border)
        with Field(context, spec) as field, Field(context, FieldSpec(8, 4, 2)) as other:
            other.write(np.tile(np.float32([0.3, 0.1]), (4, 8, 1)))
            field.write(state)
            fields = {2: (other, library.catalogue.models["wave"])}
            for _ in range(frames):
                carrier.carry(field, voice, textures, fields)
            found = field.read()
        carrier.release()
        for texture in textures.values():
            texture.release()
        return found.astype(float)

    return run


def test_a_hill_carried_right_round_the_field_arrives_whole(carry: Carry) -> None:
    start = np.stack([gaussian(0.4, 0.3, 0.07), 1 - gaussian(1.2, 0.8, 0.07)], axis=-1)
    # 200 frames of 1/60 s at (0.3, 0.1) heights a second: 1.0 to the right and 1/3 up.
    found = carry(start, Flow(layer=2), 200, 1 / 60)
    there = np.stack(
        [gaussian(1.4, 0.3 + 1 / 3, 0.07), 1 - gaussian(0.2, 0.8 - 2 / 3, 0.07)], axis=-1
    )
    assert np.abs(found - there).max() < 0.01
    assert found[..., 0].max() > 0.98 and found[..., 1].min() < 0.02
    assert found[..., 0].sum() == pytest.approx(start[..., 0].sum(), rel=1e-3)


def test_an_edge_carried_far_hardly_rings(carry: Carry) -> None:
    start = np.zeros((ROWS, COLUMNS, 1))
    start[10:30, 20:50] = 1.0
    found = carry(start, Flow(layer=2), 400, 1 / 60)
    assert found.min() > -0.2 and found.max() < 1.2
    assert found.sum() == pytest.approx(start.sum(), rel=0.01)


def test_nothing_moves_where_no_time_passes_or_the_layer_is_not_there(carry: Carry) -> None:
    start = gaussian(0.4, 0.3, 0.07)[..., None].astype(np.float32)
    assert np.array_equal(carry(start, Flow(layer=2), 3, 0.0), start)
    assert np.array_equal(carry(start, Flow(layer=3), 3, 0.1), start)
    assert np.array_equal(carry(start, Flow(layer=2), 3, 0.1, speed=0.0), start)


def test_what_leaves_at_a_closed_border_comes_from_its_own_edge(carry: Carry) -> None:
    ramp = np.tile(np.linspace(0, 1, COLUMNS)[None, :, None], (ROWS, 1, 1))
    found = carry(ramp, Flow(layer=2), 40, 1 / 20, "no-flux")
    shift = 0.3 * 2 * ROWS / (COLUMNS - 1)  # heights to the ramp's own units
    expected = (ramp - shift).clip(0.0)
    assert np.abs(found - expected)[:, 4:].max() < 0.01
    assert found[:, :20].max() < 1e-3


def velocity(carry: Carry, flow: Flow, **more: object) -> NDArray:
    """What flows, in heights a second, found by how ramps move; (rows - 4, columns - 4, 2)."""
    y, x = np.mgrid[0:ROWS, 0:COLUMNS] / ROWS
    ramps = np.stack([x, y], axis=-1)
    moved = carry(ramps, flow, 1, 1e-3, "no-flux", **more)
    return ((ramps - moved) / 1e-3)[4:-4, 4:-4]


def test_eddies_have_no_source_and_about_the_speed_asked_for(carry: Carry) -> None:
    for size in (0.5, 0.3, 0.2):
        speeds = []
        for phase in (0.0, 0.3, 0.7):
            found = velocity(carry, Flow(), flow_size=size, flow_pace_phase=phase)
            along = np.gradient(found[..., 0], 1 / ROWS, axis=1)
            up = np.gradient(found[..., 1], 1 / ROWS, axis=0)
            inside = np.s_[2:-2, 2:-2]
            assert np.sqrt(((along + up)[inside] ** 2).mean()) < 0.15 * np.sqrt(
                (along[inside] ** 2).mean()
            )
            speeds.append(np.sqrt((found**2).sum(axis=-1).mean()))
        assert 0.6 < np.mean(speeds) < 1.5
    turned = velocity(carry, Flow(), flow_size=0.3, flow_pace_phase=0.4)
    still = velocity(carry, Flow(), flow_size=0.3, flow_pace_phase=0.0)
    whole = velocity(carry, Flow(), flow_size=0.3, flow_pace_phase=1.0)
    assert np.abs(turned - still).max() > 0.3
    assert np.abs(whole - still).max() < 0.05  # time comes round


def test_eddies_go_on_across_the_border(carry: Carry) -> None:
    # A ramp that goes round twice is the same at both borders; so must be what becomes of it.
    x = np.arange(COLUMNS) / COLUMNS
    waves = np.tile(np.sin(2 * np.pi * 2 * x)[None, :, None], (ROWS, 1, 1))
    found = carry(waves, Flow(), 20, 0.01, flow_size=0.3)[..., 0]
    inner = np.abs(np.diff(found, axis=1)).max()
    assert np.abs(found[:, 0] - found[:, -1]).max() <= inner
    assert np.abs(found[0] - found[-1]).max() <= np.abs(np.diff(found, axis=0)).max()


def test_a_source_is_followed_along_its_contours(carry: Carry) -> None:
    x = (np.arange(COLUMNS) + 0.5) / ROWS
    hill = np.tile(0.5 * x, (ROWS, 1))  # climbs to the right
    # The hill lies to the left of a flow downward; 0.5 a height is a twentieth over a tenth.
    found = velocity(carry, Flow(by="lamp"), driver=hill)
    assert np.abs(found[:, 4:-4, 0]).max() < 0.01
    assert found[:, 4:-4, 1] == pytest.approx(-0.05, abs=0.005)


def test_a_layer_that_is_a_fluid_carries_a_layer_of_gray_scott(
    context: moderngl.Context, shelf: Shelf, library: Library
) -> None:
    base = plain_scene(library, ROWS)
    none = {"speed": (0.0,)}
    low = replace(base, id="low", model="fluid", border="periodic", values=none)
    still = replace(base, model="gray_scott", border="periodic", values=none)
    high = replace(still, id="high", flow=Flow(layer=1), values={**none, "flow": (0.5,)})
    catalogue = replace(library.catalogue, scenes={"low": low, "high": high})
    director = Director(catalogue, "low", pace=Pace(aspect=2.0))
    director.go(2, "high", 0.0)
    mixer = Mixer(context, shelf, (32, 16), catalogue.models, find_assets().scenes)
    frame = director.advance(0)
    mixer.step(frame)
    below, above = (mixer.running(layer.voices[0].key) for layer in frame.layers)
    assert below and above
    # A fluid that goes round the middle, as its own two first channels say it: left of the
    # middle up, right of it down.
    x = (np.arange(COLUMNS) + 0.5) / COLUMNS
    water = np.zeros((ROWS, COLUMNS, 4), np.float32)
    water[..., 1] = np.sin(2 * np.pi * x)
    below.field.write(water)
    spot = gaussian(0.5, 0.5, 0.07), gaussian(1.5, 0.5, 0.07)
    start = np.stack([np.ones((ROWS, COLUMNS)), spot[0] + spot[1]], axis=-1)
    above.field.write(start.astype(np.float32))
    for _ in range(20):
        mixer.step(director.advance(20_000_000))  # 0.4 s at half a height a second
    found = above.field.read()[..., 1]
    heights = (np.arange(ROWS) + 0.5) / ROWS
    half = COLUMNS // 2
    for side, expected in ((found[:, :half], 0.7), (found[:, half:], 0.3)):
        assert (side.sum(axis=1) * heights).sum() / side.sum() == pytest.approx(expected, abs=0.02)
    assert below.field.read() == pytest.approx(water, abs=1e-6)
    assert mixer.take_complaints() == []
    mixer.release()
