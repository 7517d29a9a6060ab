"""Onsets: where a note or a hit begins. In: power over frequency. Out: the flux, and onsets.

The flux is the half-wave rectified difference of log magnitudes in bands a semitone to a third wide
(Bello et al., A Tutorial on Onset Detection in Music Signals, 2005; Dixon, Onset Detection
Revisited, 2006). An onset is where it passes what is usual of late, as far as can be told without
waiting for what comes next (Boeck, Krebs, Schedl, Evaluating the Online Capabilities of Onset
Detection Methods, 2012). Pure arithmetic.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.desk.audio.gain import Gain

LOWEST_HZ, HIGHEST_HZ = 30.0, 16000.0
BANDS = 40
COMPRESSION = 100.0  # log(1 + this * magnitude over the loudest of late)
USUAL_S = 0.4  # over how long the usual flux is taken
ABOVE, MORE = 1.5, 0.1  # times the usual, and by so much: a hum or a hiss has no onsets
LEAST = 0.12  # of the strongest flux of late: less is no onset
REFRACTORY_S = 0.08


class Onsets:
    """Flux and onsets of successive windows."""

    def __init__(self, rate: float, window: int, hop_s: float) -> None:
        """`window` in samples at `rate` a second, `hop_s` seconds from one to the next."""
        top = min(HIGHEST_HZ, 0.49 * rate)
        edges = np.geomspace(LOWEST_HZ, top, BANDS + 1) * window / rate
        self._edges = np.unique(np.maximum(np.round(edges).astype(np.int64), 1))
        self._before = np.zeros(len(self._edges) - 1)
        self._usual: NDArray[np.float64] = np.zeros(max(round(USUAL_S / hop_s), 4))
        self._at = 0
        self._loudness, self._strength = Gain(hop_s), Gain(hop_s)
        self._refractory = round(REFRACTORY_S / hop_s)
        self._wait = 0
        self._last = 0.0

    def hear(self, power: NDArray[np.float64], opened: float) -> tuple[float, float, float]:
        """(the flux, the flux 0..1, the strength of the onset that begins now or 0).

        `opened` is how far the gate is: 0 when there is silence.
        """
        magnitudes = np.sqrt(np.add.reduceat(power, self._edges)[:-1])
        self._loudness.take(float(magnitudes.max()))
        reference = max(self._loudness.reference, 1e-9)
        logs = np.log1p((opened * COMPRESSION / reference) * magnitudes)
        flux = float(np.maximum(logs - self._before, 0.0).mean())
        self._before = logs
        shown = self._strength.take(flux)
        middle = len(self._usual) // 2
        # np.median takes ten times as long.
        usual = float(np.partition(self._usual, middle)[middle])
        self._usual[self._at] = flux
        self._at = (self._at + 1) % len(self._usual)
        self._wait = max(self._wait - 1, 0)
        rising, self._last = flux > self._last, flux
        if self._wait or not rising or shown < LEAST or flux < ABOVE * usual + MORE:
            return flux, shown, 0.0
        self._wait = self._refractory
        return flux, shown, shown
