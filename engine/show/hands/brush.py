"""The brush of a layer: how large, soft and strong a touch is, what it paints, and whether it erases.

In: its settings, a model, a place. Out: a `Splat`. It belongs to the hand and stays when scenes change.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.show.catalogue import Model
from engine.show.frame import Splat
from engine.show.parameter import Refused

SMALLEST, LARGEST = 0.001, 1.0  # heights of the picture
FASTEST = 10.0  # heights a second that a finger pushes with
ALL = "all"


@dataclass(frozen=True, slots=True)
class Brush:
    """`size` in heights of the picture; `softness` 0 (a disc) to 1 (a Gaussian); `amount` -1..1, below
    0 back to rest, as always with `erase`; `channel` by number from 1 or by name, 0 for all."""

    size: float = 0.04
    softness: float = 1.0
    amount: float = 1.0
    channel: int | str = 0
    erase: bool = False

    @property
    def strength(self) -> float:
        """The amount, below 0 where it erases."""
        return -abs(self.amount) if self.erase else self.amount


def find_channel(model: Model, channel: object) -> int:
    """A channel's number from 1; 0 for all. Raises `Refused` for one that the model does not have."""
    if channel == ALL:
        return 0
    if isinstance(channel, str) and channel in model.channels:
        return model.channels.index(channel) + 1
    whole = int(channel) if isinstance(channel, (int, float)) and channel == channel // 1 else -1
    if not isinstance(channel, bool) and 0 <= whole <= len(model.channels):
        return whole
    raise Refused(f"channels are all, {', '.join(model.channels)}"[:80])


def touch_with(
    brush: Brush,
    model: Model,
    place: tuple[float, float],
    pressure: float = 1.0,
    push: tuple[float, float] = (0.0, 0.0),
) -> Splat:
    """A touch of the brush at a place 0..1. `pressure` -1..1: below 0 erases; `push` is how fast the
    finger moves, in heights a second. A channel that this model has not is all of them."""
    try:
        channel = find_channel(model, brush.channel)
    except Refused:
        channel = 0
    strength = brush.strength * pressure if pressure >= 0.0 else -abs(brush.amount * pressure)
    return Splat(
        min(max(place[0], 0.0), 1.0),
        min(max(place[1], 0.0), 1.0),
        brush.size,
        min(max(strength, -1.0), 1.0),
        brush.softness,
        channel,
        (min(max(push[0], -FASTEST), FASTEST), min(max(push[1], -FASTEST), FASTEST)),
    )
