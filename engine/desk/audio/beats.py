"""The beat: a tempo and where its beats fall. In: the flux, hop by hop. Out: bpm, confidence, phase.

The tempo is where the autocorrelation of the last seconds of flux has a comb of peaks, at one, two,
three and four beats (Davies and Plumbley, Context-Dependent Beat Tracking of Musical Audio, 2007),
weighed by what tempo music likes best (Ellis, Beat Tracking by Dynamic Programming, 2007). The
phase is where a train of pulses of that tempo meets the flux best. Pure arithmetic.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

SLOWEST, FASTEST = 60.0, 180.0  # bpm; what is faster is heard at half its tempo
LIKED, OCTAVES = 120.0, 0.9  # the prior: a bell over the logarithm of the tempo
MEMORY_S = 8.0  # of flux that is looked at
LEAST_S = 3.0  # of flux before anything is said
UPDATE_S = 0.35
TEETH = 4
FINENESS = 0.004  # of the grid of tempi, as a share
LOYALTY = 1.2  # how much better another tempo has to fit than the present one
CLOSE = 0.04  # what counts as the present one, as a share
FORGETS_S = 3.0  # how soon old pulses lose their say in the phase
FAINT = 0.12  # of confidence: less is no beat, as noise has
LATE_HOPS = 1.8  # how long after a beat its flux is greatest: the window opens slowly
PULL = 0.35  # of a difference in phase, corrected at each update


class Beats:
    """Tempo and phase of a flux that goes on for ever."""

    def __init__(self, hop_s: float) -> None:
        self._hop_s = hop_s
        self._flux = np.zeros(round(MEMORY_S / hop_s))
        self._heard = 0
        self._until = self._pause = round(UPDATE_S / hop_s)
        octaves = math.log2(FASTEST / SLOWEST)
        count = round(octaves / math.log2(1.0 + FINENESS)) + 1
        self._tempi = SLOWEST * np.exp2(np.linspace(0.0, octaves, count))
        self._lags = 60.0 / (self._tempi * hop_s)
        self._prior = np.exp(-0.5 * (np.log2(self._tempi / LIKED) / OCTAVES) ** 2)
        self._smooth = np.hanning(7)[1:-1] / np.hanning(7).sum()
        self.bpm = 0.0  # 0 while no beat is heard
        self.confidence = 0.0
        self.beats = 0.0  # counted on at the last tempo where none is heard
        self._pace = 0.0  # beats a hop

    def hear(self, flux: float) -> bool:
        """Take the flux of one hop; whether tempo and confidence were looked at anew."""
        self._flux[self._heard % len(self._flux)] = flux
        self._heard += 1
        self.beats += self._pace
        self._until -= 1
        if self._until > 0 or self._heard * self._hop_s < LEAST_S:
            return False
        self._until = self._pause
        self._update()
        return True

    def _update(self) -> None:
        count = min(self._heard, len(self._flux))
        flux = np.roll(self._flux, -(self._heard % len(self._flux)))[-count:]
        envelope = np.convolve(flux, self._smooth, "same")
        centred = envelope - envelope.mean()
        energy = float(centred @ centred)
        if energy < 1e-9 or float(flux[-round(LEAST_S / self._hop_s) :].max()) < 1e-3:
            self.bpm = self.confidence = 0.0
            return
        likeness = correlate_self(centred) / (energy / count)
        combs = self._comb(likeness)
        weighed = combs * self._prior
        best = int(np.argmax(weighed))
        best = self._prefer_faster(combs, best)
        if self.bpm:  # a tempo that is as good as the one before changes nothing
            near = np.abs(self._tempi / self.bpm - 1.0) < CLOSE
            held = int(np.argmax(np.where(near, combs, -np.inf)))
            if combs[held] > FAINT and LOYALTY * weighed[held] >= weighed[best]:
                best = held
        self.confidence = min(max(float(combs[best]), 0.0), 1.0)
        if self.confidence < FAINT:
            self.bpm = self.confidence = 0.0
            return
        fresh = not self.bpm
        self.bpm = 60.0 / (self._refine(likeness, float(self._lags[best])) * self._hop_s)
        self._pace = self.bpm * self._hop_s / 60.0
        self._follow(envelope, fresh)

    def _comb(self, likeness: NDArray[np.float64]) -> NDArray[np.float64]:
        """For each tempo the mean likeness at one, two, ... beats, as far as the memory reaches."""
        total, weight = np.zeros(len(self._lags)), np.zeros(len(self._lags))
        places = np.arange(len(likeness))
        for tooth in range(1, TEETH + 1):
            lags = tooth * self._lags
            there = lags < len(likeness) - 1
            total += np.where(there, np.interp(lags, places, likeness), 0.0)
            weight += there
        return total / np.maximum(weight, 1.0)

    def _prefer_faster(self, combs: NDArray[np.float64], best: int) -> int:
        """The double tempo, where it fits as well: then every half beat is a beat."""
        near = np.abs(self._tempi / (2.0 * self._tempi[best]) - 1.0) < CLOSE
        if not near.any():
            return best
        double = int(np.argmax(np.where(near, combs, -np.inf)))
        return double if combs[double] > 0.9 * combs[best] else best

    def _refine(self, likeness: NDArray[np.float64], lag: float) -> float:
        """The lag of one beat, finer than a hop: from the peak at the most beats that are there."""
        for tooth in range(1, 2 * TEETH + 1):
            reach = max(round(0.02 * tooth * lag), 1)
            at = round(tooth * lag)
            if at + reach + 1 >= len(likeness):
                break
            at += int(np.argmax(likeness[at - reach : at + reach + 1])) - reach
            below, here, above = likeness[at - 1 : at + 2]
            bend = below - 2.0 * here + above
            if here < FAINT or bend >= 0.0:
                break
            lag = (at + 0.5 * float(below - above) / float(bend)) / tooth
        return lag

    def _follow(self, envelope: NDArray[np.float64], fresh: bool) -> None:
        """Draw the phase towards where the pulses are."""
        period = 1.0 / self._pace
        ages = np.arange(len(envelope))[::-1].astype(np.float64)
        weights = envelope * np.exp(-ages * self._hop_s / FORGETS_S)
        # The first turn of the pulse train's Fourier series finds it between the hops.
        turn = np.exp(-2j * np.pi * ages / period) @ (weights - weights.mean())
        measured = (LATE_HOPS / period - float(np.angle(turn)) / (2.0 * np.pi)) % 1.0
        error = (measured - self.beats + 0.5) % 1.0 - 0.5
        self.beats += error if fresh else PULL * error


def correlate_self(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    """The unbiased autocorrelation at lags 0..3/4 of the signal, by FFT; at lag 0 the variance."""
    count = len(signal)
    size = 1 << (2 * count - 1).bit_length()
    spectrum = np.fft.rfft(signal, size)
    raw = np.fft.irfft(spectrum.real**2 + spectrum.imag**2, size)[: 3 * count // 4]
    whole: NDArray[np.float64] = raw / (count - np.arange(len(raw)))
    return whole
