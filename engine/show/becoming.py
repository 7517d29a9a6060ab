"""Becoming: one scene's equation turns into another's, on the same field, instead of dissolving.

    rate = mix(rate of the old model, rate of the new one, weight)

In: two models. Out: how a state of one reads as a state of the other, and in what turns the two take
their steps. The old rest state becomes the new one and the old brush state the new one, channel by
channel, so what grew stays what it is. Pure data; never touches GL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.show.catalogue import Model

FLATTEST, STEEPEST = 0.1, 10.0  # of a channel's translation: beyond that it would be all or nothing
MOST_IN_A_ROUND = 8  # sub-steps: a visible change takes many of them
SWINGING = ("symplectic", "staggered")


@dataclass(frozen=True, slots=True)
class Translation:
    """The new state is `scale` times the old one plus `shift`: a number per channel."""

    scale: tuple[float, ...]
    shift: tuple[float, ...]

    @property
    def back(self) -> Translation:
        """From the new state to the old one."""
        pairs = zip(self.scale, self.shift, strict=True)
        return Translation(
            tuple(1.0 / scale for scale in self.scale),
            tuple(-shift / scale for scale, shift in pairs),
        )


@dataclass(frozen=True, slots=True)
class Becoming:
    """In a frame of the new voice: the key of the one it was, and how far it has become itself, 0..1."""

    key: int
    weight: float


def four(numbers: Sequence[float], fill: float = 0.0) -> tuple[float, ...]:
    """A number per channel, as the GPU wants them."""
    return (*numbers, fill, fill, fill, fill)[:4]


def can_become(old: Model, new: Model) -> bool:
    """Whether the two can be mixed: rates, whatever their kind, of as many channels."""
    rates = not any(model.passes or model.agents for model in (old, new))
    return rates and len(old.channels) == len(new.channels)


def translate(old: Model, new: Model) -> Translation:
    """How a state of `old` reads as a state of `new`."""
    scales = []
    for channel in range(len(old.channels)):
        before = old.brush[channel] - old.rest[channel]
        after = new.brush[channel] - new.rest[channel]
        ratio = after / before if abs(before) > 1e-3 else 1.0
        size = min(max(abs(ratio), FLATTEST), STEEPEST)
        scales.append(-size if ratio < 0 else size)
    pairs = zip(old.rest, new.rest, scales, strict=True)
    return Translation(tuple(scales), tuple(b - a * scale for a, b, scale in pairs))


def take_turns(old: tuple[Model, int], new: tuple[Model, int]) -> Iterator[tuple[int, int]]:
    """How many of its due sub-steps each takes, round by round; after each round they are mixed.

    Each goes on by steps of its own, within its own limit, so that a mean of both is as tame as they
    are. What swings is mixed after each step: a mean of two that turn is only tame while neither
    turns once around in between.
    """
    rounds = max(-(-steps // _most(model)) for model, steps in (old, new))
    for now in range(rounds):
        first, second = (
            steps * (now + 1) // rounds - steps * now // rounds for _, steps in (old, new)
        )
        yield first, second


def _most(model: Model) -> int:
    return 1 if model.integrator in SWINGING else MOST_IN_A_ROUND
