"""A source that is a picture: the light of a layer, or of all, as it was a frame ago.

In: the composed picture of each frame. Out: a texture of one number per texel, 0..1, for the next.
"""

from __future__ import annotations

from collections.abc import Sequence

import moderngl

from engine.errors import Complaint
from engine.gpu.live_sources import ROWS, Fields
from engine.gpu.shelf import Shelf
from engine.show.frame import Splat
from engine.show.sources.source import Source

LUMINANCE = (0.2126, 0.7152, 0.0722)  # ITU-R BT.709, of linear light


class Glance:
    """Owns the texture. `layer` is whose picture it reads, 0 for the whole."""

    def __init__(
        self, context: moderngl.Context, shelf: Shelf, source: Source, aspect: float
    ) -> None:
        self.complaints: list[Complaint] = []
        self.layer = int(source.arguments["layer"])
        self._shelf = shelf
        shelf.pick("glance")
        size = max(round(ROWS * aspect), 1), ROWS
        self.texture = context.texture(size, 1, dtype="f2")
        self.texture.repeat_x = self.texture.repeat_y = False
        self._target = context.framebuffer([self.texture])
        self._target.clear()
        self._smooth = context.sampler(False, False, filter=(moderngl.LINEAR, moderngl.LINEAR))

    def follow(self, seconds: float, marks: Sequence[Splat], fields: Fields) -> None:
        """Nothing: it has taken what there was when the picture was made."""

    def take(self, picture: moderngl.Texture) -> None:
        """Keep the light of a picture, for the next frame."""
        program = self._shelf.pick("glance")
        program.set({"weights": (*LUMINANCE, 0.0)})
        self._target.use()
        picture.use(0)
        self._smooth.use(0)
        program.bind()
        program.draw()
        self._smooth.clear(0)

    def release(self) -> None:
        for part in (self._target, self.texture, self._smooth):
            part.release()
