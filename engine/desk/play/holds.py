"""Buttons that play two things: let go soon the one, held the other, as soon as it is held long enough.

In: moves of controls whose binding has a `hold`. Out: messages, as they are let go or time passes.
"""

from __future__ import annotations

from engine.desk.control import Control, Move
from engine.desk.play.binding import DOWN, Binding, is_press
from engine.message import Message

HOLD_NS = 800_000_000


class Holds:
    """Remembers which buttons are down, and since when. Use it from one thread."""

    def __init__(self) -> None:
        self._down: dict[tuple[Control, Binding], int] = {}

    @property
    def due_ns(self) -> int | None:
        """When `pass_time` has something to say; None while nothing is held."""
        return min(self._down.values(), default=None)

    def hear(self, move: Move, binding: Binding, before: float | None) -> list[Message]:
        """A button went down or up; `before` is where it was."""
        key = move.control, binding
        if is_press(move, before):
            self._down[key] = move.time_ns + HOLD_NS
        elif move.value < DOWN and self._down.pop(key, None) is not None:
            return [Message(binding.address, binding.arguments, move.time_ns)]
        return []

    def forget(self, control: Control) -> None:
        """A button plays neither any more."""
        self._down = {key: at for key, at in self._down.items() if key[0] != control}

    def release(self, device: str) -> None:
        """A device has gone: nobody let go."""
        self._down = {key: at for key, at in self._down.items() if key[0].device != device}

    def pass_time(self, now_ns: int) -> list[Message]:
        """What has been held long enough."""
        done = [key for key, at_ns in self._down.items() if now_ns >= at_ns]
        for key in done:
            del self._down[key]
        return [Message(binding.hold, binding.arguments, now_ns) for _, binding in done]
