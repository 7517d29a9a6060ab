"""Musical time: set, tapped, told."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.show.tempo import FASTEST, SLOWEST, Tempo


def test_beats_follow_the_tempo() -> None:
    tempo = Tempo(120)
    for _ in range(600):
        tempo.advance(1 / 60)
    assert tempo.beats == pytest.approx(20)


def test_taps_set_the_tempo_and_a_beat_falls_on_each() -> None:
    tempo = Tempo(120)
    for _ in range(5):
        tempo.tap()
        assert tempo.beats == round(tempo.beats)
        tempo.advance(0.4)
    assert tempo.bpm == pytest.approx(150)


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
    assert tempo.beats - before == pytest.approx(0.5)
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
