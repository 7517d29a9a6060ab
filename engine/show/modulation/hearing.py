"""What is heard, as the show knows it: numbers 0..1 that sink to 0 once nothing is told any more.

In: what `/audio/...` says, and time that passes. Out: values for drifts. Knows no device: the desk
hears for it, or any program that sends the same addresses.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

HEARD = ("level", "bass", "mid", "treble", "flux", "onset")
SILENCE: Mapping[str, float] = MappingProxyType(dict.fromkeys(HEARD, 0.0))
SEEN = ("wave", "spectrum")
MOST_SEEN = 4096  # bytes of either
PATIENCE_S = 0.5  # without a word: then it is over
SINKS_S = 0.3  # how soon what was heard last is forgotten, by a factor of e
RINGS_S = 0.25  # how long an onset rings


class Hearing:
    """`wave` and `spectrum` are one byte for each sample or bin, none while nobody tells them: see
    `Frame`. `values` by the names in HEARD; `bpm` is 0 while no beat is heard, `confidence` 0..1."""

    def __init__(self) -> None:
        self.values = dict(SILENCE)
        self.bpm = self.confidence = 0.0
        self.wave = self.spectrum = b""
        self._silent_s = self._unseen_s = PATIENCE_S

    def hear(self, name: str, value: float) -> None:
        """A value of HEARD, clamped to 0..1."""
        self.values[name] = min(max(value, 0.0), 1.0)
        self._silent_s = 0.0

    def hear_beat(self, bpm: float, confidence: float) -> None:
        """A tempo, and how sure it is."""
        self.bpm = min(max(bpm, 0.0), 1000.0)
        self.confidence = min(max(confidence, 0.0), 1.0) if self.bpm else 0.0
        self._silent_s = 0.0

    def see(self, name: str, picture: bytes) -> None:
        """`wave` or `spectrum`, as they are now."""
        setattr(self, name, picture)
        self._unseen_s = 0.0

    def advance(self, seconds: float) -> None:
        """Let an onset fade, and everything once nobody tells any more."""
        self._silent_s += seconds
        self._unseen_s += seconds
        if self._unseen_s > PATIENCE_S:
            self.wave = self.spectrum = b""
        self.values["onset"] *= math.exp(-seconds / RINGS_S)
        if self._silent_s > PATIENCE_S:
            for name in HEARD:
                self.values[name] *= math.exp(-seconds / SINKS_S)
            self.bpm = self.confidence = 0.0
