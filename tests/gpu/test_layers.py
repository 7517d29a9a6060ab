"""Layers as they are laid on one another: blends, opacity, solo, bypass, eject and the crossfader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.shelf import Shelf
from engine.library import Library
from engine.show.frame import BLENDS
from engine.show.lead import LEAD
from engine.show.seeds.seed_file import parse_seed
from engine.show.sources.source import Source
from tests.solid import FRAME_NS, Solid, largest_step

Colour = NDArray[np.float64]
UNDER, OVER = np.array([0.9, 0.3, 0.1]), np.array([0.5, 0.6, 0.2])
CLOSE = {"atol": 2e-3}  # of half floats


@pytest.fixture
def solid(solid: Solid) -> Solid:
    solid.colour(1, *UNDER)
    return solid


def overlay(under: Colour, over: Colour) -> Colour:
    a, b = np.sqrt(under), np.sqrt(over)
    return np.where(a < 0.5, 2 * a * b, 1 - 2 * (1 - a) * (1 - b)) ** 2


TWINS: dict[str, Callable[[Colour, Colour], Colour]] = {
    "normal": lambda under, over: over,
    "add": lambda under, over: under + over,
    "screen": lambda under, over: 1 - (1 - under) * (1 - over),
    "multiply": lambda under, over: under * over,
    "difference": lambda under, over: np.abs(under - over),
    "lighten": np.maximum,
    "darken": np.minimum,
    "overlay": overlay,
    "mask": lambda under, over: under * (over @ np.array([0.2126, 0.7152, 0.0722])),
}


def test_every_blend_is_what_its_name_says_at_any_opacity(solid: Solid) -> None:
    assert tuple(TWINS) == BLENDS
    solid.colour(2, *OVER)
    for opacity in (1.0, 0.4):
        solid.send("/layer/2/opacity", opacity)
        solid.settle()
        for blend, twin in TWINS.items():
            solid.send("/layer/2/blend", blend)
            expected = UNDER + (twin(UNDER, OVER) - UNDER) * opacity
            assert np.allclose(solid.play(), expected, **CLOSE), (blend, opacity)


def test_where_nothing_is_below_a_blend_shows_the_layer_itself(solid: Solid) -> None:
    solid.colour(2, *OVER)
    for blend in BLENDS:
        solid.send("/layer/2/blend", blend)
        solid.send("/layer/1/opacity", 0.0)
        assert np.allclose(solid.settle(), OVER, **CLOSE), blend
        solid.send("/layer/1/opacity", 0.5)
        expected = 0.5 * OVER + 0.5 * TWINS[blend](UNDER, OVER)
        assert np.allclose(solid.settle(), expected, **CLOSE), blend


def test_solo_and_bypass_show_who_they_say_and_nothing_jumps(solid: Solid) -> None:
    solid.colour(2, *OVER)
    solid.send("/layer/2/blend", "add")
    both, seen = solid.settle(), []
    for address, value, expected in (
        ("/layer/2/bypass", 1, UNDER),
        ("/layer/2/bypass", 0, both),
        ("/layer/2/solo", 1, OVER),
        ("/layer/1/solo", 1, both),
        ("/layer/2/solo", 0, UNDER),
        ("/layer/1/solo", 0, both),
        ("/layer/1/bypass", 1, OVER),
    ):
        solid.send(address, value)
        seen += list(solid.watch(12))
        assert np.allclose(seen[-1], expected, **CLOSE), (address, value)
    assert largest_step(seen) < 0.25  # a fifth of the way in a frame


def test_the_crossfader_goes_from_side_to_side_equally_bright(solid: Solid) -> None:
    third = np.array([0.0, 0.2, 0.7])
    solid.colour(2, *OVER)
    solid.colour(3, *third)
    solid.send("/layer/1/bus", "a")
    solid.send("/layer/2/bus", "b")
    solid.send("/layer/3/blend", "add")
    solid.settle()
    for at in (0.0, 0.25, 0.5, 1.0):
        solid.send("/crossfader", at)
        expected = UNDER * (1 - at) + OVER * at + third
        assert np.allclose(solid.settle(), expected, **CLOSE), at


def test_neither_the_crossfader_nor_a_change_of_side_jumps(solid: Solid) -> None:
    solid.colour(2, *OVER)
    solid.settle()
    seen = []
    for address, value in (
        ("/layer/1/bus", "a"),
        ("/crossfader", 1.0),
        ("/layer/2/bus", "b"),
        ("/crossfader", 0.0),
        ("/layer/1/bus", "b"),
        ("/layer/2/bus", "off"),
    ):
        solid.send(address, value)
        seen += list(solid.watch(8))
    assert largest_step(seen) < 0.25


def test_an_ejected_layer_fades_away_with_its_scene(solid: Solid) -> None:
    solid.colour(2, *OVER)
    solid.settle()
    solid.send("/layer/2/eject", 0.5)
    seen = solid.watch(30)
    assert largest_step(seen) < 0.05 and np.allclose(seen[-1], UNDER, **CLOSE)
    assert 2 not in solid.director.layers
    solid.colour(2, *OVER)
    assert np.allclose(solid.settle(), OVER, **CLOSE)


def test_a_scene_can_grow_from_the_body_of_another_layer(
    context: moderngl.Context, solid_library: Library, solid_shelf: Shelf
) -> None:
    catalogue = solid_library.catalogue
    still = {**catalogue.scenes["coral"].values, "speed": (0.0,)}
    plain = replace(
        catalogue.scenes["coral"], sources=(), drifts=(), macros=(), grow=0, rows=16, values=still
    )
    seed = parse_seed({"kind": "layer", "layer": 1, "noise": 0.0}, "here")
    scenes = {
        **catalogue.scenes,
        "there": replace(plain, id="there"),
        "taken": replace(plain, id="taken", seed=seed),
    }
    solid = Solid(
        context, replace(solid_library, catalogue=replace(catalogue, scenes=scenes)), solid_shelf
    )
    solid.send("/layer/1/scene/go", "there", 0.0)
    solid.settle()
    below = solid.mixer.running(solid.director.layers[1].voice.key)
    model, spec = below.model, below.field.spec
    state = np.empty((spec.rows, spec.columns, 2), np.float32)
    state[:], state[:, : spec.columns // 2] = model.rest, model.brush
    below.field.write(state)
    solid.send("/layer/2/scene/go", "taken")
    solid.play(LEAD + 1)
    grown = solid.mixer.running(solid.director.layers[2].voice.key).field.read()
    assert np.allclose(grown[:, 2 : spec.columns // 2 - 2], model.brush, atol=0.02)
    assert np.allclose(grown[:, spec.columns // 2 + 2 : -2], model.rest, atol=0.02)
    solid.release()


def test_a_layer_that_nobody_sees_goes_on_if_its_light_drives_another(
    context: moderngl.Context, solid_library: Library, solid_shelf: Shelf, tmp_path: Path
) -> None:
    """Layer 2 is dark to the audience; a field on layer 1 reads its picture."""
    catalogue = solid_library.catalogue
    eye = Source("eye", "picture", {"layer": 2}, {"feed": 0.01})
    watching = replace(catalogue.scenes["coral"], sources=(eye,), drifts=(), grow=0, rows=16)
    scenes = {**catalogue.scenes, "watching": replace(watching, id="watching")}
    solid = Solid(
        context, replace(solid_library, catalogue=replace(catalogue, scenes=scenes)), solid_shelf
    )
    solid.colour(1, 0.0, 0.0, 0.0)
    solid.colour(2, *OVER)
    solid.send("/layer/2/opacity", 0.0)
    solid.send("/layer/1/scene/go", "watching", 0.0)
    solid.settle()
    running = solid.mixer.running(solid.director.layers[1].voice.key)
    texture = running._sources.textures["eye"]
    light = np.frombuffer(texture.read(), np.float16)
    assert np.allclose(light, OVER @ np.array([0.2126, 0.7152, 0.0722]), atol=3e-3)
    solid.release()


def test_what_is_there_is_taken_over_in_the_frame_in_which_a_scene_begins(
    context: moderngl.Context, solid_library: Library, solid_shelf: Shelf
) -> None:
    """Not when it was made ready, which is one time sooner and one time later."""
    catalogue = solid_library.catalogue
    plain = replace(
        catalogue.scenes["coral"], sources=(), drifts=(), macros=(), grow=0, rows=16, enter=""
    )
    scenes = {**catalogue.scenes, "there": replace(plain, id="there")}
    scenes["turned"] = replace(plain, id="turned", enter="equation")
    found = []
    for prepared in (True, False):
        own = replace(solid_library, catalogue=replace(catalogue, scenes=scenes))
        solid = Solid(context, own, solid_shelf)
        solid.send("/layer/1/scene/go", "there", 0.0)
        solid.play(20)
        solid.send("/layer/1/scene/go", "turned", 1.0)
        for _ in range(LEAD + 1):
            frame = solid.director.advance(FRAME_NS)
            solid.mixer.step(frame)
            if prepared:
                solid.mixer.prepare_all(frame)
        keys = [voice.key for voice in solid.director.layers[1].voices]
        assert frame.layers[0].voices[-1].becoming is not None
        found.append([solid.mixer.running(key).field.read() for key in keys])
        solid.release()
    assert np.array_equal(found[0], found[1])
    assert np.array_equal(found[0][0], found[0][1])  # one state, in the words of both
