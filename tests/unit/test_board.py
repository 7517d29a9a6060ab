"""Bindings: what a move of a control means, and who is bound to what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.desk.control import Control, Move
from engine.desk.play.binding import (
    MODES,
    SENDS,
    TAKEOVERS,
    Binding,
    find_value,
    place_value,
)
from engine.desk.play.binding_file import PATHS, BindingReader, write_binding
from engine.desk.play.board import CONTROLS, Board
from engine.desk.play.controllers import load_sound_controllers
from engine.message import Argument

KNOB = Binding("cc", 1, 16, "", "/norm/feed")
BUTTON = Binding("note", None, 60, "", "/scene/next", send="press")
Sent = tuple[str, tuple[Argument, ...]]


def move(kind: str, number: int, raw: int, channel: int = 1, path: str = "") -> Move:
    return Move(Control("Box", kind, channel, number, path), raw / 127, 5, raw)


def play(board: Board, *moves: Move) -> list[Sent]:
    return [(m.address, m.arguments) for one in moves for m in board.play(one)]


def board_of(*bindings: Binding) -> Board:
    return Board([], {"Box": bindings})


def test_a_knob_says_from_where_to_where_it_went() -> None:
    sent = play(board_of(KNOB), move("cc", 16, 0), move("cc", 16, 127), move("cc", 16, 127, 2))
    assert sent == [("/norm/feed", ("pickup", 0.0, 0.0)), ("/norm/feed", ("pickup", 0.0, 1.0))]


def test_a_range_a_curve_and_a_turned_knob() -> None:
    binding = replace(KNOB, low=60.0, high=180.0, curve=2.0, invert=True, takeover="jump")
    sent = play(board_of(binding), move("cc", 16, 127), move("cc", 16, 0))
    assert sent == [("/norm/feed", (60.0,)), ("/norm/feed", (180.0,))]
    assert place_value(binding, 0.5) == pytest.approx(90.0)


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(0.2, 5), st.booleans(), st.floats(0.02, 0.98))
def test_what_a_controller_shows_is_where_its_knob_would_stand(
    low: float, high: float, curve: float, invert: bool, place: float
) -> None:
    binding = replace(KNOB, low=low, high=high, curve=curve, invert=invert)
    if abs(high - low) > 1e-3:
        assert find_value(binding, place_value(binding, place)) == pytest.approx(place, abs=1e-6)


@pytest.mark.parametrize(
    ("mode", "right", "left"),
    [("twos_complement", 2, 126), ("binary_offset", 66, 62), ("sign_magnitude", 2, 66)],
)
def test_an_endless_encoder_moves_by_steps_in_each_code(mode: str, right: int, left: int) -> None:
    board = board_of(replace(KNOB, mode=mode, step=0.01))
    sent = play(board, move("cc", 16, right), move("cc", 16, left))
    assert [arguments[0] for _, arguments in sent] == ["+", "+"]
    assert [arguments[1] for _, arguments in sent] == pytest.approx([0.02, -0.02])


def test_notes_trigger_gate_toggle_hold_and_say_their_velocity() -> None:
    on, off = move("note", 60, 64), move("note", 60, 0)
    wanted: dict[str, list[tuple[Argument, ...]]] = {
        "press": [()],
        "toggle": [("toggle",)],
        "gate": [(1,), (0,)],
        "momentary": [(1.0,), (0.0,)],
        "velocity": [(64 / 127,)],
    }
    for send, arguments in wanted.items():
        sent = play(board_of(replace(BUTTON, send=send)), on, off)
        assert [said for _, said in sent] == arguments, send


def test_a_fader_that_rests_up_is_no_press_again_and_again() -> None:
    board = board_of(Binding("cc", 1, 7, "", "/scene/next", send="press"))
    assert len(play(board, *(move("cc", 7, raw) for raw in (10, 70, 80, 90, 100, 20, 70)))) == 2


def test_a_button_that_only_says_127_presses_each_time() -> None:
    board = board_of(Binding("cc", 1, 7, "", "/scene/next", send="press"))
    assert len(play(board, *(move("cc", 7, 127) for _ in range(3)))) == 3


def test_one_control_may_play_several_things() -> None:
    sent = play(board_of(KNOB, replace(KNOB, address="/macro/2")), move("cc", 16, 0))
    assert [address for address, _ in sent] == ["/norm/feed", "/macro/2"]


def test_the_players_own_binding_goes_before_the_map_and_leaves_the_rest_of_it() -> None:
    maps = load_sound_controllers(Path("config/controllers"))[0]
    board = Board(maps, {"Box": [Binding("cc", None, 1, "", "/norm/feed")]})
    sent = play(board, move("cc", 1, 0), move("cc", 2, 0))
    assert [address for address, _ in sent] == ["/norm/feed", "/macro/2"]
    board.adopt({})
    assert [address for address, _ in play(board, move("cc", 1, 0))] == ["/macro/1"]


def test_a_binding_never_moves_to_another_device() -> None:
    board = board_of(KNOB)
    for name in ("Box #2", "Box 2", "box", ""):
        assert not board.play(Move(Control(name, "cc", 1, 16), 1.0, 0, 127))


def test_a_knob_of_fourteen_bits_is_not_its_two_halves_as_well() -> None:
    board = Board(load_sound_controllers(Path("config/controllers"))[0])
    board.adopt({"Box": [Binding("cc14", 1, 1, "", "/norm/feed")]})
    fine = Move(Control("Box", "cc14", 1, 1), 0.5, 0, 8192)
    assert play(board, move("cc", 1, 64), move("cc", 33, 0), fine) == [
        ("/norm/feed", ("pickup", 0.5, 0.5))
    ]


def test_what_is_held_is_let_go_when_the_device_goes_and_its_places_are_forgotten() -> None:
    board = board_of(replace(BUTTON, send="gate"), KNOB)
    play(board, move("note", 60, 100), move("cc", 16, 20))
    assert [(m.address, m.arguments, m.time_ns) for m in board.release("Box", 9)] == [
        ("/scene/next", (0,), 9)
    ]
    assert play(board, move("cc", 16, 127)) == [("/norm/feed", ("pickup", 1.0, 1.0))]


def test_what_is_held_is_let_go_whatever_its_control_plays_meanwhile() -> None:
    gate = replace(BUTTON, send="gate", address="/blackout")
    board = board_of(gate)
    assert play(board, move("note", 60, 100)) == [("/blackout", (1,))]
    board.adopt({"Box": [BUTTON]})
    assert play(board, move("note", 60, 0)) == [("/blackout", (0,))]
    assert play(board, move("note", 60, 0)) == []


def test_two_controls_with_one_binding_are_held_apart() -> None:
    board = board_of(replace(BUTTON, channel=None, send="gate"))
    play(board, move("note", 60, 100, channel=1), move("note", 60, 100, channel=2))
    play(board, move("note", 60, 0, channel=1))
    assert len(board.release("Box", 0)) == 1


def test_a_foreign_number_of_any_size_plays_through_any_curve() -> None:
    fader = Binding("osc", None, 0, "/f", "/macro/1", takeover="jump", curve=3.0)
    board = Board([], {"osc": [fader]})
    for value in (1e300, -1e300, 0.5):
        (message,) = board.play(Move(Control("osc", "osc", path="/f"), value, 0))
        assert isinstance(message.arguments[0], float)


def test_places_of_controls_that_only_teach_are_not_kept_without_end() -> None:
    board = Board([])
    for number in range(2 * CONTROLS):
        board.place(Control("osc", "osc", path=f"/{number}"), 0.5)
    kept = [board.where(Control("osc", "osc", path=f"/{n}")) for n in range(2 * CONTROLS)]
    assert sum(place is not None for place in kept) == CONTROLS


def test_an_encoder_whose_ring_was_set_goes_on_from_there() -> None:
    board = board_of(KNOB)
    play(board, move("cc", 16, 0))
    board.place(Control("Box", "cc", 1, 16), 0.5)
    assert play(board, move("cc", 16, 127)) == [("/norm/feed", ("pickup", 0.5, 1.0))]


def test_foreign_numbers_pass_as_they_come_or_by_their_span() -> None:
    tempo = Binding("osc", None, 0, "/live/song/get/tempo", "/tempo/bpm", takeover="jump")
    fader = replace(tempo, path="/fader", address="/macro/1", span=(0.0, 127.0))
    board = Board([], {"osc": [tempo, fader]})
    for path, value, wanted in (("/live/song/get/tempo", 124.0, 124.0), ("/fader", 127.0, 1.0)):
        (message,) = board.play(Move(Control("osc", "osc", path=path), value, 0))
        assert message.arguments == (wanted,)


NUMBERS = st.floats(-1e6, 1e6).map(lambda number: round(number, 3))
ANY_BINDING = st.builds(
    Binding,
    kind=st.sampled_from(("cc", "cc14", "nrpn", "bend", "note", "program", "key", "osc")),
    channel=st.none() | st.integers(1, 16),
    number=st.integers(0, 31),
    path=st.sampled_from(("/1/fader1", "shift+g")),
    address=st.sampled_from(("/macro/1", "/norm/feed", "/layer/2/opacity")),
    send=st.sampled_from([send for send in SENDS if send != "index"]),
    arguments=st.sampled_from(((), ("coral", 2.0), (3,))),
    mode=st.sampled_from(MODES),
    takeover=st.sampled_from(TAKEOVERS),
    low=NUMBERS,
    high=NUMBERS,
    curve=st.sampled_from((0.5, 1.0, 2.0)),
    invert=st.booleans(),
    step=st.sampled_from((0.01, 0.2)),
    span=st.sampled_from(((0.0, 1.0), (0.0, 127.0))),
)


@given(ANY_BINDING)
def test_a_binding_that_is_written_is_read_back_as_it_was(binding: Binding) -> None:
    has_path = binding.kind in PATHS
    number = 0 if has_path or binding.kind == "bend" else binding.number
    binding = replace(binding, path=binding.path if has_path else "", number=number)
    reader = BindingReader(Path("here.toml"), "")
    assert reader.read_bindings(write_binding(binding), ("control", 0)) == [binding]
    assert reader.complaints == []


def test_data_entry_of_a_bound_nrpn_plays_no_knob_of_the_map() -> None:
    generic = load_sound_controllers(Path("config/controllers"))[0]
    nrpn = Binding("nrpn", 1, 5, "", "/norm/feed", takeover="jump")
    entry = [move("cc", number, raw) for number, raw in ((99, 0), (98, 5), (6, 64), (38, 0))]
    assert play(Board(generic), *entry) == [("/macro/6", ("pickup", 64 / 127, 64 / 127))]
    board = Board(generic, {"Box": [nrpn]})
    assert play(board, *entry, move("nrpn", 5, 127)) == [("/norm/feed", (1.0,))]
    own = replace(KNOB, number=6, address="/norm/kill", takeover="jump")  # the player knows better
    board.adopt({"Box": [nrpn, own]})
    assert play(board, move("cc", 6, 127)) == [("/norm/kill", (1.0,))]


def test_what_is_told_twice_is_known_as_part_of_the_other() -> None:
    def parts(*bindings: Binding) -> list[bool]:
        board = board_of(*bindings)
        kinds = (("cc", 16), ("cc", 48), ("cc14", 16), ("cc", 6), ("nrpn", 5))
        return [board.is_part(move(kind, number, 127)) for kind, number in kinds]

    assert parts() == [False, False, True, False, False]
    assert parts(replace(KNOB, kind="cc14")) == [True, True, False, False, False]
    assert parts(replace(KNOB, kind="nrpn", number=5)) == [False, False, True, True, False]
