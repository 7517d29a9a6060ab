"""Effects and transitions as they are laid on pictures: in their order, by their mix, without a jump."""

from __future__ import annotations

import numpy as np
import pytest

from tests.solid import FPS, Solid, largest_step

CLOSE = {"atol": 2e-3}
GREY, RED = np.array([0.4, 0.4, 0.4]), np.array([0.8, 0.1, 0.1])


@pytest.fixture
def solid(solid: Solid) -> Solid:
    solid.colour(1, *GREY)
    return solid


def test_effects_are_laid_on_in_the_order_of_their_slots_then_the_masters(solid: Solid) -> None:
    for slot, name, by in ((1, "plus", 0.2), (3, "times", 2.0)):
        solid.send(f"/effect/{slot}/go", name)
        solid.send(f"/effect/{slot}/param/by", by)
    assert np.allclose(solid.settle(), (GREY + 0.2) * 2, **CLOSE)
    solid.send("/effect/1/go", "times")
    solid.send("/effect/3/go", "plus")
    solid.send("/effect/1/param/by", 2.0)
    solid.send("/effect/3/param/by", 0.2)
    assert np.allclose(solid.settle(), GREY * 2 + 0.2, **CLOSE)
    solid.send("/master/effect/1/go", "times")
    solid.send("/master/effect/1/param/by", 0.5)
    assert np.allclose(solid.settle(), (GREY * 2 + 0.2) / 2, **CLOSE)


def test_an_effect_is_of_its_layer_alone_and_the_masters_of_all(solid: Solid) -> None:
    solid.colour(2, *RED)
    solid.send("/layer/2/blend", "add")
    solid.send("/layer/2/effect/1/go", "times")
    solid.send("/layer/2/effect/1/param/by", 0.5)
    assert np.allclose(solid.settle(), GREY + RED / 2, **CLOSE)
    solid.send("/master/effect/4/go", "plus")
    solid.send("/master/effect/4/norm/by", 0.25)
    assert np.allclose(solid.settle(), GREY + RED / 2 + 1.0, **CLOSE)


def test_mix_bypass_and_swaps_do_not_jump_and_end_where_they_should(solid: Solid) -> None:
    seen = []
    for address, value, expected in (
        ("/effect/2/go", "plus", GREY + 1.0),
        ("/effect/2/mix", 0.5, GREY + 0.5),
        ("/effect/2/bypass", 1, GREY),
        ("/effect/2/bypass", 0, GREY + 0.5),
        ("/effect/2/mix", 1.0, GREY + 1.0),
        ("/effect/2/go", "times", GREY),
        ("/effect/2/go", "", GREY),
    ):
        solid.send(address, value)
        seen += list(solid.watch(FPS // 2))
        assert np.allclose(seen[-1], expected, **CLOSE), (address, value)
    assert largest_step(seen) < 0.22


def test_slots_that_are_hammered_never_jump_and_arrive(solid: Solid) -> None:
    seen = []
    for frames, name in (
        (7, "plus"),
        (3, "times"),
        (2, ""),
        (1, "plus"),
        (9, "times"),
        (4, "plus"),
    ):
        solid.send("/effect/1/go", name)
        seen += list(solid.watch(frames))
    seen += list(solid.watch(FPS))
    assert largest_step(seen) < 0.1
    assert np.allclose(seen[-1], GREY + 1.0, **CLOSE)


def test_a_transition_begins_with_what_was_and_ends_with_what_comes(solid: Solid) -> None:
    """This one, by its file, never shows either of them whole."""
    solid.settle()
    solid.send("/scene/go", "solid", 1.0, "between")
    solid.colour(1, *RED)
    seen = solid.watch(FPS + 10)
    assert np.allclose(seen[0], GREY, **CLOSE) and np.allclose(seen[-1], RED, **CLOSE)
    middle = seen[FPS // 2 + 2]
    assert np.allclose(middle, (GREY + RED) / 2, atol=0.02)
    assert largest_step(seen) < 0.1
    assert solid.frame is not None and solid.frame.layers[0].voices[-1].transition is None


@pytest.mark.parametrize("second", ["counts", "between", "dissolve"])
def test_nothing_jumps_where_a_transition_is_interrupted_by_another(
    solid: Solid, second: str
) -> None:
    blue = np.array([0.1, 0.1, 0.9])
    solid.settle()
    solid.send("/scene/go", "solid", 1.0, "counts")
    solid.colour(1, *RED)
    seen = list(solid.watch(FPS // 2))
    solid.send("/scene/go", "solid", 1.0, second)
    solid.colour(1, *blue)
    seen += list(solid.watch(FPS + 10))
    assert largest_step(seen) < 0.1
    assert np.allclose(seen[-1], blue, **CLOSE)


def test_a_transition_that_remembers_begins_anew_each_time(solid: Solid) -> None:
    for colour, other in ((RED, GREY), (GREY, RED)):
        before = solid.settle()
        solid.send("/scene/go", "solid", 2.0, "counts")
        solid.colour(1, *colour)
        seen = solid.watch(20)
        assert np.allclose(before, other, **CLOSE) and np.allclose(seen[0], other, **CLOSE)
        assert np.abs(seen[-1] - other).max() < 0.25  # not where the last one ended
        solid.play(2 * FPS)
