"""Opening hours: days of the week and times of day, in and out of text; whether a moment is within them.

    "daily 10:00-18:00"    "tue-sun 11:00-19:30"    "fri,sat 20:00-02:00"    "10:00-18:00"

What ends before it begins goes on past midnight, and belongs to the day on which it began. Times are those
that a clock on the wall shows: when it is put forward or back, the hours follow it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAILY = frozenset(range(7))
DAY_MINUTES = 24 * 60
HOW = 'Write "tue-sun 10:00-18:00", "daily 9:00-17:00" or "20:00-02:00".'
_SPAN = re.compile(r"(?:(\S+)\s+)?(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Span:
    """`days` 0 (Monday) to 6; from the minute `start` of the day up to `end`, which may be before it."""

    days: frozenset[int]
    start: int
    end: int

    def holds(self, moment: datetime) -> bool:
        day, minute = moment.weekday(), moment.hour * 60 + moment.minute
        if self.start < self.end:
            return day in self.days and self.start <= minute < self.end
        begun = day in self.days and minute >= self.start
        return begun or ((day - 1) % 7 in self.days and minute < self.end)


Hours = tuple[Span, ...]


def is_open(hours: Hours, moment: datetime | None) -> bool:
    """Whether a moment is within them; where there are none, or nobody knows the time, it is."""
    return not hours or moment is None or any(span.holds(moment) for span in hours)


def parse_span(text: str) -> Span:
    """Raises ValueError for what is none."""
    found = _SPAN.fullmatch(text.strip().lower())
    if not found:
        raise ValueError(f"'{text}' is no time")
    days = _parse_days(found[1] or "daily")
    start, end = _minute(found[2], found[3]), _minute(found[4], found[5])
    if start in (end, DAY_MINUTES):
        raise ValueError(f"'{text}' ends when it begins")
    return Span(days, start, end)


def _minute(hour: str, minute: str) -> int:
    at = int(hour) * 60 + int(minute)
    if int(minute) > 59 or at > DAY_MINUTES:
        raise ValueError(f"there is no {hour}:{minute}")
    return at


def _parse_days(text: str) -> frozenset[int]:
    if text == "daily":
        return DAILY
    days: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        for word in (first, last or first):
            if word not in DAYS:
                raise ValueError(f"there is no day '{word}'")
        begin, end = DAYS.index(first), DAYS.index(last or first)
        days |= {(begin + n) % 7 for n in range((end - begin) % 7 + 1)}
    return frozenset(days)
