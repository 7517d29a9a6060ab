"""What is heard as a picture: the newest stretch of the wave, and how loud each frequency is. In bytes.

In: an analyser that has heard something. Out: two messages, `/audio/wave` and `/audio/spectrum`, a
blob each, for ISF files that ask for them; told only while somebody does. The same sound gives the same
bytes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.desk.audio.analyse import Analyser
from engine.message import Message

SAMPLES = 256  # of the wave: 128 is silence, 0 and 255 are full scale
BINS = 128  # of the spectrum, evenly from 0 Hz to half the rate: 255 is a sine at full scale
RANGE_DB = 66.0  # below that a bin is 0
EVERY = 2  # hops: 47 a second
STRETCH = 2  # samples that become one of the wave, so that it is 11 ms long at 48 kHz


class Portrait:
    """Tells what an analyser hears, at every second hop."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._hops = 0

    def tell(self, hops: int, time_ns: int = 0) -> list[Message]:
        """What there is to be seen after so many more hops."""
        before = self._hops // EVERY
        self._hops += hops
        if self._hops // EVERY == before:
            return []
        return [
            Message("/audio/wave", (draw_wave(self._analyser.samples),), time_ns),
            Message("/audio/spectrum", (draw_spectrum(self._analyser.power),), time_ns),
        ]


def draw_wave(samples: NDArray[np.float64]) -> bytes:
    """The last SAMPLES * STRETCH samples, 1 at full scale, two becoming one."""
    newest = samples[-SAMPLES * STRETCH :].reshape(SAMPLES, STRETCH).mean(axis=1)
    return bytes(np.clip(np.rint(128.0 + 127.0 * newest), 0, 255).astype(np.uint8))


def draw_spectrum(power: NDArray[np.float64]) -> bytes:
    """Power of each bin, as `Analyser` has it, becomes BINS levels: the loudest of those it holds."""
    per = (len(power) - 1) // BINS
    loudest = power[1 : 1 + BINS * per].reshape(BINS, per).max(axis=1)
    # A sine at full scale has the power 1/2, most of it in one bin.
    decibel = 10.0 * np.log10(np.maximum(2.0 * loudest, 1e-12))
    levels = np.rint(255.0 * (1.0 + decibel / RANGE_DB))
    return bytes(np.clip(levels, 0, 255).astype(np.uint8))
