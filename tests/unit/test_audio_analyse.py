"""What is heard in sounds that are known to the sample."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from engine.desk.audio.analyse import Analyser, Features
from tests.sounds import RATE, Sound, click_times, clicks, drums, hiss, silence, tone


def hear(sound: Sound, rate: float = RATE) -> list[Features]:
    return Analyser(rate).hear(sound)


@pytest.mark.parametrize(
    "hertz,band",
    [
        *((40, "bass"), (100, "bass"), (180, "bass")),
        *((400, "mid"), (1000, "mid"), (2000, "mid")),
        *((3500, "treble"), (8000, "treble"), (14000, "treble")),
    ],
)
def test_a_tone_is_heard_in_its_own_band_only(hertz: float, band: str) -> None:
    last = hear(tone(hertz, 1.0))[-1]
    bands = {name: getattr(last, name) for name in ("bass", "mid", "treble")}
    assert bands.pop(band) > 0.95
    assert max(bands.values()) < 0.2


def test_a_sweep_goes_through_the_bands_in_order() -> None:
    seconds = 6.0
    t = np.arange(round(seconds * RATE)) / RATE
    rise = np.log(12000.0 / 40.0) / seconds
    heard = hear(0.3 * np.sin(2.0 * np.pi * 40.0 * np.expm1(rise * t) / rise))
    loudest = [
        max(("bass", "mid", "treble"), key=lambda name, f=f: getattr(f, name)) for f in heard[8:]
    ]
    changes = [b for a, b in pairwise(loudest) if a != b]
    assert loudest[0] == "bass" and changes == ["mid", "treble"]


@pytest.mark.parametrize("rate", [8000, 16000, 44100, 96000])
def test_other_rates_hear_the_same(rate: int) -> None:
    t = np.arange(rate) / rate
    analyser = Analyser(rate)
    last = analyser.hear(0.3 * np.sin(2.0 * np.pi * 100.0 * t))[-1]
    assert last.bass > 0.95 and last.mid < 0.2
    assert 0.0075 < analyser.hop_s < 0.0151


def test_silence_is_nothing_at_all() -> None:
    for f in hear(silence(4.0)):
        assert (f.level, f.bass, f.mid, f.treble, f.flux, f.onset, f.bpm) == (0,) * 7


def test_a_noise_floor_is_silence_too_even_after_music() -> None:
    heard = hear(np.concatenate((drums(120, 4.0), hiss(10.0, 0.0003))))
    for f in heard[-200:]:
        assert max(f.bass, f.mid, f.treble, f.flux, f.onset, f.bpm) == 0.0


def test_a_tenth_of_the_volume_gives_nearly_the_same_bands() -> None:
    loud, quiet = hear(drums(120, 6.0)), hear(0.1 * drums(120, 6.0))
    clear = [f.level > 0.15 for f in quiet]
    assert np.mean(clear) > 0.5
    for name in ("bass", "mid", "treble"):
        a, b = (np.array([getattr(f, name) for f in heard]) for heard in (loud, quiet))
        assert a.max() > 0.95
        # But for what the gate takes of the quiet one's hiss.
        assert np.abs(a - b)[clear].max() < 0.02
    assert np.mean([f.level for f in loud]) > np.mean([f.level for f in quiet]) + 0.2


def test_a_band_comes_back_to_its_whole_range_after_the_volume_was_turned_down() -> None:
    heard = hear(np.concatenate((drums(120, 3.0), 0.1 * drums(120, 40.0))))
    before, after = heard[300:800], heard[-500:]
    assert max(f.bass for f in before) < 0.7
    assert max(f.bass for f in after) > 0.9


@pytest.mark.parametrize("bpm", [60, 75, 90, 120, 140, 174])
def test_clicks_give_their_tempo(bpm: float) -> None:
    heard = hear(clicks(bpm, 9.0))
    for f in heard[-300:]:  # three seconds, beginning after six
        assert f.bpm == pytest.approx(bpm, rel=0.01)
    assert heard[-1].confidence > 0.8


@pytest.mark.parametrize("bpm", [90, 126, 174])
def test_drums_give_their_tempo_and_where_the_beats_are(bpm: float) -> None:
    heard = hear(drums(bpm, 12.0))
    assert heard[-1].bpm == pytest.approx(bpm, rel=0.01)
    assert heard[-1].confidence > 0.5
    for f in heard[-300:]:
        beats = f.seconds * bpm / 60.0
        off_s = ((f.beats - beats + 0.5) % 1.0 - 0.5) * 60.0 / bpm
        assert abs(off_s) < 0.04


def test_another_tempo_is_followed() -> None:
    heard = hear(np.concatenate((clicks(100, 8.0), clicks(132, 14.0))))
    assert heard[700].bpm == pytest.approx(100, rel=0.01)
    assert heard[-1].bpm == pytest.approx(132, rel=0.01)


def test_the_beat_ends_with_the_music() -> None:
    assert hear(np.concatenate((drums(120, 6.0), silence(8.0))))[-1].bpm == 0.0


def test_noise_has_no_beat_and_hardly_an_onset() -> None:
    heard = hear(hiss(12.0))
    assert max(f.bpm for f in heard) == 0.0
    assert sum(f.onset > 0 for f in heard[10:]) < 6


def test_every_click_is_one_onset_and_on_time() -> None:
    analyser = Analyser(RATE)
    onsets = [f.seconds for f in analyser.hear(clicks(130, 8.0)) if f.onset]
    assert len(onsets) == len(click_times(130, 8.0))
    for onset, time in zip(onsets, click_times(130, 8.0), strict=True):
        assert 0.0 <= onset - time <= 2 * analyser.hop_s


def test_the_pieces_a_sound_comes_in_change_nothing() -> None:
    sound = drums(120, 5.0)
    whole, pieces = hear(sound), Analyser(RATE)
    cuts = np.cumsum(np.random.default_rng(2).integers(0, 3000, 400))
    cut = [f for piece in np.split(sound, cuts[cuts < len(sound)]) for f in pieces.hear(piece)]
    assert cut == whole


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e30, 1e-42, 1e-310])
def test_bad_samples_do_no_harm(bad: float) -> None:
    sound = drums(120, 8.0)
    sound[RATE : RATE + 300] = bad
    heard = hear(sound)
    for f in heard:
        for value in (f.level, f.bass, f.mid, f.treble, f.flux, f.onset, f.confidence):
            assert 0.0 <= value <= 1.0
    assert heard[-1].bpm == pytest.approx(120, rel=0.01)
