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
        self._slots: dict[str, slice] = {}
        words = 0
        for name, glsl in fields:
            base, _, count = glsl.partition("[")
            alignment = _ALIGNMENTS[base]
            size = alignment * int(count[:-1] or 1) if count else alignment
            words = -(-words // alignment) * alignment
            self._slots[name] = slice(words, words + size)
            words += size
        self._floats = np.zeros(max(-(-words // 4) * 4, 4), np.float32)
        self._ints = self._floats.view(np.int32)
        self._whole = frozenset(name for name, glsl in fields if glsl in ("int", "bool"))
        self.buffer = context.buffer(self._floats.tobytes(), dynamic=True)

    def write(self, values: Mapping[str, float | Sequence[float]]) -> None:
        """Set every name of the block that `values` has and send the block, in one write."""
        floats, ints, slots, whole = self._floats, self._ints, self._slots, self._whole
        for name, slot in slots.items():
            value = values.get(name)
            if value is None:
                continue
            if name in whole:
                ints[slot] = round(value if isinstance(value, (int, float)) else value[0])
            else:
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
