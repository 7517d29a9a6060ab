"""The guard of life from the field to the picture: what dies is seen again, softly; what lives is let be."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.assets import find_assets
from engine.errors import Complaint
from engine.gpu.mixer import Mixer
from engine.gpu.shelf import Shelf
from engine.library import Library, read_library
from engine.message import Message
from engine.offline import render_scene
from engine.show.director import Director
from engine.show.life.keeper import answer_pulse
from engine.show.life.life import Care
from engine.show.pace import Pace

SIZE, FPS = (96, 54), 15
FRAME_NS = 1_000_000_000 // FPS
DEADLY = (("/param/feed", 0.0), ("/param/kill", 0.075), ("/param/speed", 2.0))


class Theatre:
    """A scene on a small field, stepped, drawn and kept alive as on the stage."""

    def __init__(self, context: moderngl.Context, library: Library, scene: str, rows: int) -> None:
        catalogue = library.catalogue
        chosen = {name: catalogue.scenes[name] for name in (scene, "tide")}
        self.director = Director(
            replace(catalogue, scenes=chosen), scene, pace=Pace(SIZE[0] / SIZE[1], rows)
        )
        self.shelf = Shelf(context, library.assets.shaders)
        self.mixer = Mixer(context, self.shelf, SIZE, catalogue.models, library.assets.scenes)
        self.said: list[Complaint] = []

    def play(self, seconds: float) -> list[NDArray[np.float64]]:
        """Every picture of some seconds: (height, width, 3) of 0..255."""
        pictures = []
        for _ in range(round(seconds * FPS)):
            frame = self.director.advance(FRAME_NS)
            self.mixer.step(frame)
            self.mixer.compose(frame)
            for pulse in self.mixer.take_pulses():
                answer = answer_pulse(self.director, pulse)
                self.said += [answer] if answer else []
            raw = np.frombuffer(self.mixer.picture.read(components=3), np.uint8)
            pictures.append(raw.reshape(SIZE[1], SIZE[0], 3).astype(np.float64))
        return pictures

    def send(self, *messages: tuple[str, float]) -> None:
        for address, value in messages:
            self.director.apply(Message(address, (value,)))

    def close(self) -> None:
        self.mixer.release()
        self.shelf.release()


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_assets())


@pytest.fixture
def theatre(context: moderngl.Context, library: Library) -> Iterator[Theatre]:
    """Coral: Gray-Scott, which has places where everything dies."""
    made = Theatre(context, library, "coral", rows=54)
    yield made
    made.close()


def structure(picture: NDArray[np.float64]) -> float:
    return float(picture.mean(axis=2).std())


def largest_leap(pictures: Sequence[NDArray[np.float64]]) -> float:
    """The largest mean change from one frame to the next, of 255."""
    return max(
        float(np.abs(after - before).mean()) for before, after in itertools.pairwise(pictures)
    )


def test_a_scene_that_hands_killed_is_seen_again_by_a_fade(theatre: Theatre) -> None:
    alive = theatre.play(2.0)
    theatre.send(*DEADLY)
    dying = theatre.play(5.0)
    blank = min(structure(picture) for picture in dying)
    back = theatre.play(10.0)
    assert structure(alive[-1]) > 10.0 and blank < 0.5 * structure(alive[-1])
    assert structure(back[-1]) > 0.7 * structure(alive[-1])
    assert largest_leap([*dying, *back]) < 6.0
    assert [said.what for said in theatre.said][:2] == ["the field is dead"] * 2
    assert "scene's own values" in theatre.said[1].remedy


def test_a_field_that_was_wiped_is_grown_anew_with_the_hands_values(theatre: Theatre) -> None:
    theatre.send(("/param/exposure", 1.3))
    alive = theatre.play(2.0)
    running = theatre.mixer.running(theatre.director.layers[1].voice.key)
    assert running is not None
    running.field.fill(running.model.rest)
    theatre.play(1.0)
    back = theatre.play(7.5)
    assert structure(back[-1]) > 0.7 * structure(alive[-1])
    assert largest_leap(back) < 6.0
    assert [said.remedy for said in theatre.said] == ["It is grown anew."]
    assert theatre.director.layers[1].voice.bank.wanted("exposure") == (1.3,)


def test_a_saturated_field_is_grown_anew(theatre: Theatre) -> None:
    alive = theatre.play(1.0)
    theatre.send(("/param/speed", 0.0))
    theatre.play(0.5)
    running = theatre.mixer.running(theatre.director.layers[1].voice.key)
    assert running is not None
    running.field.fill((0.0, 4.0))
    full = theatre.play(1.0)
    back = theatre.play(7.0)
    assert [said.what for said in theatre.said] == ["the field is saturated"]
    assert structure(back[-1]) > 0.7 * structure(alive[-1])
    whole = np.abs(back[-1] - full[-1]).mean()
    assert whole > 10.0 and largest_leap(back) < 0.1 * whole


def test_a_nan_in_the_field_is_healed_by_the_step_and_nothing_is_said(theatre: Theatre) -> None:
    theatre.play(2.0)
    running = theatre.mixer.running(theatre.director.layers[1].voice.key)
    assert running is not None
    state = running.field.read()
    state[10:14, 20:24] = np.nan
    running.field.write(state)
    theatre.play(5.0)
    assert np.isfinite(running.field.read()).all()
    assert theatre.said == []


def test_a_field_that_stands_still_is_nudged_and_moves_again(
    context: moderngl.Context, library: Library
) -> None:
    catalogue = library.catalogue
    own = catalogue.scenes["labyrinth"]
    still = replace(own, drifts=(), sources=(), life=replace(Care(), frozen_after=2.0))
    scenes = {"labyrinth": still, "tide": catalogue.scenes["tide"]}
    theatre = Theatre(
        context, replace(library, catalogue=replace(catalogue, scenes=scenes)), "labyrinth", 54
    )
    try:
        theatre.send(("/param/rain", 0.0))
        theatre.play(1.0)
        running = theatre.mixer.running(theatre.director.layers[1].voice.key)
        assert running is not None
        held = running.field.read()
        for _ in range(6 * FPS):  # what steps write is undone: nothing moves but by hands
            if any("nudged" in said.remedy for said in theatre.said):
                break
            running.field.write(held)
            theatre.play(1.0 / FPS)
        assert [said.what for said in theatre.said] == ["the field is frozen"]
        pictures = theatre.play(3.0)
        assert np.abs(running.field.read() - held).mean() > 1e-3
        assert largest_leap(pictures) < 6.0
        assert len(theatre.director.layers[1].voices) == 1
    finally:
        theatre.close()


@pytest.mark.parametrize("scene", ["coral", "tide", "mycelium", "ink", "dervish", "lace"])
def test_a_living_scene_is_never_touched(
    context: moderngl.Context, library: Library, scene: str
) -> None:
    theatre = Theatre(context, library, scene, rows=72)
    try:
        for _ in range(12 * FPS):
            frame = theatre.director.advance(FRAME_NS)
            theatre.mixer.step(frame)
            for pulse in theatre.mixer.take_pulses():
                assert answer_pulse(theatre.director, pulse) is None
        assert theatre.director.layers[1].voice.key == 1
    finally:
        theatre.close()


def test_a_film_with_a_death_in_it_is_the_same_film_again(library: Library, tmp_path: Path) -> None:
    films = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.png"
        render_scene(
            library,
            "coral",
            path,
            seconds=9.0,
            size=SIZE,
            fps=10,
            rows=36,
            messages=[(5, Message(address, (value,))) for address, value in DEADLY],
        )
        films.append(path.read_bytes())
    assert films[0] == films[1]
