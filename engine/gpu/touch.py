"""Touches on a field: splats that draw the model's brush state into it, or put it back to rest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.gpu.field import Field
from engine.gpu.shelf import Shelf
from engine.show.catalogue import Model
from engine.show.frame import Splat

SPLATS = 16  # in one pass


def draw_splats(shelf: Shelf, field: Field, model: Model, splats: Sequence[Splat]) -> None:
    """Draw any number of splats into the field, in their order."""
    for first in range(0, len(splats), SPLATS):
        _draw(shelf, field, model, splats[first : first + SPLATS])


def _draw(shelf: Shelf, field: Field, model: Model, splats: Sequence[Splat]) -> None:
    program = shelf.pick("splat")
    spec = field.spec
    table = np.zeros((SPLATS, 4), np.float32)
    table[: len(splats)] = [(s.x, s.y, s.radius, s.amount) for s in splats]
    periodic = float(spec.border == "periodic")
    program.set(
        {
            "splats": table.ravel().tolist(),
            "brush_state": (*model.brush, 0.0, 0.0, 0.0)[:4],
            "rest_state": (*model.rest, 0.0, 0.0, 0.0)[:4],
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
