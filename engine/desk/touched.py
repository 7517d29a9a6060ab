"""Which knob of a device without a map plays what, kept where a desk's death does not reach.

In: the places that knobs got by being moved; what a desk that died had told. Out: `/desk/touched DEVICE
KIND CHANNEL NUMBER PLACE ...` for the supervisor; those places again. Never sends.
"""

from __future__ import annotations

from engine.desk.play.board import KNOB_KINDS, Place
from engine.house_addresses import TOUCHED
from engine.message import Message


class Touched:
    """Remembers what was told, so that only news is."""

    def __init__(self) -> None:
        self._told: tuple[Place, ...] = ()

    def tell(self, places: tuple[Place, ...]) -> Message | None:
        """What the supervisor must know of the places there are now; None if it does."""
        if places == self._told:
            return None
        self._told = places
        return Message(TOUCHED, tuple(part for place in places for part in place))


def read_touched(message: Message) -> list[Place]:
    """The places that a desk before this one told; what cannot be read is left out."""
    parts = message.arguments
    found = []
    for device, kind, *numbers in zip(*(parts[n::5] for n in range(5)), strict=False):
        named = isinstance(device, str) and kind in KNOB_KINDS
        if named and all(type(number) is int for number in numbers):
            channel, number, place = (int(str(number)) for number in numbers)
            found.append((str(device), str(kind), channel, number, place))
    return found
