"""Layouts: how the cells of a field lie in textures while it is stepped, and which one fits.

    plain    a cell is a texel, a fragment steps one cell: the layout that explains itself
    pair     a texel holds several cells of a row (two of two channels, four of one)
    rows     the same, and a fragment steps eight rows of it, one in each of eight render targets
    fused    the same, and takes two steps at once, the first of them in registers
    fused4   the same with four rows: less to compile, less to spread

Row y lies in texture y mod R at its row y div R. What is seen, touched and measured is always the
plain field: a packed one is made from it, and unpacked again when its steps are done. The figures
that led here stand in `docs/benchmark.md`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.gpu.source import Source
from engine.show.catalogue import Model

# A rate that does any of this wants its own cell's place or neighbours: it knows the plain layout only.
LOOKS_ABOUT = re.compile(
    r"\b(texture\w*|texelFetch\w*|white|LAPLACIAN_OF)\s*\(|\b(uv|gl_FragCoord|isf_FragNormCoord)\b"
)
COMMENTS = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)

LEAST_STEPS = 4  # a frame: for fewer it is quicker to stay plain than to gather and spread


@dataclass(frozen=True, slots=True)
class Layout:
    """`rows` of a fragment, each in a texture of its own; `steps` taken in one pass."""

    id: str
    rows: int = 1
    steps: int = 1

    @property
    def plain(self) -> bool:
        return self.id == "plain"

    @property
    def trial_steps(self) -> tuple[int, ...]:
        """Numbers of steps a frame that draw each program of the layout once, one after another."""
        even = LEAST_STEPS
        return () if self.plain else (even,) if self.steps == 1 else (even, even + 1)


PLAIN = Layout("plain")
LAYOUTS = {
    layout.id: layout
    for layout in (
        PLAIN,
        Layout("pair"),
        Layout("rows", 8),
        Layout("fused", 8, 2),
        Layout("fused4", 4, 2),
    )
}


def cells_per_texel(channels: int) -> int:
    """Neighbours of a row that share one RGBA texel."""
    return {1: 4, 2: 2}.get(channels, 1)


def can_pack(model: Model, source: Source) -> bool:
    """Whether the model's step needs only a cell and its Laplacian."""
    local = model.integrator != "staggered" and not model.potential and not model.noise
    return local and not LOOKS_ABOUT.search(COMMENTS.sub(" ", source.text))


def fits(layout: Layout, columns: int, rows: int, channels: int) -> bool:
    """Whether a field of this size can be cut so."""
    return columns % cells_per_texel(channels) == 0 and rows % layout.rows == 0
