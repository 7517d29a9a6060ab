"""How long an entry of a show still stays: seconds, or beats and bars of the clock. Time in, an answer out.

What is counted in beats ends where a bar begins (less than a bar: a beat), as long as the clock runs. A
clock that stands does not hold a show: its beats pass at the tempo it had. What comes late by a part of a
frame is told to the next, so that a list of any length ends when the sum of its times is over.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engine.show.beat.tempo import Tempo
from engine.show.cues.playlist import Entry

FOREVER = Entry("")
SECOND_NS = 1_000_000_000
NOT_HELD = -(1 << 62)


@dataclass(frozen=True, slots=True)
class Late:
    """How long ago an entry was over when it was noticed: what its follower has been there already."""

    nanoseconds: int = 0
    beats: float = 0.0


def find_place(entries: Sequence[Entry], at: int, present: Entry | None) -> int:
    """Where an edited show is, that was at `at`, with `present`: the nearest entry of the same scene,
    else as far as it was."""
    same = [n for n, entry in enumerate(entries) if present and _is_same(entry, present)]
    return min(same, key=lambda n: abs(n - at), default=max(min(at, len(entries) - 1), 0))


class Stay:
    """What is left of one entry's time."""

    def __init__(self, entry: Entry = FOREVER, late: Late | None = None) -> None:
        late = late or Late()
        self.late = Late()  # once it is over
        self._take(entry)
        self._passed_ns = late.nanoseconds
        self._held_ns = NOT_HELD  # so long it stays at least
        self._beats = late.beats  # that have passed

    def _take(self, entry: Entry) -> None:
        self._entry = entry
        self._is_counted = entry.beats > 0.0 or entry.bars > 0.0
        self._waits = not self._is_counted and math.isinf(entry.seconds)
        whole = not self._is_counted and not self._waits
        self._length_ns = round(entry.seconds * SECOND_NS) if whole else 0

    @property
    def waits(self) -> bool:
        """Whether it stays until somebody says go."""
        return self._waits

    @property
    def passed(self) -> float:
        """Seconds since it began."""
        return self._passed_ns / SECOND_NS

    @property
    def beats(self) -> float:
        """Beats since it began."""
        return self._beats

    def left(self, tempo: Tempo) -> float:
        """Seconds that it still stays, about; below 0 for one that waits."""
        if self._waits:
            return -1.0
        left = self._length_ns - self._passed_ns
        if self._is_counted:
            beats = self._total(tempo) - self._beats
            left = round(max(beats, 0.0) * 60.0 / tempo.bpm * SECOND_NS)
        return max(left, self._held_ns, 0) / SECOND_NS

    def follow(self, entries: Sequence[Entry], at: int) -> None:
        """The show was edited: stay as long as it now says, counted from when the scene came, but from
        now where bars become seconds. `at` is
        where in the show it is, if it is there still."""
        near = (*entries[at : at + 1], *entries)
        same = [entry for entry in near if _is_same(entry, self._entry)]
        if same and same[0] != self._entry:
            was_counted = self._is_counted
            self._take(same[0])
            if was_counted and not self._is_counted:
                self._passed_ns = 0  # bars that were seconds would be over at once

    def go_on(self, seconds: float, beats: float) -> None:
        """Be as one that began so long ago."""
        self._passed_ns, self._beats = round(seconds * SECOND_NS), beats

    def hold(self, seconds: float) -> None:
        """Stay so much longer at least: a hand was at work."""
        self._held_ns = max(self._held_ns, round(seconds * SECOND_NS))

    def advance(self, nanoseconds: int, tempo: Tempo) -> bool:
        """Let time pass, after the clock's own; whether it is over."""
        self._passed_ns += nanoseconds
        self._held_ns -= nanoseconds
        self._beats += tempo.nominal if nanoseconds > 0 else 0.0
        return self.is_over(tempo)

    def is_over(self, tempo: Tempo) -> bool:
        """Whether its time is over, in the clock's last tick or before; `late` says since when."""
        if self._waits or self._held_ns > 0:
            return False
        if not self._is_counted:
            self.late = Late(max(min(self._passed_ns - self._length_ns, -self._held_ns), 0))
            return self._passed_ns >= self._length_ns
        total, bar = self._total(tempo), float(tempo.beats_per_bar)
        self.late = Late()
        if not tempo.running:
            return self._beats >= total
        unit = bar if total >= bar else 1.0
        last = math.floor(tempo.beats / unit) * unit
        for back in range(tempo.crossings(unit) - 1, -1, -1):
            ago = tempo.beats - (last - back * unit)
            if self._beats - ago >= total - unit / 2.0:
                self.late = Late(round(ago * 60.0 / tempo.bpm * SECOND_NS), ago)
                return True
        return False

    def _total(self, tempo: Tempo) -> float:
        return self._entry.beats + self._entry.bars * tempo.beats_per_bar


def _is_same(entry: Entry, other: Entry) -> bool:
    """Whether an entry is another as it was before an edit."""
    return (entry.scene, entry.number, entry.name) == (other.scene, other.number, other.name)
