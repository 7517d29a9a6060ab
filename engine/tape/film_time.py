"""Which pictures of a tape a film shows: all of a span, its last, or those of some moments.

In: the tape's frames, one after the other. Out: how often the picture of each is shown. What nobody
sees need not be drawn: the fields are stepped all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

from engine.errors import Complaint, MorphogenError
from engine.tape.facts import TapeFrame
from engine.tape.reading import Tape
from engine.tape.replay import LONGEST_NS

WHOLE = (0.0, 1e12)  # a span in seconds that no tape is longer than


@dataclass(frozen=True, slots=True)
class Shown:
    """How often a film shows the picture `before` a frame, and then the one `after` it. `drawn`: that
    one is shown now, or may be the one before the next."""

    before: int = 0
    after: int = 0
    drawn: bool = False


class FilmTime(Protocol):
    """Follows a tape. `over`: neither the frame last followed nor a later one is shown."""

    over: bool

    def follow(self, frame: TapeFrame) -> Shown: ...


class Steady:
    """A film of `fps` pictures a second.

    Each picture goes to the nearest frame of the film: so a tape of the same rate, whose frames
    jitter by less than half of one, is shown one by one.
    """

    def __init__(self, fps: float, span_s: tuple[float, float] = WHOLE) -> None:
        self.over = False
        self._fps, self._span_s = fps, span_s
        self._tape_ns = 0
        self._film_ns: int | None = None  # the first picture of the span is the first of the film
        self._shown = 0

    def follow(self, frame: TapeFrame) -> Shown:
        begins_s = self._tape_ns * 1e-9
        self._tape_ns += frame.nanoseconds
        self.over = self._tape_ns * 1e-9 > self._span_s[1]
        if self.over or begins_s < self._span_s[0]:
            return Shown()
        lasts_ns = min(frame.nanoseconds, LONGEST_NS)
        self._film_ns = 0 if self._film_ns is None else self._film_ns + lasts_ns
        due = int(self._film_ns * self._fps / 1e9 + 0.5) + 1
        number = max(due - self._shown, 0)
        self._shown += number
        return Shown(max(number - 1, 0), min(number, 1), drawn=True)


class Stills:
    """The pictures of frames by their numbers, from 1; one that is named twice is shown twice."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self.over = False
        self._wanted = Counter(numbers)
        self._number, self._last = 0, max(self._wanted, default=0)

    def follow(self, frame: TapeFrame) -> Shown:
        self._number += 1
        self.over = self._number > self._last
        times = self._wanted[self._number]
        return Shown(after=times, drawn=times > 0)


def last_of_span(tape: Tape, span_s: tuple[float, float]) -> Stills:
    """The last picture that a film of this span would show."""
    time = Steady(1.0, span_s)
    drawn = (number for number, frame in enumerate(tape.frames(), 1) if time.follow(frame).drawn)
    return Stills([max(drawn, default=0)])


def at_moments(tape: Tape, moments_s: Sequence[float]) -> Stills:
    """The pictures at these seconds, in the tape's order: of the frame that is over then, or first
    after it. Raises `MorphogenError` for a moment after the tape's end."""
    waiting, numbers, ends_s = sorted(moments_s, reverse=True), list[int](), 0.0
    ends_ns = accumulate(frame.nanoseconds for frame in tape.frames())
    for number, ends_s in enumerate((ns * 1e-9 for ns in ends_ns), 1):
        while waiting and waiting[-1] <= ends_s:
            numbers.append(number)
            waiting.pop()
    if waiting:
        what = f"there is no picture at {waiting[-1]:g} s, it ends at {ends_s:.1f} s"
        raise MorphogenError(Complaint(tape.name, what))
    return Stills(numbers)
