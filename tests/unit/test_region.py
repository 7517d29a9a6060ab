"""The living region of a map: what is in it, what is nearest, how one goes there, and its path."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.show.maps.map_path import find_depth, find_path
from engine.show.maps.region import Point, Region, along, largest_part, length_of

PLACE = st.floats(0.0, 1.0)
POINT = st.tuples(PLACE, PLACE)
GRID = arrays(np.bool_, st.tuples(st.integers(1, 9), st.integers(1, 9)))


def region(*rows: str) -> Region:
    """Rows from the top; '#' lives."""
    return Region(np.array([[letter == "#" for letter in row] for row in reversed(rows)]))


CRESCENT = region(
    ".####.",
    "##..##",
    "#....#",
)


def test_only_what_hangs_together_by_its_sides_is_kept() -> None:
    grid = np.array([[1, 1, 0, 0], [0, 0, 1, 0], [1, 0, 1, 1]], bool)
    kept = largest_part(grid)
    assert kept.tolist() == [[False] * 4, [False, False, True, False], [False, False, True, True]]


def test_nothing_living_is_no_region() -> None:
    with pytest.raises(ValueError, match="nothing lives"):
        Region(np.zeros((3, 4), bool))


def test_a_line_is_seen_only_if_all_of_it_lives() -> None:
    left, right = (0.08, 0.1), (0.92, 0.1)
    assert not CRESCENT.sees(left, right)
    assert CRESCENT.sees(left, (0.08, 0.6))
    assert CRESCENT.sees((0.3, 0.9), (0.7, 0.9))


def test_the_way_from_tip_to_tip_goes_round_by_the_crescent() -> None:
    left, right = (0.08, 0.1), (0.92, 0.1)
    way = CRESCENT.route(left, right)
    assert way[-1] == right
    for a, b in pairwise([left, *way]):
        assert CRESCENT.sees(a, b)
    assert length_of([left, *way]) > 1.5


def test_no_way_crosses_a_corner_where_only_two_cells_meet() -> None:
    corner = region("##", "#.")
    assert (0, 1) not in corner.beside((0, 0)) and (1, 1) not in corner.beside((0, 0))


@settings(max_examples=100, deadline=None)
@given(GRID, POINT, POINT)
def test_any_way_between_nearest_points_stays_in_the_region(
    grid: np.ndarray, start: Point, end: Point
) -> None:
    assume(grid.any())
    made = Region(grid)
    a, b = made.nearest(start), made.nearest(end)
    assert made.contains(a) and made.contains(b)
    for here, there in pairwise([a, *made.route(a, b)]):
        assert made.sees(here, there)


@settings(max_examples=100, deadline=None)
@given(GRID, POINT)
def test_nearest_is_the_point_itself_inside_and_none_is_nearer_outside(
    grid: np.ndarray, point: Point
) -> None:
    assume(grid.any())
    made = Region(grid)
    found = made.nearest(point)
    if made.contains(point):
        assert found == point
    centres = [made.centre((int(r), int(c))) for r, c in np.argwhere(made.alive)]
    assert math.dist(point, found) <= min(math.dist(point, centre) for centre in centres) + 1e-12


@settings(max_examples=60, deadline=None)
@given(GRID, st.integers(0, 2**32 - 1))
def test_a_path_stays_in_the_region_whatever_its_shape(grid: np.ndarray, seed: int) -> None:
    assume(grid.any())
    made = Region(grid)
    path = find_path(made, np.random.default_rng(seed).random(grid.shape))
    assert len(path) >= 2
    for a, b in pairwise(path):
        assert made.contains(a) and made.sees(a, b)


def test_the_path_of_a_crescent_runs_from_tip_to_tip_evenly() -> None:
    path = find_path(CRESCENT, np.ones((3, 6)))
    assert path[0][1] < 0.4 and path[-1][1] < 0.4 and path[0][0] < 0.2 < 0.8 < path[-1][0]
    steps = [math.dist(a, b) for a, b in pairwise(path)]
    assert max(steps) < 3 * length_of(path) / len(path)


def test_the_path_keeps_to_the_middle_and_to_what_is_rich() -> None:
    wide = Region(np.ones((7, 15), bool))
    assert find_depth(wide)[3, 7] == 4 and find_depth(wide)[0, 7] == 1
    rich = np.full((7, 15), 0.1)
    rich[2, :] = 1.0
    middle = along(find_path(wide, rich), 0.5)
    assert middle[1] == pytest.approx(2.5 / 7, abs=0.08)


def test_along_a_line_goes_by_length() -> None:
    line = [(0.0, 0.0), (0.0, 0.3), (0.1, 0.3)]
    assert along(line, 0.0) == (0.0, 0.0) and along(line, 1.0) == pytest.approx((0.1, 0.3))
    assert along(line, 0.75) == pytest.approx((0.0, 0.3))
    assert along(line, -3.0) == (0.0, 0.0) and along(line, 7.0) == pytest.approx((0.1, 0.3))


def test_a_point_on_the_very_edge_of_a_dead_cell_is_put_inside() -> None:
    """A parameter's curve, there and back, may lose the last bit of a place."""
    x, y = region(".#").nearest((0.5, 0.25))
    assert 0.5 < x < 0.50001 and y == 0.25
    assert region("##").nearest((0.5, 0.0)) == (0.5, 0.0)
