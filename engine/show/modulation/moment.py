"""A moment, as modulators see it: what time has passed, where the beat is, what is heard.

In: a voice's time, the tempo, what is heard, the hands' values. Out: numbers by name for formulas. Made
once a frame; a frozen picture keeps the beat and the sound of the moment it froze in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.show.beat.tempo import Tempo
from engine.show.modulation.modulator import MACRO_NAMES

Value = float | tuple[float, ...]


class Moment:
    """`seconds` since the last one (0: frozen), `now` since the voice began; `passed` in beats, a jump
    of the clock is none of it."""

    __slots__ = ("beats", "bpm", "heard", "now", "passed", "scope", "seconds", "tempo")

    def __init__(
        self,
        seconds: float,
        now: float,
        tempo: Tempo,
        heard: Mapping[str, float],
        before: Moment | None = None,
    ) -> None:
        """`before` is the one before, if there was one."""
        self.seconds, self.now, self.tempo = seconds, now, tempo
        self.beats, self.bpm, self.passed, self.heard = tempo.beats, tempo.bpm, tempo.passed, heard
        if before and seconds <= 0.0:
            self.beats, self.bpm, self.passed = before.beats, before.bpm, 0.0
            self.heard = before.heard
        self.scope: dict[str, float] = {}

    def open_scope(
        self, named: Iterable[str], values: Mapping[str, Value], macros: Sequence[float]
    ) -> None:
        """Fill `scope` with all that formulas name, but for modulators, which follow as they are known.
        `named` are the parameters among it: single numbers."""
        bar = self.beats / self.tempo.beats_per_bar
        scope: dict[str, float] = {name: values[name] for name in named}  # type: ignore[misc]
        scope.update(self.heard)
        scope["time"], scope["tempo"] = self.now, self.bpm
        scope["beat"], scope["beat_phase"] = self.beats, self.beats % 1.0
        scope["bar"], scope["bar_phase"] = bar // 1.0, bar % 1.0
        for name, value in zip(MACRO_NAMES, macros, strict=False):
            scope[name] = value
        self.scope = scope
