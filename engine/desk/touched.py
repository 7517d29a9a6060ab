"""Which knob of a device without a map plays what, kept where a desk's death does not reach.

In: the places that knobs got by being moved; what a desk that died had told. Out: `/desk/touched DEVICE
CHANNEL CC PLACE ...` for the supervisor; those places again. Never sends.
"""

from __future__ import annotations

from engine.desk.play.board import Place
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
    for device, *numbers in zip(parts[::4], parts[1::4], parts[2::4], parts[3::4], strict=False):
        if isinstance(device, str) and all(type(number) is int for number in numbers):
            channel, cc, place = (int(str(number)) for number in numbers)
            found.append((device, channel, cc, place))
    return found
