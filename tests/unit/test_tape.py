"""A tape: what was played comes back in its own time; a broken file costs its end only."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.message import Message
from engine.tape import Event, Replay, TapeDeck, load_tape, save_tape

STATE = (Message("/scene/go", ("coral", 0.0)), Message("/macro/1", (0.5,)))
FRAME = 16_000_000


def play(deck: TapeDeck, frames: int) -> list[tuple[int, Message]]:
    return [(index, message) for index in range(frames) for message in deck.due(FRAME)]


def record(path: Path) -> TapeDeck:
    """A deck with a tape of one knob, moved in frames 10 and 20."""
    with TapeDeck(path) as deck:
        assert deck.obey("record", STATE) == ""
        for index in range(30):
            deck.due(FRAME)
            if index in (10, 20):
                deck.keep(Message("/macro/1", (index / 100,)))
        assert deck.obey("stop", ()) == ""
    return deck


def test_what_was_played_comes_back_at_its_time_after_the_state_it_began_in(tmp_path: Path) -> None:
    deck = record(tmp_path / "last.tape")
    assert deck.obey("play", ()) == ""
    heard = play(deck, 40)
    assert [message.address for _, message in heard[:2]] == ["/scene/go", "/macro/1"]
    assert [(index, message.arguments) for index, message in heard[2:]] == [
        (11, (pytest.approx(0.1),)),
        (21, (pytest.approx(0.2),)),
    ]


def test_a_tape_is_still_there_in_the_next_show(tmp_path: Path) -> None:
    record(tmp_path / "tapes" / "last.tape")
    deck = TapeDeck(tmp_path / "tapes" / "last.tape")
    assert deck.obey("play", ()) == ""
    assert len(play(deck, 40)) == 4


def test_a_tape_ends_and_can_be_stopped_and_played_again(tmp_path: Path) -> None:
    deck = record(tmp_path / "last.tape")
    deck.obey("play", ())
    play(deck, 5)
    deck.obey("stop", ())
    assert play(deck, 40) == []
    deck.obey("play", ())
    assert len(play(deck, 40)) == 4
    assert play(deck, 40) == []


def test_playing_while_recording_keeps_what_was_recorded_first(tmp_path: Path) -> None:
    deck = TapeDeck(tmp_path / "last.tape")
    deck.obey("record", STATE)
    deck.keep(Message("/blackout", (1,)))
    deck.obey("play", ())
    assert [message.address for _, message in play(deck, 3)] == [
        "/scene/go",
        "/macro/1",
        "/blackout",
    ]


def test_the_tapes_own_buttons_are_not_on_it(tmp_path: Path) -> None:
    deck = TapeDeck(tmp_path / "last.tape")
    deck.obey("record", ())
    for address in ("/tape/stop", "/tape/play", "/macro/1"):
        deck.keep(Message(address, (1,)))
    deck.close()
    assert [event.message.address for event in load_tape(tmp_path / "last.tape")] == ["/macro/1"]


def test_without_a_tape_playing_says_why(tmp_path: Path) -> None:
    assert "last.tape" in TapeDeck(tmp_path / "last.tape").obey("play", ())


def test_a_folder_that_cannot_be_made_is_said_and_the_show_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    said: list[str] = []
    with TapeDeck(tmp_path / "file" / "last.tape", said.append) as deck:
        deck.obey("record", STATE)
        assert deck.obey("stop", ()) == ""
        assert play(deck, 3) == []
    assert len(said) == 1 and "last.tape" in said[0]


def test_a_tape_that_cannot_be_saved_still_plays(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with TapeDeck(tmp_path / "file" / "last.tape", lambda what: None) as deck:
        deck.obey("record", STATE)
        assert deck.obey("play", ()) == ""
        assert len(play(deck, 3)) == 2


def test_what_is_being_recorded_when_the_show_ends_is_saved(tmp_path: Path) -> None:
    with TapeDeck(tmp_path / "last.tape") as deck:
        deck.obey("record", STATE)
        deck.keep(Message("/macro/2", (0.5,)))
    assert len(load_tape(tmp_path / "last.tape")) == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a slow disk is played by a named pipe")
def test_a_disk_that_does_not_answer_holds_no_frame_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "last.part")  # opening it waits for a reader
    said: list[str] = []
    with TapeDeck(tmp_path / "last.tape", said.append) as deck:
        deck.obey("record", STATE)
        began = time.monotonic()
        assert deck.obey("stop", ()) == ""
        assert time.monotonic() - began < 0.5
        assert len(said) == 0
        (tmp_path / "last.part").open("rb").close()  # the writer goes on, and finds a broken pipe


def test_the_last_of_two_tapes_is_the_one_in_the_file(tmp_path: Path) -> None:
    with TapeDeck(tmp_path / "last.tape") as deck:
        deck.obey("record", [Message("/macro/1", (index,)) for index in range(3000)])
        deck.obey("record", STATE)
    assert len(load_tape(tmp_path / "last.tape")) == len(STATE)


def test_what_osc_cannot_say_is_left_out_of_the_file(tmp_path: Path) -> None:
    deck = TapeDeck(tmp_path / "last.tape")
    deck.obey("record", STATE)
    deck.keep(Message("/macro/1", (10**400,)))
    deck.keep(Message("/param/word", ("nul\0in it",)))
    deck.keep(Message("/macro/2", (0.5,)))
    deck.close()
    assert len(load_tape(tmp_path / "last.tape")) == 3


@settings(deadline=None)
@given(st.integers(0, 400), st.binary(max_size=12))
def test_a_broken_tape_gives_what_is_whole(
    tmp_path_factory: pytest.TempPathFactory, cut: int, junk: bytes
) -> None:
    path = tmp_path_factory.mktemp("tape") / "last.tape"
    whole = [Event(at, Message("/macro/1", (at,), at)) for at in range(0, 10 * FRAME, FRAME)]
    save_tape(whole, path)
    data = path.read_bytes()
    path.write_bytes(data[:cut] + junk)
    found = load_tape(path)
    entire = min(cut, len(data)) // (len(data) // 10)
    assert found[:entire] == whole[:entire] and len(found) <= entire + 1


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_tape_of_something_or_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("tape") / "last.tape"
    path.write_bytes(data)
    replay = Replay(load_tape(path))
    for _ in range(3):
        replay.advance(FRAME)


def test_a_draft_never_stands_in_for_a_tape(tmp_path: Path) -> None:
    record(tmp_path / "last.tape")
    assert [path.name for path in tmp_path.iterdir()] == ["last.tape"]
