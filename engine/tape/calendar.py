"""The date and time of day that shaders are told: it goes on with the frames, from a beginning.

In: frames of a show or a tape. Out: a date. Reads no clock: a tape has the day it was played on.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.show.frame import Date, read_date
from engine.tape.facts import Beginning, TapeFrame

UNKNOWN = datetime(2000, 1, 1)
LONGEST_NS = 10**15  # of a frame: eleven days


class Calendar:
    """`now` is the date before the next frame."""

    def __init__(self, now: datetime = UNKNOWN) -> None:
        self.now = now

    def follow(self, frame: TapeFrame) -> Date:
        """The date of this frame, which is told before its time passes."""
        for mark in frame.marks:
            if isinstance(mark, Beginning):
                self.now = _read(mark.date)
        date = read_date(self.now)
        try:
            self.now += timedelta(microseconds=min(frame.nanoseconds, LONGEST_NS) // 1000)
        except OverflowError:
            self.now = UNKNOWN
        return date


def _read(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return UNKNOWN
