"""The bank: what is wanted is felt at once and arrives without a jolt."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.show.bank import GLIDE, Bank
from engine.show.parameter import Parameter
from tests.show import number

FRAME = 1 / 60


def make_bank() -> Bank:
    return Bank(
        (
            number("feed", 0.5),
            Parameter("mirror", "bool", (0.0,), (0.0,), (1.0,)),
            Parameter("tint", "colour", (1.0, 0.0, 0.0, 1.0), (0.0,) * 4, (1.0,) * 4),
        ),
        {"feed": (0.25,)},
    )


def test_it_begins_with_the_scenes_values_and_the_defaults() -> None:
    assert make_bank().values() == {"feed": 0.25, "mirror": 0.0, "tint": (1.0, 0.0, 0.0, 1.0)}


def test_a_wanted_value_is_already_felt_in_the_next_frame() -> None:
    bank = make_bank()
    bank.want("feed", (1.0,))
    assert bank.values()["feed"] == 0.25
    bank.advance(FRAME)
    felt = bank.values()["feed"]
    assert isinstance(felt, float) and 0.25 + 0.2 * 0.75 < felt < 0.5


@given(st.lists(st.floats(0, 0.3), max_size=200), st.floats(0, 1), st.floats(0, 5))
def test_a_glide_never_turns_back_or_overshoots(
    frames: list[float], goal: float, seconds: float
) -> None:
    bank = make_bank()
    bank.want("feed", (goal,), seconds)
    way = [0.25]
    for passed in frames:
        bank.advance(passed)
        value = bank.values()["feed"]
        assert isinstance(value, float)
        way.append(value)
    away = [abs(value - goal) for value in way]
    assert all(later <= earlier + 1e-12 for earlier, later in itertools.pairwise(away))
    assert all((value - goal) * (0.25 - goal) >= 0 for value in way)


def test_a_glide_does_not_depend_on_the_frame_rate() -> None:
    ends = []
    for fps in (30, 60, 120):
        bank = make_bank()
        bank.want("feed", (1.0,))
        for _ in range(fps // 10):
            bank.advance(1 / fps)
        ends.append(bank.values()["feed"])
    assert ends == pytest.approx([ends[0]] * 3, rel=1e-9)


def test_a_glide_ends_on_the_wanted_value_exactly() -> None:
    bank = make_bank()
    bank.want("feed", (0.7,))
    for _ in range(200):
        bank.advance(FRAME)
    assert bank.values()["feed"] == 0.7


def test_seconds_say_how_long_a_move_takes() -> None:
    bank = make_bank()
    bank.want("feed", (1.0,), 4.0)
    bank.advance(2.0)
    half = bank.values()["feed"]
    bank.advance(2.0)
    whole = bank.values()["feed"]
    assert isinstance(half, float) and isinstance(whole, float)
    assert 0.7 < half < 0.95 < 0.98 < whole


def test_the_next_touch_is_quick_again_after_a_long_glide() -> None:
    bank = make_bank()
    bank.want("feed", (1.0,), 60.0)
    bank.want("feed", (1.0,))
    bank.advance(10 * GLIDE)
    assert bank.values()["feed"] == pytest.approx(1.0, abs=1e-3)


def test_a_switch_is_taken_at_once() -> None:
    bank = make_bank()
    bank.want("mirror", (1.0,))
    assert bank.values()["mirror"] == 1.0


def test_a_colour_moves_as_one_and_its_neighbours_stay() -> None:
    bank = make_bank()
    bank.want("tint", (0.0, 1.0, 0.0, 1.0))
    bank.advance(FRAME)
    red, green, blue, alpha = bank.values()["tint"]  # type: ignore[misc]
    assert 0 < red < 1 and green == pytest.approx(1 - red) and (blue, alpha) == (0.0, 1.0)
    assert bank.values()["feed"] == 0.25


def test_a_jump_ends_all_glides() -> None:
    bank = make_bank()
    bank.want("feed", (1.0,), 100.0)
    bank.jump()
    assert bank.values()["feed"] == 1.0


def test_an_event_is_true_for_one_frame() -> None:
    bank = Bank((Parameter("flash", "event", (0.0,), (0.0,), (1.0,)),), {})
    seen = []
    for pressed in (False, True, False, True, True, False):
        if pressed:
            bank.want("flash", (1.0,))
        bank.advance(FRAME)
        seen.append(bank.values()["flash"])
    assert seen == [0.0, 1.0, 0.0, 1.0, 1.0, 0.0]
