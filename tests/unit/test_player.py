"""Between a move and its messages: keys, gamepads, sticks, and what the window is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.desk.control import Control, Move
from engine.desk.mirror import Mirror
from engine.desk.notes import Notes
from engine.desk.play.controllers import load_sound_controllers
from engine.desk.play.holds import HOLD_NS
from engine.desk.play.player import Player
from engine.desk.window_moves import read_window
from engine.message import Argument, Message
from engine.output.gamepads import AXES, BUTTONS, PAD, keep, let_go, name_state, tell_changes
from engine.output.hands import KEY, LEARN, PICK_SECONDS, Hands, Stroke
from engine.output.keys import Act, Deed

SECOND = 1_000_000_000
Sent = tuple[str, tuple[Argument, ...]]


@pytest.fixture
def player(tmp_path: Path) -> Player:
    maps = load_sound_controllers(Path("config/controllers"))[0]
    notes = Notes(lambda: 0, lambda line: None)
    return Player(maps, tmp_path / "bindings.toml", Mirror(), lambda device, data: True, notes)


def sent(messages: list[Message]) -> list[Sent]:
    return [(message.address, message.arguments) for message in messages]


def press(name: str, down: int, time_ns: int = 0) -> Move:
    move = read_window(Message(KEY, (name, down), time_ns))
    assert move is not None
    return move


def pad(kind: str, path: str, value: float, time_ns: int = 0) -> Move:
    move = read_window(Message(PAD, ("Some Pad", kind, path, value), time_ns))
    assert move is not None
    return move


@pytest.mark.parametrize(
    "message",
    [
        Message("/desk/learn", ("/macro/1",)),
        Message(KEY, ("g",)),
        Message(KEY, (1, "g")),
        Message(PAD, ("Pad", "wheel", "x", 0.5)),
        Message(PAD, ("Pad", "axis", "x", "far")),
        Message("/macro/1", ("g", 1)),
    ],
)
def test_what_is_no_move_of_the_window_is_none(message: Message) -> None:
    assert read_window(message) is None


def test_a_key_that_was_learnt_plays_and_the_window_is_told_which_keys_are_ours(
    player: Player,
) -> None:
    assert sent(player.pass_time(0)) == [("/window/keys", ()), ("/window/learning", (0,))]
    player.lessons.do(Message("/learn", ("/scene/go", "coral")))
    told = dict(sent(player.pass_time(1)))
    assert told["/window/learning"] == (1,) and "coral" in str(told["/window/notice"])
    assert player.play(press("g", 1)) == []
    told = dict(sent(player.pass_time(2)))
    assert told["/window/keys"] == ("g",) and told["/window/learning"] == (0,)
    assert sent(player.play(press("g", 1))) == [("/scene/go", ("coral",))]
    assert player.play(press("g", 0)) == []
    assert player.pass_time(3) == []
    player.tell_anew()
    assert dict(sent(player.pass_time(4)))["/window/keys"] == ("g",)


def test_a_stick_moves_a_value_as_fast_as_it_is_pushed_until_it_rests(player: Player) -> None:
    player.pass_time(0)
    assert player.play(pad("axis", "left_x", 1.0, SECOND)) == []
    total = 0.0
    for step in range(1, 101):
        for address, arguments in sent(player.pass_time(SECOND + step * 20_000_000)):
            assert address == "/macro/1" and arguments[0] == "+"
            assert isinstance(arguments[1], float)
            total += arguments[1]
    assert total == pytest.approx(1.0)  # two seconds for the whole range
    player.play(pad("axis", "left_x", 0.5, 4 * SECOND))
    assert player.pass_time(5 * SECOND) == [] and player.due_ns is None


def beat(device: str, number: int, value: int, time_ns: int) -> Move:
    return Move(Control(device, "note", 1, number), value / 127, time_ns, value)


def test_a_snapshot_button_keeps_when_it_is_held_and_brings_back_when_it_is_let_go(
    player: Player,
) -> None:
    player.pass_time(0)
    device = "APC40 mkII"
    assert player.play(beat(device, 83, 127, SECOND)) == []
    assert player.due_ns == SECOND + HOLD_NS
    assert sent(player.pass_time(SECOND + HOLD_NS - 1)) == []
    assert sent(player.play(beat(device, 83, 0, SECOND + HOLD_NS // 4))) == [("/snapshot/go", (2,))]
    assert sent(player.pass_time(3 * SECOND)) == []
    player.play(beat(device, 83, 127, 4 * SECOND))
    assert sent(player.pass_time(4 * SECOND + HOLD_NS)) == [("/snapshot/save", (2,))]
    assert player.play(beat(device, 83, 0, 6 * SECOND)) == []
    player.play(beat(device, 84, 127, 7 * SECOND))
    player.release(device, 7 * SECOND)  # unplugged: nothing is kept
    assert sent(player.pass_time(9 * SECOND)) == []


def test_what_was_held_or_pushed_when_learning_began_is_let_go(player: Player) -> None:
    player.pass_time(0)
    player.lessons.do(Message("/learn", ("/splat",)))
    player.play(press("g", 1))
    player.lessons.do(Message("/learn/send", ("gate",)))
    assert sent(player.play(press("g", 1))) == [("/splat", (1,))]
    player.play(pad("axis", "left_x", 1.0, SECOND))
    player.lessons.do(Message("/learn", ("/macro/2",), SECOND))
    assert sent(player.play(press("g", 0, SECOND))) == [("/splat", (0,))]
    player.play(pad("axis", "left_x", 0.5, SECOND))
    assert not [a for a, _ in sent(player.pass_time(2 * SECOND)) if a.startswith("/macro")]


def test_a_pad_that_goes_lets_all_go(player: Player) -> None:
    player.pass_time(0)
    before = name_state(AXES.split(), [1.0] + [0.0] * 5, BUTTONS.split(), [0, 1] + [0] * 13)
    gone = tell_changes("Some Pad", before, let_go(before), 7)
    moves = [read_window(message) for message in gone]
    assert {(m.control.path, m.value) for m in moves if m} == {
        ("left_x", 0.5),
        ("left_trigger", 0.0),
        ("right_trigger", 0.0),
        ("b", 0.0),
    }


def test_parts_of_a_pad_say_what_has_changed_and_no_trembling() -> None:
    rest = [0.0, 0.0, 0.0, 0.0, -1.0, -1.0]
    before = name_state(AXES.split(), rest, BUTTONS.split(), [0] * 15)
    trembling = name_state(AXES.split(), [0.03, -0.05, *rest[2:]], BUTTONS.split(), [0] * 15)
    assert tell_changes("Pad", {}, before, 0) == []
    assert tell_changes("Pad", before, trembling, 0) == []
    pushed = name_state(AXES.split(), [0.5, -1.0, *rest[2:]], BUTTONS.split(), [1] + [0] * 14)
    assert {m.arguments[1:] for m in tell_changes("Pad", before, pushed, 0)} == {
        ("axis", "left_x", 0.75),
        ("axis", "left_y", 1.0),
        ("button", "a", 1.0),
    }
    assert keep(before, trembling) == before


def strokes(hands: Hands, *names: str) -> list[Message | Act]:
    return hands.read([Stroke(name, False, 0) for name in names], None)


def test_learning_in_the_window_the_keys_say_what_is_to_be_played() -> None:
    hands = Hands()
    hands.parameters = ("feed", "kill")
    assert strokes(hands, "l") == [Act(Deed.LEARN)]
    assert strokes(hands, "e") == [Act(Deed.CHOOSE_MACRO, 3), Message(LEARN, ("/macro/3",))]
    assert strokes(hands, "2", "p", "space", "+", "right") == [
        Message(LEARN, ("/scene/go", 2)),
        Message(LEARN, ("/palette/next",)),
        Message(LEARN, ("/freeze",)),
        Message(LEARN, ("/master/brightness",)),
        Message(LEARN, ("/scene/next",)),
    ]
    tabs = strokes(hands, "tab", "tab", "tab", "shift+tab")
    names = [message.arguments[0] for message in tabs if isinstance(message, Message)]
    assert names == ["/param/feed", "/param/kill", "/param/feed", "/param/kill"]
    assert strokes(hands, "j") == [Message(KEY, ("j", 1))]  # a free key is a control
    assert strokes(hands, "l") == [Message(f"{LEARN}/cancel")]
    assert strokes(hands, "2") == [Message("/scene/go", (2,))]


def test_l_without_a_key_that_says_what_is_over_after_a_while() -> None:
    hands = Hands()
    late = round(PICK_SECONDS * 1e9) + 1
    events = [Stroke("l", False, 0), Stroke("b", False, late)]
    assert hands.read(events, None) == [
        Act(Deed.LEARN),
        Message("/blackout", ("toggle",), late),  # what the key always does
    ]
    events = [Stroke("l", False, 0), Stroke("h", False, 1), Stroke("b", False, late)]
    assert Message("/blackout", ("toggle",), late) in hands.read(events, None)
    # The desk waits for a move for as long as it says; while nothing is picked it may say again
    # that it does not.
    for told, heard in (
        (True, Message(LEARN, ("/blackout",), late)),
        (False, Message("/blackout", ("toggle",), late)),
    ):
        hands = Hands()
        strokes(hands, "l")
        hands.wait_for_move(False)
        assert hands.learning
        strokes(hands, "p")
        hands.wait_for_move(told)
        assert hands.read([Stroke("b", False, late)], None) == [heard]
    hands.learning = True
    hands.wait_for_move(True)
    hands.wait_for_move(False)
    assert not hands.learning


def test_a_key_of_the_players_own_goes_to_the_desk_up_and_down_and_not_held() -> None:
    hands = Hands()
    hands.bound = frozenset(("b", "g"))
    events = [
        Stroke("g", False, 1),
        Stroke("g", True, 2),
        Stroke("g", False, 3, down=False),
        Stroke("b", False, 4),
        Stroke("x", False, 5, down=False),
    ]
    assert hands.read(events, None) == [
        Message(KEY, ("g", 1), 1),
        Message(KEY, ("g", 0), 3),
        Message(KEY, ("b", 1), 4),
    ]


def test_a_control_of_the_device_named_by_the_window_finds_the_map_of_gamepads(
    player: Player,
) -> None:
    assert sent(player.play(pad("button", "a", 1.0))) == [("/seed", ())]
    assert sent(player.play(pad("axis", "left_trigger", 0.5))) == [
        ("/macro/5", ("pickup", 0.5, 0.5))
    ]
    assert Control("Some Pad", "button", path="a") == pad("button", "a", 1.0).control
