"""Touches on a field: splats that draw the model's brush state into it, or put it back to rest.

A splat falls off as exp(-(away / radius)^power): a Gaussian at power 2, a disc of nearly the same area
as the power grows, which it does no further than an edge of about one cell. A single channel that the
brush leaves at rest goes to a part of its range instead; a moving hand gives a velocity its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from engine.gpu.field import Field
from engine.gpu.shelf import Shelf
from engine.show.becoming import four
from engine.show.catalogue import Model
from engine.show.frame import Splat

SPLATS = 16  # in one pass
REACH = 0.25  # of the way from rest to the far end of its range, where the brush says nothing


def draw_splats(
    shelf: Shelf, field: Field, model: Model, splats: Sequence[Splat], scale: float = 1.0
) -> None:
    """Draw any number of splats into the field, in their order. `scale`: the field's rows over the
    scene's."""
    for first in range(0, len(splats), SPLATS):
        _draw(shelf, field, model, splats[first : first + SPLATS], scale)


def _draw(shelf: Shelf, field: Field, model: Model, splats: Sequence[Splat], scale: float) -> None:
    program = shelf.pick("splat")
    spec = field.spec
    # From heights a second to the cells a model time in which a model holds its velocity.
    unit = spec.rows / scale / (model.steps * model.dt)
    table = np.zeros((2, SPLATS, 4), np.float32)
    table[0, : len(splats)] = [(s.x, s.y, s.radius, s.amount) for s in splats]
    table[1, : len(splats)] = [
        (half_power(s, spec.rows), s.channel, s.push[0] * unit, s.push[1] * unit) for s in splats
    ]
    periodic = float(spec.border == "periodic")
    across, up = model.push or (-1, -1)
    program.set(
        {
            "splats": table[0].ravel().tolist(),
            "manners": table[1].ravel().tolist(),
            "brush_state": four(model.brush),
            "single_state": four(single_state(model)),
            "rest_state": four(model.rest),
            "low_end": four([low for low, _ in model.range]),
            "high_end": four([high for _, high in model.range]),
            "push_across": [float(channel == across) for channel in range(4)],
            "push_up": [float(channel == up) for channel in range(4)],
            "around": (periodic, periodic),
            "aspect": spec.columns / spec.rows,
            "splat_count": len(splats),
        }
    )
    field.target.use()
    field.use(0)
    program.bind()
    program.draw()
    field.swap()


def half_power(splat: Splat, rows: int) -> float:
    """Half the power of a splat's edge on a field of so many rows: 1 at softness 1."""
    # The slope at the radius is power / (e * radius): one cell wide at the power that is the most.
    most = max(0.5 * math.e * splat.radius * rows, 1.0)
    return min(1.0 / splat.softness, most) if splat.softness > 0.0 else most


def single_state(model: Model) -> list[float]:
    """Where each channel goes when it is painted alone."""
    return [
        brush if brush != rest else rest + REACH * _far_end(rest, low, high)
        for brush, rest, (low, high) in zip(model.brush, model.rest, model.range, strict=True)
    ]


def _far_end(rest: float, low: float, high: float) -> float:
    """From rest to the end of the range that is further away, up where both are as far."""
    return high - rest if high - rest >= rest - low else low - rest
