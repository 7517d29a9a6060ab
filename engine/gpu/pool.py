"""Pictures to draw into on the way to the one that is shown: half floats, linear light, all of one size.

Made together, beside the frame; in a frame they are taken and given back.
"""

from __future__ import annotations

import moderngl

# What may be in use at once: two sides, a layer, what is laid on it, an effect's picture and the next.
PICTURES = 8


class Pool:
    """Owns its pictures."""

    def __init__(self, context: moderngl.Context, size: tuple[int, int]) -> None:
        self.size = max(size[0], 1), max(size[1], 1)
        self._all = [make_picture(context, self.size) for _ in range(PICTURES)]
        self._free = list(self._all)
        self._taken: set[int] = set()

    def take(self) -> moderngl.Framebuffer:
        """One that nobody uses; what it holds is left from somebody else."""
        picture = self._free.pop()
        self._taken.add(id(picture))
        return picture

    def give(self, *pictures: moderngl.Framebuffer) -> None:
        """They are not read any more. One that is given back twice is given back once."""
        for picture in pictures:
            if id(picture) in self._taken:
                self._taken.remove(id(picture))
                self._free.append(picture)

    def give_all(self) -> None:
        """A frame is over, or was given up."""
        self._free = list(self._all)
        self._taken.clear()

    def release(self) -> None:
        for picture in self._all:
            release_picture(picture)


def make_picture(
    context: moderngl.Context, size: tuple[int, int], dtype: str = "f2"
) -> moderngl.Framebuffer:
    width, height = size
    return context.framebuffer([context.texture((max(width, 1), max(height, 1)), 4, dtype=dtype)])


def release_picture(picture: moderngl.Framebuffer) -> None:
    for texture in picture.color_attachments:
        texture.release()
    picture.release()


def texture_of(picture: moderngl.Framebuffer) -> moderngl.Texture:
    """What was drawn into a picture."""
    texture = picture.color_attachments[0]
    assert isinstance(texture, moderngl.Texture)
    return texture
