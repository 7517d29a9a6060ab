"""What lies between the passes of a rule: float textures beside the field, one set for each pass."""

from __future__ import annotations

import moderngl

from engine.gpu.field import FieldSpec
from engine.show.catalogue import Pass

MOST_TEXELS = 4  # times the field's: a formula may not ask for a texture that no GPU has


class Targets:
    """Owns the textures that one pass writes: a pair of each where the pass reads its own."""

    def __init__(self, context: moderngl.Context, entry: Pass, spec: FieldSpec) -> None:
        self.entry = entry
        self.size = target_size(entry, spec)
        self.fresh = entry.repeat != 1 and not entry.persistent
        pair = 2 if entry.persistent or entry.repeat != 1 else 1
        self._sets = [
            [context.texture(self.size, entry.channels, dtype=spec.dtype) for _ in entry.targets]
            for _ in range(pair)
        ]
        self._framebuffers = [context.framebuffer(textures) for textures in self._sets]
        self._present = 0
        self.clear()

    @property
    def target(self) -> moderngl.Framebuffer:
        """The framebuffer that is written next."""
        return self._framebuffers[self._present - 1]

    def texture(self, name: str) -> moderngl.Texture:
        """What was written last, of one of the pass's targets."""
        return self._sets[self._present][self.entry.targets.index(name)]

    def swap(self) -> None:
        """What was written becomes what is read."""
        self._present = (self._present + 1) % len(self._sets)

    def clear(self) -> None:
        """Zero everywhere."""
        for framebuffer in self._framebuffers:
            framebuffer.clear()

    def release(self) -> None:
        for framebuffer in self._framebuffers:
            framebuffer.release()
        for textures in self._sets:
            for texture in textures:
                texture.release()


def target_size(entry: Pass, spec: FieldSpec) -> tuple[int, int]:
    """Columns and rows in texels: at least one, at most `MOST_TEXELS` times the field's each."""
    field = {"WIDTH": float(spec.columns), "HEIGHT": float(spec.rows)}
    asked = (entry.columns, spec.columns), (entry.rows, spec.rows)
    columns, rows = (
        min(max(int(formula.evaluate(field)), 1), MOST_TEXELS * whole) if formula else whole
        for formula, whole in asked
    )
    return columns, rows
