"""The pad of a layer: which snapshots lie in its corners, where a finger is, how much of each that makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pad:
    """`corners`: numbers of snapshots at the bottom left and right, the top left and right; 0: none.
    `place`: where the finger was last, () before it was anywhere."""

    corners: tuple[int, ...] = (0, 0, 0, 0)
    place: tuple[float, ...] = ()


def weigh(corners: Sequence[int], x: float, y: float) -> list[float]:
    """How much of each corner there is at a place, 1 together. A side without any corner counts for
    nothing: with two below, only x does."""
    shares = [(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y]
    rows = [any(corners[:2]), any(corners[2:])]
    if rows.count(True) == 1:
        row = 0 if rows[0] else 1
        shares = [0.0] * 4
        shares[2 * row], shares[2 * row + 1] = 1 - x, x
    held = [share if corner else 0.0 for share, corner in zip(shares, corners, strict=True)]
    total = sum(held)
    if total <= 0.0:  # on a corner that is empty: the others alike
        held = [1.0 if corner else 0.0 for corner in corners]
        total = sum(held)
    return [share / total for share in held] if total > 0.0 else held
