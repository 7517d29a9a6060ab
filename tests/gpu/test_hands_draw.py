"""Fingers on a whole show: messages in, a changed field out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.assets import find_assets
from engine.gpu.mixer import Mixer
from engine.gpu.shelf import Shelf
from engine.library import Library, read_library
from engine.message import Message
from engine.show.director import Director
from engine.show.pace import Pace

FRAME_NS = 16_666_667
Gesture = list[tuple[str, tuple[float | str, ...]]]


@pytest.fixture(scope="module")
def library(repository: Path) -> Library:
    return read_library(find_assets(repository))


def play(
    context: moderngl.Context, library: Library, scene: str, frames: list[Gesture]
) -> NDArray[np.float32]:
    """The field after some frames, each with its messages, in a calm scene of 64 rows."""
    catalogue = library.catalogue
    calm = replace(catalogue.scenes[scene], rows=64, grow=0, drifts=())
    director = Director(
        replace(catalogue, scenes={scene: calm}), scene, pace=Pace(aspect=16 / 9, rows=64)
    )
    for name, value in (("speed", 0.0), ("rain", 0.0)):
        director.apply(Message(f"/param/{name}", (value,)))
    director.layer(1).jump()
    director.apply(Message("/clear"))
    shelf = Shelf(context, library.assets.shaders)
    mixer = Mixer(context, shelf, (64, 36), catalogue.models, library.assets.scenes)
    try:
        for gesture in frames:
            for address, arguments in gesture:
                director.apply(Message(address, arguments))
            mixer.step(director.advance(FRAME_NS))
        assert not director.refused
        running = mixer.running(director.layer(1).voice.key)
        assert running
        return running.field.read()
    finally:
        mixer.release()
        shelf.release()


def two_lines(*last: tuple[str, tuple[float | str, ...]]) -> list[Gesture]:
    """One finger goes right in the lower half, another left in the upper one."""
    way = [0.1 + 0.1 * n for n in range(9)]
    return [
        [("/brush/size", (0.03,))],
        *([("/touch/1", (x, 0.25)), ("/touch/2", (1.0 - x, 0.75))] for x in way),
        list(last),
    ]


def test_two_fingers_draw_two_lines_without_gaps(
    context: moderngl.Context, library: Library
) -> None:
    warmth = play(context, library, "ink", two_lines())[..., 0]
    rows, columns = warmth.shape
    inside = slice(round(0.12 * columns), round(0.88 * columns))
    for row in (rows // 4, rows * 3 // 4):
        line = warmth[row - 1 : row + 1, inside].max(axis=0)
        assert line.min() > 0.5
        assert line.min() > 0.8 * line.max()
    assert np.abs(warmth[rows // 2]).max() < 0.01
    assert np.abs(warmth[:, 2]).max() < 0.01


def test_an_erasing_finger_takes_a_line_away(context: moderngl.Context, library: Library) -> None:
    wipe: list[Gesture] = [[("/brush/erase", (1,)), ("/brush/size", (0.1,))]]
    wipe += [[("/touch/3", (0.05 + 0.1 * n, 0.25))] for n in range(10)]
    warmth = play(context, library, "ink", two_lines() + wipe)[..., 0]
    rows = warmth.shape[0]
    assert np.abs(warmth[rows // 4]).max() < 0.05
    assert warmth[rows * 3 // 4].max() > 0.8


def test_a_tape_of_the_same_fingers_gives_the_same_field(
    context: moderngl.Context, library: Library
) -> None:
    first, again = (play(context, library, "ink", two_lines()) for _ in range(2))
    assert first.tobytes() == again.tobytes()


def test_a_finger_pushes_the_fluid_along_its_way(
    context: moderngl.Context, library: Library
) -> None:
    model = library.catalogue.models["fluid"]
    assert model.push == (0, 1)
    for sign in (1.0, -1.0):
        way: list[Gesture] = [
            [("/touch/1", (0.5 + sign * 0.02 * n, 0.5 + sign * 0.01 * n))] for n in range(6)
        ]
        field = play(context, library, "marble", way)
        fastest = np.unravel_index(np.abs(field[..., 0]).argmax(), field.shape[:2])
        # 0.02 of a width in a frame at 60 fps is 0.02 * 64 * 16 / 9 cells of the field a step.
        expected = sign * 0.02 * 64 * 16 / 9, sign * 0.01 * 64
        assert field[fastest][:2] == pytest.approx(expected, rel=0.15)
        assert field[..., 2].max() > 0.9  # and dyes it


def test_a_splat_falls_on_every_beat_upon_the_field(
    context: moderngl.Context, library: Library
) -> None:
    def cells(frames: int, *first: tuple[str, tuple[float | str, ...]]) -> int:
        painted = play(context, library, "coral", [[*first], *[[]] * frames])[..., 1]
        return int((painted > 0.1).sum())

    every = ("/splat/every", (1.0,)), ("/tempo/bpm", (240.0,)), ("/tempo/beat", (0.5, "jump"))
    assert cells(4) == cells(4, *every) == 0  # half a beat is seven frames and a half
    one, several = cells(12, *every), cells(12 + 3 * 15, *every)
    assert one > 0 and several > 2 * one
    assert cells(60, *every, ("/tempo/running", (0,))) == 0
