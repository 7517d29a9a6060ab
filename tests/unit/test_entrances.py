"""Entrances: a scene turns into the next where it is asked to, and never where it is to begin anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.show.director import Director
from engine.show.layer import MOST_VOICES
from engine.show.presets.preset import Preset
from engine.show.seeds.seed_file import parse_seed
from tests.show import make_catalogue, make_scene, send

SPOTS = parse_seed({"kind": "spots", "count": 3}, "here")
RINGS = parse_seed({"kind": "rings"}, "here")
SPIRALS = Preset("spirals", "Spirals", "a paper", {"feed": (0.03,)}, seed=SPOTS, begins=True)


def make() -> Director:
    """Two scenes that enter by their equation."""
    catalogue = make_catalogue(
        make_scene("alpha", enter="equation"), make_scene("beta", enter="equation", model="worms")
    )
    models = {name: replace(m, presets=(SPIRALS,)) for name, m in catalogue.models.items()}
    director = Director(replace(catalogue, models=models), "alpha")
    director.advance(1_000_000_000)
    return director


def edit_seed(director: Director) -> None:
    edited = replace(director.catalogue.scenes["alpha"], seed=RINGS)
    scenes = {**director.catalogue.scenes, "alpha": edited}
    director.adopt(replace(director.catalogue, scenes=scenes))


def edit_channels(director: Director, name: str, channels: tuple[str, ...]) -> None:
    """The model gets another number of channels, as `adopt` hears of it."""
    numbers = (0.0,) * len(channels)
    edited = replace(
        director.catalogue.models[name],
        channels=channels,
        rest=numbers,
        brush=numbers,
        range=((0.0, 1.0),) * len(channels),
    )
    models = {**director.catalogue.models, name: edited}
    director.adopt(replace(director.catalogue, models=models))


def test_a_scene_that_asks_turns_into_the_next() -> None:
    director = make()
    send(director, "/scene/go", "beta", 2.0)
    assert director.advance(0).layers[0].voices[-1].becoming is not None


@pytest.mark.parametrize(
    "begin",
    [
        lambda director: send(director, "/seed"),
        lambda director: send(director, "/preset/go", "spirals", 2.0),
        lambda director: send(director, "/safe"),
        edit_seed,
    ],
    ids=["seed", "preset", "safe", "edit"],
)
def test_what_is_to_begin_anew_does_not_turn_into_itself(
    begin: Callable[[Director], object],
) -> None:
    director = make()
    begin(director)
    voices = director.advance(0).layers[0].voices
    assert len(voices) == 2 and voices[-1].becoming is None


@pytest.mark.parametrize("name", ["spots", "worms"])
def test_models_that_an_edit_sets_apart_turn_no_further(name: str) -> None:
    director = make()
    send(director, "/scene/go", "beta", 2.0)
    assert director.advance(500_000_000).layers[0].voices[-1].becoming is not None
    edit_channels(director, name, ("u", "v", "w"))
    below, above = director.advance(0).layers[0].voices
    assert above.becoming is None
    assert director.advance(100_000_000).layers[0].voices[0].steps > 0 and below.key == 1


def test_hammered_pads_do_not_call_back_the_scene_that_turns() -> None:
    director = make()
    send(director, "/scene/go", "beta", 8.0)
    director.advance(1_000_000_000)
    turning = director.layers[1].voice.key
    for scene in ("alpha", "beta", "alpha", "beta"):
        send(director, "/scene/go", scene, 4.0)
        for _ in range(20):
            frames = director.advance(50_000_000).layers[0].voices
            below = [voice for voice in frames if voice.key == 1]
            assert turning in {voice.key for voice in frames} or not below
        assert sum(voice.steps > 0 for voice in frames) <= MOST_VOICES
