"""Soft takeover: a knob moves nothing until it meets the value, and then moves it along."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.message import Message
from engine.show.director import Director
from engine.show.hands.takeover import COARSE, PICKUP, SCALE, NotYet, take_over
from tests.show import make_catalogue

PLACES = st.integers(0, 127).map(lambda raw: raw / 127)


@pytest.fixture
def director() -> Director:
    return Director(make_catalogue(), "alpha")


def macro(director: Director) -> float:
    return director.layer(1).voice.macros[0]


@given(st.lists(PLACES, min_size=2, max_size=60), st.floats(0.0, 1.0))
def test_no_step_of_a_value_is_larger_than_the_step_of_its_knob(
    places: list[float], present: float
) -> None:
    for before, after in pairwise(places):
        try:
            moved = take_over(PICKUP, before, after, present)
        except NotYet:
            assert not min(before, after) <= present <= max(before, after)
            continue
        assert abs(moved - present) <= abs(after - before) + COARSE + 1e-12
        present = moved


@given(st.lists(PLACES, min_size=2, max_size=60), st.floats(0.0, 1.0))
def test_a_scaled_value_goes_the_way_of_its_knob_and_never_leaves_the_range(
    places: list[float], present: float
) -> None:
    for before, after in pairwise(places):
        moved = take_over(SCALE, before, after, present)
        assert -1e-12 <= moved <= 1.0 + 1e-12
        assert (moved - present) * (after - before) >= -1e-12
        if after in (0.0, 1.0) and after != before:
            assert moved == pytest.approx(after)
        present = moved


def test_a_knob_at_0_leaves_a_value_at_0_8_until_it_crosses_it(director: Director) -> None:
    director.apply(Message("/macro/1", (0.8,)))
    for raw in range(100):  # up to 0.787
        director.apply(Message("/macro/1", (PICKUP, raw / 127, (raw + 1) / 127)))
        if raw < 99:
            assert macro(director) == pytest.approx(0.8)
    director.apply(Message("/macro/1", (PICKUP, 100 / 127, 110 / 127)))
    assert macro(director) == pytest.approx(110 / 127)
    director.apply(Message("/macro/1", (PICKUP, 110 / 127, 20 / 127)))
    assert macro(director) == pytest.approx(20 / 127)


@pytest.mark.parametrize("change", [("/macro/1", (0.3,)), ("/scene/go", ("beta", 0.0))])
def test_what_a_peer_or_a_scene_changed_has_to_be_met_again(
    director: Director, change: tuple[str, tuple[object, ...]]
) -> None:
    director.apply(Message("/macro/1", (0.9,)))
    director.apply(Message("/macro/1", (PICKUP, 0.9, 0.95)))
    assert macro(director) == pytest.approx(0.95)
    director.apply(Message(*change))
    there = macro(director)
    assert there < 0.9
    director.apply(Message("/macro/1", (PICKUP, 0.95, 0.97)))
    assert macro(director) == there
    assert director.ghosts == {"/macro/1": 0.97}
    director.apply(Message("/macro/1", (PICKUP, 0.97, 0.0)))
    assert macro(director) == 0.0 and not director.ghosts


def test_a_knob_that_has_not_met_its_value_is_no_mistake(director: Director) -> None:
    director.apply(Message("/macro/1", (0.2,)))
    director.apply(Message("/macro/1", (PICKUP, 0.9, 0.8)))
    assert not director.refused


@pytest.mark.parametrize("way", [PICKUP, SCALE])
def test_a_value_of_whole_numbers_follows_its_knob_through_all_of_them(
    director: Director, way: str
) -> None:
    """Rounding must not lose the grip."""
    director.apply(Message("/norm/order", (0.0,)))
    seen = []
    for raw in range(128):
        director.apply(Message("/norm/order", (way, max(raw - 1, 0) / 127, raw / 127)))
        seen.append(director.layer(1).voice.bank.wanted("order")[0])
    assert seen == sorted(seen) and seen[0] == 0.0 and seen[-1] == 2.0


@pytest.mark.parametrize(
    "arguments", [(PICKUP,), (PICKUP, 0.1), (PICKUP, 0.1, "a"), (PICKUP, 0.1, 0.2, 0.3)]
)
def test_half_a_way_is_refused(director: Director, arguments: tuple[object, ...]) -> None:
    director.apply(Message("/macro/1", arguments))  # type: ignore[arg-type]
    assert director.refused.total() == 1


def test_the_tempo_and_the_brightness_are_taken_over_too(director: Director) -> None:
    director.apply(Message("/master/brightness", (PICKUP, 0.0, 0.4)))
    assert director.master.brightness == 1.0
    director.apply(Message("/tempo/bpm", (PICKUP, 110.0, 124.0)))
    assert director.tempo.bpm == 124.0
    director.apply(Message("/tempo/bpm", (PICKUP, 60.0, 80.0)))
    assert director.tempo.bpm == 124.0


ANYWHERE = st.sampled_from((-1e300, -1.0, 0.0, 0.5, 1.0, 2.0, 1e300))


@given(ANYWHERE, ANYWHERE, st.floats(0.0, 1.0))
def test_a_peer_s_knob_beyond_its_ends_scales_and_points_within_them(
    before: float, after: float, present: float
) -> None:
    assert 0.0 <= take_over(SCALE, before, after, present) <= 1.0
    try:
        take_over(PICKUP, before, after, present)
    except NotYet as knob:
        assert 0.0 <= knob.place <= 1.0
