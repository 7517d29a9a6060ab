"""The table of keys, and hands on them: no window, no GL."""

from __future__ import annotations

import glfw
import pytest

from engine.message import Message
from engine.osc_reading import decode
from engine.osc_writing import encode
from engine.output.fit import Rectangle, fit_picture, locate_in_picture
from engine.output.hands import (
    Button,
    Hands,
    Moved,
    Stroke,
    View,
    Wheel,
)
from engine.output.keys import Act, Deed, bind_strokes, list_rows, name_sign, name_stroke
from engine.output.monitors import Monitor, choose_monitor

WIDE = View(Rectangle(0, 100, 800, 400), 600)  # letterboxed: 100 pixels above and below


def test_no_stroke_is_bound_twice() -> None:
    strokes = [stroke for row in list_rows() for stroke, _ in row.strokes]
    assert sorted(strokes) == sorted(set(strokes)) == sorted(bind_strokes())


def test_every_message_of_the_table_survives_the_wire() -> None:
    for row in list_rows():
        for _, does in row.strokes:
            if isinstance(does, Message):
                (back,) = decode(encode(does), 0)
                assert back.address == does.address
                assert back.arguments == pytest.approx(does.arguments)


def test_ten_scenes_and_eight_macros_have_their_keys() -> None:
    bound = bind_strokes()
    scenes = [bound[stroke].does for stroke in "1234567890"]
    assert scenes == [Message("/scene/go", (n,)) for n in range(1, 11)]
    assert [bound[s].does for s in "qwerasdf"] == [Act(Deed.CHOOSE_MACRO, n) for n in range(1, 9)]


@pytest.mark.parametrize(
    ("key", "printed", "modifiers", "name"),
    [
        (glfw.KEY_P, "p", 0, "p"),
        (glfw.KEY_P, "p", glfw.MOD_SHIFT, "shift+p"),
        (glfw.KEY_P, "p", glfw.MOD_CONTROL, None),
        (glfw.KEY_ENTER, None, glfw.MOD_ALT, "enter"),
        (glfw.KEY_1, "&", 0, "1"),  # AZERTY prints & there
        (glfw.KEY_Q, "a", 0, "q"),  # and A where QWERTY has Q: the macros keep their places
        (glfw.KEY_R, "p", 0, "p"),  # Dvorak's P
        (glfw.KEY_P, "n", 0, None),  # which is not where QWERTY has it
        (glfw.KEY_P, "з", 0, "p"),  # a Russian layout prints no Latin letters: places it is
        (glfw.KEY_KP_7, "7", 0, "7"),
        (glfw.KEY_UP, None, glfw.MOD_SHIFT, "shift+up"),
        (glfw.KEY_F24, None, 0, None),
        (glfw.KEY_UNKNOWN, None, 0, None),
    ],
)
def test_a_stroke_is_named_by_place_or_by_letter(
    key: int, printed: str | None, modifiers: int, name: str | None
) -> None:
    assert name_stroke(key, printed, modifiers) == name


def test_signs_are_taken_as_typed_and_nothing_else_is() -> None:
    assert [name_sign(c) for c in "+-=?"] == ["+", "-", "=", "?"]
    assert name_sign("p") is None


def test_a_held_key_repeats_only_what_moves() -> None:
    held = [Stroke(name, True, 5) for name in ("up", "+", "b", "space", "right", "t", "h", "f11")]
    assert Hands().read(held, None) == [
        Act(Deed.MOVE_MACRO, 0.02),
        Message("/macro/1", ("+", 0.02), 5),
        Message("/master/brightness", ("+", 0.05), 5),
    ]


def test_messages_carry_the_time_of_their_stroke() -> None:
    (message,) = Hands().read([Stroke("t", False, 1234)], None)
    assert message == Message("/tempo/tap", (), 1234)


def test_half_a_notch_moves_the_macro_half_as_far() -> None:
    messages = Hands().read([Wheel(-0.5, False, 0)], None)
    assert Message("/macro/1", ("+", -0.01), 0) in messages


def test_the_mouse_means_nothing_before_the_first_picture() -> None:
    assert Hands().read([Button(0, True, 400, 300, 0)], None) == []


def test_a_picture_is_fitted_whole_and_centred() -> None:
    assert fit_picture((1920, 1080), (1000, 1000)) == Rectangle(0, 219, 1000, 562)
    assert fit_picture((100, 300), (800, 600)) == Rectangle(300, 0, 200, 600)
    assert fit_picture((4000, 1), (10, 10)).height == 1


def test_the_corners_of_the_picture_are_0_and_1() -> None:
    assert locate_in_picture(0, 500, WIDE.place, WIDE.height) == (0, 0)
    assert locate_in_picture(800, 100, WIDE.place, WIDE.height) == (1, 1)


def test_a_drag_is_a_finger_that_goes_where_the_mouse_goes() -> None:
    hands = Hands()
    drawn = hands.read([Button(0, True, 400, 300, 1)], WIDE)
    drawn += hands.read([Moved(200, 300, 2), Moved(200, 400, 3)], WIDE)
    drawn += hands.read([Button(0, False, 600, 300, 4)], WIDE)
    assert drawn == [
        Message("/touch/mouse", (0.5, 0.5), 1),
        Message("/touch/mouse", (0.25, 0.5), 2),
        Message("/touch/mouse", (0.25, 0.25), 3),
        Message("/touch/mouse", (0.75, 0.5), 4),
        Message("/touch/mouse/up", (), 4),
    ]


def test_the_right_button_erases_as_it_goes() -> None:
    drawn = Hands().read([Button(1, True, 400, 300, 0), Moved(200, 300, 0)], WIDE)
    assert [message.arguments for message in drawn if isinstance(message, Message)] == [
        (0.5, 0.5, -1.0),
        (0.25, 0.5, -1.0),
    ]


def test_a_drag_that_leaves_the_picture_draws_only_inside() -> None:
    track = [Moved(400, 80, 1), Moved(300, 20, 2), Moved(200, 300, 3)]
    drawn = Hands().read([Button(0, True, 400, 120, 0), *track], WIDE)
    assert [m.address for m in drawn if isinstance(m, Message)] == [
        "/touch/mouse",
        "/touch/mouse/up",
        "/touch/mouse",
    ]


def test_a_button_let_go_draws_no_more() -> None:
    hands = Hands()
    hands.read([Button(0, True, 400, 300, 0), Button(0, False, 400, 300, 0)], WIDE)
    assert hands.read([Moved(700, 300, 0)], WIDE) == []


def test_a_monitor_is_found_by_number_or_part_of_its_name() -> None:
    place = Rectangle(0, 0, 10, 10)
    monitors = [Monitor(n, name, place, place, 60) for n, name in ((1, "eDP-1"), (2, "HDMI-A-1"))]
    assert choose_monitor(monitors, None) is monitors[0]
    assert choose_monitor(monitors, 2) is choose_monitor(monitors, "2") is monitors[1]
    assert choose_monitor(monitors, "hdmi") is monitors[1]
    assert choose_monitor(monitors, 3) is choose_monitor(monitors, "DP-9") is None
    assert choose_monitor([], None) is None
