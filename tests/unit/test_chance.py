"""Chance: /random and /mutate stay within what is musical, and the same seed throws the same."""

from __future__ import annotations

import pytest

from engine.assets import find_assets
from engine.library import read_library
from engine.show.catalogue import Catalogue
from engine.show.director import Director
from engine.show.memory.chance import PACE
from engine.show.routes.maps import find_chart, place_of
from engine.show.voice import Voice
from tests.show import make_director, run, send


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_library(find_assets()).catalogue


def wanted(voice: Voice) -> dict[str, tuple[float, ...]]:
    return {name: voice.bank.wanted(name) for name in voice.parameters}


def test_the_same_seed_throws_the_same_and_another_throws_otherwise() -> None:
    thrown = []
    for seed in (7, 7, 8):
        director = make_director()
        send(director, "/chance", seed)
        assert send(director, "/random", 1.0, 1.0) == 0
        thrown.append(wanted(director.layer(1).voice))
    assert thrown[0] == thrown[1] != thrown[2]


def test_each_throw_is_another_and_undo_takes_it_back() -> None:
    director = make_director()
    voice = director.layer(1).voice
    before = wanted(voice)
    send(director, "/random")
    first = wanted(voice)
    run(director, 3.0)
    send(director, "/undo")
    assert wanted(voice) == before
    run(director, 3.0)
    send(director, "/random")
    assert wanted(voice) not in (before, first)


def test_a_throw_glides() -> None:
    director = make_director()
    voice = director.layer(1).voice
    before = voice.bank.values()["turn"]
    send(director, "/random", 1.0, 4.0, "linear")
    run(director, 1.0)
    goal = voice.bank.wanted("turn")[0]
    assert isinstance(before, float)
    assert voice.bank.values()["turn"] == pytest.approx(before + (goal - before) / 4, abs=1e-6)


def test_a_button_let_go_throws_nothing() -> None:
    director = make_director()
    before = wanted(director.layer(1).voice)
    assert send(director, "/random", 0) == 0
    assert wanted(director.layer(1).voice) == before


@pytest.mark.parametrize("address", ["/random", "/mutate"])
@pytest.mark.parametrize("scene", ["coral", "lace"])
def test_chance_stays_where_it_lives_on_all_its_ways(
    catalogue: Catalogue, scene: str, address: str
) -> None:
    director = Director(catalogue, scene)
    voice = director.layer(1).voice
    chart = find_chart(director, voice)
    assert chart is not None
    send(director, "/map/path", 0.5)
    run(director, 2.0)
    for _ in range(6):
        assert send(director, address, 1.0, 1.0) == 0
        for _ in range(40):
            director.advance(33_000_000)
            x, y = place_of(voice, chart)
            near = chart.region.nearest((x, y))
            assert near == pytest.approx((x, y), abs=2e-3)


def test_chance_leaves_pace_and_light_within_what_the_scene_means(catalogue: Catalogue) -> None:
    for scene in ("coral", "plankton", "dune", "lace"):
        director = Director(catalogue, scene)
        voice = director.layer(1).voice
        start = wanted(voice)
        macros = voice.scene.macros
        for _ in range(20):
            send(director, "/random", 1.0, 0.0)
        now = wanted(voice)
        for name in PACE & set(now):
            moved = [i for i, macro in enumerate(macros) if name in {n for n, _, _ in macro.moves}]
            if not moved:
                assert now[name] == start[name], (scene, name)
            for index in moved:
                assert abs(voice.macros[index] - macros[index].value) <= 0.1501, (scene, name)


def test_a_little_change_is_a_little(catalogue: Catalogue) -> None:
    far = []
    for address in ("/mutate", "/random"):
        director = Director(catalogue, "ember")
        voice = director.layer(1).voice
        before = list(voice.macros)
        send(director, address)
        far.append(sum(abs(a - b) for a, b in zip(voice.macros, before, strict=True)))
    assert 0.0 < far[0] < far[1] / 2
