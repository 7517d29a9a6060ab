"""What could not be done, and why: counted by reason for good, and kept by address until it is told.

In: addresses with reasons. Out: counts; what is new, so that somebody can be told. Holds a bounded
number of both, whatever comes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

REASONS = 64  # counted apart; some quote what came, and anything may come
LONGEST = 80  # characters of a reason
NEWS = 32  # that wait to be told; of more only the counts are kept


@dataclass(frozen=True, slots=True)
class Refusal:
    """What came for an address was refused `count` times; `waits`: no mistake, but a knob that has
    not met its value, which `reason` is."""

    address: str
    reason: str
    waits: bool = False


class Refusals:
    """Use it from one thread."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()  # by reason
        self._news: dict[Refusal, int] = {}

    def add(self, address: str, reason: str, times: int = 1) -> None:
        """Something was refused."""
        reason = reason[:LONGEST]
        known = reason in self.counts or len(self.counts) < REASONS
        self.counts[reason if known else "other"] += times
        self._tell(Refusal(address, reason), times)

    def wait(self, address: str, present: float) -> None:
        """A knob was moved that has not met its value yet, which is at `present` of its range."""
        self._tell(Refusal(address, f"{present:.2f}", waits=True), 1)

    def take_news(self, most: int) -> Iterator[tuple[Refusal, int]]:
        """What has not been told yet, the oldest first, and how often it happened since."""
        for refusal in list(self._news)[:most]:
            yield refusal, self._news.pop(refusal)

    def clear(self) -> None:
        """Forget all."""
        self.counts.clear()
        self._news.clear()

    def _tell(self, refusal: Refusal, times: int) -> None:
        if refusal in self._news or len(self._news) < NEWS:
            self._news[refusal] = self._news.get(refusal, 0) + times
