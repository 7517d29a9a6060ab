"""Where notes fall, and what a note does to a field."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from engine.desk.control import Control, Move
from engine.desk.play.board import Board
from engine.desk.play.controllers import load_sound_controllers
from engine.message import Argument
from engine.overtaking import is_event
from engine.show.frame import Splat
from engine.show.hands.pitch import CHANNELS, choose_channel, place_note
from tests.desk import CONTROLLERS
from tests.show import make_director, send, voice_of


def test_a_higher_note_is_higher_up_and_smaller() -> None:
    spots = [place_note(note) for note in range(24, 96)]
    assert all(a.y < b.y and a.radius > b.radius for a, b in pairwise(spots))


def test_the_same_name_stands_above_itself() -> None:
    for name in range(12):
        assert len({place_note(note).x for note in range(name, 128, 12)}) == 1
    assert len({round(place_note(note).x, 6) for note in range(60, 72)}) == 12


def test_every_note_is_whole_in_the_picture() -> None:
    for note in range(128):
        spot = place_note(note)
        assert spot.radius / 2 <= spot.y <= 1 - spot.radius / 2
        assert spot.radius / 2 <= spot.x * 16 / 9 and spot.x <= 1 - spot.radius / 2 * 9 / 16


@pytest.mark.parametrize("chord", [(0, 4, 7), (0, 3, 7), (0, 4, 7, 11), (0, 5, 7)])
@pytest.mark.parametrize("root", [36, 48, 59, 60, 71])
def test_the_notes_of_a_chord_lie_apart(root: int, chord: tuple[int, ...]) -> None:
    spots = [place_note(root + step) for step in chord]
    for one, other in combinations(spots, 2):
        across, up = (one.x - other.x) * 16 / 9, one.y - other.y
        assert (across**2 + up**2) ** 0.5 > max(one.radius, other.radius)


def test_channels_begin_again_so_that_no_track_is_silent() -> None:
    chosen = [choose_channel(channel, 2) for channel in range(1, CHANNELS + 1)]
    assert chosen == [None, *[1, 2] * 7, 1]
    assert {choose_channel(channel, 1) for channel in range(2, 17)} == {1}


def splats(*arguments: Argument) -> tuple[Splat, ...]:
    director = make_director()
    assert send(director, "/note", *arguments) == 0
    return voice_of(director.advance(0)).splats


def test_a_note_is_a_splat_of_its_place_its_velocity_and_its_channel() -> None:
    spot = place_note(60)
    (splat,) = splats(60, 0.75, 3)
    assert (splat.x, splat.y, splat.radius) == (spot.x, spot.y, spot.radius)
    assert (splat.amount, splat.channel) == (0.75, 2)
    assert splats(60)[0].amount == 1.0 and splats(60)[0].channel == 0


def test_a_note_let_go_paints_nothing() -> None:
    assert splats(60, 0.0) == ()


def test_the_first_channel_paints_as_the_brush_does() -> None:
    director = make_director()
    send(director, "/brush/channel", "v")
    send(director, "/brush/erase", 1)
    send(director, "/note", 60, 0.5, 1)
    (splat,) = voice_of(director.advance(0)).splats
    assert (splat.channel, splat.amount) == (2, -0.5)


@pytest.mark.parametrize(
    "junk", [(), (128,), (-1,), (60, 1, 0), (60, 1, 17), ("C3",), (60, 1, 1, 1)]
)
def test_what_is_no_note_is_refused(junk: tuple[Argument, ...]) -> None:
    assert send(make_director(), "/note", *junk) == 1


@pytest.mark.parametrize(
    "port",
    [
        "IAC Driver Bus 1",
        "loopMIDI Port",
        "Sequencer:out",
        "Morphogen",
        "Ableton Live:out",
        "Bitwig Studio",
    ],
)
def test_a_sequencer_is_known_by_its_port(port: str) -> None:
    maps, complaints = load_sound_controllers(CONTROLLERS)
    board = Board(maps)
    control = Control(port, "note", 2, 64)
    (note,) = board.play(Move(control, 100 / 127, 7, 100))
    assert not complaints
    assert (note.address, note.arguments) == ("/note", (64, 100 / 127, 2))
    assert board.play(Move(control, 0.0, 8, 0)) == []
    (scene,) = board.play(Move(Control(port, "program", 1, 3), 1.0, 9, 3))
    assert (scene.address, scene.arguments) == ("/scene/go", (4,))
    (macro,) = board.play(Move(Control(port, "cc", 1, 2), 0.5, 10, 64))
    assert (macro.address, macro.arguments) == ("/macro/2", (0.5,))


@pytest.mark.parametrize("port", ["nanoKONTROL2", "Ableton Push 2", "Some Keys:out"])
def test_a_controller_is_no_sequencer(port: str) -> None:
    maps, _ = load_sound_controllers(CONTROLLERS)
    played = Board(maps).play(Move(Control(port, "note", 1, 40), 1.0, 7, 127))
    assert all(message.address != "/note" for message in played)


def test_every_note_counts() -> None:
    assert is_event("/note", (60, 1.0, 1)) and is_event("/layer/2/note", (60, 1.0, 1))
