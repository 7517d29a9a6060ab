"""Draws a pass over a whole picture: pictures in, one out. Shared by whoever makes the frame's picture."""

from __future__ import annotations

import moderngl

from engine.gpu.pool import texture_of
from engine.gpu.shelf import Shelf
from engine.show.frame import BLENDS


class Painter:
    """Owns the sampler that pictures are read with: linear, their edges carried on."""

    def __init__(self, context: moderngl.Context, shelf: Shelf) -> None:
        self.shelf = shelf
        self._linear = context.sampler(
            repeat_x=False, repeat_y=False, filter=(moderngl.LINEAR, moderngl.LINEAR)
        )

    def draw(self, name: str, target: moderngl.Framebuffer, *images: moderngl.Framebuffer) -> None:
        """`shaders/passes/<name>.fs`, with the values it was last given."""
        program = self.shelf.pick(name)
        target.use()
        for unit, image in enumerate(images):
            texture_of(image).use(unit)
            self._linear.use(unit)
        program.bind()
        program.draw()
        for unit in range(len(images)):
            self._linear.clear(unit)

    def lay(
        self,
        below: moderngl.Framebuffer,
        above: moderngl.Framebuffer,
        target: moderngl.Framebuffer,
        amount: float,
        blend: str = "normal",
        *,
        whole: bool = True,
    ) -> None:
        """`above` over `below`; `whole`: below it is all there, whatever its alpha says."""
        values = {"amount": amount, "blend_mode": BLENDS.index(blend), "whole": whole}
        self.shelf.pick("lay").set(values)
        self.draw("lay", target, below, above)

    def release(self) -> None:
        self._linear.release()
