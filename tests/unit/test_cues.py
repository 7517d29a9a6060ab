"""Shows that run by themselves and by hand: lists of cues, loops, chance, opening hours, nobody there."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.assets import find_assets
from engine.library import read_library
from engine.show.cues.hours import is_open, parse_span
from engine.show.cues.playlist import Entry, Idle, Playlist
from engine.show.cues.rounds import Rounds
from engine.show.director import Director
from engine.show.memory.restore import as_kept, restore
from engine.show.memory.state import describe
from tests.show import FRAME_NS, make_catalogue, run, send

SCENES = ("alpha", "beta", "gamma")
SECOND_NS = 1_000_000_000


def make_cues(*entries: Entry, **more: object) -> Director:
    show = Playlist("s", "S", entries, 0.5, 0.0, is_cues=True, loop=False, **more)  # type: ignore[arg-type]
    return begin(show)


def make_loop(*entries: Entry, **more: object) -> Director:
    return begin(Playlist("s", "S", entries, 0.5, 0.0, **more))  # type: ignore[arg-type]


def begin(show: Playlist) -> Director:
    director = Director(make_catalogue(), "alpha", playlist=show)
    director.advance(FRAME_NS)
    return director


def cue(number: int, *, seconds: float = float("inf"), **more: object) -> Entry:
    return Entry(
        SCENES[(number - 1) % 3],
        seconds,
        number=str(number),
        name=f"cue {number}",
        **more,  # type: ignore[arg-type]
    )


def present(director: Director) -> str:
    return str(director.cues.describe(director)[0])


def make_hundred() -> tuple[list[Entry], list[float]]:
    lengths = [0.5 + 0.37 * (number % 7) for number in range(100)]
    entries = [cue(n + 1, seconds=length) for n, length in enumerate(lengths)]
    return [*entries, cue(101)], lengths


@pytest.mark.parametrize("speed", [1, 7.3, 100])
def test_a_hundred_cues_end_at_the_sum_of_their_times_at_any_speed(speed: float) -> None:
    entries, lengths = make_hundred()
    entries = [Entry("", e.seconds, number=e.number) for e in entries]
    entries[0] = cue(1, seconds=lengths[0])
    show = Playlist("s", "S", tuple(entries), 0.5, 0.0, is_cues=True, loop=False)
    director = Director(make_catalogue(), "alpha", playlist=show)
    tick = round(FRAME_NS * speed) * (6 if speed == 1 else 1)
    ends, passed = {}, 0
    before = present(director)
    for _ in range(2 * round(sum(lengths) * SECOND_NS / tick)):
        director.advance(tick)
        passed += tick
        while before != present(director):  # as many as this tick was worth
            ends[before] = passed
            before = str(int(before) + 1)
    total = 0
    for number, length in enumerate(lengths, 1):
        total += round(length * SECOND_NS)
        assert total <= ends[str(number)] < total + tick, number


def test_cues_in_bars_come_on_the_bar_at_a_hundred_times_the_speed() -> None:
    entries = [Entry("", bars=2.0, number=str(n)) for n in range(1, 101)]
    entries[0] = Entry("alpha", bars=2.0, number="1")
    director = make_cues(*entries, cue(101))
    passed, tick = FRAME_NS, FRAME_NS * 100
    for _ in range(500):
        if present(director) != "101":
            director.advance(tick)
            passed += tick
    assert 400 * SECOND_NS <= passed < 400 * SECOND_NS + tick  # 200 bars of two seconds


def test_a_cue_waits_for_go_and_goes_back() -> None:
    director = make_cues(cue(1), cue(2), cue(3))
    run(director, 30.0, fps=4)
    assert present(director) == "1"
    assert send(director, "/cue/go") == 0
    assert send(director, "/cue/next") == 0
    assert (present(director), director.layer(1).voice.scene.id) == ("3", "gamma")
    assert send(director, "/cue/go") == 1  # there is no fourth
    assert send(director, "/cue/back") == 0
    assert present(director) == "2"


def test_a_cue_is_gone_to_by_number_or_name() -> None:
    director = make_cues(cue(1), cue(2), Entry("gamma", number="2.5", name="Bridge"))
    for wish, found in ((2, "2"), (2.5, "2.5"), ("bridge", "2.5"), ("1", "1"), (2.0, "2")):
        assert send(director, "/cue/go", wish) == 0
        assert present(director) == found
        run(director, 1.0, fps=10)
    for wrong in (9, "chorus", 0.5):
        assert send(director, "/cue/go", wrong) == 1


def test_a_held_button_is_one_press() -> None:
    director = make_cues(*(cue(n) for n in range(1, 9)))
    for _ in range(60):  # a button that says 1 as long as it is held
        send(director, "/cue/next", 1)
        director.advance(FRAME_NS)
    send(director, "/cue/next", 0)
    assert present(director) == "2"
    send(director, "/cue/next", 1)  # pressed again at once
    assert present(director) == "3"
    send(director, "/cue/next", 0.0)
    run(director, 1.0)
    send(director, "/cue/next", 1.0)  # and without ever saying that it was let go
    run(director, 1.0)
    send(director, "/cue/next", 1.0)
    assert present(director) == "5"


def test_a_pause_holds_the_list_and_not_the_picture() -> None:
    director = make_cues(cue(1, seconds=5.0), cue(2))
    send(director, "/cue/pause", 1)
    seconds = director.layer(1).voice.seconds
    run(director, 10.0, fps=10)
    assert present(director) == "1"
    assert director.layer(1).voice.seconds > seconds + 9.0
    assert describe(director)["/cue/pause"] == (1,)
    send(director, "/cue/pause", "toggle")
    run(director, 5.1, fps=10)
    assert present(director) == "2"


def test_a_cue_does_what_it_says() -> None:
    deeds = (
        ("/macro/1", (0.75,)),
        ("/layer/2/scene/go", ("beta", 0.0)),
        ("/layer/2/opacity", (0.5,)),
    )
    director = make_cues(cue(1), Entry("", palette="moss", deeds=deeds, number="2"))
    voice = director.layer(1).voice
    assert send(director, "/cue/go") == 0
    assert director.layer(1).voice is voice  # no scene is named: what plays goes on
    assert voice.macros[0] == 0.75
    assert voice.colours.palette.id == "moss"
    assert (director.layer(2).voice.scene.id, director.layer(2).opacity) == ("beta", 0.5)


def test_a_cue_is_one_step_to_undo() -> None:
    director = make_cues(cue(1), cue(2, palette="moss", deeds=(("/macro/1", (0.75,)),)))
    run(director, 2.0)
    send(director, "/cue/go")
    run(director, 2.0)
    assert send(director, "/undo") == 0
    voice = director.layer(1).voice
    assert (voice.scene.id, voice.colours.palette.id) == ("alpha", "ember")


def test_the_first_entry_does_what_it_says_too() -> None:
    director = make_loop(Entry("alpha", 5.0, palette="moss"), Entry("beta", 5.0))
    assert director.layer(1).voice.colours.palette.id == "moss"


def test_a_snapshot_is_recalled_by_a_cue() -> None:
    director = make_cues(cue(1), Entry("", snapshot=4, number="2", fade=0.0))
    send(director, "/param/feed", 0.011)
    send(director, "/snapshot/save", 4)
    send(director, "/param/feed", 0.05)
    send(director, "/cue/go")
    assert director.layer(1).voice.bank.wanted("feed") == (0.011,)


@given(st.integers(0, 10_000), st.integers(2, 12))
def test_chance_plays_each_once_before_any_comes_again_and_none_twice_in_a_row(
    seed: int, count: int
) -> None:
    rounds = Rounds(Playlist("s", "S", (), shuffle=True), seed)
    order = [n for turn in range(5) for n in rounds.order(count, turn)]
    for turn in range(5):
        assert sorted(order[turn * count : (turn + 1) * count]) == list(range(count))
    assert count < 3 or all(a != b for a, b in pairwise(order))


def test_where_a_show_stands_outlives_the_stage() -> None:
    entries = [Entry(SCENES[n % 3], 10.0, number=str(n)) for n in range(9)]
    show = Playlist("s", "S", tuple(entries), 0.5, 0.0, shuffle=True)
    director = Director(make_catalogue(), "alpha", playlist=show, seed=5)
    run(director, 234.0, fps=4)
    send(director, "/cue/pause", 1)
    send(director, "/cue/pause", 0)
    fresh = Director(make_catalogue(), "alpha", playlist=show)
    restore(fresh, as_kept(describe(director)))
    coming: list[list[str]] = [[], []]
    for number, one in enumerate((director, fresh)):
        for _ in range(40):
            run(one, 5.0, fps=4)
            coming[number].append(f"{present(one)} {one.layer(1).voice.scene.id}")
    assert coming[0] == coming[1]
    assert len(set(coming[0])) == 9


def test_a_show_that_does_not_loop_stays_at_its_end() -> None:
    director = make_loop(Entry("alpha", 2.0), Entry("beta", 2.0), loop=False)
    run(director, 30.0, fps=10)
    assert director.layer(1).voice.scene.id == "beta"


def test_hours_are_days_and_times_past_midnight_too() -> None:
    late = (parse_span("fri,sat 20:00-02:00"),)
    for moment, found in (
        ("2026-11-27T19:59", False),  # a Friday
        ("2026-11-27T20:00", True),
        ("2026-11-28T01:59", True),
        ("2026-11-28T02:00", False),
        ("2026-11-29T01:00", True),  # Saturday's, on Sunday
        ("2026-11-30T01:00", False),
    ):
        assert is_open(late, datetime.fromisoformat(moment)) == found, moment
    week = (parse_span("sun-tue 10:00-18:00"),)
    assert [is_open(week, datetime(2026, 11, 22 + n, 12)) for n in range(5)] == [
        *(True, True, True),
        *(False, False),
    ]
    assert is_open((parse_span("daily 00:00-24:00"),), datetime(2026, 11, 23, 23, 59))
    assert is_open(late, None) and is_open((), datetime(2026, 11, 23))


@pytest.mark.parametrize(
    "text", ["", "10:00", "25:00-26:00", "10:61-11:00", "someday 10:00-11:00", "10:00-10:00"]
)
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"no time|no day|there is no|ends when"):
        parse_span(text)


def make_gallery() -> Director:
    director = make_loop(Entry("alpha", 3600.0), hours=(parse_span("daily 10:00-18:00"),), dusk=4.0)
    return director


def tell(director: Director, moment: datetime) -> None:
    assert send(director, "/time", moment.isoformat()) == 0


def test_a_show_is_dark_and_still_outside_its_hours_and_wakes_by_a_fade() -> None:
    director = make_gallery()
    tell(director, datetime(2026, 11, 23, 17, 59, 58))
    assert run(director, 1.0, fps=10).light == 1.0
    assert 0.0 < run(director, 3.0, fps=10).light < 1.0
    assert run(director, 4.0, fps=10).light == 0.0
    seconds = director.layer(1).voice.seconds
    run(director, 5.0, fps=10)
    assert director.layer(1).voice.seconds == seconds
    assert director.cues.describe(director)[-1] == "asleep"
    tell(director, datetime(2026, 11, 24, 9, 59, 59))
    assert 0.0 < run(director, 3.0, fps=10).light < 1.0
    assert run(director, 3.0, fps=10).light == 1.0
    assert director.layer(1).voice.seconds > seconds


def test_a_clock_put_forward_or_back_is_followed() -> None:
    director = make_gallery()
    tell(director, datetime(2026, 10, 25, 10, 30))
    assert run(director, 5.0, fps=10).light == 1.0
    tell(director, datetime(2026, 10, 25, 9, 30))  # summer time ends, or somebody mended the clock
    assert run(director, 5.0, fps=10).light == 0.0
    tell(director, datetime(2026, 10, 25, 10, 31))
    assert run(director, 5.0, fps=10).light == 1.0


def test_the_time_goes_on_by_itself_over_midnight() -> None:
    director = make_gallery()
    tell(director, datetime(2026, 12, 31, 23, 59, 30))
    run(director, 60.0, fps=2)
    moment = director.cues.wall.now
    assert moment is not None
    assert abs(moment - datetime(2027, 1, 1, 0, 0, 30)) < timedelta(seconds=0.1)


@pytest.mark.parametrize("way", ["auto", "closed"])
def test_safe_lights_a_closed_gallery_for_a_while_and_leaves_its_hours_alone(way: str) -> None:
    director = make_gallery()
    tell(director, datetime(2026, 11, 23, 3))
    send(director, "/opening", way)
    run(director, 4.0, fps=10)
    send(director, "/safe")
    assert run(director, 580.0, fps=1).light == 1.0
    restarted = make_gallery()
    tell(restarted, datetime(2026, 11, 23, 3, 10))
    restore(restarted, as_kept(describe(director)))
    for one in (director, restarted):
        assert run(one, 4.0, fps=10).light == 1.0
        assert run(one, 80.0, fps=1).light == 0.0
        assert describe(one)["/opening"] == (way,)


def test_a_hand_opens_for_so_many_seconds() -> None:
    director = make_gallery()
    tell(director, datetime(2026, 11, 23, 3))
    run(director, 4.0, fps=10)
    send(director, "/opening", "auto", 20.0)
    assert describe(director)["/opening"] == ("auto", 60)  # told in minutes, upwards
    assert run(director, 10.0, fps=10).light == 1.0
    assert run(director, 20.0, fps=10).light == 0.0
    assert send(director, "/opening", "auto", math.nan) == 1
    assert send(director, "/opening", "auto", "late") == 1
    assert send(director, "/opening") == 1


def test_a_hand_opens_and_closes_whatever_the_hours_say() -> None:
    director = make_gallery()
    tell(director, datetime(2026, 11, 23, 3))
    send(director, "/opening", "open")
    assert run(director, 1.0, fps=10).light == 1.0
    send(director, "/opening", "closed")
    assert run(director, 5.0, fps=10).light == 0.0
    assert send(director, "/opening", "ajar") == 1


def test_an_entry_is_left_out_outside_its_hours() -> None:
    morning = (parse_span("06:00-12:00"),)
    director = make_loop(
        Entry("alpha", 5.0), Entry("beta", 5.0, hours=morning), Entry("gamma", 5.0)
    )
    tell(director, datetime(2026, 11, 23, 15))
    seen = [run(director, 1.0, fps=10) and director.layer(1).voice.scene.id for _ in range(20)]
    assert set(seen) == {"alpha", "gamma"}
    tell(director, datetime(2026, 11, 23, 9))
    seen = [run(director, 1.0, fps=10) and director.layer(1).voice.scene.id for _ in range(20)]
    assert set(seen) == {"alpha", "beta", "gamma"}


def test_what_nobody_touches_goes_where_it_is_told_once() -> None:
    director = make_cues(cue(1), cue(2), cue(3), idle=Idle(10.0, "cue 3"))
    run(director, 8.0, fps=10)
    send(director, "/macro/1", 0.3)
    run(director, 8.0, fps=10)
    assert present(director) == "1"
    run(director, 3.0, fps=10)
    assert present(director) == "3"
    send(director, "/cue/go", 1)
    run(director, 9.0, fps=10)
    assert present(director) == "1"
    run(director, 2.0, fps=10)
    assert present(director) == "3"


def test_what_nobody_touches_is_no_longer_paused() -> None:
    director = make_loop(Entry("alpha", 5.0), Entry("beta", 5.0), idle=Idle(20.0))
    send(director, "/cue/pause", 1)
    run(director, 18.0, fps=10)
    assert director.layer(1).voice.scene.id == "alpha"
    run(director, 8.0, fps=10)
    assert director.layer(1).voice.scene.id == "beta"


def test_what_comes_next_and_when_is_told() -> None:
    director = make_cues(cue(1, seconds=10.0), cue(2), cue(3))
    run(director, 4.0, fps=10)
    assert describe(director)["/status/cue"] == ("1", "cue 1", "2", "cue 2", 6, "plays")
    send(director, "/cue/go")
    assert describe(director)["/status/cue"] == ("2", "cue 2", "3", "cue 3", -1, "waits")
    assert describe(director)["/list/cues"] == ("1 cue 1", "2 cue 2", "3 cue 3")


@pytest.mark.parametrize("address", ["/cue/go", "/cue/next", "/cue/back", "/cue/pause"])
def test_without_a_show_there_are_no_cues(address: str) -> None:
    assert send(Director(make_catalogue(), "alpha"), address) == 1


@pytest.mark.parametrize("show", ["gallery", "evening"])
def test_the_shows_that_are_shipped_run_through(show: str) -> None:
    library = read_library(find_assets())
    assert not library.complaints
    playlist = library.shows[show]
    first = next(entry.scene for entry in playlist.entries if entry.scene)
    director = Director(library.catalogue, first, playlist=playlist)
    director.advance(0)
    for index, entry in enumerate(playlist.entries):
        assert send(director, "/cue/go", entry.number or str(index + 1)) == 0
        director.advance(SECOND_NS)
        for address, arguments in entry.deeds:  # what a cue does is not refused when a hand does it
            path = address if address.startswith("/layer/") else f"/layer/1{address}"
            assert send(director, path, *arguments) == 0 or "eject" in path, (address, arguments)
