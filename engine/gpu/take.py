"""Taking over a body: a scene grows where the one before it stood."""

from __future__ import annotations

import moderngl

from engine.gpu.field import Field
from engine.gpu.shelf import Shelf
from engine.gpu.trail import shown_values
from engine.show.becoming import four
from engine.show.catalogue import Model
from engine.show.seeds.seed import SeedSpec

COVER = ("edge", "softness", "amount")


def take_body(
    context: moderngl.Context,
    shelf: Shelf,
    old: tuple[Model, Field],
    new: tuple[Model, Field],
    seed: SeedSpec,
) -> None:
    """Draw into the new field, wherever the old body stands, the state of a `seed` of kind "previous",
    or the new model's brush."""
    (old_model, old_field), (model, field) = old, new
    program = shelf.pick("take")
    brush = four(seed.arguments.get("state") or model.brush, 0.0)
    cover = {f"cover_{name}": seed.arguments[name] for name in COVER}
    program.set({**cover, **shown_values(old_model.shown), "brush_state": brush})
    around = old_field.spec.border == "periodic"
    smooth = context.sampler(around, around, filter=(moderngl.LINEAR, moderngl.LINEAR))
    field.target.use()
    field.use(0)
    old_field.front.use(1)
    smooth.use(1)
    program.bind()
    program.draw()
    smooth.clear(1)
    smooth.release()
    field.swap()
