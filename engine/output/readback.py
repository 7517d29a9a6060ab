"""The picture back from the GPU, a frame late: so that nobody waits for it.

In: a framebuffer, each frame. Out: the bytes of the one before, RGBA, rows from the bottom as GL
has them. The copy runs on the GPU into a buffer; reading that buffer while the next frame is drawn
finds it done.
"""

from __future__ import annotations

import moderngl
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]  # (height, width, 4), rows from the top


class Readback:
    """Owns one buffer of GPU memory for pictures of `size` pixels."""

    def __init__(self, context: moderngl.Context, size: tuple[int, int]) -> None:
        self.size = size
        self._buffer = context.buffer(reserve=size[0] * size[1] * 4)
        self._filled = False

    def start(self, picture: moderngl.Framebuffer) -> None:
        """Let the GPU copy the picture; never waits. What was started before and not taken is
        lost.
        """
        picture.read_into(self._buffer, viewport=(0, 0, *self.size), components=4, dtype="f1")
        self._filled = True

    def take(self) -> bytes | None:
        """The picture started last, once; None when there is none. Waits if the GPU has not copied
        it.
        """
        if not self._filled:
            return None
        self._filled = False
        return self._buffer.read()

    def close(self) -> None:
        """Give the buffer back."""
        self._buffer.release()


def to_image(data: bytes, size: tuple[int, int]) -> Image:
    """RGBA bytes with rows from the bottom as an array with rows from the top."""
    return np.frombuffer(data, np.uint8).reshape(size[1], size[0], 4)[::-1]


def read_image(picture: moderngl.Framebuffer) -> Image:
    """The picture at once, waiting for the GPU: offline and in tests, never in a frame that is
    played.
    """
    return to_image(picture.read(components=4, dtype="f1"), picture.size)
