"""Spirals about to turn, stripes and gradients: where they are, which way round, and no seam."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.show.seeds.first_state import make_seed
from engine.show.seeds.seed_file import parse_seed


def cover(table: dict[str, Any], rows: int = 60, columns: int = 108, number: int = 3) -> Any:
    spec = parse_seed(table, "s.toml:1")
    return make_seed(spec, rows, columns, number, (0.0, 0.0), (1.0, 1.0))


def charges(field: NDArray[np.floating], around: bool) -> NDArray[np.int_]:
    """How often the angle of (first - 1/2, second - 1/2) turns about each corner of four cells."""
    if not around:
        field = np.pad(field, ((0, 1), (0, 1), (0, 0)), mode="edge")
    angle = np.arctan2(field[..., 0] - 0.5, field[..., 1] - 0.5)
    ring = [np.roll(angle, shift, (0, 1)) for shift in ((0, 0), (0, -1), (-1, -1), (-1, 0))]
    steps = [(b - a + np.pi) % (2 * np.pi) - np.pi for a, b in pairwise([*ring, ring[0]])]
    return np.rint(sum(steps) / (2 * np.pi)).astype(int)


@pytest.mark.parametrize("count", [2, 4, 10])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_as_many_spirals_turn_left_as_right_and_nothing_else_does(count: int, number: int) -> None:
    found = charges(
        cover({"kind": "spirals", "count": count, "softness": 1.0}, number=number), around=True
    )
    assert (found == 1).sum() == (found == -1).sum() == count // 2
    assert np.abs(found).max() == 1


@pytest.mark.parametrize(("turn", "sign"), [("left", 1), ("right", -1)])
@pytest.mark.parametrize("count", [1, 5])
def test_spirals_of_one_hand_all_turn_alike(turn: str, sign: int, count: int) -> None:
    table = {"kind": "spirals", "count": count, "turn": turn, "spread": 0.8, "softness": 1.0}
    found = charges(cover(table), around=False)[:-1, :-1]
    assert (found == sign).sum() == count
    assert (found == -sign).sum() == 0


def test_a_lone_spiral_begins_in_the_middle_with_a_wave_on_one_half() -> None:
    field = cover(
        {"kind": "spirals", "count": 1, "jitter": 0, "turn": "left", "softness": 1.0}, 60, 60
    )
    assert charges(field, around=False)[28:32, 28:32].sum() == 1
    assert field.mean(axis=(0, 1)) == pytest.approx([0.5, 0.5], abs=0.02)
    # The second channel is up a quarter turn behind the first.
    assert np.rot90(field[..., 1], -1) == pytest.approx(field[..., 0], abs=1e-4)


@pytest.mark.parametrize("angle", [0.0, 35.0, 90.0, -120.0])
def test_stripes_cover_their_share_at_any_angle(angle: float) -> None:
    for share in (0.0, 0.3, 0.5, 1.0):
        table = {"kind": "stripes", "angle": angle, "share": share, "wobble": 0.0, "count": 4}
        assert cover(table, 120, 216).mean() == pytest.approx(share, abs=0.01)


def test_stripes_are_as_many_and_lie_as_asked_for() -> None:
    lying = cover({"kind": "stripes", "count": 5, "wobble": 0.0})[..., 0]
    assert np.ptp(lying, axis=1).max() < 1e-6
    assert (np.diff((lying[:, 0] > 0.5).astype(int)) == 1).sum() in (4, 5)
    upright = cover({"kind": "stripes", "count": 5, "angle": 90, "wobble": 0.0})[..., 0]
    assert np.ptp(upright, axis=0).max() < 1e-6
    assert (np.diff((upright[0] > 0.5).astype(int)) == 1).sum() in (8, 9)


def test_a_gradient_climbs_the_way_it_is_told() -> None:
    right = cover({"kind": "gradient"})[..., 0]
    assert (np.diff(right, axis=1) > 0).all()
    assert (right[:, 0] < 0.01).all() and (right[:, -1] > 0.99).all()
    up = cover({"kind": "gradient", "angle": 90})[..., 0]
    assert (np.diff(up, axis=0) > 0).all()
    mirror = cover({"kind": "gradient", "shape": "mirror"})[..., 0]
    assert mirror == pytest.approx(mirror[:, ::-1], abs=1e-6)
    assert mirror[30, 54] > 0.98 and mirror[30, 0] < 0.02
    round_one = cover({"kind": "gradient", "shape": "radial", "radius": 0.5})[..., 0]
    assert round_one[30, 54] > 0.97 and round_one[30, 54 + 31] == 0.0
