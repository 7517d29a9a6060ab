"""The parameters of a pass as one uniform block: laid out once, written in one buffer write.

Layout is std140 (OpenGL 4.6 spec, 7.6.2.2): float, int, bool take 4 bytes; vec2 8; vec4 16.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

import moderngl

GLSL_TYPES = {
    "float": "float",
    "int": "int",
    "bool": "bool",
    "event": "bool",
    "point": "vec2",
    "colour": "vec4",
}
_ALIGNMENTS = {"float": 1, "int": 1, "bool": 1, "vec2": 2, "vec4": 4}


class Block:
    """One uniform buffer and the place of each name in it. Owns the buffer."""

    def __init__(self, context: moderngl.Context, fields: Sequence[tuple[str, str]]) -> None:
        """`fields` are (name, GLSL type) in the order in which `declare_block` writes them; the
        only array type is `vec4[n]`, whose value is a flat sequence of 4 n numbers.
        """
        self.fields = tuple(fields)
        self._singles: list[tuple[str, int]] = []
        self._several: list[tuple[str, slice]] = []
        self._whole: list[tuple[str, int]] = []
        forms: list[str] = []
        for name, glsl in fields:
            base, _, count = glsl.partition("[")
            alignment = _ALIGNMENTS[base]
            size = alignment * int(count[:-1] or 1) if count else alignment
            forms += "f" * (-len(forms) % alignment)
            at = len(forms)
            if size > 1:
                self._several.append((name, slice(at, at + size)))
            else:
                (self._singles if base == "float" else self._whole).append((name, at))
            forms += ("f" if size > 1 or base == "float" else "i") * size
        forms += "f" * max(-len(forms) % 4, 4 - len(forms))
        # Python's own numbers, packed in one go: ten times as fast as one by one into an array.
        self._words: list[float] = [0 if form == "i" else 0.0 for form in forms]
        self._pack = struct.Struct("".join(forms)).pack
        self.buffer = context.buffer(self._pack(*self._words), dynamic=True)

    def write(self, values: Mapping[str, float | Sequence[float]]) -> None:
        """Set every name of the block that `values` has and send the block, in one write."""
        words = self._words
        for name, at in self._singles:
            value = values.get(name)
            if value is not None:
                words[at] = value if isinstance(value, (int, float)) else value[0]
        for name, at in self._whole:
            value = values.get(name)
            if value is not None:
                words[at] = round(value if isinstance(value, (int, float)) else value[0])
        for name, slot in self._several:
            value = values.get(name)
            if value is not None:
                words[slot] = _spread(value, slot.stop - slot.start)
        self.buffer.write(self._pack(*words))

    def release(self) -> None:
        self.buffer.release()


def _spread(value: float | Sequence[float], size: int) -> Sequence[float]:
    """As many numbers as there is room for: one number fills it."""
    if isinstance(value, (int, float)):
        return [value] * size
    if len(value) != size:
        raise ValueError(f"{len(value)} numbers where {size} belong")
    return value


def declare_block(fields: Sequence[tuple[str, str]]) -> str:
    """GLSL for a block whose members are read as plain globals; nothing for none."""
    if not fields:
        return ""
    members = " ".join(f"{glsl} {name};" for name, glsl in fields)
    return f"layout(std140) uniform Parameters {{ {members} }};"
