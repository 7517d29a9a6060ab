"""MIDI bytes become moves and ticks; junk becomes nothing, and is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.desk.control import FULL, Control, Move
from engine.desk.midi.decode import Decoder, Tick
from engine.desk.midi.fourteen import FINE_NS, KEPT
from tests.fuzz.midi import check_decoder

DEVICE = "Some Keys"
SEVEN = st.integers(0, 127)
CHANNEL = st.integers(1, 16)
Short = tuple[str, int, int, int]  # kind, channel, number, raw


def _decode(decoder: Decoder, words: str, time_ns: int = 0) -> list[Short]:
    """The moves that messages make which come at once, written as `b0 01 7f, c0 04`."""
    said: list[Move | Tick] = []
    for word in words.split(","):
        said += decoder.decode(bytes.fromhex(word), time_ns)
    return _shorten(said)


def _shorten(said: list[Move | Tick] | list[Move]) -> list[Short]:
    return [
        (move.control.kind, move.control.channel, move.control.number, move.raw)
        for move in said
        if isinstance(move, Move)
    ]


def _wide(decoder: Decoder, words: str, time_ns: int = 0) -> list[Short]:
    """The same without the control changes as they came."""
    return [short for short in _decode(decoder, words, time_ns) if short[0] != "cc"]


@pytest.mark.parametrize(
    ("word", "control", "value", "raw"),
    [
        ("b0 48 7f", Control(DEVICE, "cc", 1, 72), 1.0, 127),
        ("bf 48 00", Control(DEVICE, "cc", 16, 72), 0.0, 0),
        ("90 24 7f", Control(DEVICE, "note", 1, 36), 1.0, 127),
        ("95 24 01", Control(DEVICE, "note", 6, 36), 1 / 127, 1),
        ("95 24 00", Control(DEVICE, "note", 6, 36), 0.0, 0),
        ("85 24 40", Control(DEVICE, "note", 6, 36), 0.0, 0),
        ("a0 24 40", Control(DEVICE, "touch", 1, 36), 64 / 127, 64),
        ("d2 40", Control(DEVICE, "pressure", 3), 64 / 127, 64),
        ("c2 05", Control(DEVICE, "program", 3, 5), 1.0, 127),
        ("e0 00 40", Control(DEVICE, "bend", 1), 0.5, 8192),
        ("e0 00 00", Control(DEVICE, "bend", 1), 0.0, 0),
        ("ef 7f 7f", Control(DEVICE, "bend", 16), 1.0, 16383),
    ],
)
def test_a_message_is_the_move_of_one_control(
    word: str, control: Control, value: float, raw: int
) -> None:
    assert Decoder(DEVICE).decode(bytes.fromhex(word), 7) == [Move(control, value, 7, raw)]


@pytest.mark.parametrize(
    ("word", "kind", "position"),
    [
        ("f8", "clock", 0),
        ("fa", "start", 0),
        ("fb", "continue", 0),
        ("fc", "stop", 0),
        ("f2 01 02", "position", 257),
        ("f2 7f 7f", "position", 16383),
    ],
)
def test_clock_and_transport_are_ticks(word: str, kind: str, position: int) -> None:
    assert Decoder(DEVICE).decode(bytes.fromhex(word), 7) == [Tick(DEVICE, kind, 7, position)]


@pytest.mark.parametrize("word", ["f0 7e 7f 06 01 f7", "f0", "f0 01 02", "f1 10", "f3 01", "fe"])
def test_sysex_and_what_plays_nothing_is_let_through_unread(word: str) -> None:
    decoder = Decoder(DEVICE)
    assert decoder.decode(bytes.fromhex(word), 0) == []
    assert not decoder.refused


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("", "empty"),
        ("00 01 02", "no status"),
        ("b0", "wrong length"),
        ("b0 01", "wrong length"),
        ("b0 01 02 03", "wrong length"),
        ("c0 01 02", "wrong length"),
        ("f8 f8", "wrong length"),
        ("b0 c8 03", "data over 127"),
        ("90 24 80", "data over 127"),
        ("f2 01 ff", "data over 127"),
    ],
)
def test_what_is_no_message_is_counted_by_reason(word: str, reason: str) -> None:
    decoder = Decoder(DEVICE)
    assert decoder.decode(bytes.fromhex(word), 0) == []
    assert decoder.refused == {reason: 1}


def test_a_pair_of_control_changes_is_one_move_of_fourteen_bits() -> None:
    decoder = Decoder(DEVICE)
    assert _decode(decoder, "b0 14 40, b0 34 05") == [
        ("cc", 1, 20, 64),
        ("cc", 1, 52, 5),
        ("cc14", 1, 20, 64 << 7 | 5),
    ]
    assert decoder.due_ns is None
    assert _wide(decoder, "b0 34 06") == [("cc14", 1, 20, 64 << 7 | 6)]  # the fine half alone


def test_a_coarse_half_alone_counts_after_a_while_and_keeps_its_time() -> None:
    decoder = Decoder(DEVICE)
    assert _wide(decoder, "b0 14 40", 1000) == []
    assert decoder.due_ns == 1000 + FINE_NS
    assert decoder.wait_no_more(999 + FINE_NS) == []
    moves = decoder.wait_no_more(1000 + FINE_NS)
    assert _shorten(moves) == [("cc14", 1, 20, 64 << 7)]
    assert moves[0].time_ns == 1000
    assert decoder.due_ns is None and decoder.wait_no_more(1 << 60) == []


def test_coarse_halves_in_quick_order_are_none_of_them_lost() -> None:
    decoder = Decoder(DEVICE)
    wide = _wide(decoder, "b0 14 01, b0 14 02, b1 14 03, b0 14 04, b0 34 7f")
    assert wide == [
        ("cc14", 1, 20, 1 << 7),
        ("cc14", 1, 20, 2 << 7),
        ("cc14", 1, 20, 4 << 7 | 127),
    ]
    assert _wide(decoder, "f8", FINE_NS) == [("cc14", 2, 20, 3 << 7)]


def test_a_button_on_a_high_number_is_no_half_of_anything() -> None:
    assert _decode(Decoder(DEVICE), "b0 20 7f, b0 20 00") == [("cc", 1, 32, 127), ("cc", 1, 32, 0)]


@pytest.mark.parametrize(("kind", "coarse", "fine"), [("nrpn", "63", "62"), ("rpn", "65", "64")])
def test_a_numbered_parameter_takes_its_data(kind: str, coarse: str, fine: str) -> None:
    decoder = Decoder(DEVICE)
    assert _wide(decoder, f"b0 {coarse} 02, b0 {fine} 03, b0 06 40, b0 26 01") == [
        (kind, 1, 2 << 7 | 3, 64 << 7 | 1)
    ]
    assert _wide(decoder, "b0 26 02") == [(kind, 1, 259, 64 << 7 | 2)]
    assert _wide(decoder, "b0 06 00") == []
    assert _wide(decoder, "f8", FINE_NS) == [(kind, 1, 259, 0)]  # the coarse half alone
    assert _wide(decoder, f"b0 06 7f, b0 {fine} 04", FINE_NS) == [(kind, 1, 259, 127 << 7)]
    assert _wide(decoder, "b0 06 01, b0 26 00", FINE_NS) == [(kind, 1, 260, 1 << 7)]


def test_increments_step_a_parameter_from_where_it_was() -> None:
    decoder = Decoder(DEVICE)
    select = "b0 63 00, b0 62 07"
    assert _wide(decoder, f"{select}, b0 60 00, b0 60 00, b0 61 00") == [
        ("nrpn", 1, 7, 8192 + 128),
        ("nrpn", 1, 7, 8192 + 256),
        ("nrpn", 1, 7, 8192 + 128),
    ]
    assert _wide(decoder, "b0 06 7f, b0 26 7f, b0 60 00")[-1] == ("nrpn", 1, 7, 16383)
    assert _wide(decoder, "b0 06 00, b0 26 01, b0 61 00")[-1] == ("nrpn", 1, 7, 0)


def test_the_null_parameter_takes_nothing_and_data_is_a_pair_again() -> None:
    decoder = Decoder(DEVICE)
    _decode(decoder, "b0 65 00, b0 64 02, b0 65 7f, b0 64 7f")
    assert _wide(decoder, "b0 60 00, b0 61 00") == []
    assert _wide(decoder, "b0 06 01, b0 26 02") == [("cc14", 1, 6, 1 << 7 | 2)]


def test_channels_select_their_own_parameters() -> None:
    decoder = Decoder(DEVICE)
    _decode(decoder, "b0 63 00, b0 62 01, b1 65 00, b1 64 02")
    assert _wide(decoder, "b0 06 01, b0 26 00, b1 06 02, b1 26 00, b2 06 03, b2 26 00") == [
        ("nrpn", 1, 1, 128),
        ("rpn", 2, 2, 256),
        ("cc14", 3, 6, 384),
    ]


def test_remembered_parameters_do_not_grow_without_end() -> None:
    decoder = Decoder(DEVICE)
    for number in range(KEPT + 1):
        halves = f"b0 63 {number >> 7:02x}, b0 62 {number & 127:02x}"
        _decode(decoder, f"{halves}, b0 06 01, b0 26 00")
    assert _wide(decoder, "b0 60 00") == [("nrpn", 1, KEPT, 256)]
    # The oldest is forgotten, and steps from the middle.
    assert _wide(decoder, "b0 63 00, b0 62 00, b0 60 00") == [("nrpn", 1, 0, 8192 + 128)]


@pytest.mark.parametrize("mode", ["78", "7b", "7c", "7d", "7f"])
def test_all_notes_off_lets_go_the_notes_of_its_channel(mode: str) -> None:
    decoder = Decoder(DEVICE)
    _decode(decoder, "90 24 7f, 90 25 7f, 80 25 00, a0 24 10, 91 26 7f")
    moves = _decode(decoder, f"b0 {mode} 00")
    assert moves == [("cc", 1, int(mode, 16), 0), ("note", 1, 36, 0), ("touch", 1, 36, 0)]
    assert _shorten(decoder.release(0)) == [("note", 2, 38, 0)]
    assert decoder.release(0) == []


def test_controllers_set_back_let_pressure_go_and_centre_the_bend() -> None:
    decoder = Decoder(DEVICE)
    _decode(decoder, "90 24 7f, d0 10, e0 00 00, e1 00 00")
    moves = _decode(decoder, "b0 79 00")
    assert moves == [("cc", 1, 121, 0), ("pressure", 1, 0, 0), ("bend", 1, 0, 8192)]
    assert _decode(decoder, "b0 79 00") == [("cc", 1, 121, 0)]
    assert _decode(decoder, "ff") == [("note", 1, 36, 0)]  # what stands somewhere stays there


@given(CHANNEL, SEVEN, SEVEN)
def test_every_control_change_is_a_move_as_it_came(channel: int, number: int, value: int) -> None:
    first, *_ = Decoder(DEVICE).decode(bytes((0xAF + channel, number, value)), 3)
    assert first == Move(Control(DEVICE, "cc", channel, number), value / 127, 3, value)


@given(CHANNEL, st.integers(0, 31), st.integers(0, 16383))
def test_every_pair_comes_out_as_it_went_in(channel: int, number: int, raw: int) -> None:
    decoder, status = Decoder(DEVICE), 0xAF + channel
    decoder.decode(bytes((status, number, raw >> 7)), 0)
    *_, last = decoder.decode(bytes((status, number + 32, raw & 127)), 0)
    wanted = Control(DEVICE, "cc14", channel, number)
    assert last == Move(wanted, raw / FULL["cc14"], 0, raw)


@given(CHANNEL, st.sampled_from(["nrpn", "rpn"]), st.integers(0, 16382), st.integers(0, 16383))
def test_every_parameter_comes_out_as_it_went_in(
    channel: int, kind: str, number: int, raw: int
) -> None:
    decoder, status = Decoder(DEVICE), 0xAF + channel
    coarse, fine = (99, 98) if kind == "nrpn" else (101, 100)
    for control, value in ((coarse, number >> 7), (fine, number & 127), (6, raw >> 7)):
        decoder.decode(bytes((status, control, value)), 0)
    *_, last = decoder.decode(bytes((status, 38, raw & 127)), 0)
    assert last == Move(Control(DEVICE, kind, channel, number), raw / 16383, 0, raw)


@given(CHANNEL, st.integers(0, 16382), st.integers(0, 16382))
def test_a_bend_rises_with_what_came(channel: int, raw: int, other: int) -> None:
    decoder, status = Decoder(DEVICE), 0xDF + channel
    values = []
    for one in sorted((raw, other + 1)):
        (move,) = decoder.decode(bytes((status, one & 127, one >> 7)), 0)
        assert isinstance(move, Move)
        values.append((one, move.value))
    (low, below), (high, above) = values
    assert (below < above) == (low < high)


@given(st.lists(st.binary(max_size=5), max_size=60))
def test_any_bytes_make_sound_moves_or_none(chunks: list[bytes]) -> None:
    check_decoder(chunks)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0x80, 0x90, 0xA0, 0xB0, 0xD0]), SEVEN, st.sampled_from([0, 1, 127])
        )
    )
)
def test_what_was_pressed_and_not_let_go_is_held_and_nothing_else(
    events: list[tuple[int, int, int]],
) -> None:
    decoder = Decoder(DEVICE)
    last: dict[Control, int] = {}
    for status, first, second in events:
        data = bytes((status, second) if status == 0xD0 else (status, first, second))
        for move in decoder.decode(data, 0):
            if isinstance(move, Move) and move.control.kind in ("note", "touch", "pressure"):
                last[move.control] = move.raw
    released = decoder.release(0)
    assert {move.control for move in released} == {one for one, raw in last.items() if raw}
    assert all(move.raw == 0 for move in released)
