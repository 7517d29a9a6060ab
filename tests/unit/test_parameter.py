"""Parameters: what a value from outside becomes, and what is refused."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.show.parameter import (
    Parameter,
    Refused,
    accept_value,
    clamp_value,
    finite_numbers,
    from_norm,
    to_norm,
)

FEED = Parameter("feed", "float", (0.037,), (0.01,), (0.12,))
COUNT = Parameter("count", "int", (3.0,), (1.0,), (9.0,))
MODE = Parameter("mode", "int", (2.0,), (2.0,), (4.0,), choices=("soft", "hard", "wild"))
SPARSE = Parameter(
    "sparse", "int", (1.0,), (1.0,), (8.0,), choices=("a", "b", "c"), values=(1, 4, 8)
)
TINT = Parameter("tint", "colour", (0.0, 0.0, 0.0, 1.0), (0.0,) * 4, (1.0,) * 4)
PLACE = Parameter("place", "point", (0.5, 0.5), (0.0, 0.0), (1.0, 2.0))
TURNED = Parameter("turned", "float", (0.5,), (1.0,), (0.0,))
ON = Parameter("on", "bool", (0.0,), (0.0,), (1.0,))

ANY_NUMBER = st.floats() | st.integers()
ANYTHING = ANY_NUMBER | st.text(max_size=4) | st.binary(max_size=4) | st.none() | st.booleans()


@pytest.mark.parametrize(
    "parameter,arguments,expected",
    [
        (FEED, (0.05,), (0.05,)),
        (FEED, (7,), (0.12,)),
        (FEED, (-7.5,), (0.01,)),
        (TURNED, (2.0,), (1.0,)),
        (TURNED, (-1.0,), (0.0,)),
        (COUNT, (4.6,), (5.0,)),
        (COUNT, (99,), (9.0,)),
        (ON, (True,), (1.0,)),
        (ON, (0,), (0.0,)),
        (MODE, ("hard",), (3.0,)),
        (MODE, (4,), (4.0,)),
        (SPARSE, ("b",), (4.0,)),
        (SPARSE, (5,), (4.0,)),
        (SPARSE, (7,), (8.0,)),
        (TINT, (1, 0.5, 2), (1.0, 0.5, 1.0, 1.0)),
        (TINT, (1, 0.5, 0, 0.25), (1.0, 0.5, 0.0, 0.25)),
        (TINT, (b"\xff\x33\x00\x66",), (1.0, 0.2, 0.0, 0.4)),
        (PLACE, (0.25, 3), (0.25, 2.0)),
    ],
)
def test_a_value_is_taken_and_clamped(
    parameter: Parameter, arguments: tuple[object, ...], expected: tuple[float, ...]
) -> None:
    assert accept_value(parameter, arguments) == expected


@pytest.mark.parametrize(
    "parameter,arguments",
    [
        (FEED, ()),
        (FEED, (1, 2)),
        (FEED, ("0.05",)),
        (FEED, (None,)),
        (FEED, (b"1",)),
        (FEED, ((1.0,),)),
        (FEED, (math.nan,)),
        (FEED, (math.inf,)),
        (FEED, (-math.inf,)),
        (FEED, (10**400,)),
        (MODE, ("louder",)),
        (COUNT, ("3",)),
        (TINT, (1, 2)),
        (TINT, (1, 2, 3, 4, 5)),
        (PLACE, (1,)),
        (PLACE, (math.nan, 0.5)),
    ],
)
def test_a_wrong_value_is_refused(parameter: Parameter, arguments: tuple[object, ...]) -> None:
    with pytest.raises(Refused):
        accept_value(parameter, arguments)


@settings(max_examples=60, deadline=None)
@given(
    parameter=st.sampled_from([FEED, COUNT, MODE, SPARSE, TINT, PLACE, TURNED, ON]),
    arguments=st.lists(ANYTHING, max_size=5),
)
def test_whatever_comes_is_refused_or_inside_the_range(
    parameter: Parameter, arguments: list[object]
) -> None:
    try:
        value = accept_value(parameter, arguments)
    except Refused:
        return
    assert len(value) == parameter.components
    for number, one, other in zip(value, parameter.minimum, parameter.maximum, strict=True):
        assert min(one, other) <= number <= max(one, other)
        assert parameter.is_smooth or number == int(number)
    assert clamp_value(parameter, value) == value


@settings(max_examples=30, deadline=None)
@given(st.lists(ANY_NUMBER, max_size=4))
def test_finite_numbers_are_finite(arguments: list[float]) -> None:
    try:
        numbers = finite_numbers(arguments)
    except Refused:
        return
    assert all(math.isfinite(number) for number in numbers)


@settings(max_examples=60, deadline=None)
@given(
    position=st.floats(0, 1),
    ends=st.tuples(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3)).filter(
        lambda ends: abs(ends[0] - ends[1]) > 1e-3 * max(ends)
    ),
    curve=st.sampled_from(["linear", "log"]),
)
def test_the_curves_invert_each_other(
    position: float, ends: tuple[float, float], curve: str
) -> None:
    parameter = replace(FEED, minimum=(ends[0],), maximum=(ends[1],), curve=curve)
    native = from_norm(parameter, position)
    assert min(ends) * (1 - 1e-9) <= native <= max(ends) * (1 + 1e-9)
    assert to_norm(parameter, native) == pytest.approx(position, abs=1e-6)


def test_positions_beyond_the_ends_stop_there() -> None:
    assert from_norm(FEED, -1) == 0.01
    assert from_norm(FEED, 2) == 0.12
    assert to_norm(FEED, 5) == 1.0
    assert from_norm(TURNED, 0.0) == 1.0
    assert to_norm(TURNED, 0.0) == 1.0


def test_a_range_of_one_value_has_one_position() -> None:
    still = replace(FEED, minimum=(0.05,), maximum=(0.05,))
    assert from_norm(still, 0.7) == 0.05
    assert to_norm(still, 0.05) == 0.0


def test_a_log_curve_gives_each_octave_the_same_way() -> None:
    pitch = replace(FEED, minimum=(1.0,), maximum=(16.0,), curve="log")
    assert [from_norm(pitch, p) for p in (0, 0.25, 0.5, 0.75, 1)] == pytest.approx([1, 2, 4, 8, 16])
