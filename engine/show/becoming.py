"""Becoming: one scene's equation turns into another's, on the same field, instead of dissolving.

    rate = mix(rate of the old model, rate of the new one, weight)

In: two models. Out: how a state of one reads as a state of the other, and how fast time goes for it.
The old rest state becomes the new one and the old brush state the new one, channel by channel, so
what grew stays what it is. Pure data; never touches GL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.show.catalogue import Model, Shown

FLATTEST, STEEPEST = 0.1, 10.0  # of a channel's translation: beyond that it would be all or nothing
Value = float | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """The new state is `scale` times the old one plus `shift`: a number per channel."""

    scale: tuple[float, ...]
    shift: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Becoming:
    """In a frame of the new voice: which voice it was, and how far it has become the new one.

    `weight` 0..1; `values` are the old voice's; `pace` is how much of the old model's time passes
    in one unit of the new one's; `scale` is 1/dx of the old model on the new field.
    """

    key: int
    weight: float
    values: Mapping[str, Value]
    pace: float
    scale: float


def four(numbers: Sequence[float], fill: float = 0.0) -> tuple[float, ...]:
    """A number per channel, as the GPU wants them."""
    return (*numbers, fill, fill, fill, fill)[:4]


def can_become(old: Model, new: Model) -> bool:
    """Whether the two can be mixed: plain rates of as many channels."""
    return len(old.channels) == len(new.channels) and all(
        model.integrator == "euler"
        and not (model.passes or model.agents or model.potential or model.noise)
        for model in (old, new)
    )


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


def shown_after(model: Model, translation: Translation) -> tuple[Shown, Shown]:
    """What `model` shows of a state that has been translated: body and light."""
    rows = []
    for row in model.shown:
        weights, offset = list(row[:2]), row[2]
        for channel in range(min(len(model.channels), 2)):
            weights[channel] /= translation.scale[channel]
            offset -= weights[channel] * translation.shift[channel]
        rows.append((weights[0], weights[1], offset))
    return rows[0], rows[1]
