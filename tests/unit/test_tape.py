"""A tape: frames kept with all that came in them; a broken file costs its end only."""

from __future__ import annotations

import os
import struct
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import MorphogenError
from engine.message import Message
from engine.show.pace import Pace
from engine.tape.deck import TapeDeck
from engine.tape.facts import (
    EFFORT_STEPS,
    TICK_NS,
    Answered,
    Beginning,
    Edited,
    Header,
    TapeFrame,
    Ticks,
    Used,
    round_effort,
)
from engine.tape.film_time import FilmTime, Steady, at_moments, last_of_span
from engine.tape.reading import Tape, load_tape, parse_tape, summarise
from engine.tape.recording import Recording
from engine.tape.replay import Replay
from engine.tape.tape_bytes import END, read_records, write_head, write_number, write_record

HEADER = Header("1.2.3", (320, 180), 60.0, "plain", gpu="a card", began="today")
BEGINNING = Beginning(
    "coral",
    "default",
    7,
    Pace(1.5, None, 2e6, 30.0),
    (Message("/macro/1", (0.5,)), Message("/x", ("y", (1, (2.5, None)), True, b"\0\xff"))),
    3.25,
    2,
    "2026-01-02T03:04:05",
)
FRAME = 64 * TICK_NS


def record(path: Path, frames: list[TapeFrame]) -> Tape:
    recording = Recording(HEADER, path)
    recording.mark(BEGINNING)
    for frame in frames:
        recording.keep(frame, ())
    assert recording.finish() == b""  # one that may go on for months is in the file alone
    assert recording.trouble == ""
    return load_tape(path)


def as_bytes(*frames: TapeFrame) -> bytes:
    """A whole tape of these frames."""
    data, effort = b"", 1.0
    for frame in frames:
        data += write_record(frame, effort)
        effort = frame.effort
    return write_head(HEADER) + zlib.compress(data + bytes((END,)))


def opened(path: Path) -> TapeDeck:
    return TapeDeck(path, lambda: HEADER)


def let_pass(deck: TapeDeck, frames: int, *messages: Message) -> list[TapeFrame]:
    """So many frames of a show; what was played in them, and kept."""
    played = []
    for index in range(frames):
        for frame in deck.turns(FRAME, 1.0, messages if index == 0 else ()):
            deck.keep(frame, ())
            played.append(frame)
        assert deck.look() == []
    return played


def wait_for_tape(deck: TapeDeck) -> None:
    end = time.monotonic() + 20
    while not deck.playing:
        assert deck.look() == [] and time.monotonic() < end
        time.sleep(0.001)


MESSAGES = st.builds(
    Message,
    st.sampled_from(["/macro/1", "/param/feed", "/layer/2/scene/go", "/x"]),
    st.lists(
        st.one_of(
            st.floats(width=32, allow_nan=False), st.integers(-(2**31), 2**31 - 1), st.text("abc")
        )
    ).map(tuple),
    time_ns=st.just(0),  # a tape tells no other
)
MARKS = st.one_of(
    st.just(Edited()),
    st.builds(Used, st.dictionaries(st.text("ab/.", max_size=8), st.text("0f", max_size=4))),
    st.builds(Answered, st.integers(1, 4), st.sampled_from(["dead", "frozen"]), st.integers(1, 9)),
    st.builds(
        Pace, st.floats(0.1, 10), st.none() | st.integers(1, 999), st.none() | st.floats(1, 1e9)
    ),
    st.just(BEGINNING),
)
FRAMES = st.lists(
    st.builds(
        TapeFrame,
        st.integers(0, 10**6).map(lambda n: n * TICK_NS),
        st.integers(0, 2000).map(lambda n: n / EFFORT_STEPS),
        st.lists(MESSAGES, max_size=3).map(tuple),
        st.lists(MARKS, max_size=2).map(tuple),
    ),
    max_size=8,
)


@given(FRAMES)
def test_what_goes_onto_a_tape_comes_off_it(frames: list[TapeFrame]) -> None:
    data = as_bytes(*frames)
    start = len(write_head(HEADER))
    assert list(read_records(data, start)) == frames


@given(FRAMES, st.integers(0, 2000))
def test_a_tape_that_breaks_off_gives_the_frames_before(frames: list[TapeFrame], at: int) -> None:
    begun = [TapeFrame(FRAME, marks=(BEGINNING,)), *frames]
    whole = as_bytes(*begun)
    for junk in (b"", b"\x00\xff\x13"):
        try:
            tape = parse_tape("a.tape", whole[: at % len(whole)] + junk)
        except MorphogenError as error:
            assert len(error.complaints) == 1
            continue
        found = list(tape.frames())
        assert summarise(tape).frames == len(found)
        assert junk or found == begun[: len(found)]


@given(st.binary(max_size=300))
def test_any_bytes_behind_a_header_are_a_tape_of_something_or_one_complaint(data: bytes) -> None:
    for body in (data, zlib.compress(data), zlib.compress(b"\x04\0" + data)):
        try:
            tape = parse_tape("a.tape", write_head(HEADER) + body)
        except MorphogenError as error:
            assert len(error.complaints) == 1
        else:
            list(tape.frames())


@given(st.binary(max_size=200))
def test_any_header_is_read_or_is_one_complaint(data: bytes) -> None:
    with pytest.raises(MorphogenError):
        parse_tape("a.tape", b"morphogen tape 2\n" + data)


@pytest.mark.parametrize(
    "marks",
    [
        b'[["begin",{"scene":1}]]',
        b'[["begin"]]',
        b'[["life",1,"dead"]]',
        b'[["life",1,"odd",1]]',
        b'[["pace",NaN,null,null,60]]',
        b'[["pace",1e400,null,null,60]]',
        b'[["uses",[]]]',
        b"[" * 100_000,
        b"[[]]",
        b"{}",
        b"\xff",
    ],
)
def test_a_mark_that_makes_no_sense_ends_the_tape(marks: bytes) -> None:
    good = write_record(TapeFrame(FRAME, marks=(BEGINNING,)), 1.0)
    bad = bytes((4,)) + write_number(1) + write_number(len(marks)) + marks
    tape = parse_tape("a.tape", write_head(HEADER) + zlib.compress(good + bad))
    assert len(list(tape.frames())) == 1
    trouble = summarise(tape).trouble
    assert trouble is not None and "\n" not in str(trouble)


def test_a_mark_of_a_later_engine_is_passed_over() -> None:
    marks = b'[["sideways",1,{"x":2}],["edited"]]'
    late = bytes((4,)) + write_number(1) + write_number(len(marks)) + marks
    good = write_record(TapeFrame(FRAME, marks=(BEGINNING,)), 1.0)
    tape = parse_tape("a.tape", write_head(HEADER) + zlib.compress(good + late + bytes((END,))))
    assert [frame.marks for frame in tape.frames()] == [(BEGINNING,), (Edited(),)]


def test_a_tape_that_would_inflate_without_end_is_read_frame_by_frame() -> None:
    first = write_record(TapeFrame(FRAME, marks=(BEGINNING,)), 1.0)
    bomb = zlib.compress(first + b"\0\1" * 5_000_000)
    tape = parse_tape("a.tape", write_head(HEADER) + bomb)
    frames = tape.frames()
    assert [next(frames).nanoseconds for _ in range(3)] == [FRAME, TICK_NS, TICK_NS]


def test_a_tape_of_another_kind_is_one_complaint(tmp_path: Path) -> None:
    for data in (b"", b"no tape", struct.pack(">QI", 0, 4) + b"/x\0\0"):
        (tmp_path / "a.tape").write_bytes(data)
        with pytest.raises(MorphogenError) as caught:
            load_tape(tmp_path / "a.tape")
        assert len(caught.value.complaints) == 1
    with pytest.raises(MorphogenError, match="No such file"):
        load_tape(tmp_path / "b.tape")


def test_an_hour_of_ordinary_playing_is_a_few_kilobytes_a_minute(tmp_path: Path) -> None:
    ticks, frames = Ticks(), []
    for index in range(
        10 * 60
    ):  # ten seconds of a screen of 60 Hz, and a knob that goes up and down
        jitter = (index * 7919) % 500_000
        moved = (Message("/macro/3", ((index % 120) / 120,)),) if index % 300 < 100 else ()
        frames.append(TapeFrame(ticks.take(16_666_667 + jitter - 250_000), 1.5, moved))
    tape = record(tmp_path / "a.tape", frames)
    assert list(tape.frames())[1:] == frames[1:]
    assert len(tape.data) * 6 < 12_000


@given(st.lists(st.integers(0, 10**9)))
def test_time_in_ticks_loses_nothing(passed: list[int]) -> None:
    ticks = Ticks()
    taken = [ticks.take(ns) for ns in passed]
    assert all(ns % TICK_NS == 0 for ns in taken)
    assert 0 <= sum(passed) - sum(taken) == ticks.carried_ns < TICK_NS


def test_an_effort_on_a_tape_is_the_one_that_was_played() -> None:
    for share in (0.05, 0.9, 1.0, 1.0404, 1.5, 6.0):
        effort = round_effort(share)
        (frame,) = read_records(zlib.compress(write_record(TapeFrame(0, effort), 0.0) + b"\x80"), 0)
        assert frame.effort == effort == pytest.approx(share, abs=1 / EFFORT_STEPS)


def test_a_second_is_the_most_that_a_crash_costs(tmp_path: Path) -> None:
    recording = Recording(HEADER, tmp_path / "a.tape")
    recording.mark(BEGINNING)
    for _ in range(10):
        recording.keep(TapeFrame(FRAME), ())
    end = time.monotonic() + 20
    while True:  # it is never stopped: what is in the file is there by itself
        assert time.monotonic() < end
        try:
            tape = load_tape(tmp_path / "a.tape")
        except MorphogenError:
            time.sleep(0.01)
            continue
        break
    assert len(list(tape.frames())) == 10
    trouble = summarise(tape).trouble
    assert trouble is not None and "breaks off" in str(trouble)
    recording.finish()
    assert summarise(load_tape(tmp_path / "a.tape")).trouble is None


def test_what_osc_cannot_say_is_left_out_of_the_file(tmp_path: Path) -> None:
    wrong = Message("/macro/1", (10**400,)), Message("/param/word", ("nul\0in it",))
    tape = record(tmp_path / "a.tape", [TapeFrame(FRAME, messages=(*wrong, Message("/x", (1,))))])
    (frame,) = tape.frames()
    assert frame.messages == (Message("/x", (1,)),)


def test_a_deck_plays_what_it_recorded_frame_by_frame(tmp_path: Path) -> None:
    with opened(tmp_path / "tapes" / "last.tape") as deck:
        deck.obey("record", lambda: BEGINNING)
        kept = let_pass(deck, 3) + let_pass(deck, 5, Message("/macro/1", (0.25,)))
        assert deck.status[0] == "recording"
        deck.obey("stop", lambda: BEGINNING)
        deck.obey("play", lambda: BEGINNING)
        wait_for_tape(deck)
        played = let_pass(deck, 8)[:8]  # then the show's own come again
        assert played[0].marks == (BEGINNING,)
        assert [frame.messages for frame in played] == [frame.messages for frame in kept]
        assert not deck.playing
    with opened(tmp_path / "tapes" / "last.tape") as deck:  # the next show
        deck.obey("play", lambda: BEGINNING)
        wait_for_tape(deck)
        assert let_pass(deck, 8)[:8] == played


def test_the_tapes_own_buttons_and_those_of_films_are_not_on_it(tmp_path: Path) -> None:
    with opened(tmp_path / "last.tape") as deck:
        deck.obey("record", lambda: BEGINNING)
        names = "/tape/stop", "/record/start", "/still", "/macro/1"
        let_pass(deck, 1, *(Message(name, (1,)) for name in names))
    (frame,) = load_tape(tmp_path / "last.tape").frames()
    assert frame.messages == (Message("/macro/1", (1,)),)


def test_hands_go_on_while_a_tape_plays(tmp_path: Path) -> None:
    with opened(tmp_path / "last.tape") as deck:
        deck.play(parse_tape("a.tape", as_bytes(*[TapeFrame(FRAME, marks=(BEGINNING,))] * 9)))
        hand = Message("/blackout", (1,))
        played = [frame for frame in deck.turns(FRAME // 2, 1.0, [hand])]
        played += [frame for frame in deck.turns(FRAME // 4, 1.0, [])]  # none of the tape's is due
        assert played[0].messages == (hand,) and len(played) == 1


def test_while_a_tape_plays_the_time_and_what_is_heard_are_its_own(tmp_path: Path) -> None:
    with opened(tmp_path / "last.tape") as deck:
        deck.play(parse_tape("a.tape", as_bytes(*[TapeFrame(FRAME, marks=(BEGINNING,))] * 9)))
        came = [Message(name, (1,)) for name in ("/time", "/audio/bass", "/tempo/sync", "/macro/1")]
        (frame,) = deck.turns(0, 1.0, came)
        assert frame.messages == (Message("/macro/1", (1,)),)


def test_without_a_tape_playing_says_why_in_a_line(tmp_path: Path) -> None:
    with opened(tmp_path / "last.tape") as deck:
        deck.obey("play", lambda: BEGINNING)
        said = []
        end = time.monotonic() + 20
        while not said and time.monotonic() < end:
            said = deck.look()
        assert len(said) == 1 and "last.tape" in str(said[0])


def test_a_folder_that_cannot_be_made_is_said_once_and_the_tape_plays_all_the_same(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("not a folder")
    with opened(tmp_path / "file" / "last.tape") as deck:
        deck.obey("record", lambda: BEGINNING)
        for _ in range(3):
            for frame in deck.turns(FRAME, 1.0, ()):
                deck.keep(frame, ())
        deck.obey("play", lambda: BEGINNING)
        said = []
        end = time.monotonic() + 20
        while not deck.playing and time.monotonic() < end:
            said += deck.look()
        said += deck.look()
        assert len(said) == 1 and "last.tape" in str(said[0])
        assert sum(1 for _ in range(8) for _ in deck.turns(FRAME, 1.0, ())) >= 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a slow disk is played by a named pipe")
def test_a_disk_that_does_not_answer_holds_no_frame_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "last.part")  # opening it waits for a reader
    with opened(tmp_path / "last.tape") as deck:
        deck.obey("record", lambda: BEGINNING)
        let_pass(deck, 100)
        began = time.monotonic()
        deck.obey("stop", lambda: BEGINNING)
        let_pass(deck, 100)
        assert time.monotonic() - began < 0.5
        (tmp_path / "last.part").open("rb").close()  # the writer goes on, and finds a broken pipe


def test_the_last_of_two_tapes_is_the_one_in_the_file(tmp_path: Path) -> None:
    with opened(tmp_path / "last.tape") as deck:
        deck.obey("record", lambda: BEGINNING)
        let_pass(deck, 3000)
        deck.obey("record", lambda: BEGINNING)
        let_pass(deck, 2)
    assert len(list(load_tape(tmp_path / "last.tape").frames())) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["last.tape"]


def test_what_a_crash_left_is_kept_beside(tmp_path: Path) -> None:
    (tmp_path / "last.part").write_bytes(as_bytes(TapeFrame(FRAME, marks=(BEGINNING,))))
    with opened(tmp_path / "last.tape") as deck:
        deck.obey("record", lambda: BEGINNING)
        let_pass(deck, 2)
    assert len(list(load_tape(tmp_path / "last.lost.tape").frames())) == 1


def count(film: Steady, frame: TapeFrame) -> int:
    """How many pictures of the film are over with it."""
    shown = film.follow(frame)
    return shown.before + shown.after


def rates(seed: int, fps: float, frames: int) -> Iterator[TapeFrame]:
    """Frames of a screen, each up to 4 ms early or late."""
    ticks, late = Ticks(), 0
    for index in range(frames):
        before, late = late, (index * 7919 * seed) % 8_000_000 - 4_000_000
        yield TapeFrame(ticks.take(round(1e9 / fps) + late - before))


@pytest.mark.parametrize("fps", [30.0, 60.0])
def test_a_film_of_the_tapes_own_rate_shows_its_frames_one_by_one(fps: float) -> None:
    film = Steady(fps)
    counts = [count(film, frame) for frame in rates(3, fps, 500)]
    assert counts.count(1) >= 499 and max(counts) <= 2


def test_a_film_of_another_rate_is_as_long_as_the_tape() -> None:
    for wanted in (24.0, 25.0, 60.0, 90.0):
        film = Steady(wanted)
        shown = sum(count(film, frame) for frame in rates(1, 60.0, 601))
        assert shown == pytest.approx(10 * wanted, abs=2)


def test_a_film_of_a_part_draws_no_other_and_ends_with_it() -> None:
    film = Steady(30.0, (1.0, 2.0))
    seen = [film.follow(frame) for frame in rates(1, 60.0, 200)]
    drawn = [number for number, shown in enumerate(seen) if shown.drawn]
    assert drawn[0] in (59, 60, 61) and drawn[-1] in (118, 119, 120)
    assert drawn == list(range(drawn[0], drawn[-1] + 1)) and film.over
    assert sum(shown.before + shown.after for shown in seen) == pytest.approx(30, abs=1)


def shown_of(film: FilmTime, tape: Tape) -> list[int]:
    """The numbers of the frames that are shown, and none but these are drawn."""
    numbers: list[int] = []
    for number, frame in enumerate(tape.frames(), 1):
        shown = film.follow(frame)
        assert shown.before == 0 and shown.drawn == (shown.after > 0)
        assert not (film.over and shown.drawn)
        numbers += [number] * shown.after
    return numbers


def test_stills_are_of_the_frames_that_are_over_at_their_moments() -> None:
    first = TapeFrame(1000 * TICK_NS, marks=(BEGINNING,))
    tape = parse_tape("a.tape", as_bytes(first, *(TapeFrame(1000 * TICK_NS) for _ in range(8))))
    second = 1000 * TICK_NS * 1e-9
    assert shown_of(at_moments(tape, (5 * second, 0.0, 2.5 * second, 2.9 * second)), tape) == [
        1,
        3,
        3,
        5,
    ]
    with pytest.raises(MorphogenError, match=r"there is no picture at 99 s, it ends at"):
        at_moments(tape, (0.0, 99.0))


def test_the_still_of_a_part_is_the_last_picture_of_its_film() -> None:
    first, *others = rates(5, 60.0, 200)
    tape = parse_tape("a.tape", as_bytes(replace(first, marks=(BEGINNING,)), *others))
    for span in ((0.0, 1e12), (0.0, 1.0), (1.0, 1.5)):
        film = Steady(60.0, span)
        drawn = [film.follow(frame).drawn for frame in tape.frames()]
        assert shown_of(last_of_span(tape, span), tape) == [200 - drawn[::-1].index(True)]


def test_a_replay_gives_every_frame_whatever_the_machine_does() -> None:
    frames = [TapeFrame(FRAME, marks=(BEGINNING,)), *(TapeFrame(n * TICK_NS) for n in range(200))]
    for passed in (TICK_NS, FRAME, 40 * FRAME):
        replay, given = Replay(parse_tape("a.tape", as_bytes(*frames))), []
        while not replay.ended:
            given += replay.advance(passed)
        assert given == frames


def test_a_looping_replay_begins_again_at_once() -> None:
    frames = [TapeFrame(FRAME, marks=(BEGINNING,)), TapeFrame(FRAME), TapeFrame(2 * FRAME)]
    replay = Replay(parse_tape("a.tape", as_bytes(*frames)), loop=True)
    given = [frame for _ in range(12) for frame in replay.advance(FRAME)]
    assert given[:6] == frames * 2 and not replay.ended
