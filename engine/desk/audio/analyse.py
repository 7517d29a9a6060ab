"""What is heard: samples in, features out, one for each hop of about a hundredth of a second.

In: mono samples, 1 at full scale, in blocks of any length. Out: `Features`. The same samples give
the same features, however they are cut. Never opens a device or a file, never raises for a sample:
what is no number counts as 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.desk.audio.bands import Bands, measure_level, open_gate
from engine.desk.audio.beats import Beats
from engine.desk.audio.onsets import Onsets

HOPS_A_SECOND = 93.75  # 512 samples at 48 kHz; other rates take the power of two next to it
WINDOW_HOPS = 4  # 43 ms: fine enough to tell 100 Hz from 250 Hz
LOUDEST = 4.0  # samples are held within this: a broken driver may send anything


@dataclass(frozen=True, slots=True)
class Features:
    """What was heard up to `seconds` of the sound, 0..1 each; `onset` 0 unless one begins now.

    `bpm` is 0 while no beat is heard, `beats` counts them and is whole where one falls; `looked` is
    whether the tempo was looked at anew in this hop.
    """

    seconds: float
    level: float
    bass: float
    mid: float
    treble: float
    flux: float
    onset: float
    bpm: float
    confidence: float
    beats: float
    looked: bool


class Analyser:
    """Hears one sound, from its beginning."""

    def __init__(self, rate: float) -> None:
        """`rate`: samples a second, 8000 to 384000."""
        self.rate = rate
        self.hop = 2 ** round(math.log2(rate / HOPS_A_SECOND))
        self.hop_s = self.hop / rate
        window = WINDOW_HOPS * self.hop
        self._window = np.hanning(window + 1)[:-1]
        # So that the sum over all bins is the mean square of the windowed sound.
        self._scale = 2.0 / (window * float(self._window @ self._window))
        self.samples = np.zeros(window)  # the last ones, the newest at the end
        self.power = np.zeros(window // 2 + 1)  # of their spectrum: its sum is their mean square
        self._waiting = np.zeros(0)  # less than a hop
        self._hops = 0
        self._bands = Bands(rate, window, self.hop_s)
        self._onsets = Onsets(rate, window, self.hop_s)
        self._beats = Beats(self.hop_s)

    def hear(self, samples: NDArray[np.floating]) -> list[Features]:
        """The features of every hop that these samples (n,) make whole."""
        sound = np.where(np.isfinite(samples), samples, 0.0)
        waiting = np.concatenate((self._waiting, np.clip(sound, -LOUDEST, LOUDEST)))
        whole = len(waiting) // self.hop * self.hop
        self._waiting = waiting[whole:]
        return [self._hear_hop(waiting[at : at + self.hop]) for at in range(0, whole, self.hop)]

    def _hear_hop(self, fresh: NDArray[np.float64]) -> Features:
        self.samples[: -self.hop] = self.samples[self.hop :]
        self.samples[-self.hop :] = fresh
        self._hops += 1
        spectrum = np.fft.rfft(self.samples * self._window)
        self.power = power = (spectrum.real**2 + spectrum.imag**2) * self._scale
        # Of the second half only: the level falls as soon as the sound does.
        recent = self.samples[-2 * self.hop :]
        rms = math.sqrt(float(recent @ recent) / len(recent))
        decibel = 20.0 * math.log10(max(rms, 1e-9))
        opened = open_gate(decibel)
        bass, mid, treble = self._bands.hear(power, opened)
        flux, shown, onset = self._onsets.hear(power, opened)
        beats = self._beats
        looked = beats.hear(flux)
        return Features(
            self._hops * self.hop_s,
            *(measure_level(decibel), bass, mid, treble, opened * shown, onset),
            *(beats.bpm, beats.confidence, beats.beats, looked),
        )
