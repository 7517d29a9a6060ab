"""Sticks that rest in their middle: how far one is pushed is how fast a value goes.

In: moves of controls whose binding has the mode "rate". Out: relative messages, as time passes.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.desk.control import Control, Move
from engine.desk.play.binding import RATE, Binding
from engine.message import Message

EVERY_NS = 16_000_000
SECONDS = 2.0  # for the whole range, pushed to the end
LONGEST_NS = 100_000_000  # a desk that stood still makes up for no more


class Glides:
    """Remembers which sticks are pushed. Use it from one thread."""

    def __init__(self) -> None:
        self._pushed: dict[tuple[Control, Binding], float] = {}
        self._then_ns = 0

    @property
    def due_ns(self) -> int | None:
        """When `pass_time` has something to say; None while every stick rests."""
        return self._then_ns + EVERY_NS if self._pushed else None

    def push(self, move: Move, bindings: Iterable[Binding]) -> None:
        """A stick was moved, 0.5 is rest; all that it is bound to now. What it was bound to rests."""
        self.rest(move.control)
        speed = 2.0 * move.value - 1.0
        if not self._pushed:
            self._then_ns = move.time_ns
        for binding in bindings:
            if binding.mode == RATE and abs(speed) >= 1e-6:
                self._pushed[move.control, binding] = -speed if binding.invert else speed

    def rest(self, control: Control) -> None:
        """A stick moves nothing any more."""
        self._pushed = {key: v for key, v in self._pushed.items() if key[0] != control}

    def release(self, device: str) -> None:
        """A device has gone."""
        self._pushed = {key: v for key, v in self._pushed.items() if key[0].device != device}

    def pass_time(self, now_ns: int) -> list[Message]:
        """How far the values have gone since the last time."""
        due_ns = self.due_ns
        if due_ns is None or now_ns < due_ns:
            return []
        seconds = min(now_ns - self._then_ns, LONGEST_NS) * 1e-9
        self._then_ns = now_ns
        return [
            Message(
                binding.address,
                ("+", speed**3 * seconds / SECONDS * (binding.high - binding.low)),
                now_ns,
            )
            for (_, binding), speed in self._pushed.items()
        ]
