"""What is heard as a picture: a wave and a spectrum in bytes, told only to whom they are drawn for."""

from __future__ import annotations

import numpy as np

from engine.desk.audio.analyse import Analyser
from engine.desk.audio.portrait import BINS, SAMPLES, Portrait

RATE = 48_000
SINE = np.sin(2 * np.pi * 3000.0 * np.arange(RATE // 4) / RATE)


def pictures(sound: np.ndarray) -> list[tuple[str, bytes]]:
    analyser = Analyser(RATE)
    portrait, told = Portrait(analyser), []
    for at in range(0, len(sound), analyser.hop):
        heard = analyser.hear(sound[at : at + analyser.hop])
        told += portrait.tell(len(heard))
    return [(m.address, m.arguments[0]) for m in told if isinstance(m.arguments[0], bytes)]


def test_a_sine_is_a_wave_and_one_peak() -> None:
    told = pictures(0.5 * SINE)
    wave = np.frombuffer(dict(told)["/audio/wave"], np.uint8)
    spectrum = np.frombuffer(dict(told)["/audio/spectrum"], np.uint8)
    assert (len(wave), len(spectrum)) == (SAMPLES, BINS)
    assert 62 <= wave.min() <= 72 and 184 <= wave.max() <= 194
    # 3 kHz of 24 kHz; a sine at half of full scale is 6 dB below the loudest there is.
    assert abs(int(spectrum.argmax()) - 16) <= 1 and 220 <= spectrum.max() <= 235
    assert spectrum[64:].max() == 0


def test_silence_is_flat() -> None:
    told = dict(pictures(0.0 * SINE))
    assert set(told["/audio/wave"]) == {128} and set(told["/audio/spectrum"]) == {0}


def test_it_is_told_at_every_second_hop_however_the_sound_is_cut() -> None:
    whole = len(SINE) // 512
    assert len(pictures(SINE)) == 2 * (whole // 2)
