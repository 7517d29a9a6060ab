"""Kernels: the arrays of weights that a rule's code reads, made from its parameters.

In: native values and 1/dx. Out: rows of four numbers, a `vec4` array in the code. Pure; a maker is
asked again only when what it reads has changed, so it must be done in about a millisecond.

Both makers lay two round kernels out for `shaders/lib/separable.glsl`: a sum over hundreds of
cells becomes at most sixteen sums across, and as many down.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float32]
Kernel = NDArray[np.float64]
SPAN, TERMS = 15, 16  # as in separable.glsl: the largest radius in cells, and the sums that asks
EXACT = 1e-7  # what the terms that are left out may amount to, of the largest
SMALLEST = 2.0  # cells: a smaller disc has no shape


@dataclass(frozen=True, slots=True)
class Maker:
    """How a table is made: `make` gets the values of the parameters in `reads`, and 1/dx, and
    returns an array of shape (`rows`, 4)."""

    make: Callable[[Mapping[str, float], float], Table]
    reads: tuple[str, ...]
    rows: int


def separate(kernels: tuple[Kernel, Kernel]) -> Table:
    """Two kernels as a table of weights across and down. Each is the quarter at and beyond its
    middle, (span + 1, span + 1), rows going up, even both ways.

    No rank is higher than span + 1, so nothing is left out but what is below `EXACT`. Rows that
    neither kernel fills are not read: a kernel falls to nothing at its radius, and often before.
    """
    filled = np.flatnonzero((kernels[0] != 0).any(axis=0) | (kernels[1] != 0).any(axis=0))
    span = int(filled[-1])
    kernels = (kernels[0][: span + 1, : span + 1], kernels[1][: span + 1, : span + 1])
    columns, sizes, rows = np.linalg.svd(np.concatenate(kernels), full_matrices=False)
    terms = int((sizes > EXACT * sizes[0]).sum())
    quads = -(-terms // 4)
    table = np.zeros((1 + 3 * (SPAN + 1) * (TERMS // 4), 4), np.float32)
    table[0, :2] = span, quads
    parts = table[1:].reshape(3, SPAN + 1, TERMS)
    parts[0, : span + 1, :terms] = rows[:terms].T
    down = columns[:, :terms] * sizes[:terms]
    parts[1:, : span + 1, :terms] = down.reshape(2, span + 1, terms)
    return table


def distances(radius: float) -> Kernel:
    """Distances from the middle in cells, of the quarter that a disc of this radius touches."""
    axis = np.arange(min(int(np.ceil(radius + 0.5)), SPAN) + 1, dtype=np.float64)
    return np.hypot(axis[:, None], axis[None, :])


def normalise(quarter: Kernel) -> Kernel:
    """The kernel scaled so that its sum over the whole plane is 1."""
    sides = np.full(len(quarter), 2.0)
    sides[0] = 1.0
    return np.asarray(quarter / (sides @ quarter @ sides))


def make_smoothlife(values: Mapping[str, float], scale: float) -> Table:
    """Rafler 2011: the disc of a third (`radius_ratio`) of the radius, and the ring around it, both
    with an edge one cell wide."""
    outer = min(max(values["radius"] * scale, SMALLEST * values["radius_ratio"]), float(SPAN))
    inner = outer / values["radius_ratio"]
    away = distances(outer)
    disc = np.clip(inner + 0.5 - away, 0.0, 1.0)
    ring = np.clip(outer + 0.5 - away, 0.0, 1.0) - disc
    return separate((normalise(disc), normalise(ring)))


def make_lenia(values: Mapping[str, float], scale: float) -> Table:
    """Chan 2019: rings of heights b1..b3 within the radius, each (4 r (1 - r))^4; and one ring of
    `second_radius` times the radius."""
    radius = min(max(values["radius"] * scale, 4.0), float(SPAN))
    heights = [values["ring_1"], values["ring_2"], values["ring_3"]]
    while len(heights) > 1 and heights[-1] < 1e-3:
        heights.pop()
    if max(heights) < 1e-3:
        heights = [1.0]
    return separate((_rings(radius, heights), _rings(radius, [1.0], values["second_radius"])))


def _rings(radius: float, heights: list[float], share: float = 1.0) -> Kernel:
    reach = distances(radius) / (radius * share)
    place = reach * len(heights)
    number = np.minimum(place.astype(int), len(heights) - 1)
    within = np.where(reach < 1.0, place - number, 0.0)
    return normalise(np.asarray(heights)[number] * (4.0 * within * (1.0 - within)) ** 4)


_ROWS = 1 + 3 * (SPAN + 1) * (TERMS // 4)
MAKERS: Mapping[str, Maker] = {
    "smoothlife": Maker(make_smoothlife, ("radius", "radius_ratio"), _ROWS),
    "lenia": Maker(make_lenia, ("radius", "ring_1", "ring_2", "ring_3", "second_radius"), _ROWS),
}
