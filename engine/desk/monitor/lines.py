"""How much of what happens is told: no flood of lines, and never a silent gap.

In: events with their times. Out: events, each with how many like it were left out before it. Of what is
alike the first few are told at once, then as many a second as its rate allows, the newest each time.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from engine.desk.monitor.events import Event

BURST_S = 0.2  # what a rate allows in so long may come at once; one at least
KEYS = 512  # that are told apart
DUE = 256  # events that wait to be taken


@dataclass(slots=True)
class _Alike:
    """Events of one key: how many may be told now, and the newest that may not yet."""

    allowance: float
    at_ns: int
    rate: float
    held: Event | None = None
    left_out: int = 0

    @property
    def burst(self) -> float:
        return max(1.0, self.rate * BURST_S)

    def refill(self, now_ns: int) -> None:
        passed_s = max(now_ns - self.at_ns, 0) * 1e-9
        self.allowance = min(self.allowance + passed_s * self.rate, self.burst)
        self.at_ns = now_ns


class Lines:
    """Use it from one thread."""

    def __init__(self) -> None:
        self._alike: dict[Hashable, _Alike] = {}
        self._due: list[tuple[Event, int]] = []
        self.lost = 0  # events for which there was no room at all

    def add(self, event: Event, now_ns: int) -> None:
        """Something happened."""
        alike = self._alike.get(event.key)
        if alike is None:
            if len(self._alike) >= KEYS:
                self.lost += 1
                return
            alike = self._alike[event.key] = _Alike(0.0, now_ns, event.rate)
            alike.allowance = alike.burst
        alike.refill(now_ns)
        if alike.held is None and alike.allowance >= 1.0 and len(self._due) < DUE:
            alike.allowance -= 1.0
            self._due.append((event, 0))
            return
        alike.left_out += alike.held is not None
        alike.held = event

    def take(self, now_ns: int) -> list[tuple[Event, int]]:
        """What is to be told now, the oldest first."""
        due, self._due = self._due, []
        for key, alike in list(self._alike.items()):
            alike.refill(now_ns)
            if alike.held is not None and alike.allowance >= 1.0 and len(due) < DUE:
                alike.allowance -= 1.0
                due.append((alike.held, alike.left_out))
                alike.held, alike.left_out = None, 0
            if alike.held is None and alike.allowance >= alike.burst:
                del self._alike[key]  # a new one would be like it
        due.sort(key=lambda told: told[0].time_ns)
        return due

    def clear(self) -> None:
        """Nobody looks."""
        self._alike.clear()
        self._due.clear()
        self.lost = 0
