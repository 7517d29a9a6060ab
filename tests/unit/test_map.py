"""The map played: /map, /map/x, /map/y and /map/path move two parameters, only where it lives."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.assets import find_assets
from engine.errors import MorphogenError
from engine.library import read_library
from engine.message import Message
from engine.show.bank import Bank
from engine.show.catalogue import Limit
from engine.show.director import Director
from engine.show.maps.life_map import Axis, LifeMap, find_region
from engine.show.maps.map_file import load_map, write_map
from engine.show.maps.map_path import find_path
from engine.show.maps.region import Point, along
from engine.show.maps.travel import SPEED, Travel
from engine.show.memory.restore import restore
from engine.show.memory.state import describe
from tests.show import FRAME_NS, make_catalogue, make_model, make_scene, run, send, voice_of

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted(read_library(find_assets(ROOT)).catalogue.maps.values(), key=lambda m: m.id)
LIFE = ("s....m", "mm..mm", ".mmmm.")  # from the bottom: a crescent whose tips are below
MODEL = make_model()
KNOWN = {parameter.name: parameter for parameter in MODEL.parameters}


def make_chart(life: tuple[str, ...] = LIFE) -> LifeMap:
    region = find_region(life)
    path = find_path(region, np.ones((region.rows, region.columns)))
    x, y = Axis(KNOWN["feed"], 0.0, 0.12), Axis(KNOWN["diffuse_u"], 0.1, 0.4)
    return LifeMap("spots.feed.diffuse_u", "spots", x, y, life, path, region)


def director(chart: LifeMap | None = None) -> Director:
    chart = chart or make_chart()
    made = Director(replace(make_catalogue(), maps={chart.id: chart}), "alpha")
    made.advance(0)
    return made


def place(playing: Director, chart: LifeMap) -> Point:
    """Where the values of the present frame lie on the map."""
    values = voice_of(playing.advance(0)).values
    x, y = values[chart.x.parameter.name], values[chart.y.parameter.name]
    assert isinstance(x, float) and isinstance(y, float)
    return chart.x.position(x), chart.y.position(y)


def settle(playing: Director, seconds: float = 3.0) -> None:
    for _ in range(round(seconds * 60)):
        playing.advance(FRAME_NS)


def test_a_finger_over_what_lives_is_where_the_parameters_go() -> None:
    chart = make_chart()
    playing = director(chart)
    assert send(playing, "/map", 0.4, 0.9) == 0
    settle(playing)
    assert place(playing, chart) == pytest.approx((0.4, 0.9))
    assert playing.layer(1).voice.travel is None


def test_a_finger_over_what_is_dead_leads_to_the_nearest_that_lives() -> None:
    chart = make_chart()
    playing = director(chart)
    send(playing, "/map", 0.5, 0.6)
    settle(playing)
    assert place(playing, chart) == pytest.approx((0.5, 2 / 3), abs=1e-4)


def test_from_tip_to_tip_it_goes_round_and_not_through_the_dead_between() -> None:
    chart = make_chart()
    playing = director(chart)
    send(playing, "/map", 0.05, 0.1)
    settle(playing)
    send(playing, "/map", 0.95, 0.1)
    visited = []
    for _ in range(240):
        playing.advance(FRAME_NS)
        visited.append(place(playing, chart))
    assert all(chart.region.contains(point) for point in visited)
    assert max(point[1] for point in visited) > 0.6
    assert visited[-1] == pytest.approx((0.95, 0.1), abs=1e-4)


FINGERS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(FINGERS, st.sampled_from(SHIPPED or [make_chart()]))
def test_no_finger_leads_into_a_dead_cell_or_makes_a_jump(
    fingers: list[Point], chart: LifeMap
) -> None:
    parameters = (chart.x.parameter, chart.y.parameter)
    bank = Bank(parameters, {})
    at = chart.on_path(0.5)
    for finger in fingers:
        travel = Travel(chart, bank, at, finger)
        for _ in range(40):
            travel.advance(bank, 1 / 60)
            x, y = (bank.wanted(p.name)[0] for p in parameters)
            there = (chart.x.position(x), chart.y.position(y))
            assert chart.life[chart.region.cell(there)[0]][chart.region.cell(there)[1]] != "."
            assert math.dist(there, at) <= SPEED / 60 + 1e-6
            at = travel.at


@pytest.mark.parametrize("chart", SHIPPED, ids=lambda chart: chart.id)
def test_the_path_of_a_shipped_map_is_whole_and_lives_all_along(chart: LifeMap) -> None:
    walk = [chart.on_path(index / 999) for index in range(1000)]
    assert all(chart.region.contains(point) for point in walk)
    assert max(math.dist(a, b) for a, b in pairwise(walk)) < 0.01
    assert math.dist(walk[0], walk[-1]) > 0.2


def test_one_knob_travels_along_the_path() -> None:
    chart = make_chart()
    playing = director(chart)
    for share in (0.0, 0.3, 1.0):
        assert send(playing, "/map/path", share) == 0
        settle(playing)
        assert place(playing, chart) == pytest.approx(along(chart.path, share), abs=1e-4)
    send(playing, "/map/path", "+", -0.5)
    settle(playing)
    assert place(playing, chart) == pytest.approx(along(chart.path, 0.5), abs=1e-4)


def test_the_two_axes_may_come_one_by_one() -> None:
    chart = make_chart()
    playing = director(chart)
    send(playing, "/map", 0.4, 0.9)
    send(playing, "/map/x", 0.6)
    settle(playing)
    assert place(playing, chart) == pytest.approx((0.6, 0.9))
    send(playing, "/map/y", 0.8)
    settle(playing)
    assert place(playing, chart) == pytest.approx((0.6, 0.8))


def test_a_hand_on_the_parameter_itself_has_the_last_word() -> None:
    chart = make_chart()
    playing = director(chart)
    send(playing, "/map", 0.05, 0.1)
    run(playing, 0.1)
    send(playing, "/param/feed", 0.1)
    run(playing, 2.0)
    assert playing.layer(1).voice.bank.wanted("feed") == (0.1,)
    assert playing.layer(1).voice.travel is None


@pytest.mark.parametrize(
    ("address", "arguments"),
    [("/map", (0.5,)), ("/map", ("x", 0.5)), ("/map", (float("nan"), 0.5)), ("/map/path", ())],
)
def test_what_is_no_place_is_refused(address: str, arguments: tuple[object, ...]) -> None:
    assert send(director(), address, *arguments) == 1  # type: ignore[arg-type]


def test_a_model_without_a_map_refuses_it() -> None:
    playing = Director(make_catalogue(), "alpha")
    assert send(playing, "/map", 0.5, 0.5) == 1 and send(playing, "/map/path", 0.5) == 1


def test_a_map_older_than_an_edit_of_its_model_is_not_played_and_a_travel_on_it_ends() -> None:
    chart = make_chart()
    playing = director(chart)
    send(playing, "/map", 0.05, 0.1)
    run(playing, 0.05)
    renamed = replace(
        MODEL,
        parameters=tuple(
            replace(p, name="food") if p.name == "feed" else p for p in KNOWN.values()
        ),
        limit=Limit(),
    )
    macros = playing.catalogue.scenes["alpha"].macros
    scene = make_scene("alpha", macros=(replace(macros[0], moves=()), *macros[1:]))
    made = playing.catalogue
    playing.adopt(replace(made, models={**made.models, "spots": renamed}, scenes={"alpha": scene}))
    run(playing, 0.2)
    assert playing.layer(1).voice.travel is None
    assert send(playing, "/map", 0.5, 0.9) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"maximum": (0.05,)},
        {"kind": "colour", "default": (0.1,) * 4, "minimum": (0.0,) * 4, "maximum": (1.0,) * 4},
    ],
)
def test_a_map_whose_parameter_is_another_now_is_not_played(change: dict[str, object]) -> None:
    playing = director(make_chart())
    changed = tuple(
        replace(p, **change) if p.name == "feed" else p  # type: ignore[arg-type]
        for p in KNOWN.values()
    )
    macros = playing.catalogue.scenes["alpha"].macros
    scene = make_scene("alpha", macros=(replace(macros[0], moves=()), *macros[1:]))
    edited = {
        **playing.catalogue.models,
        "spots": replace(MODEL, parameters=changed, limit=Limit()),
    }
    playing.adopt(replace(playing.catalogue, models=edited, scenes={"alpha": scene}))
    assert send(playing, "/map", 0.5, 0.9) == 1


@pytest.mark.parametrize(("address", "arguments"), [("/map", (0.4, 0.9)), ("/map/path", (0.25,))])
def test_a_kept_state_brings_the_place_back_at_once(
    address: str, arguments: tuple[float, ...]
) -> None:
    chart = make_chart()
    playing = director(chart)
    send(playing, "/param/feed", 0.03)
    send(playing, address, *arguments)
    run(playing, 3.0)
    told = describe(playing)
    assert told[address] == arguments
    for kept in (list(told.items()), list(reversed(told.items()))):
        fresh = Director(playing.catalogue, "alpha")
        restore(fresh, [Message(name, value) for name, value in kept])
        assert place(fresh, chart) == pytest.approx(place(playing, chart))
        assert fresh.layer(1).voice.travel is None
        assert describe(fresh)[address] == arguments


def write(folder: Path, chart: LifeMap) -> Path:
    grid = [[0.5] * len(chart.life[0])] * len(chart.life)
    measures = dict.fromkeys(("mean", "deviation", "change", "detail"), grid)
    path = folder / f"{chart.id}.toml"
    made = {"size": 64, "steps": 100, "seed": 1, "preset": ""}
    path.write_text(write_map(chart, made, measures), encoding="utf-8")
    return path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    chart = make_chart()
    read = load_map(write(tmp_path, chart), {"spots": MODEL})
    assert (read.id, read.life, read.x, read.y) == (chart.id, chart.life, chart.x, chart.y)
    assert np.allclose(read.path, chart.path, atol=1e-5)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"spots"', '"spot"', ":2: no model 'spot'. Did you mean 'spots'?"),
        ('"feed"', '"fede"', ":3: no parameter 'fede' in model 'spots'. Did you mean 'feed'?"),
        (
            "[0.0, 0.12]",
            "[0.0, 3.0]",
            ":5: 'x_range' is [0.0, 3.0]. 'feed' lies between 0 and 0.12.",
        ),
        ("[0.0, 0.12]", "0.12", ":5: 'x_range' wants two numbers"),
        ('"mm..mm"', '"mm..m"', ":11: 'life' wants rows of letters"),
        ('"mm..mm"', '"mm..xm"', ":11: 'life' wants rows of letters"),
        ('"mm..mm"', '"......"', ":16: the path leaves the living region"),
        ("path = [", "peth = [", ":16: unknown key 'peth' in a map. Did you mean 'path'?"),
        ("seed = 1", "seed = ", ":9: not TOML"),
    ],
)
def test_a_broken_map_is_one_line_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = write(tmp_path, make_chart())
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MorphogenError) as caught:
        load_map(path, {"spots": MODEL})
    lines = [str(complaint).removeprefix(str(path)) for complaint in caught.value.complaints]
    assert any(line.startswith(said) for line in lines), lines


def test_a_map_where_nothing_lives_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, make_chart())
    text = path.read_text(encoding="utf-8")
    for row in LIFE:
        text = text.replace(f'"{row}"', '"......"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MorphogenError, match="nothing lives on this map"):
        load_map(path, {"spots": MODEL})
