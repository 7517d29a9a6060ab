"""The time of day, as it is told: a message says it now and then, and it goes on by itself meanwhile.

In: what the clock on the wall shows, and nanoseconds that pass. Out: the moment, or None before anybody
has told it. Reads no clock: offline, and on a tape, it is what was told.
"""

from __future__ import annotations

from datetime import datetime, timedelta


class WallClock:
    """Local time, without its zone: when summer ends it is told again."""

    def __init__(self) -> None:
        self._told: datetime | None = None
        self._passed_ns = 0

    @property
    def now(self) -> datetime | None:
        if self._told is None:
            return None
        try:
            return self._told + timedelta(microseconds=self._passed_ns // 1000)
        except OverflowError:
            return None

    def tell(self, moment: datetime) -> None:
        """What the clock on the wall shows now, wherever it showed before."""
        self._told, self._passed_ns = moment.replace(tzinfo=None), 0

    def advance(self, nanoseconds: int) -> None:
        self._passed_ns += nanoseconds
