"""What the twins share: the grid, its borders and Laplacian in float64, and the step's random numbers.

A state is (rows, columns, channels); `outside` is what a fixed border holds, one number per channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Parameters = Mapping[str, float]

# Patra and Karttunen 2006; Mehrstellen in Collatz 1960: error isotropic to fourth order.
MEHRSTELLEN = np.array([[1.0, 4.0, 1.0], [4.0, -20.0, 4.0], [1.0, 4.0, 1.0]]) / 6.0


@dataclass(frozen=True, slots=True)
class Grid:
    """How the plane is cut: distance of two cells, and what lies beyond the edge."""

    border: str
    outside: tuple[float, ...] = ()
    dx: float = 1.0

    def surround(self, values: Array) -> Array:
        """The field with one ring of cells around it, as the border says."""
        return self.pad(values, 1)

    def pad(self, values: Array, width: int) -> Array:
        """The field with `width` cells around it: np.pad comes round as often as it takes."""
        around = ((width, width), (width, width), (0, 0))
        if self.border == "periodic":
            return np.pad(values, around, mode="wrap")
        if self.border == "no-flux":
            return np.pad(values, around, mode="edge")
        rows, columns, channels = values.shape
        ring = np.empty((rows + 2 * width, columns + 2 * width, channels))
        ring[:] = self.outside
        ring[width:-width, width:-width] = values
        return ring

    def laplacian(self, values: Array) -> Array:
        rows, columns, _ = values.shape
        ring = self.surround(values)
        total = np.zeros_like(values)
        for row in range(3):
            for column in range(3):
                neighbour = ring[row : row + rows, column : column + columns]
                total += MEHRSTELLEN[row, column] * neighbour
        return total / self.dx**2


def smooth_step(low: Array | float, high: Array | float, x: Array) -> Array:
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return t * t * (3 - 2 * t)


def hash_words(rows: int, columns: int, frame: int) -> NDArray[np.uint64]:
    """Jarzynski and Olano 2020: the PCG hash of each cell's whole place, in 32-bit integers."""
    x, y = np.arange(columns, dtype=np.uint64), np.arange(rows, dtype=np.uint64)[:, None]
    mask = np.uint64(0xFFFFFFFF)
    start = np.uint64((frame * 747796405 + 2891336453) & 0xFFFFFFFF)
    word = (x * np.uint64(1664525) + y * np.uint64(22695477) + start) & mask
    word = (
        ((word >> ((word >> np.uint64(28)) + np.uint64(4))) ^ word) * np.uint64(277803737)
    ) & mask
    return (word >> np.uint64(22)) ^ word


def pixel_noise(rows: int, columns: int, frame: int) -> Array:
    """White, 0 to 1, in 24 bits."""
    return (hash_words(rows, columns, frame) >> np.uint64(8)).astype(np.float64) / 2**24


def white_noise(rows: int, columns: int, which: int, noise_step: int = 0) -> Array:
    """Of unit strength for each cell: the sum of four uniforms of 16 bits, at their variance."""
    sums = np.zeros((rows, columns))
    for half in (0, 1):
        word = hash_words(rows, columns, (noise_step * 4 + which) * 2 + half)
        sums += (word >> np.uint64(16)) + (word & np.uint64(0xFFFF))
    return np.sqrt(3.0) * ((sums + 2.0) / 65536.0 - 2.0)


def filled(grid: Grid, values: Array, kernel: Array) -> Array:
    """The mean of one channel, (rows, columns, 1), under an odd-sided kernel: one shift a weight."""
    reach = kernel.shape[0] // 2
    rows, columns, _ = values.shape
    wide = grid.pad(values, reach)[..., 0]
    total = np.zeros((rows, columns))
    for (row, column), weight in np.ndenumerate(kernel):
        if weight:
            total += weight * wide[row : row + rows, column : column + columns]
    return total / kernel.sum()
