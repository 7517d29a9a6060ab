"""Controller maps: what is written in them, what moves mean by them, what is wrong with them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from engine.desk.control import Move
from engine.desk.midi.host import Received
from engine.desk.midi.reader import MidiReader
from engine.desk.play.board import Board
from engine.desk.play.controllers import (
    check_controller,
    find_maps,
    load_sound_controllers,
)
from engine.message import Argument, Message
from engine.osc_reading import Malformed, decode
from engine.osc_writing import encode
from tests.desk import met

FOLDER = Path(__file__).parents[2] / "config" / "controllers"
Sent = tuple[str, tuple[Argument, ...]]


# Port name, bytes, what they mean. Numbers from the makers' manuals and factory presets.
TABLE: list[tuple[str, str, list[Sent]]] = [
    ("Some Keys", "b0 01 7f", [("/macro/1", met(1.0))]),
    ("Some Keys", "b5 08 00", [("/macro/8", met(0.0))]),
    ("Some Keys", "b0 09 7f", [("/master/brightness", met(1.0))]),
    ("Some Keys", "90 24 40", [("/scene/go", (1,))]),
    ("Some Keys", "90 2b 01", [("/scene/go", (8,))]),
    ("Some Keys", "90 24 00", []),
    ("Some Keys", "80 24 40", []),
    ("Some Keys", "90 10 40", []),
    ("Some Keys", "c0 00", [("/scene/go", (1,))]),
    ("Some Keys", "cf 7f", [("/scene/go", (128,))]),
    ("Some Keys", "b0 40 7f", []),
    ("Some Keys", "b0 7b 00", []),
    ("nanoKONTROL2:nanoKONTROL2 MIDI 1", "b0 10 7f", [("/macro/1", met(1.0))]),
    ("nanoKONTROL2:nanoKONTROL2 MIDI 1", "b0 17 7f", [("/macro/8", met(1.0))]),
    ("nanoKONTROL2:nanoKONTROL2 MIDI 1", "b0 20 7f", [("/scene/go", (1,))]),
    ("nanoKONTROL2:nanoKONTROL2 MIDI 1", "b0 20 00", []),
    ("nanoKONTROL2:nanoKONTROL2 MIDI 1", "b0 37 7f", [("/palette/go", (8,))]),
    ("nanoKONTROL2:nanoKONTROL2 MIDI 1", "b0 3b 7f", [("/scene/next", ())]),
    ("nanoKONTROL2:nanoKONTROL2 MIDI 1", "b0 3b 00", []),
    ("nanoKONTROL2:nanoKONTROL2 MIDI 1", "b0 2a 7f", [("/blackout", (1,))]),
    ("nanoKONTROL2:nanoKONTROL2 MIDI 1", "b0 2a 00", [("/blackout", (0,))]),
    ("MIDI Mix", "b0 10 7f", [("/macro/1", met(1.0))]),
    ("MIDI Mix", "b0 3a 7f", [("/macro/8", met(1.0))]),
    ("MIDI Mix", "b0 3e 7f", [("/master/brightness", met(1.0))]),
    ("MIDI Mix", "90 01 7f", [("/scene/go", (1,))]),
    ("MIDI Mix", "90 18 7f", [("/palette/go", (8,))]),
    ("APC40 mkII", "b0 30 7f", [("/macro/1", met(1.0))]),
    ("APC40 mkII", "b0 37 7f", [("/macro/8", met(1.0))]),
    ("APC40 mkII", "90 20 7f", [("/scene/go", (1,))]),
    ("APC40 mkII", "90 17 7f", [("/scene/go", (24,))]),
    ("APC40 mkII", "90 07 7f", [("/palette/go", (16,))]),
    ("APC40 mkII", "90 60 7f", [("/scene/next", ())]),
    ("Launch Control XL", "b8 0d 7f", [("/macro/1", met(1.0))]),
    ("Launch Control XL", "b8 14 7f", [("/macro/8", met(1.0))]),
    ("Launch Control XL", "98 29 7f", [("/scene/go", (1,))]),
    ("Launch Control XL", "98 5c 7f", [("/palette/go", (8,))]),
    ("Launch Control XL", "88 29 00", []),
    ("Midi Fighter Twister", "b0 00 7f", [("/macro/1", met(1.0))]),
    ("Midi Fighter Twister", "b0 07 7f", [("/macro/8", met(1.0))]),
    ("Midi Fighter Twister", "b1 00 7f", [("/scene/go", (1,))]),
    ("Midi Fighter Twister", "b1 00 00", []),
    ("Midi Fighter Twister", "b3 0d 7f", [("/blackout", (1,))]),
]


def _play(board: Board, port: str, *data: str) -> list[Sent]:
    messages: list[Message] = []
    reader = MidiReader()
    for one in data:
        for said in reader.read(Received(port, bytes.fromhex(one), 1)):
            messages += board.play(said) if isinstance(said, Move) else []
    return [(message.address, message.arguments) for message in messages]


@pytest.mark.parametrize(("port", "data", "sent"), TABLE)
def test_bytes_mean_what_the_map_of_their_device_says(
    port: str, data: str, sent: list[Sent]
) -> None:
    assert _play(Board(load_sound_controllers(FOLDER)[0]), port, data) == sent


def test_knobs_of_an_unknown_device_become_macros_in_the_order_they_are_touched() -> None:
    board = Board(load_sound_controllers(FOLDER)[0])
    knobs = [f"b0 {number:02x} 7f" for number in (80, 21, 22, 90, 23, 24, 25, 26, 27, 28)]
    sent = _play(board, "Knob Box", *knobs, "b0 15 00")
    assert sent == [*((f"/macro/{n}", met(1.0)) for n in range(1, 9)), ("/macro/2", met(0.0, 1.0))]
    assert _play(board, "Other Box", "b0 1c 7f") == [("/macro/1", met(1.0))]


def test_a_touched_knob_takes_no_macro_that_a_mapped_one_plays() -> None:
    board = Board(load_sound_controllers(FOLDER)[0])
    sent = _play(board, "Keys", "b0 01 7f", "b0 15 7f", "b0 01 00")
    assert sent == [("/macro/1", met(1.0)), ("/macro/2", met(1.0)), ("/macro/1", met(0.0, 1.0))]


def test_knobs_of_an_unknown_device_that_send_nrpn_become_macros_and_its_data_entry_none() -> None:
    board = Board(load_sound_controllers(FOLDER)[0])
    first, second = (f"b0 63 01|b0 62 {n}|b0 06 7f|b0 26 7f".split("|") for n in ("05", "06"))
    sent = _play(board, "Synth", *first, "b0 15 7f", *second, "b0 06 00", "b0 26 00")
    assert sent == [*((f"/macro/{n}", met(1.0)) for n in (1, 2, 3)), ("/macro/3", met(0.0, 1.0))]


def test_a_keyboard_that_sets_up_its_bend_moves_no_macro_and_keeps_its_sixth_knob() -> None:
    board = Board(load_sound_controllers(FOLDER)[0])
    range_of_bend = ("b0 65 00", "b0 64 00", "b0 06 02", "b0 26 00", "b0 65 7f", "b0 64 7f")
    assert _play(board, "Keys", *range_of_bend) == []
    assert _play(board, "Keys", "b0 06 7f") == [("/macro/6", met(1.0))]


def test_pedals_and_channel_modes_are_no_knobs() -> None:
    board = Board(load_sound_controllers(FOLDER)[0])
    numbers = [*range(64, 70), *range(120, 128)]
    assert _play(board, "Keys", *(f"b0 {number:02x} 7f" for number in numbers)) == []


def test_a_gate_held_when_its_port_goes_is_let_go() -> None:
    board = Board(load_sound_controllers(FOLDER)[0])
    assert _play(board, "MIDI Mix", "90 1b 7f") == [("/blackout", (1,))]
    assert board.release("MIDI Mix", 2) == [Message("/blackout", (0,), 2)]
    assert board.release("MIDI Mix", 3) == []


def test_random_bytes_raise_nothing_and_give_messages_that_travel() -> None:
    rng = random.Random(3)
    board = Board(load_sound_controllers(FOLDER)[0])
    ports = sorted({port for port, _, _ in TABLE})
    reader = MidiReader()
    count = 0
    for _ in range(50_000):
        data = rng.randbytes(rng.choice([0, 1, 2, 3, 3, 3, 4, 50]))
        for said in reader.read(Received(rng.choice(ports), data, 0)):
            for message in board.play(said) if isinstance(said, Move) else []:
                count += 1
                assert decode(encode(message), 0)[0].address == message.address
    assert count > 100


def test_every_shipped_map_is_sound_and_its_addresses_are_osc() -> None:
    maps = load_sound_controllers(FOLDER)[0]
    assert len(maps) >= 6
    for found in maps:
        for binding in found.bindings:
            assert binding.address.startswith("/"), found.name
            try:
                decode(encode(Message(binding.address)), 0)
            except Malformed:
                pytest.fail(f"{found.name}: {binding.address}")


def test_each_shipped_device_finds_its_own_map_and_others_the_generic_one() -> None:
    maps = load_sound_controllers(FOLDER)[0]
    names = {port: find_maps(maps, "midi", port)[0] for port, _, _ in TABLE}
    assert len({found.name for found in names.values()}) == 6
    assert [found.name for found in find_maps(maps, "midi", "anything else")] == ["Any MIDI device"]


WRONG = {
    'name = "x"\nmatch = "x"\nmacth = "y"\n': (3, "macth", "Did you mean 'match'?"),
    'name = "x"\nmatch = "("\n': (2, "regular expression", ""),
    'match = "x"\n': (1, "'name'", ""),
    'name = "x"\nmatch = "x"\n[[control]]\nkind = "knob"\nnumbers = 1\naddress = "/a"\n': (
        4,
        "no kind 'knob'",
        "cc, cc14",
    ),
    'name = "x"\nmatch = "x"\n[[control]]\nkind = "cc"\nnumber = 1\naddress = "/a"\n': (
        5,
        "no key 'number'",
        "Did you mean 'numbers'?",
    ),
    'name = "x"\nmatch = "x"\n\n[[control]]\nkind = "cc"\nnumbers = "9-200"\naddress = "/a"\n': (
        6,
        "0..127",
        "16-23",
    ),
    'name = "x"\nmatch = "x"\n[[control]]\nkind = "cc"\nnumbers = 1\naddress = "/a/*"\n': (
        6,
        "no address",
        "/macro/{n}",
    ),
    'name = "x"\nmatch = "x"\n[[control]]\nkind = "cc"\nnumbers = 1\naddress = "/a"\n'
    '[[control]]\nkind = "cc"\nnumbers = 1\naddress = "/a"\nchannel = 17\n': (11, "1 to 16", ""),
    'name = "x"\nmatch = "x"\n[[control]]\nkind = "cc"\nnumbers = 1\naddress = "/a"\n'
    'send = "indexx"\n': (7, "no send 'indexx'", "Did you mean 'index'?"),
    'name = "x"\nmatch = "x"\n[[control]]\nkind = "cc"\nnumbers = 300\naddress = "/a"\nlamp = "zz"\n': (
        7,
        "no MIDI message",
        "hexadecimal",
    ),
    'name = "x"\nmatch = "x"\n[[control]]\nkind = "cc"\nnumbers = 3\naddress = "/a"\n'
    'lamp = "90 {number} {value}"\ncolour = "f0 {red} {green} f7"\n': (
        8,
        "{red}, {green} and {blue}",
        "hexadecimal",
    ),
    "name = \n": (1, "TOML", ""),
    'name = "x"\nmatch = "x"\ncontrol = 3\n': (3, "[[control]]", ""),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_mistake_is_named_with_file_line_and_remedy(text: str, tmp_path: Path) -> None:
    line, what, remedy = WRONG[text]
    path = tmp_path / "bad.toml"
    path.write_text(text)
    complaints = check_controller(path)
    found = [complaint for complaint in complaints if what in complaint.what]
    assert found, complaints
    assert found[0].where == f"{path}:{line}"
    assert remedy in found[0].remedy


def test_a_broken_map_leaves_the_others_playing(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("name = 3\n")
    (tmp_path / "good.toml").write_text('name = "good"\nmatch = ""\n')
    maps, complaints = load_sound_controllers(tmp_path)
    assert [found.name for found in maps] == ["good"] and complaints


def test_a_missing_folder_is_no_map_and_no_exception(tmp_path: Path) -> None:
    assert load_sound_controllers(tmp_path / "none") == ([], [])
