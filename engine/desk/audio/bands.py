"""How loud it is, over all and in three bands. In: one window of sound, as power over frequency.
Out: numbers 0..1 with a gain of their own, so that a quiet and a loud room both use the whole range.

Silence is 0: below the gate nothing is amplified. Pure arithmetic, nothing else is known.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.desk.audio.gain import Gain

Power = NDArray[np.float64]

EDGES_HZ = (20.0, 250.0, 2500.0, 16000.0)  # of bass, mid and treble
QUIETEST_DB = -60.0  # dB below full scale: what `level` calls 0
GATE_DB = (-66.0, -54.0)  # from closed to open
SHARE = 0.05  # of the loudest band's reference: no band is turned up further than to this


class Bands:
    """Bass, mid and treble of successive windows."""

    def __init__(self, rate: float, window: int, hop_s: float) -> None:
        """`window` in samples at `rate` a second, `hop_s` seconds from one to the next."""
        edges = [round(hz * window / rate) for hz in EDGES_HZ]
        # `reduceat` sums from each edge to the next; bin 0, the constant part, belongs to no band.
        self._edges = np.array([max(edges[0], 1), *(min(e, window // 2) for e in edges[1:])])
        self._gains = [Gain(hop_s) for _ in range(3)]

    def hear(self, power: Power, opened: float) -> tuple[float, float, float]:
        """(bass, mid, treble): the amplitude of each over the loudest it had of late.

        `power` is of bins 0..window/2, `opened` how far the gate is.
        """
        amplitudes = np.sqrt(np.add.reduceat(power, self._edges)[:3]).tolist()
        loudest = max(gain.reference for gain in self._gains)
        bass, mid, treble = (
            opened * gain.take(amplitude if opened else 0.0, SHARE * loudest)
            for gain, amplitude in zip(self._gains, amplitudes, strict=True)
        )
        return bass, mid, treble


def measure_level(decibel: float) -> float:
    """0..1 from QUIETEST_DB to full scale."""
    return min(max(1.0 - decibel / QUIETEST_DB, 0.0), 1.0)


def open_gate(decibel: float) -> float:
    """How far the gate is open, 0..1, eased."""
    shut, wide = GATE_DB
    t = min(max((decibel - shut) / (wide - shut), 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)
