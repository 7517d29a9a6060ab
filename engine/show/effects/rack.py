"""A rack: four slots of effects, one after the other, over a layer or over the whole picture.

In: time. Out: a chain of effects for a frame.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.show.catalogue import Effect
from engine.show.effects.chain import Chain
from engine.show.effects.slot import Slot

SLOTS = 4


class Rack:
    """Owns its slots."""

    def __init__(self, name: str) -> None:
        """`name` is unique among racks."""
        self.slots = tuple(Slot(f"{name}/{number}") for number in range(1, SLOTS + 1))

    def jump(self) -> None:
        """End all glides now."""
        for slot in self.slots:
            slot.jump()

    def advance(self, seconds: float) -> Chain:
        return tuple(link for slot in self.slots if (link := slot.advance(seconds)))

    def adopt(self, effects: Mapping[str, Effect]) -> None:
        """Go on with edited headers."""
        for slot in self.slots:
            slot.adopt(effects)
