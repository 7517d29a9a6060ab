"""Ramps: numbers that are no scene's parameters (a layer's opacity, an effect's mix) on their way to others.

In: an address, where it is and where it goes, seconds that pass. Out: messages, played like a hand's but
by nobody's. A number that a hand moves meanwhile is let go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.show.memory.state import describe_settings
from engine.show.morph import shape

if TYPE_CHECKING:
    from engine.show.director import Director


@dataclass(slots=True)
class _Ramp:
    start: float
    goal: float
    seconds: float
    curve: str
    placed: float  # where it was put last
    gone: float = 0.0


class Ramps:
    """Those under way, by address."""

    def __init__(self) -> None:
        self._ramps: dict[str, _Ramp] = {}

    def go(self, address: str, start: float, goal: float, time: tuple[float, str]) -> None:
        """Send the number of an address, as the state names it, from one value to another; `time`:
        seconds and one of CURVES."""
        self._ramps[address] = _Ramp(start, goal, *time, placed=start)

    def clear(self) -> None:
        """Leave all where they are."""
        self._ramps.clear()

    def advance(self, director: Director, seconds: float) -> None:
        """Let time pass."""
        if not self._ramps:
            return
        present = describe_settings(director)
        for address, ramp in list(self._ramps.items()):
            at = present.get(address, ())
            if at != (ramp.placed,):
                del self._ramps[address]
                continue
            ramp.gone += seconds
            share = min(ramp.gone / ramp.seconds, 1.0) if ramp.seconds > 0.0 else 1.0
            value = ramp.start + (ramp.goal - ramp.start) * shape(ramp.curve, share)
            director.play(address, (ramp.goal if share >= 1.0 else value,))
            if share >= 1.0:
                del self._ramps[address]
        present = describe_settings(director)  # once for all: it costs as much as a frame's work
        for address, ramp in list(self._ramps.items()):
            placed = present.get(address, ())
            if len(placed) != 1 or not isinstance(placed[0], (int, float)):
                del self._ramps[address]
            else:
                ramp.placed = float(placed[0])
