"""A modulator at work: it takes a moment and the present values, and gives a number.

What swings to both sides gives -1..1, all else 0..1; `depth` is how much of it is meant. One that is
frozen (no time passes) stands where it is. It does not know where its number goes. The kinds are in
`turners.py` (what goes by cycles) and `followers.py` (what goes after something else).
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from typing import Any

from engine.show.modulation.modulator import Modulator
from engine.show.modulation.moment import Moment


class Node:
    """One modulator running. `raw` is what it gives before its depth, `signal` with it; one that is
    bypassed gives nothing. Whether formulas and the like name it is `is_named`."""

    def __init__(self, modulator: Modulator, seed: int) -> None:
        self.name = modulator.name
        self.raw = self.signal = 0.0
        self.depth = 1.0
        self.is_named = False
        self.seed = seed ^ zlib.crc32(modulator.name.encode())  # its neighbours don't matter to it
        self._struck = 0.0
        self._depth, self._bypass = f"{self.name}_depth", f"{self.name}_bypass"
        self.adopt(modulator)

    def adopt(self, modulator: Modulator) -> None:
        """Go on as an edited modulator of the same name and kind."""
        self.modulator, self.polarity = modulator, modulator.polarity
        self._is_beaten = modulator.on in ("beat", "bar")

    def strike(self, strength: float) -> None:
        """Something struck it, 0..1; told at its next moment."""
        self._struck = max(self._struck, strength)

    def let_go(self) -> None:
        """What struck it has ended: a note, a pad."""

    @property
    def place(self) -> tuple[float, ...]:
        """Where it is, for one that goes on in its place; empty where time or what it follows says so."""
        return ()

    def go_on(self, place: Sequence[float]) -> None:
        """Be where another one said it was."""

    def run(self, moment: Moment, values: dict[str, Any], macros: Sequence[float]) -> None:
        """Know its number for this moment."""
        self.depth = 0.0 if values[self._bypass] else values[self._depth]
        self.raw = self.find(moment, values)
        self.signal = self.raw * self.depth
        if self.is_named:
            moment.scope[self.name] = self.signal

    def find(self, moment: Moment, values: dict[str, Any]) -> float:
        """What it gives now, before its depth."""
        raise NotImplementedError

    def take_strike(self, moment: Moment) -> float:
        """How hard it has been struck since the last moment, 0 for not at all."""
        if not (self._struck or self._is_beaten) or moment.seconds <= 0.0:
            return 0.0
        struck, self._struck = self._struck, 0.0
        if self._is_beaten:
            every = self.modulator.every
            if self.modulator.on == "bar":
                every *= moment.tempo.beats_per_bar
            if moment.tempo.crossings(every):
                return struck or 1.0
        return struck


def approach(present: float, goal: float, lag: float, seconds: float) -> float:
    """Where something stands after `seconds` that comes nearer by a factor of e each `lag`; 0: at once."""
    return goal + (present - goal) * math.exp(-seconds / lag) if lag > 0.0 else goal
