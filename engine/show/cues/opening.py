"""Whether a show is open: by its hours, or as a hand says; for a while, or until it says otherwise.

In: what was said, time, the clock on the wall. Out: yes or no. Never changes the hours themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.message import Argument
from engine.show.cues.hours import Hours, is_open
from engine.show.cues.stay import SECOND_NS
from engine.show.parameter import Refused, finite_numbers

AUTO, OPEN, CLOSED = "auto", "open", "closed"
WAYS = (AUTO, OPEN, CLOSED)
VISIT_S = 600.0  # that the safe scene is lit in a closed gallery: long enough to mend something
LONGEST_S = 7 * 24 * 3600.0
TOLD_S = 60  # what is left is told once a minute


class Opening:
    """`way` is what counts once `left_s` are over; until then it is open."""

    def __init__(self) -> None:
        self.way = AUTO
        self._left_ns = 0

    def say(self, arguments: Sequence[object]) -> None:
        """A way, and for how many seconds it is open before. Raises `Refused`."""
        if not 1 <= len(arguments) <= 2 or arguments[0] not in WAYS:
            raise Refused(f"it is {', '.join(WAYS)}")
        (seconds,) = finite_numbers(arguments[1:]) or [0.0]
        self.way = str(arguments[0])
        self._left_ns = round(min(max(seconds, 0.0), LONGEST_S) * SECOND_NS)

    @property
    def is_visited(self) -> bool:
        return self._left_ns > 0

    def visit(self) -> None:
        """Somebody has come in: it is open for a while, and then as it was said before."""
        self._left_ns = max(self._left_ns, round(VISIT_S * SECOND_NS))

    def advance(self, nanoseconds: int) -> None:
        self._left_ns = max(self._left_ns - nanoseconds, 0)

    def is_open(self, hours: Hours, moment: datetime | None) -> bool:
        by_hours = self.way == AUTO and is_open(hours, moment)
        return self._left_ns > 0 or self.way == OPEN or by_hours

    def as_arguments(self) -> tuple[Argument, ...]:
        """What `say` takes; the rest of a visit in whole minutes, upwards."""
        left = -(-self._left_ns // (TOLD_S * SECOND_NS)) * TOLD_S
        return (self.way, left) if left else (self.way,)
