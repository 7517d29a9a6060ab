"""Fingers: lines without gaps, within a frame's room; the brush they dip into, kept and restored."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest

from engine.message import Message
from engine.osc_reading import decode
from engine.osc_writing import encode_bundle
from engine.show.director import Director
from engine.show.frame import Splat
from engine.show.hands.brush import Brush, find_channel, touch_with
from engine.show.hands.fingers import MOST_FINGERS, MOST_SPLATS, SPACING, STALE, space_points
from engine.show.memory.restore import restore
from engine.show.memory.state import describe
from engine.show.parameter import Refused
from engine.show.routes.touch import TOO_MANY
from tests.show import FRAME_NS, make_catalogue, make_director, make_model, send, voice_of

ASPECT = 156 / 88  # of the field that a scene of 90 rows gets on a picture of 16 to 9


def drawn(director: object) -> tuple[Splat, ...]:
    return voice_of(director.advance(FRAME_NS)).splats  # type: ignore[attr-defined]


def steps(splats: tuple[Splat, ...]) -> list[float]:
    return [math.hypot((b.x - a.x) * ASPECT, b.y - a.y) for a, b in pairwise(splats)]


def test_a_line_is_the_same_however_the_frames_cut_it() -> None:
    track = [(0.1 + 0.004 * n, 0.2 + 0.003 * n) for n in range(60)]
    lines = []
    for size in (1, 3, 5):
        director = make_director()
        line: tuple[Splat, ...] = ()
        for start in range(0, len(track), size):
            for x, y in track[start : start + size]:
                send(director, "/touch/1", x, y)
            line += drawn(director)
        lines.append([(splat.x, splat.y) for splat in line])
        assert steps(line) == pytest.approx([SPACING * 0.04] * (len(line) - 1), rel=1e-3)
        assert (line[0].x, line[0].y) == track[0]
    assert lines[0] == [pytest.approx(place, abs=1e-6) for place in lines[1]]
    assert lines[0] == [pytest.approx(place, abs=1e-6) for place in lines[2]]


def test_a_larger_brush_sets_its_splats_further_apart() -> None:
    director = make_director()
    send(director, "/brush/size", 0.12)
    for x in (0.2, 0.3, 0.4):
        send(director, "/touch/1", x, 0.5)
    line = drawn(director)
    assert {splat.radius for splat in line} == {0.12}
    assert steps(line) == pytest.approx([SPACING * 0.12] * (len(line) - 1))


def test_a_flick_across_the_wall_stays_within_a_frames_share() -> None:
    director = make_director()
    send(director, "/touch/1", 0.0, 0.5)
    send(director, "/touch/1", 1.0, 0.5)
    line = drawn(director)
    assert len(line) == 1 + MOST_SPLATS
    assert line[-1].x == pytest.approx(1.0)
    assert steps(line) == pytest.approx([ASPECT / MOST_SPLATS] * MOST_SPLATS)


def test_a_flood_of_splats_leaves_the_fingers_their_half_of_a_frame() -> None:
    director = make_director()
    for finger in range(1, 4):
        send(director, f"/touch/{finger}", 0.1 * finger, 0.1)
    drawn(director)
    for number in range(500):
        send(director, "/splat", number / 1000, 0.9)
    for finger in range(1, 4):
        send(director, f"/touch/{finger}", 0.1 * finger, 0.4)
    splats = drawn(director)
    assert len(splats) == 64
    assert sum(splat.y < 0.5 for splat in splats) == 30  # ten of each
    assert director.refused[TOO_MANY] == 500 - 34


def test_a_frame_holds_64_touches_and_what_is_beyond_is_counted() -> None:
    director = make_director()
    for finger in range(MOST_FINGERS):
        send(director, f"/touch/{finger}", 0.0, finger / 16)
    drawn(director)
    for finger in range(MOST_FINGERS):
        send(director, f"/touch/{finger}", 1.0, finger / 16)
    assert len(drawn(director)) == 64  # four of each
    for _ in range(64):
        assert send(director, "/splat", 0.5, 0.5) == 0
    assert send(director, "/splat", 0.5, 0.5) == 1
    send(director, "/touch/1", 0.2, 0.2)
    assert len(drawn(director)) == 64
    assert director.refused[TOO_MANY] >= 2


def test_a_seventeenth_finger_is_refused() -> None:
    director = make_director()
    taken = [send(director, f"/touch/f{n}", 0.5, 0.5) for n in range(MOST_FINGERS + 1)]
    assert taken == [0] * MOST_FINGERS + [1]
    send(director, "/touch/f3/up")
    drawn(director)
    assert send(director, "/touch/another", 0.5, 0.5) == 0


def test_a_finger_that_is_lifted_begins_anew_elsewhere() -> None:
    director = make_director()
    send(director, "/touch/1", 0.1, 0.1)
    send(director, "/touch/1/up")
    send(director, "/touch/1", 0.9, 0.9)
    assert [(splat.x, splat.y) for splat in drawn(director)] == [(0.1, 0.1), (0.9, 0.9)]
    send(director, "/touch/1/up", 0)  # a button let go: it means nothing
    send(director, "/touch/1", 0.91, 0.9)
    assert len(drawn(director)) == 1


def test_a_tap_between_two_frames_is_drawn_once() -> None:
    director = make_director()
    send(director, "/touch/1", 0.3, 0.6)
    send(director, "/touch/1/up")
    assert len(drawn(director)) == 1
    assert drawn(director) == ()
    assert len(director.layer(1).fingers) == 0


def test_a_finger_that_says_no_more_is_gone() -> None:
    director = make_director()
    send(director, "/touch/1", 0.1, 0.5)
    for _ in range(math.ceil(STALE / 0.25) + 1):
        director.advance(250_000_000)
    send(director, "/touch/1", 0.9, 0.5)
    assert [splat.x for splat in drawn(director)] == [0.9]


def test_a_finger_that_rests_draws_no_more() -> None:
    director = make_director()
    send(director, "/touch/1", 0.5, 0.5)
    drawn(director)
    for _ in range(5):
        send(director, "/touch/1", 0.5, 0.5)
        assert drawn(director) == ()


def test_pressure_scales_the_amount_along_the_way() -> None:
    director = make_director()
    send(director, "/brush/amount", 0.5)
    send(director, "/touch/1", 0.2, 0.5, 0.0)
    send(director, "/touch/1", 0.3, 0.5, 1.0)
    amounts = [splat.amount for splat in drawn(director)]
    assert amounts[0] == 0.0
    assert amounts == sorted(amounts)
    assert 0.4 < amounts[-1] <= 0.5


def test_a_hand_carries_how_fast_it_moves() -> None:
    director = make_director()
    send(director, "/touch/1", 0.2, 0.5)
    assert drawn(director)[0].push == (0.0, 0.0)
    for x, y in ((0.22, 0.49), (0.24, 0.48)):
        send(director, "/touch/1", x, y)
        for splat in drawn(director):
            assert splat.push == pytest.approx((0.02 * ASPECT * 60, -0.01 * 60), rel=1e-3)


def test_two_fingers_in_one_bundle_draw_two_lines() -> None:
    director = make_director()
    for x in (0.2, 0.25, 0.3):
        bundle = [Message("/touch/1", (x, 0.25)), Message("/touch/2", (1.0 - x, 0.75))]
        for message in decode(encode_bundle(bundle), 0):
            director.apply(message)
    places = [(splat.x, splat.y) for splat in drawn(director)]
    low = [x for x, y in places if y == pytest.approx(0.25)]
    high = [x for x, y in places if y == pytest.approx(0.75)]
    assert len(low) + len(high) == len(places)
    assert low == sorted(low) and high == sorted(high, reverse=True)
    assert low == pytest.approx([1.0 - x for x in high], abs=1e-6)


def test_a_finger_on_a_named_layer_draws_there() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "gamma")
    send(director, "/layer/2/brush/size", 0.2)
    send(director, "/layer/2/touch/1", 0.5, 0.5)
    frame = director.advance(FRAME_NS)
    assert [len(layer.voices[-1].splats) for layer in frame.layers] == [0, 1]
    assert frame.layers[1].voices[-1].splats[0].radius == 0.2
    assert director.layer(1).brush == Brush()


def test_a_frozen_picture_can_be_drawn_into() -> None:
    director = make_director()
    send(director, "/freeze", 1)
    for x in (0.2, 0.3):
        send(director, "/touch/1", x, 0.5)
    assert len(drawn(director)) > 5


def test_the_brush_erases_whatever_the_amount() -> None:
    model = make_model()
    for amount in (0.5, -0.5):
        erasing = touch_with(Brush(amount=amount, erase=True), model, (0.5, 0.5))
        assert erasing.amount == -0.5
        pressed = touch_with(Brush(amount=amount), model, (0.5, 0.5), pressure=-1.0)
        assert pressed.amount == -0.5


def test_a_splat_takes_from_the_brush_what_it_does_not_say() -> None:
    director = make_director()
    settings = {"size": 0.2, "softness": 0.5, "amount": 0.3, "channel": "v", "erase": 1}
    for name, value in settings.items():
        assert send(director, f"/brush/{name}", value) == 0
    send(director, "/splat", 0.5, 0.5)
    send(director, "/splat", 0.5, 0.5, 0.1, 1.0)
    assert drawn(director) == (
        Splat(0.5, 0.5, 0.2, -0.3, 0.5, 2),
        Splat(0.5, 0.5, 0.1, 1.0, 0.5, 2),
    )


def test_channels_go_by_number_or_name() -> None:
    model = make_model()
    assert [find_channel(model, one) for one in (0, "all", 1, "u", 2.0, "v")] == [0, 0, 1, 1, 2, 2]
    for wrong in (3, -1, 1.5, "w", True, None, math.nan, (1,)):
        with pytest.raises(Refused):
            find_channel(model, wrong)
    assert touch_with(Brush(channel="w"), model, (0.5, 0.5)).channel == 0  # from another scene


def test_a_stage_that_comes_back_has_the_same_brush() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "gamma")
    for name, value in {"size": 0.2, "softness": 0.5, "amount": -0.3, "erase": 1}.items():
        send(director, f"/brush/{name}", value)
    send(director, "/layer/2/brush/channel", "v")
    kept = [Message(address, arguments) for address, arguments in describe(director).items()]
    fresh = make_director()
    restore(fresh, kept)
    for number in (1, 2):
        assert fresh.layer(number).brush == director.layer(number).brush
    assert fresh.layer(1).brush == Brush(0.2, 0.5, -0.3, 0, True)


def make_director_of_two_kinds() -> Director:
    """Scene alpha is of channels u and v, gamma of three others."""
    other = replace(make_model("worms"), channels=("a", "b", "c"))
    made = make_catalogue()
    director = Director(replace(made, models={**made.models, "worms": other}), "alpha")
    director.advance(0)
    return director


@pytest.mark.parametrize("channel", ["c", 3, "b"])
def test_a_brush_set_in_one_scene_is_kept_and_comes_back_in_another(channel: int | str) -> None:
    director = make_director_of_two_kinds()
    send(director, "/scene/go", "gamma", 0.0)
    assert send(director, "/brush/channel", channel) == 0
    send(director, "/scene/go", "alpha", 0.0)
    told = describe(director)
    fresh = make_director_of_two_kinds()
    restore(fresh, [Message(address, arguments) for address, arguments in told.items()])
    for other in (director, fresh):
        assert other.layer(1).brush.channel == channel
        send(other, "/splat", 0.5, 0.5)
        assert drawn(other)[0].channel == 0  # all of them, where this scene has no such channel
        send(other, "/scene/go", "gamma", 0.0)
        send(other, "/splat", 0.5, 0.5)
        assert drawn(other)[0].channel == (2 if channel == "b" else 3)


def test_a_channel_that_no_model_has_is_refused() -> None:
    director = make_director_of_two_kinds()
    for wrong in ("d", 4, -1, ""):
        assert send(director, "/brush/channel", wrong) == 1
    assert director.layer(1).brush.channel == 0


def test_a_path_too_short_for_a_point_is_kept_whole() -> None:
    path = [(0.5, 0.5, 1.0), (0.5, 0.501, 1.0)]
    assert space_points(path, 1.0, 0.015, 16) == ([], path)
    assert space_points(path[:1], 1.0, 0.015, 16) == ([], path[:1])
