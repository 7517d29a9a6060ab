"""When a desk counts as hung, and when the next one is started. In: times and reports. Out: answers.

Times are seconds on a clock that never goes back. Never touches a process.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.house_addresses import HELD, PEERS, TOUCHED
from engine.message import Message

BEAT = "/desk/beat"
HANG_S = 5.0  # without a beat, which comes once a second
FIRST_S, LONGEST_S = 0.5, 10.0  # between a death and the next start: doubled each time
SETTLED_S = 5.0  # after its start it knows its peers
SOUND_S = 30.0  # a desk that lived so long was a good one


class DeskWatch:
    """What is known of the desk that runs, or of the one that ran last."""

    def __init__(self) -> None:
        self._started_s = 0.0
        self._beat_s: float | None = None  # None before the first: a start may take long
        self._pause_s = 0.0  # before the next start
        self._due_s: float | None = None  # None while a desk runs
        self._peers, self._held, self._touched = Message(PEERS), Message(HELD), Message(TOUCHED)

    def start(self, now_s: float) -> None:
        """A desk was started."""
        self._started_s, self._beat_s, self._due_s = now_s, None, None

    def hear(self, reports: Iterable[Message], now_s: float) -> None:
        """What the desk that runs has reported."""
        for report in reports:
            if report.address == BEAT:
                self._beat_s = now_s
            # A new one first has to hear of those whom the one before told.
            elif report.address == PEERS and (
                report.arguments or now_s - self._started_s > SETTLED_S
            ):
                self._peers = report
            elif report.address == HELD:
                self._held = report
            elif report.address == TOUCHED:
                self._touched = report

    @property
    def kept(self) -> list[Message]:
        """What a desk must know of the one before it."""
        reports = self._peers, self._held, self._touched
        return [report for report in reports if report.arguments]

    def hangs(self, now_s: float) -> bool:
        return self._beat_s is not None and now_s - self._beat_s > HANG_S

    @property
    def dead(self) -> bool:
        """Whether none runs."""
        return self._due_s is not None

    def bury(self, now_s: float) -> bool:
        """The desk has ended. Answers whether that is news: the first death in a row."""
        if now_s - self._started_s >= SOUND_S:
            self._pause_s = 0.0
        news = self._pause_s == 0.0
        # The first one comes back at once.
        self._due_s = now_s if news else now_s + self._pause_s
        self._pause_s = FIRST_S if news else min(2 * self._pause_s, LONGEST_S)
        self._beat_s = None
        return news

    def wait_s(self, now_s: float) -> float | None:
        """Seconds until the next start, 0 when it is due; None while a desk runs."""
        return None if self._due_s is None else max(self._due_s - now_s, 0.0)
