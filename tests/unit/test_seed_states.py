"""What a mark sets and what is around it: holes, given states, one seed laid over another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.errors import MorphogenError
from engine.show.seeds.first_state import make_seed
from engine.show.seeds.seed import ARGUMENTS
from engine.show.seeds.seed_file import parse_seed

REST, ACTIVE = (1.0, 0.0), (0.5, 0.25)
RANGES = ((0.0, 1.5), (0.0, 4.0))
MARKS = sorted(
    kind
    for kind, arguments in ARGUMENTS.items()
    if "invert" in [one.name for one in arguments] and kind != "image"
)


def seed(table: dict[str, Any], folder: Path | None = None) -> Any:
    spec = parse_seed(table, "s.toml:1", RANGES)
    return make_seed(spec, 54, 96, 3, REST, ACTIVE, folder)


def needed(kind: str) -> dict[str, Any]:
    return {"kind": kind} | ({"text": "O"} if kind == "text" else {})


@pytest.mark.parametrize("kind", MARKS)
def test_an_inverted_seed_is_active_where_the_other_is_at_rest(kind: str) -> None:
    plain, holes = seed(needed(kind)), seed({**needed(kind), "invert": True})
    assert plain + holes == pytest.approx(np.broadcast_to((1.5, 0.25), plain.shape), abs=1e-6)
    assert np.abs(plain - holes).max() > 0.2


@pytest.mark.parametrize("kind", MARKS)
def test_marks_lead_from_the_base_to_the_state_that_are_given(kind: str) -> None:
    plain = seed(needed(kind))
    cover = (1.0 - plain[..., 0]) / 0.5, plain[..., 1] / 0.25
    field = seed({**needed(kind), "base": [0.3, 1.0], "state": [0.8, 0.5]})
    assert field[..., 0] == pytest.approx(0.3 + 0.5 * cover[0], abs=1e-5)
    assert field[..., 1] == pytest.approx(1.0 - 0.5 * cover[1], abs=1e-5)


def test_noise_lies_about_the_base_that_is_given() -> None:
    field = seed({"kind": "noise", "amplitude": 0.05, "base": [0.4, 0.3]})
    assert field.mean(axis=(0, 1)) == pytest.approx([0.4, 0.3], abs=0.005)
    assert np.abs(field - np.array([0.4, 0.3])).max() <= 0.05 + 1e-6


def test_a_second_seed_is_laid_over_the_first() -> None:
    below = {"kind": "stripes", "wobble": 0.0}
    above = {"kind": "spots", "count": 1, "jitter": 0, "radius": 0.2, "state": [0.1, 3.0]}
    both, alone = seed({**below, "also": above}), seed(below)
    assert both[27, 48] == pytest.approx([0.1, 3.0])
    assert both[:, :20].tobytes() == alone[:, :20].tobytes()


def test_a_second_seed_can_be_noise() -> None:
    spots = {"kind": "spots"}
    added = seed({**spots, "also": {"kind": "noise", "amplitude": 0.1}}) - seed(spots)
    assert 0.08 < np.abs(added).max() <= 0.1 + 1e-6


def test_a_seed_of_two_is_the_same_again() -> None:
    table = {"kind": "spirals", "noise": 0.01, "also": {"kind": "squares", "noise": 0.02}}
    assert seed(table).tobytes() == seed(table).tobytes()


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"state": [0.5]}, "'state' in [seed] has 1 numbers, the model 2 channels"),
        ({"base": [0.5, 9.0]}, "'base' in [seed] has 9, not within 0..4"),
        ({"state": 0.5}, "not a list of up to four numbers"),
        ({"state": [0.5, "x"]}, "has 'x', not a number"),
        ({"state": [0.5, float("nan")]}, "has nan, not a number"),
        ({"state": [0.5, 10**400]}, "not a number"),
        ({"state": [True, 0.5]}, "has True, not a number"),
        ({"also": 3}, "'also' in [seed] must be a table"),
        ({"also": {"kind": "spot"}}, "Did you mean 'spots'?"),
        ({"also": {"kind": "previous"}}, "cannot be of kind 'previous'"),
        ({"also": {"kind": "noise", "base": [0.1, 0.1]}}, "'also' in [seed] takes no 'base'"),
        ({"also": {"kind": "noise", "also": {"kind": "noise"}}}, "takes no 'also'"),
    ],
)
def test_each_mistake_in_a_state_is_told_with_its_place(
    table: dict[str, Any], expected: str
) -> None:
    with pytest.raises(MorphogenError) as raised:
        seed({"kind": "spots", **table})
    assert str(raised.value).startswith("s.toml:1: ")
    assert expected in str(raised.value)


def test_a_state_for_another_model_is_told_when_it_is_drawn() -> None:
    for table in ({"state": [0.1] * 3}, {"base": [0.1] * 3}):
        spec = parse_seed({"kind": "spots", **table}, "s.toml:9")
        with pytest.raises(MorphogenError, match=r"s\.toml:9: .* 3 numbers"):
            make_seed(spec, 9, 16, 1, REST, ACTIVE)
