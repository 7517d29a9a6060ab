"""What the passes of one running ISF file draw into: textures by name, kept or not. Owns them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import moderngl

from engine.gpu.isf.passes import IsfPass


class Target:
    """A texture that can be read while the next content is drawn into its twin, if it has one."""

    def __init__(
        self,
        context: moderngl.Context,
        size: tuple[int, int],
        dtype: str,
        *,
        twin: bool = False,
        lasts: bool = False,
    ) -> None:
        """`lasts`: what it holds outlives a frame, until it is drawn again."""
        self.size = size
        self.lasts = lasts
        self._textures = [context.texture(size, 4, dtype=dtype) for _ in range(2 if twin else 1)]
        self._buffers = [context.framebuffer([texture]) for texture in self._textures]
        self._present = 0
        self.drawn = False  # in this frame
        self.clear()

    @property
    def texture(self) -> moderngl.Texture:
        """What was drawn last."""
        return self._textures[self._present]

    @property
    def has_twin(self) -> bool:
        return len(self._textures) > 1

    @property
    def buffer(self) -> moderngl.Framebuffer:
        """What is to be drawn into: never what `texture` is, if there is a twin."""
        return self._buffers[-1 - self._present]

    def clear(self) -> None:
        """All of it is 0."""
        for buffer in self._buffers:
            buffer.clear()

    def swap(self) -> None:
        """What was drawn is there to be read."""
        if self.has_twin:
            self._present = 1 - self._present
        self.drawn = True

    def release(self) -> None:
        for buffer in self._buffers:
            buffer.release()
        for texture in self._textures:
            texture.release()


def make_targets(
    context: moderngl.Context,
    passes: Sequence[IsfPass],
    sizes: Mapping[str, tuple[int, int]],
    *,
    light: bool,
) -> dict[str, Target]:
    """A target for each name, of the size in `sizes`, all of it 0.

    Their numbers are 8-bit as elsewhere, half floats where the shader draws `light` of ours, or
    32-bit floats where it asks for them.
    """
    names = [entry.target for entry in passes if entry.target]
    made: dict[str, Target] = {}
    for name in dict.fromkeys(names):
        own = [entry for entry in passes if entry.target == name]
        full, kept = any(e.full for e in own), any(e.persistent for e in own)
        dtype = "f4" if full else "f2" if light else "f1"
        twin = kept or len(own) > 1
        made[name] = Target(context, sizes[name], dtype, twin=twin, lasts=kept)
    return made
