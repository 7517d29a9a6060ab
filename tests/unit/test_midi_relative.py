"""Endless encoders: steps by each code, and which code it is from how one is turned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.desk.midi.relative import ABSOLUTE, CODES, guess_code, read_steps

# Right by one, left by one, right by three, the furthest right and left.
TABLE = {
    "twos_complement": {1: 1, 127: -1, 3: 3, 63: 63, 64: -64, 0: 0},
    "binary_offset": {65: 1, 63: -1, 67: 3, 127: 63, 0: -64, 64: 0},
    "sign_magnitude": {1: 1, 65: -1, 3: 3, 63: 63, 127: -63, 0: 0, 64: 0},
}


def _encode(steps: int, code: str) -> int:
    """What an encoder sends for so many steps, -63..63, none but 0."""
    return next(raw for raw in range(128) if read_steps(raw, code) == steps)


@pytest.mark.parametrize("code", CODES)
def test_each_code_says_how_far_and_which_way(code: str) -> None:
    for raw, steps in TABLE[code].items():
        assert read_steps(raw, code) == steps


@given(st.sampled_from(CODES), st.integers(-63, 63))
def test_every_code_can_say_every_step(code: str, steps: int) -> None:
    assert read_steps(_encode(steps, code), code) == steps


@given(st.integers(), st.sampled_from(CODES))
def test_no_value_does_harm(raw: int, code: str) -> None:
    assert -64 <= read_steps(raw, code) <= 63


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "steps",
    [
        [1, 1, 1, -1, -1, -1],
        [-1, -1, 1, 1],
        [1, 2, 1, -1, -2, -1],  # a quicker hand
        [1, 1, 2, 4, -1, -3, -1],
    ],
)
def test_a_turn_there_and_back_tells_the_code(code: str, steps: list[int]) -> None:
    assert guess_code([_encode(one, code) for one in steps]) == code


@given(
    st.sampled_from(CODES),
    st.lists(st.sampled_from((1, 1, 1, 2)), min_size=3, max_size=5),
    st.lists(st.sampled_from((1, 1, 1, 2)), min_size=3, max_size=5),
)
def test_any_slow_turn_there_and_back_tells_the_code(
    code: str, there: list[int], back: list[int]
) -> None:
    steps = [*there, *(-one for one in back)]
    assert guess_code([_encode(one, code) for one in steps]) == code


@given(
    st.integers(0, 127),
    st.lists(st.integers(1, 3), min_size=3, max_size=5),
    st.lists(st.integers(1, 3), min_size=1, max_size=5),
)
def test_a_knob_turned_slowly_is_absolute_wherever_it_stands(
    start: int, there: list[int], back: list[int]
) -> None:
    raws, place = [], start
    for step in [*there, *(-one for one in back)]:
        new = min(max(place + step, 0), 127)
        if new != place:
            raws.append(new)
        place = new
    # Across its very middle by leaps over 64, it can't be told from an encoder: learn asks again.
    near = all(abs(raw - 64) <= 4 for raw in raws) and 64 not in raws
    assert guess_code(raws) in (
        (None,) if len(raws) < 4 else (ABSOLUTE, "binary_offset")[: 1 + near]
    )


@pytest.mark.parametrize(
    "raws",
    [[], [1], [1, 127], [65, 63, 65], [1, 1, 1, 1, 1, 1], [65, 65, 65, 65], [127, 127, 127, 127]],
)
def test_too_little_or_one_way_only_leaves_it_open(raws: list[int]) -> None:
    assert guess_code(raws) is None


@pytest.mark.parametrize("raws", [[127, 0, 127, 0], [0, 127, 0, 127, 0], [127, 127, 0, 0]])
def test_a_button_is_no_encoder(raws: list[int]) -> None:
    assert guess_code(raws) == ABSOLUTE
