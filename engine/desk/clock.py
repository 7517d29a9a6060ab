"""MIDI clock: the ticks of one port become a tempo and a phase, steady however they jitter.

In: ticks with their times. Out: where the beat is, and how fast. The tempo is the slope of a straight
line by least squares through the last clocks: few while it changes, up to eight beats of them while it
is steady; late or early by 3 ms each, they give it to a tenth of a percent. Clocks that a cable lost are
counted by the time that passed, so that the beat goes on where it would be. Pure arithmetic.

Source: MIDI 1.0 Detailed Specification 4.2, "System Real Time Messages": 24 clocks a quarter note; the
first clock after a start is the song's first.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from engine.desk.midi.decode import SIXTEENTH, Tick

PER_BEAT = 24  # clocks
LEAST, NEWEST, MOST = 7, 12, 192  # clocks that a tempo is read from: first, after a change, steady
SILENT_NS = 500_000_000  # without a clock: it has dropped out
GAP_NS = 100_000_000  # from here on clocks were lost; what is shorter was only late
SLOWEST, FASTEST = 20.0, 500.0  # bpm; what lies outside is no clock
JUDGES, CHANGED = 8, 6.0  # so many clocks, off the line by so many standard errors: another tempo
FINE_NS = 400_000.0  # nobody's clock is nearer
OUTLIER = 5.0  # standard deviations: a clock that was held up by something


@dataclass(frozen=True, slots=True)
class Reading:
    """Where it is at `time_ns`, and its tempo (None: not known yet). `phased`: whether the beats are the
    song's, not ones counted from the first clock that was heard."""

    time_ns: int
    beats: float
    bpm: float | None
    phased: bool


class MidiClock:
    """One port's clock. `running` is None until a start, stop or continue was heard."""

    def __init__(self) -> None:
        self.running: bool | None = None
        self._last_ns: int | None = None  # the last clock
        self._index = 0  # its number, counted from wherever
        self._zero = 0  # the number of the song's first
        self._phased = self._moved = False
        self._armed: int | None = None  # the song's clock that the next one is
        self._stood = 0  # the song's clock before which it stopped
        self._points: deque[tuple[int, int]] = deque(maxlen=MOST)  # number, time_ns
        self._period: float | None = None  # nanoseconds a clock
        self._origin = 0.0  # the line's time at number 0
        self._is_fitted = True  # all points are in the line
        self._lost = 0  # clocks in the last gap, some of which may only be late

    @property
    def bpm(self) -> float | None:
        """None until there are enough clocks; held while there are none."""
        return 60e9 / (self._period * PER_BEAT) if self._period else None

    @property
    def position(self) -> int:
        """The song's number of the last clock; of the next one, where it stands."""
        return self._stood if self.running is False else self._index - self._zero

    def is_silent(self, now_ns: int) -> bool:
        """Whether it has dropped out, or has not begun."""
        return self._last_ns is None or now_ns - self._last_ns > SILENT_NS

    def hear(self, tick: Tick) -> bool:
        """Take a tick. True if the beat is somewhere else now: the first clock after a start, or after
        a song position."""
        if tick.kind == "clock":
            return self._count(tick.time_ns)
        if tick.kind == "stop":
            if self.running is not False and self._armed is None:
                self._stood = self._index + 1 - self._zero
            self.running, self._armed = False, None
        elif tick.kind == "position":
            self._stood, self._moved = tick.position * SIXTEENTH, True
            self._armed = self._stood if self.running else None
        else:
            if tick.kind == "start":
                self._stood, self._moved = 0, True
            self._armed, self.running = self._stood, True
        return False

    def read(self, now_ns: int) -> Reading | None:
        """Where it is at `now_ns`; None before its first clock, or its first one after a start."""
        self._fit()
        if self._last_ns is None or (self._armed is not None and self.running):
            return None
        if self.running is False:
            beats = self._stood / PER_BEAT
        elif self._period is None:
            beats = (self._index - self._zero) / PER_BEAT
        else:
            beats = ((now_ns - self._origin) / self._period - self._zero) / PER_BEAT
        return Reading(now_ns, beats, self.bpm, self._phased)

    def _count(self, time_ns: int) -> bool:
        if not self._number(time_ns):
            return False
        self._last_ns = time_ns
        self._points.append((self._index, time_ns))
        self._is_fitted = False
        if self._armed is None or not self.running:
            return False
        self._zero, self._armed = self._index - self._armed, None
        moved, self._moved = self._moved, False
        self._phased = self._phased or moved
        return moved

    def _number(self, time_ns: int) -> bool:
        """Give a clock its number; False for one that came late and is counted already."""
        if self._last_ns is None:
            return True
        since, period = time_ns - self._last_ns, self._period
        if since > GAP_NS:
            self._fit()  # the line so far says how many were lost
            period = self._period
        if period is None or since <= max(GAP_NS, 2.5 * period):
            if period is not None and self._lost and since < 0.5 * period:
                self._lost -= 1
                return False
            self._index, self._lost = self._index + 1, 0
        else:
            number = max(round((time_ns - self._origin) / period), self._index + 1)
            self._lost, self._index = number - self._index - 1, number
        if since > SILENT_NS:
            self._points.clear()
        return True

    def _fit(self) -> None:
        """Lay the line through the clocks of late, as many as are of one tempo. When it is asked for:
        that is ten times a second, and clocks come fifty times."""
        if self._is_fitted:
            return
        self._is_fitted = True
        points = list(self._points)
        line = _lay(points)
        if line is None:
            return
        if len(points) > NEWEST:
            spread = _spread(points, line)
            kept = [p for p in points if abs(_error(p, line)) <= OUTLIER * spread]
            line = _lay(kept) or line
            # Medians: clocks that were held up for long are no change, nor is it that most are early.
            usual = median(_error(point, line) for point in points)
            newest = median(_error(point, line) for point in points[-JUDGES:]) - usual
            if abs(newest) > CHANGED * spread / math.sqrt(JUDGES):
                off = [(_error(point, line) - usual) * newest > 0.0 for point in points[::-1]]
                of_late = off.index(False) if False in off else len(off)
                for _ in range(len(points) - max(of_late, NEWEST)):
                    self._points.popleft()
                line = _lay(list(self._points)) or line
        period = line[1]
        if SLOWEST <= 60e9 / (period * PER_BEAT) <= FASTEST:
            self._origin, self._period = line


def _lay(points: Sequence[tuple[int, int]]) -> tuple[float, float] | None:
    """The line through (number, time): its time at number 0, and the time from one to the next."""
    count = len(points)
    if count < LEAST:
        return None
    first, first_ns = points[0]
    xs = [number - first for number, _ in points]
    ts = [time_ns - first_ns for _, time_ns in points]
    mean_x, mean_t = sum(xs) / count, sum(ts) / count
    below = sum((x - mean_x) ** 2 for x in xs)
    slope = sum((x - mean_x) * t for x, t in zip(xs, ts, strict=True)) / below
    if slope <= 0.0:
        return None
    return first_ns + mean_t - slope * (mean_x + first), slope


def _error(point: tuple[int, int], line: tuple[float, float]) -> float:
    return point[1] - line[0] - line[1] * point[0]


def _spread(points: Sequence[tuple[int, int]], line: tuple[float, float]) -> float:
    """The standard deviation of the clocks around the line, in nanoseconds, as their median tells it."""
    return max(1.4826 * median(abs(_error(point, line)) for point in points), FINE_NS)
