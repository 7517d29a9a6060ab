"""One ISF file drawn by itself, on given pictures, into what a screen is sent. Owns all it needs."""

from __future__ import annotations

from collections.abc import Sequence

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.gpu.isf.run import Clock, IsfRun, Values
from engine.gpu.shelf import Shelf
from engine.show.catalogue import Effect
from engine.show.frame import Date

FIRST = ("inputImage", "startImage")


class FileDrawing:
    """Draws frame after frame. The first picture is `inputImage` and `startImage`, the second any other
    image that the file asks for."""

    def __init__(
        self,
        context: moderngl.Context,
        shelf: Shelf,
        effect: Effect,
        pictures: Sequence[NDArray[np.float32]],
        palette: NDArray[np.float32],
    ) -> None:
        """`pictures`: two, (rows, columns, 4) of one size, in linear light; `palette` (256, 3), for a
        file of ours that asks for `palette_image`. Raises `MorphogenError`."""
        rows, columns, _ = pictures[0].shape
        size = columns, rows
        self._shelf = shelf
        self._run = IsfRun(context, shelf, effect, size)
        self._images = [
            context.texture(size, 4, picture.astype("f2").tobytes(), dtype="f2")
            for picture in pictures
        ]
        rows_of_palette = np.stack((palette, palette)).astype("f2")
        self._palette = context.texture((256, 2), 3, rows_of_palette.tobytes(), dtype="f2")
        self._light = context.texture(size, 4, dtype="f2")
        self._target = context.framebuffer([self._light])
        self._sent = context.texture(size, 4)
        self._picture = context.framebuffer([self._sent])

    def draw(
        self, values: Values, seconds: float, date: Date, wave: bytes = b"", spectrum: bytes = b""
    ) -> moderngl.Framebuffer:
        """The next frame, `seconds` after the one before, as a screen is sent it, opaque; `wave` and
        `spectrum` are what is heard, as in `Frame`."""
        first, second = self._images
        self._shelf.sounds.follow(wave, spectrum)
        images = {**dict.fromkeys(FIRST, first), "palette_image": self._palette}
        self._run.draw(values, images, self._target, Clock(seconds, date), other=second)
        program = self._shelf.pick("encode")
        program.set({"over_black": 1.0})
        self._picture.use()
        self._light.use(0)
        program.bind()
        program.draw()
        return self._picture

    def release(self) -> None:
        self._run.release()
        for buffer in (self._target, self._picture):
            buffer.release()
        for texture in (self._light, self._sent, self._palette, *self._images):
            texture.release()
