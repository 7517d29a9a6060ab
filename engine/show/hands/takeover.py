"""Soft takeover: a knob moved from one place to another; does the value go along?

In: both places, and where the value is now. Out: where it goes, or `NotYet`. Remembers nothing:
whatever moved the value meanwhile (a scene, a bank, a peer, a restart), a knob that does not meet it
leaves it alone, so nothing ever jumps.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.show.parameter import Refused

PICKUP, SCALE = "pickup", "scale"
TAKEOVERS = (PICKUP, SCALE)
# Of the range: so near counts as met, where a knob goes by smaller and by larger steps than these.
NEAR, COARSE = 1 / 1024, 1 / 127


class NotYet(Refused):
    """The knob at `place` has not come to the value at `present`. No mistake of anybody's: counted
    nowhere."""

    def __init__(self, place: float, present: float) -> None:
        super().__init__("the knob has not met the value yet")
        self.place = place
        self.present = present


def take_over(
    way: str,
    before: float,
    after: float,
    present: float,
    settle: Callable[[float], float] = lambda place: place,
) -> float:
    """Where a value at `present` goes when its knob goes from `before` to `after`, all in 0..1;
    what a peer says may lie beyond.

    "pickup": along with the knob once that has met it, by coming near or by crossing it between two
    places. "scale": at once, by the share of the way that is left to the end the knob moves to, so
    that both come there together. `settle` is what becomes of a place in a value of few steps.
    Raises `NotYet`.
    """
    if way == SCALE:
        before, after = _hold(before), _hold(after)  # beyond the ends there is no way left
        if after > before:
            return present + (1.0 - present) * (after - before) / (1.0 - before)
        return present * after / before if after < before else present
    places = (settle(before), settle(after), before, after)
    near = min(max(abs(after - before), NEAR), COARSE)
    if min(places) - near <= present <= max(places) + near:
        return after
    raise NotYet(_hold(after), present)


def _hold(place: float) -> float:
    return min(max(place, 0.0), 1.0)
