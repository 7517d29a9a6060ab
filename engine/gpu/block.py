"""The parameters of a pass as one uniform block: laid out once, written in one buffer write.

Layout is std140 (OpenGL 4.6 spec, 7.6.2.2): float, int, bool take 4 bytes; vec2 8; vec4 16.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import moderngl
import numpy as np

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
        words = 0
        for name, glsl in fields:
            base, _, count = glsl.partition("[")
            alignment = _ALIGNMENTS[base]
            size = alignment * int(count[:-1] or 1) if count else alignment
            words = -(-words // alignment) * alignment
            if size > 1:
                self._several.append((name, slice(words, words + size)))
            else:
                (self._singles if base == "float" else self._whole).append((name, words))
            words += size
        self._floats = np.zeros(max(-(-words // 4) * 4, 4), np.float32)
        self._ints = self._floats.view(np.int32)
        self.buffer = context.buffer(self._floats.tobytes(), dynamic=True)

    def write(self, values: Mapping[str, float | Sequence[float]]) -> None:
        """Set every name of the block that `values` has and send the block, in one write."""
        floats, ints = self._floats, self._ints
        # One assignment of a list: each into an array costs ten times as much as into a list.
        words = floats.tolist()
        for name, at in self._singles:
            value = values.get(name)
            if value is not None:
                words[at] = value if isinstance(value, (int, float)) else value[0]
        kept = ints[[at for _, at in self._whole]] if self._whole else ()
        floats[:] = words
        for (name, at), before in zip(self._whole, kept, strict=True):
            value = values.get(name)
            number = value if value is None or isinstance(value, (int, float)) else value[0]
            ints[at] = before if number is None else round(number)
        for name, slot in self._several:
            value = values.get(name)
            if value is not None:
                floats[slot] = value
        self.buffer.write(floats)

    def release(self) -> None:
        self.buffer.release()


def declare_block(fields: Sequence[tuple[str, str]]) -> str:
    """GLSL for a block whose members are read as plain globals; nothing for none."""
    if not fields:
        return ""
    members = " ".join(f"{glsl} {name};" for name, glsl in fields)
    return f"layout(std140) uniform Parameters {{ {members} }};"
