"""The trail behind a field: a slow mean of its body, and how much it moves.

In: a field each frame. Out: a small texture that looks read. Seen smoothly enlarged, so half the
rows are enough, and a quarter of the cost.
"""

from __future__ import annotations

import moderngl
import numpy as np

from engine.gpu.field import Field, FieldSpec
from engine.gpu.shelf import Shelf
from engine.show.catalogue import Shown

SLOW, FADE = 2.5, 1.2  # seconds: of the slow mean, of the glow of what moved


class Trail:
    """Owns the texture pair and the sampler that looks read it with."""

    def __init__(self, context: moderngl.Context, shelf: Shelf, spec: FieldSpec) -> None:
        """`spec` is the field's."""
        self._shelf = shelf
        columns, rows = max(spec.columns // 2, 1), max(spec.rows // 2, 1)
        self._pair = Field(context, FieldSpec(columns, rows, 2, spec.border, half=True))
        self._pair.fill((0.0, 0.0))
        self._new = True
        around = spec.border == "periodic"
        self.smooth = context.sampler(around, around, filter=(moderngl.LINEAR, moderngl.LINEAR))

    @property
    def texture(self) -> moderngl.Texture:
        return self._pair.front

    def follow(self, field: Field, shown: tuple[Shown, ...], seconds: float) -> None:
        """Let the trail follow what `shown` shows of the field's present state."""
        program = self._shelf.pick("trail")
        slow = 1.0 if self._new else -np.expm1(-seconds / SLOW)
        fade = -np.expm1(-seconds / FADE)
        program.set({**shown_values(shown), "slow": float(slow), "fade": float(fade)})
        self._pair.target.use()
        field.use(0)
        self._pair.use(1)
        program.bind()
        program.draw()
        self._pair.swap()
        self._new = False

    def release(self) -> None:
        self._pair.release()
        self.smooth.release()


def shown_values(shown: tuple[Shown, ...]) -> dict[str, tuple[float, ...]]:
    """What looks and the trail read of a state: the weights of body and light."""
    body, light = shown
    return {"shown_body": (*body, 0.0), "shown_light": (*light, 0.0)}
