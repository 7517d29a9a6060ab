"""Generators as scenes: a file that is dropped into a folder is played like any other scene."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest

from engine.assets import Assets
from engine.gpu.mixer import Mixer
from engine.gpu.shelf import Shelf
from engine.library import Library, read_library
from engine.message import Message
from engine.show.director import Director

SIZE = (16, 12)
# Version 1, as found in the wild: no version, no MORPHOGEN, an input called as one of the finish's.
DROPPED = """/*{
  "INPUTS": [ { "NAME": "glow", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 1.0 },
              { "NAME": "speed", "TYPE": "float", "DEFAULT": 2.0, "MIN": 0.0, "MAX": 4.0 } ]
}*/
void main() { gl_FragColor = vec4(glow, vv_FragNormCoord.x, fract(TIME * speed * 0.0), 1.0); }
"""
SCENE = """title = "Drawn"
generator = "plain_red"
palette = "ember"
[parameters]
own_glow = 0.5
[[macro]]
name = "Pace"
moves = { speed = [1.0, 3.0] }
"""


@pytest.fixture
def library(tmp_path: Path, repository: Path) -> Library:
    """The engine's own, with one file in the user's shaders and a scene that names it."""
    (tmp_path / "shaders").mkdir()
    (tmp_path / "scenes").mkdir()
    (tmp_path / "shaders" / "Plain Red.fs").write_text(DROPPED)
    (tmp_path / "scenes" / "drawn.toml").write_text(SCENE)
    return read_library(Assets(repository, tmp_path))


def show(
    context: moderngl.Context, library: Library, director: Director, frames: int = 3
) -> np.ndarray:
    """The last of so many frames, (rows, columns, 4), 0..1, as a screen is sent it."""
    catalogue, assets = library.catalogue, library.assets
    shelf = Shelf(context, assets.both("shaders"))
    mixer = Mixer(context, shelf, SIZE, catalogue.models, assets.both("scenes"))
    try:
        for _ in range(frames):
            frame = director.advance(33_000_000)
            mixer.step(frame)
            mixer.compose(frame)
        raw = mixer.picture.read(components=4)
        return np.frombuffer(raw, np.uint8).reshape(SIZE[1], SIZE[0], 4) / 255.0
    finally:
        mixer.release()
        shelf.release()


def test_a_file_dropped_into_the_users_shaders_is_a_scene(
    context: moderngl.Context, library: Library
) -> None:
    director = Director(library.catalogue, "plain_red")
    picture = show(context, library, director)
    assert picture[6, 8, 0] > 0.8 and picture[6, 2, 1] < picture[6, 13, 1]


def test_its_inputs_are_parameters_and_the_finish_keeps_its_own(
    context: moderngl.Context, library: Library
) -> None:
    director = Director(library.catalogue, "coral")
    director.apply(Message("/scene/go", ("plain_red", 0.0)))
    director.apply(Message("/param/own_glow", (0.0,)))
    director.apply(Message("/param/glow", (0.0,)))
    voice = director.layer(1).voice
    assert voice.bank.wanted("own_glow") == (0.0,) and voice.bank.wanted("glow") == (0.0,)
    voice.bank.jump()
    assert not director.refused
    assert show(context, library, director)[6, 8, 0] < 0.1


def test_its_macros_move_its_first_numbers(library: Library) -> None:
    director = Director(library.catalogue, "plain_red")
    director.apply(Message("/macro/2", (1.0,)))
    assert director.layer(1).voice.bank.wanted("speed") == (4.0,)


def test_a_scene_file_names_it_with_values_and_macros_of_its_own(library: Library) -> None:
    assert not library.complaints
    director = Director(library.catalogue, "drawn")
    director.apply(Message("/macro/1", (0.0,)))
    voice = director.layer(1).voice
    assert voice.bank.wanted("speed") == (1.0,) and voice.bank.wanted("own_glow") == (0.5,)
    assert voice.colours.palette.id == "ember"


def test_what_a_generator_has_not_is_said(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "scenes" / "drawn.toml"
    path.write_text("rows = 64\n" + SCENE.replace("plain_red", "plain_read"))
    wrong = [str(c) for c in read_library(library.assets).complaints]
    assert [line.split("drawn.toml")[1] for line in wrong] == [
        ":1: a generator has no field: 'rows' does nothing in its scene. Take it out.",
        ":3: no generator 'plain_read'. Did you mean 'plain_red'?",
    ]


@pytest.mark.parametrize("name", ["life", "orbits", "panes"])
def test_each_generator_of_ours_is_alive_and_takes_the_palette(
    context: moderngl.Context, library: Library, name: str
) -> None:
    directors = [Director(library.catalogue, name) for _ in range(3)]
    directors[1].apply(Message("/palette/go", ("ember", 0.0)))
    counts = (3, 3, 15)
    usual, embers, later = (
        show(context, library, one, count)[..., :3]
        for one, count in zip(directors, counts, strict=True)
    )
    assert usual.std() > 0.02
    assert np.abs(later - usual).mean() > 0.005 and np.abs(embers - usual).mean() > 0.005
