"""Learning: what is moved is told by what it sends, bound, and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.desk.control import Control, Move
from engine.desk.midi.decode import Decoder
from engine.desk.notes import Notes
from engine.desk.osc.addresses import is_played
from engine.desk.play.binding import Binding
from engine.desk.play.board import Board
from engine.desk.play.learn import QUIET_NS, Learning, Learnt, Wish, find_send_fault
from engine.desk.play.lessons import LONGEST_NS, Lessons
from engine.desk.play.overlay import (
    bind,
    count,
    format_overlay,
    join,
    load_overlay,
    read_overlay,
    save_overlay,
)
from engine.message import Argument, Message

DEVICE = "Box"
SECOND = 1_000_000_000


def learn(wish: Wish, *data: str, gap_ns: int = 20_000_000) -> Learnt | None:
    """What is learnt when a device sends these bytes, a message each, and is then let go."""
    decoder, learning, now = Decoder(DEVICE), Learning(wish), 0
    for one in data:
        now += gap_ns
        for said in (*decoder.wait_no_more(now), *decoder.decode(bytes.fromhex(one), now)):
            learnt = learning.hear(said) if isinstance(said, Move) else None
            if learnt:
                return learnt
    for move in decoder.wait_no_more(now + QUIET_NS):
        learning.hear(move)
    return learning.wait_no_more(now + 2 * QUIET_NS)


def cc(number: int, *values: int, channel: int = 1) -> list[str]:
    return [f"b{channel - 1:x} {number:02x} {value:02x}" for value in values]


MACRO, NEXT = Wish("/macro/3"), Wish("/scene/next")
KNOB = cc(16, 40, 42, 45, 49, 52, 60, 66, 70, 80)
TABLE: dict[str, tuple[Wish, list[str], dict[str, object]]] = {
    "a knob": (MACRO, KNOB, {"kind": "cc", "number": 16, "channel": 1, "mode": "absolute"}),
    "a knob on another channel": (MACRO, cc(7, 1, 5, 9, 14, channel=12), {"channel": 12}),
    "an encoder, two's complement": (
        MACRO,
        cc(20, 1, 1, 2, 1, 127, 127, 126, 127),
        {"mode": "twos_complement"},
    ),
    "an encoder, binary offset": (
        MACRO,
        cc(20, 65, 65, 66, 65, 63, 63, 62, 63),
        {"mode": "binary_offset"},
    ),
    "an encoder, sign and magnitude": (
        MACRO,
        cc(20, 1, 1, 2, 1, 65, 65, 66, 65),
        {"mode": "sign_magnitude"},
    ),
    "a button that plays a value": (MACRO, cc(41, 127, 0), {"send": "momentary"}),
    "a button that plays an action": (NEXT, cc(41, 127, 0), {"send": "press"}),
    "a button that says 127 only": (NEXT, cc(41, 127), {"send": "press", "number": 41}),
    "a button that plays a switch": (Wish("/blackout"), cc(41, 127, 0), {"send": "toggle"}),
    "a knob that plays an action": (NEXT, KNOB, {"send": "press", "number": 16}),
    "a pad": (Wish("/scene/go", ("coral",)), ["99 24 40"], {"kind": "note", "number": 36}),
    "a program": (Wish("/palette/go", (3,)), ["c0 05"], {"kind": "program", "number": 5}),
    "a pitch wheel": (MACRO, ["e0 00 40", "e0 00 50", "e0 00 60"], {"kind": "bend"}),
    "fourteen bits": (
        MACRO,
        [*cc(1, 20), *cc(33, 0), *cc(1, 21), *cc(33, 64), *cc(1, 24), *cc(33, 7)],
        {"kind": "cc14", "number": 1},
    ),
    "an NRPN": (
        MACRO,
        [*cc(99, 2), *cc(98, 5), *cc(6, 10), *cc(38, 0), *cc(6, 30), *cc(38, 9), *cc(6, 60)],
        {"kind": "nrpn", "number": 2 * 128 + 5},
    ),
    "pressure": (MACRO, ["d0 10", "d0 30", "d0 50"], {"kind": "pressure"}),
}


@pytest.mark.parametrize("name", TABLE)
def test_the_kind_of_a_control_is_told_by_what_it_sends(name: str) -> None:
    wish, data, wanted = TABLE[name]
    learnt = learn(wish, *data)
    assert learnt is not None and learnt.device == DEVICE
    assert {key: getattr(learnt.binding, key) for key in wanted} == wanted
    assert learnt.binding.arguments == wish.arguments


def test_a_parameter_is_played_along_its_curve() -> None:
    for address, played in (("/param/feed", "/norm/feed"), ("/layer/2/param/k", "/layer/2/norm/k")):
        learnt = learn(Wish(address), *KNOB)
        assert learnt is not None and learnt.binding.address == played


def test_an_encoder_turned_one_way_is_asked_for_the_other() -> None:
    learning = Learning(MACRO)
    for at in range(6):
        assert learning.hear(Move(Control(DEVICE, "cc", 1, 20), 1 / 127, at, 1)) is None
    assert learning.wait_no_more(SECOND) is None and learning.turn_back
    learnt = None
    for at in range(4):
        move = Move(Control(DEVICE, "cc", 1, 20), 1.0, SECOND + at, 127)
        learnt = learnt or learning.hear(move)
    assert learnt is not None and learnt.binding.mode == "twos_complement"


def test_the_control_that_is_moved_wins_over_one_that_trembles() -> None:
    trembling = cc(90, 64, 65, 64, 65)
    learnt = learn(MACRO, *(one for pair in zip(trembling, KNOB, strict=False) for one in pair))
    assert learnt is None or learnt.binding.number == 16
    learnt = learn(MACRO, *trembling[:2], *KNOB)
    assert learnt is not None and learnt.binding.number == 16


def test_a_foreign_osc_fader_of_another_range_is_learnt_with_it() -> None:
    learning = Learning(MACRO)
    for value in (3.0, 50.0, 90.0):
        learning.hear(Move(Control("osc", "osc", path="/fader/3"), value, 0))
    learnt = learning.wait_no_more(SECOND)
    assert learnt is not None
    assert (learnt.binding.path, learnt.binding.span) == ("/fader/3", (0.0, 127.0))


def test_what_is_sent_by_itself_all_the_time_is_not_taken_for_a_move() -> None:
    learning, fader = Learning(MACRO), Control("osc", "osc", path="/fader")
    for at in range(50):
        for name in ("/still", "/other"):
            assert learning.hear(Move(Control("osc", "osc", path=name), 0.7, at)) is None
    learnt = None
    for at in range(8):
        learnt = learnt or learning.hear(Move(fader, at / 8, 50 + at))
    assert learnt is not None and learnt.binding.path == "/fader"
    learning, button = Learning(NEXT), Control("osc", "osc", path="/button")
    learning.hear(Move(button, 1.0, 0))
    learning.hear(Move(button, 0.0, 1))
    for at in range(10):
        learning.hear(Move(Control("osc", "osc", path="/still"), 0.7, 2))
        learning.hear(Move(Control("osc", "osc", path="/still"), 0.7, at * QUIET_NS // 5))
    learnt = learning.wait_no_more(2 * QUIET_NS)
    assert learnt is not None and learnt.binding.path == "/button"


def test_a_motor_fader_that_is_touched_before_it_moves_is_a_fader_and_a_pad_a_pad() -> None:
    touch, bends = "90 68 7f", ["e0 00 40", "e0 00 50", "e0 00 60", "e0 00 70"]
    for data, kind in (([touch, *bends, "90 68 00"], "bend"), ([touch], "note")):
        learnt = learn(MACRO, *data)
        assert learnt is not None and learnt.binding.kind == kind


def lessons(path: Path | None, adopted: list[object]) -> Lessons:
    return Lessons(path, adopted.append, is_played, Notes(lambda: 0, lambda line: None))


def say(some: Lessons, address: str, *arguments: Argument) -> str:
    return some.do(Message(address, arguments))


def turn(some: Lessons, number: int = 16) -> None:
    for at, raw in enumerate((40, 44, 50, 57, 66, 70, 73, 79)):
        some.hear(Move(Control(DEVICE, "cc", 1, number), raw / 127, at, raw))


def test_what_is_learnt_is_in_the_file_at_once_and_plays(tmp_path: Path) -> None:
    path = tmp_path / "mine" / "bindings.toml"
    board = Board([])
    some = Lessons(path, board.adopt, is_played, Notes(lambda: 0, lambda line: None))
    assert say(some, "/learn", "/param/feed") == ""
    assert some.status == ("waiting", "/param/feed")
    turn(some)
    assert some.status == ("learnt", "/norm/feed", "cc 16 channel 1", DEVICE)
    assert load_overlay(path) == (some.bindings, [])
    (message,) = board.play(Move(Control(DEVICE, "cc", 1, 16), 1.0, 0, 127))
    assert message.address == "/norm/feed"
    assert not some.hear(Move(Control(DEVICE, "cc", 1, 16), 0.5, 0, 64))


def test_range_curve_and_the_rest_are_changed_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "bindings.toml"
    some = lessons(path, [])
    assert say(some, "/learn/curve", 2.0) != ""
    say(some, "/learn", "/macro/1")
    turn(some)
    for address, arguments in {
        "/learn/range": (0.2, 0.7),
        "/learn/curve": (2.0,),
        "/learn/invert": (1,),
        "/learn/takeover": ("scale",),
    }.items():
        assert say(some, address, *arguments) == "", address
    (binding,) = load_overlay(path)[0][DEVICE]
    assert (binding.low, binding.high, binding.curve, binding.invert) == (0.2, 0.7, 2.0, True)
    assert binding.takeover == "scale"
    for address, arguments in {
        "/learn/range": (1.0,),
        "/learn/curve": ("x",),
        "/learn/takeover": (),
    }.items():
        assert say(some, address, *arguments) != "", address
    assert load_overlay(path)[0][DEVICE] == (binding,)


def test_nothing_but_what_can_be_played_is_learnt() -> None:
    some = lessons(None, [])
    for wrong in ("/status/taken", "/nowhere", "macro/1", "/macro/*", "/desk/learn", 3, ""):
        assert say(some, "/learn", wrong) != ""
    assert say(some, "/learn") != "" and some.status == ("off",)


def test_a_learnt_control_replaces_what_it_played_and_can_be_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "bindings.toml"
    some = lessons(path, [])
    for address in ("/macro/1", "/macro/2"):
        say(some, "/learn", address)
        turn(some)
    say(some, "/learn", "/macro/3")
    turn(some, 17)
    assert [b.address for b in some.bindings[DEVICE]] == ["/macro/2", "/macro/3"]
    say(some, "/learn/forget", "/macro/2")
    assert [b.address for b in load_overlay(path)[0][DEVICE]] == ["/macro/3"]


def test_an_edited_file_is_taken_and_a_broken_one_changes_nothing(tmp_path: Path) -> None:
    path, adopted = tmp_path / "bindings.toml", []
    some = lessons(path, adopted)  # type: ignore[arg-type]
    some.look(0)
    one = {DEVICE: (Binding("cc", 1, 16, "", "/macro/1"),)}
    save_overlay(one, path)
    some.look(2 * SECOND)
    assert some.bindings == one
    path.write_text("[[binding]\n")
    path.with_suffix(".bak").unlink(missing_ok=True)
    some.look(4 * SECOND)
    assert some.bindings == one and adopted == [one]  # type: ignore[comparison-overlap]


def test_a_file_that_was_damaged_is_read_from_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "bindings.toml"
    first = bind({}, DEVICE, Binding("cc", 1, 16, "", "/macro/1"))
    save_overlay(first, path)
    save_overlay(bind(first, DEVICE, Binding("note", 2, 36, "", "/scene/next", "press")), path)
    path.write_bytes(b"\xff\x00")
    found, complaints = load_overlay(path)
    assert found == first and complaints


def test_a_range_is_in_units_of_what_was_asked_for(tmp_path: Path) -> None:
    some = lessons(tmp_path / "bindings.toml", [])
    for asked, address in (
        ("/param/feed", "/param/feed"),
        ("/norm/feed", "/norm/feed"),
        ("/palette/shift", "/palette/shift"),
        ("/palette/hue", "/palette/hue"),
        ("/layer/2/param/kill", "/layer/2/param/kill"),
    ):
        say(some, "/learn", asked)
        turn(some)
        assert say(some, "/learn/range", 0.03, 0.06) == ""
        (binding,) = some.bindings[DEVICE]
        assert (binding.address, binding.low, binding.high) == (address, 0.03, 0.06)


def test_what_must_say_which_is_refused_without() -> None:
    some = lessons(None, [])
    for address in ("/scene/go", "/layer/2/palette/go", "/palette/group", "/quantise"):
        assert say(some, "/learn", address) != "" and some.status == ("off",)


def test_of_an_action_only_the_one_with_those_arguments_is_forgotten(tmp_path: Path) -> None:
    some = lessons(tmp_path / "bindings.toml", [])
    for number, scene in ((16, "coral"), (17, "tide")):
        say(some, "/learn", "/scene/go", scene)
        turn(some, number)
    say(some, "/learn", "/param/feed")
    turn(some, 18)
    say(some, "/learn/forget", "/scene/go", "coral")
    assert [b.arguments for b in some.bindings[DEVICE]] == [("tide",), ()]
    say(some, "/learn/forget", "/param/feed")
    assert [b.address for b in some.bindings[DEVICE]] == ["/scene/go"]
    say(some, "/learn/forget", "/scene/go")
    assert some.bindings == {}


def test_controls_play_again_when_nothing_is_moved_for_long() -> None:
    some = lessons(None, [])
    some.do(Message("/learn", ("/macro/1",), SECOND))
    assert some.due_ns == SECOND + LONGEST_NS
    some.wait_no_more(LONGEST_NS)
    assert some.learning
    some.wait_no_more(SECOND + LONGEST_NS)
    assert not some.learning and some.status == ("off",)


def test_an_edit_that_nobody_has_looked_at_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "bindings.toml"
    some = lessons(path, [])
    say(some, "/learn", "/macro/1")
    turn(some, 16)
    save_overlay(bind(some.bindings, "Other", Binding("cc", 1, 1, "", "/macro/2")), path)
    say(some, "/learn", "/macro/3")
    turn(some, 17)
    assert {b.address for several in load_overlay(path)[0].values() for b in several} == {
        "/macro/1",
        "/macro/2",
        "/macro/3",
    }


def test_a_broken_edit_is_kept_aside_when_something_is_learnt(tmp_path: Path) -> None:
    path, adopted = tmp_path / "bindings.toml", []
    some = lessons(path, adopted)  # type: ignore[arg-type]
    for number in (16, 17):
        say(some, "/learn", f"/macro/{number - 15}")
        turn(some, number)
    before = some.bindings
    path.write_text("[[binding]\n")
    some.look(SECOND)
    assert some.bindings == before and adopted[-1] == before  # not the file before the last
    say(some, "/learn", "/macro/3")
    turn(some, 18)
    assert path.with_suffix(".broken").read_text() == "[[binding]\n"
    assert [b.address for b in load_overlay(path)[0][DEVICE]] == [
        "/macro/1",
        "/macro/2",
        "/macro/3",
    ]


def test_files_join_control_by_control() -> None:
    first, second, third = (Binding("cc", 1, 16, "", f"/macro/{n}") for n in (1, 2, 3))
    other = Binding("cc", 1, 17, "", "/macro/4")
    own = {DEVICE: (first, other), "Keys": (first,)}
    joined = join(own, {DEVICE: (second, third)})
    assert joined == {DEVICE: (other, second, third), "Keys": (first,)}
    assert own[DEVICE] == (first, other) and count(joined) == 4


def test_names_of_devices_are_written_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "bindings.toml"
    names = ('a "quoted" \\ name', "Gerät Ü #2", "tab\tand \x7f")
    kept = {name: (Binding("cc", 1, 16, "", "/macro/1"),) for name in names}
    save_overlay(kept, path)
    assert read_overlay(path) == (kept, [])
    assert format_overlay(kept) == path.read_text(encoding="utf-8")


def test_a_file_that_is_a_link_stays_one(tmp_path: Path) -> None:
    kept, path = tmp_path / "kept" / "mine.toml", tmp_path / "bindings.toml"
    kept.parent.mkdir()
    path.symlink_to(kept)
    some = lessons(path, [])
    for number in (16, 17):
        say(some, "/learn", "/macro/1")
        turn(some, number)
    assert path.is_symlink() and load_overlay(kept) == (some.bindings, [])


def test_what_cannot_be_saved_plays_all_the_same_and_goes_on_playing(tmp_path: Path) -> None:
    path = tmp_path / "file" / "bindings.toml"
    path.parent.mkdir()
    path.write_text("[[binding", "utf-8")  # broken: it would be put aside first
    some = lessons(path, [])
    some.look(0)
    (path.parent / ".bindings.toml.part").mkdir()  # no draft can be written
    say(some, "/learn", "/macro/1")
    turn(some)
    assert some.said.endswith("(not saved)")
    for second in range(1, 4):
        some.look(second * SECOND)
    assert [one.address for one in some.bindings[DEVICE]] == ["/macro/1"]


@pytest.mark.parametrize(
    ("path", "values"),
    [("/clock", (1.76e9, 1.77e9)), ("/f", (-1e300, 1e300)), ("/" + 254 * "x" + " 16", (0.0, 90.0))],
)
def test_no_control_whatever_it_sends_costs_the_bindings_there_are(
    tmp_path: Path, path: str, values: tuple[float, float]
) -> None:
    file = tmp_path / "bindings.toml"
    some = lessons(file, [])
    say(some, "/learn", "/macro/1")
    turn(some)
    say(some, "/learn", "/macro/2")
    for at in range(8):
        some.hear(Move(Control("osc", "osc", path=path), values[at % 2], at))
    assert not some.learning and load_overlay(file) == (some.bindings, [])
    assert DEVICE in some.bindings and ("osc" in some.bindings) == (values[1] < 1e9)


def test_the_file_before_is_kept_beside_a_link_too(tmp_path: Path) -> None:
    kept, path = tmp_path / "mine.toml", tmp_path / "bindings.toml"
    path.symlink_to(kept)
    some = lessons(path, [])
    for number in (16, 17):
        say(some, "/learn", "/macro/1")
        turn(some, number)
    backup = tmp_path / "bindings.bak"
    assert not backup.is_symlink() and count(read_overlay(backup)[0]) == 1


@pytest.mark.parametrize(
    ("address", "send"),
    [
        *((f"/{word}", "toggle") for word in ("blackout", "solo", "bypass", "tape/loop")),
        *(
            (f"/layer/2/{word}", "toggle")
            for word in ("solo", "effect/1/bypass", "palette/reverse")
        ),
        *((f"/{word}", "press") for word in ("undo", "redo", "random", "mutate", "still", "eject")),
        *((f"/{word}", "press") for word in ("cue/back", "tempo/bar", "record/toggle")),
        *((f"/{word}", "momentary") for word in ("macro/1", "crossfader", "mod/breath/trigger")),
    ],
)
def test_a_pad_does_what_its_address_is_for_once_at_each_press(address: str, send: str) -> None:
    learnt = learn(Wish(address), "90 3c 64", "80 3c 00")
    assert learnt is not None and learnt.binding.send == send


def test_a_pad_that_switches_to_one_side_does_so_each_time() -> None:
    learnt = learn(Wish("/blackout", (1,)), "90 3c 64", "80 3c 00")
    assert learnt is not None
    assert (learnt.binding.send, learnt.binding.arguments) == ("press", (1,))


@pytest.mark.parametrize(
    ("wish", "send", "words"),
    [
        (Wish("/scene/go", ("coral",)), "gate", "only a press plays /scene/go coral"),
        (Wish("/scene/go", ("coral",)), "value", "only a press plays"),
        (Wish("/macro/3"), "press", "what /macro/3 becomes"),
        (Wish("/layer/2/opacity"), "toggle", "no switch"),
        (Wish("/seed"), "toggle", "no switch"),
        (Wish("/macro/3"), "note", "only /note"),
        (Wish("/macro/3", (0.8,)), "press", ""),
        (Wish("/macro/3"), "velocity", ""),
        (Wish("/blackout"), "gate", ""),
        (Wish("/norm/palette_reverse"), "toggle", ""),
        (Wish("/mod/breath/trigger"), "press", ""),
        (Wish("/seed"), "press", ""),
    ],
)
def test_a_button_that_would_play_nothing_or_another_thing_is_refused(
    wish: Wish, send: str, words: str
) -> None:
    assert words in find_send_fault(wish, send) and bool(words) == bool(find_send_fault(wish, send))
    some = lessons(None, [])
    say(some, "/learn", wish.address, *wish.arguments)
    some.hear(Move(Control(DEVICE, "note", 1, 60), 1.0, 0, 127))
    before = some.bindings
    assert bool(words) == bool(say(some, "/learn/send", send))
    if words:
        assert some.bindings == before
