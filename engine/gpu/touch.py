"""Touches on a field: splats that draw the model's brush state into it, or put it back to rest.

A splat falls off as exp(-(away / radius)^power): a Gaussian at power 2, a disc of nearly the same area
as the power grows, which it does no further than an edge of about one cell. It is drawn as far as it is
felt and no further: sixty-four small ones cost less than one step. A single channel that the brush
leaves at rest goes to a part of its range instead; a moving hand gives a velocity its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from engine.gpu.field import Field
from engine.gpu.shelf import Shelf
from engine.show.becoming import four
from engine.show.catalogue import Model
from engine.show.frame import Splat

SPLATS = 64  # in one pass
FAINT = 18.0  # exp(-18) is less than a 32-bit float holds beside 1
REACH = 0.25  # of the way from rest to the far end of its range, where the brush says nothing


def draw_splats(
    shelf: Shelf, field: Field, model: Model, splats: Sequence[Splat], scale: float = 1.0
) -> None:
    """Draw any number of splats into the field, in their order. `scale`: the field's rows over the
    scene's."""
    placed = [place for splat in splats for place in _place(splat, field)]
    for first in range(0, len(placed), SPLATS):
        _draw(shelf, field, model, placed[first : first + SPLATS], scale)


def _place(splat: Splat, field: Field) -> Iterator[tuple[tuple[float, ...], Splat]]:
    """Where a splat is felt: its box (left, bottom, right, top, in parts of the field), and the splat
    moved there. More than one where it reaches over a periodic border."""
    spec = field.spec
    up = splat.radius * FAINT ** (0.5 / half_power(splat, spec.rows))
    across = up * spec.rows / spec.columns
    shifts: tuple[float, ...] = (0.0,)
    x, y = splat.x, splat.y
    if spec.border == "periodic":  # each cell feels the nearest one
        shifts, x, y = (-1.0, 0.0, 1.0), x % 1.0, y % 1.0
        across, up = min(across, 0.5), min(up, 0.5)
    for x_there in (x + shift for shift in shifts):
        if not -across < x_there < 1.0 + across:
            continue
        for y_there in (y + shift for shift in shifts):
            if -up < y_there < 1.0 + up:
                box = x_there - across, y_there - up, x_there + across, y_there + up
                yield box, replace(splat, x=x_there, y=y_there)


def _draw(
    shelf: Shelf,
    field: Field,
    model: Model,
    placed: Sequence[tuple[tuple[float, ...], Splat]],
    scale: float,
) -> None:
    program = shelf.pick("splat")
    spec = field.spec
    # From heights a second to the cells a model time in which a model holds its velocity.
    unit = spec.rows / scale / (model.steps * model.dt)
    table = np.zeros((3, SPLATS, 4), np.float32)
    table[0, : len(placed)] = [box for box, _ in placed]
    table[1, : len(placed)] = [(s.x, s.y, s.radius, s.amount) for _, s in placed]
    table[2, : len(placed)] = [
        (half_power(s, spec.rows), s.channel, s.push[0] * unit, s.push[1] * unit) for _, s in placed
    ]
    across, up = model.push or (-1, -1)
    program.set(
        {
            "boxes": table[0].ravel().tolist(),
            "splats": table[1].ravel().tolist(),
            "manners": table[2].ravel().tolist(),
            "brush_state": four(model.brush),
            "single_state": four(single_state(model)),
            "rest_state": four(model.rest),
            "low_end": four([low for low, _ in model.range]),
            "high_end": four([high for _, high in model.range]),
            "push_across": [float(channel == across) for channel in range(4)],
            "push_up": [float(channel == up) for channel in range(4)],
            "aspect": spec.columns / spec.rows,
        }
    )
    field.present.use()
    program.bind()
    program.draw_boxes(len(placed))
    field.changed()


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
