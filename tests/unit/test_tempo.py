"""Musical time: set, tapped, told."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.show.beat.tempo import FASTEST, SILENT, SLOWEST, Tempo
from engine.show.parameter import Refused


def run(tempo: Tempo, seconds: float, fps: float = 60.0) -> list[float]:
    """Let time pass; the count at each frame."""
    counts = []
    for _ in range(round(seconds * fps)):
        tempo.advance(1 / fps)
        counts.append(tempo.beats)
    return counts


def away_from(beats: float, other: float) -> float:
    """How far two counts are apart within a beat."""
    return abs((beats - other + 0.5) % 1.0 - 0.5)


def test_beats_follow_the_tempo() -> None:
    tempo = Tempo(120)
    for _ in range(600):
        tempo.advance(1 / 60)
    assert tempo.beats == pytest.approx(20)


def test_taps_set_the_tempo_and_the_beats_come_to_fall_on_them() -> None:
    tempo = Tempo(120)
    tempo.advance(0.15)
    for _ in range(12):
        tempo.tap()
        run(tempo, 0.4)
    assert tempo.bpm == pytest.approx(150)
    assert away_from(tempo.beats, 0.0) < 1e-3


def test_a_tap_counts_from_when_it_was_struck_however_late_it_is_read() -> None:
    draw = random.Random(3)
    tempo, struck = Tempo(120), [0.5 * k for k in range(1, 12)]
    now = 0.0
    for frame in range(1, 400):
        now = frame / 60
        tempo.advance(1 / 60)
        while struck and struck[0] + 0.02 * draw.random() <= now:
            tempo.tap(now - struck.pop(0))
    assert tempo.bpm == pytest.approx(120, abs=1e-9)
    assert away_from(tempo.beats, now * 2) < 1e-3


def test_one_tap_alone_leaves_the_tempo() -> None:
    tempo = Tempo(97)
    tempo.advance(1.0)
    tempo.tap()
    assert tempo.bpm == 97


def test_a_long_pause_begins_the_counting_anew() -> None:
    tempo = Tempo(120)
    tempo.tap()
    tempo.advance(10)
    tempo.tap()
    assert tempo.bpm == 120
    tempo.advance(1.0)
    tempo.tap()
    assert tempo.bpm == pytest.approx(60)


def test_only_the_last_eight_intervals_count() -> None:
    tempo = Tempo()
    for interval in [2.0] * 5 + [0.5] * 9:
        tempo.tap()
        tempo.advance(interval)
    assert tempo.bpm == pytest.approx(120)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_tempo_is_clamped(bpm: float) -> None:
    tempo = Tempo()
    tempo.set_bpm(bpm)
    assert SLOWEST <= tempo.bpm <= FASTEST


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_beat_that_is_told_leaves_a_phase(number: float) -> None:
    tempo = Tempo()
    tempo.beat(number)
    before = tempo.beats
    tempo.advance(0.25)
    assert math.isfinite(tempo.beats)
    assert 0.25 <= tempo.beats - before <= 0.75
    assert math.isfinite(math.sin(2 * math.pi * tempo.beats / 0.01))


def test_the_beats_phase_is_as_told() -> None:
    tempo = Tempo()
    tempo.beat(7.25)
    assert tempo.beats == 7.25


def test_hammering_taps_in_one_frame_does_no_harm() -> None:
    tempo = Tempo()
    for _ in range(100):
        tempo.tap()
    assert tempo.bpm == 120


def test_what_is_told_of_the_phase_is_made_up_for_within_a_beat_and_a_half() -> None:
    tempo = Tempo(120)
    run(tempo, 1.0)
    tempo.beat(2.4)
    assert tempo.beats == pytest.approx(2.0)
    counts = run(tempo, 0.75)
    assert counts == sorted(counts)
    assert tempo.beats == pytest.approx(2.4 + 1.5, abs=0.01)


def test_a_word_to_be_there_at_once_is_obeyed() -> None:
    tempo = Tempo(120)
    tempo.beat(0.3, jump=True)
    assert tempo.beats == 0.3


@given(
    st.lists(
        st.tuples(st.floats(-3, 3), st.floats(20, 500), st.sampled_from(["", "loose", "stop"])),
        max_size=20,
    ),
    st.integers(1, 12),
)
def test_a_follower_never_takes_a_beat_back(
    words: list[tuple[float, float, str]], beats_per_bar: int
) -> None:
    tempo = Tempo(120)
    tempo.beats_per_bar = beats_per_bar
    for error, bpm, how in words:
        tempo.sync(tempo.beats + error, bpm, "midi", how, 0.01)
        before = tempo.beats
        counts = run(tempo, 0.2)
        assert [before, *counts] == sorted([before, *counts])
        assert counts[-1] - before <= 1.5 * bpm / 60 * 0.2 + 1e-9


def test_another_place_in_the_song_keeps_the_place_in_the_bar_and_does_not_jump() -> None:
    tempo = Tempo(120)
    run(tempo, 1.0)
    tempo.sync(4000.5, 120, "link", "", 0.0)
    assert tempo.beats == pytest.approx(2.0)
    for _ in range(40):
        tempo.sync(4000.5 + tempo.now * 2 - 2.0, 120, "link", "", 0.0)
        run(tempo, 0.1)
    assert (tempo.beats % 4) == pytest.approx((4000.5 + tempo.now * 2 - 2.0) % 4, abs=1e-3)
    assert 4 < tempo.beats < 16


def test_a_start_jumps_to_its_beat_which_counts_as_reached() -> None:
    tempo = Tempo(120)
    run(tempo, 1.3)
    tempo.sync(0.0, None, "midi", "jump", 0.01)
    assert tempo.beats == pytest.approx(0.02)
    tempo.beat(0.0, jump=True)
    tempo.advance(0.01)
    assert tempo.crossings(1.0) == tempo.crossings(4.0) == 1
    tempo.advance(0.01)
    assert tempo.crossings(1.0) == 0


def test_a_clock_of_unknown_bars_is_followed_from_where_the_count_is() -> None:
    tempo = Tempo(120)
    run(tempo, 1.0)
    for k in range(100):  # it goes a little faster than it says: its beats count
        tempo.sync(17.3 + 0.202 * k, 120, "midi", "loose", 0.0)
        run(tempo, 0.1)
    assert tempo.beats == pytest.approx(2.0 + 20.2, abs=0.02)


def test_a_clock_that_stops_stands_and_goes_on_from_there() -> None:
    tempo = Tempo(120)
    tempo.sync(8.0, 120, "midi", "jump", 0.0)
    run(tempo, 1.0)
    tempo.sync(10.0, 120, "midi", "stop", 0.0)
    assert set(run(tempo, 3.0)) == {tempo.beats}
    assert not tempo.running and tempo.crossings(0.25) == 0
    tempo.sync(10.0, 120, "midi", "", 0.0)
    run(tempo, 0.5)
    assert tempo.running and tempo.beats == pytest.approx(11.0)


def test_while_a_clock_leads_hands_move_its_phase_but_not_its_tempo() -> None:
    tempo = Tempo(120)

    def follow(seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            assert tempo.sync(tempo.now * 2.0, 120, "midi", "", 0.0)
            run(tempo, 0.1)

    follow(2.0)
    with pytest.raises(Refused, match="midi leads"):
        tempo.set_bpm(90)
    with pytest.raises(Refused, match="midi leads"):
        tempo.set_running(False)
    tempo.nudge(0.25)
    follow(3.0)
    assert tempo.bpm == 120
    assert tempo.beats == pytest.approx(10.25, abs=1e-3)
    tempo.tap()  # a quarter late: the beat is here
    follow(3.0)
    assert away_from(tempo.beats, 0.25 + 0.75) < 1e-3 and tempo.source == "midi"


def test_a_clock_that_falls_silent_is_held_and_may_be_replaced() -> None:
    tempo = Tempo(90)
    tempo.sync(0.0, 150, "midi", "jump", 0.0)
    run(tempo, SILENT - 0.1)
    assert not tempo.sync(100.0, 60, "link", "", 0.0)
    run(tempo, 0.2)
    assert tempo.beats == pytest.approx((SILENT + 0.1) * 2.5)
    assert tempo.sync(100.0, 60, "link", "", 0.0) and tempo.source == "link"
    run(tempo, SILENT + 0.1)
    tempo.set_bpm(80)
    assert (tempo.source, tempo.bpm) == ("osc", 80)


def test_a_silent_clock_is_not_told_to_lead_unless_it_was_asked_for() -> None:
    tempo = Tempo()
    tempo.sync(0.0, 120, "midi", "", 0.0)
    run(tempo, SILENT - 0.1)
    assert tempo.leader == "midi"
    run(tempo, 0.2)
    assert tempo.leader == "free" and tempo.bpm == 120
    tempo.sync(tempo.beats, 120, "midi", "", 0.0)
    assert tempo.leader == "midi"
    tempo.lead_by("midi")
    run(tempo, 2 * SILENT)
    assert tempo.leader == "midi"
    tempo.lead_by("any")
    tempo.tap()
    run(tempo, 2 * SILENT)
    assert tempo.leader == "tap"


@pytest.mark.parametrize(
    ("leads", "comes", "taken"),
    [
        ("audio", "midi", True),
        ("midi", "audio", False),
        ("midi", "link", False),
        ("link", "midi", False),
        ("osc", "audio", False),
        ("audio", "osc", True),
        ("osc", "link", True),
    ],
)
def test_who_leads_before_whom(leads: str, comes: str, taken: bool) -> None:
    tempo = Tempo()
    assert tempo.sync(0.0, 120, leads, "", 0.0)
    assert tempo.sync(0.0, 99, comes, "", 0.0) == taken
    assert (tempo.source, tempo.bpm) == ((comes, 99) if taken else (leads, 120))


def test_a_performer_chooses_whom_to_follow() -> None:
    tempo = Tempo()
    tempo.lead_by("audio")
    assert not tempo.sync(0.0, 99, "midi", "", 0.0)
    assert tempo.sync(0.0, 99, "audio", "", 0.0)
    tempo.lead_by("free")
    assert not tempo.sync(0.0, 77, "audio", "", 0.0) and tempo.bpm == 99
    tempo.set_bpm(101)
    assert (tempo.bpm, tempo.source) == (101, "free")
    tempo.lead_by("any")
    assert tempo.sync(0.0, 77, "link", "", 0.0)
    with pytest.raises(Refused):
        tempo.lead_by("drummer")


@given(st.lists(st.floats(0.001, 0.9), max_size=50), st.sampled_from([0.25, 1.0, 4.0]))
def test_every_multiple_is_crossed_once_whatever_the_frames(
    steps: list[float], period: float
) -> None:
    tempo = Tempo(120)
    crossed = 0
    for seconds in steps:
        tempo.advance(seconds)
        crossed += tempo.crossings(period)
    # The first, at 0, has been reached by the first step.
    assert crossed == (math.floor(tempo.beats / period) + 1 if steps else 0)
