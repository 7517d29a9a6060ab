"""How long a scene of a show still stays: seconds, or beats and bars of the clock. Time in, an answer out.

What is counted in beats ends where a bar begins (less than a bar: a beat), as long as the clock runs. A
clock that stands does not hold a show: its beats pass at the tempo it had.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.show.beat.tempo import Tempo
from engine.show.cues.playlist import Entry

FOREVER = Entry("", math.inf)


def find_place(entries: Sequence[Entry], at: int, present: Entry | None) -> int:
    """Where an edited show is, that was at `at`, with `present`: the nearest entry of the same scene,
    else as far as it was."""
    same = [n for n, entry in enumerate(entries) if present and entry.scene == present.scene]
    return min(same, key=lambda n: abs(n - at), default=max(min(at, len(entries) - 1), 0))


class Stay:
    """What is left of one entry's time."""

    def __init__(self, entry: Entry = FOREVER) -> None:
        self._entry = entry
        self._is_counted = entry.beats > 0.0 or entry.bars > 0.0
        self._seconds = 0.0 if self._is_counted else entry.seconds
        self._beats = 0.0  # that have passed

    def follow(self, entries: Sequence[Entry], at: int) -> None:
        """The show was edited: stay as long as it now says, counted from when the scene came. `at` is
        where in the show it is, if it is there still."""
        same = [
            entry for entry in (*entries[at : at + 1], *entries) if entry.scene == self._entry.scene
        ]
        if not same or same[0] == self._entry:
            return
        old, self._entry = self._entry, same[0]
        passed = 0.0 if self._is_counted else old.seconds - self._seconds
        self._is_counted = self._entry.beats > 0.0 or self._entry.bars > 0.0
        self._seconds = 0.0 if self._is_counted else self._entry.seconds - passed

    def hold(self, seconds: float) -> None:
        """Stay so much longer at least: a hand was at work."""
        self._seconds = max(self._seconds, seconds)

    def advance(self, seconds: float, tempo: Tempo) -> bool:
        """Let time pass, after the clock's own; whether it is over."""
        self._seconds -= seconds
        self._beats += tempo.nominal if seconds > 0.0 else 0.0
        if self._seconds > 0.0 or not self._is_counted:
            return self._seconds <= 0.0
        bar = float(tempo.beats_per_bar)
        total = self._entry.beats + self._entry.bars * bar
        if not tempo.running:
            return self._beats >= total
        unit = bar if total >= bar else 1.0
        return self._beats >= total - unit / 2.0 and tempo.crossings(unit) > 0
