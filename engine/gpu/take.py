"""Taking over a field: a scene begins as the field of the one before, or grows where that one stood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import moderngl

from engine.gpu.field import Field
from engine.gpu.shelf import Shelf
from engine.gpu.trail import shown_values
from engine.show.becoming import four, translate
from engine.show.catalogue import Model
from engine.show.seed import SeedSpec

GROWN_OVER: Mapping[str, Any] = {"edge": 0.5, "softness": 0.15, "amount": 1.0}


def take_field(
    context: moderngl.Context,
    shelf: Shelf,
    old: tuple[Model, Field],
    new: tuple[Model, Field],
    seed: SeedSpec | None,
) -> None:
    """Draw the old field into the new one: translated from model to model, or, with a `seed` of kind
    "previous", its state, else the new model's brush, wherever the old body stands."""
    (old_model, old_field), (model, field) = old, new
    arguments = seed.arguments if seed else GROWN_OVER
    values = {f"cover_{name}": arguments[name] for name in GROWN_OVER}
    if seed is None:
        translation = translate(old_model, model)
        values |= {
            "translate_scale": four(translation.scale, 1.0),
            "translate_shift": four(translation.shift, 0.0),
        }
    program = shelf.pick("take")
    brush = four(arguments.get("state") or model.brush, 0.0)
    shown = shown_values(old_model.shown)
    program.set({**values, **shown, "brush_state": brush, "by_translation": float(seed is None)})
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
