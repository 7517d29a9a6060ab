"""Smooth random maps without a seam, drawn as waves: a generator comes in, an array goes out.

Row 0 is the bottom. Every map repeats at its borders. Reads no clock and no global randomness.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Map = NDArray[np.float32]

_OCTAVES = ((1.0, 1.0), (2.0, 0.25), (4.0, 0.06))  # frequency and strength beside the first
_BREADTH = 0.3  # of a ring of frequencies, as a share of its radius: less is more even


def make_terrain(rows: int, columns: int, rng_seed: int, blobs: float) -> Map:
    """A slow map for a parameter: (rows, columns) in -1..1, mean near 0, full range used.

    About `blobs` (0.5..64) hills across the height, as many hollows, with two finer octaves. The
    same map at any size of the same shape, as far as its finest waves fit the cells.
    """
    if not 0.5 <= blobs <= 64.0:
        raise ValueError(f"blobs is {blobs}, not 0.5..64")
    draw = np.random.Generator(np.random.PCG64(rng_seed))
    aspect = columns / rows
    highest = 2.0 * blobs * _OCTAVES[-1][0]
    # The waves are drawn before the size is looked at: so the map does not depend on it.
    across, up = math.ceil(highest * aspect), math.ceil(highest)
    real, imaginary = draw.standard_normal((2, 2 * up + 1, across + 1))
    waves = real + 1j * imaginary
    rows_up = np.arange(-up, up + 1)
    columns_across = np.arange(across + 1)
    frequency = np.hypot(rows_up[:, None], columns_across / aspect)
    waves *= sum(
        strength * np.exp(-(((frequency / (blobs * times) - 1.0) / _BREADTH) ** 2) / 2) / times
        for times, strength in _OCTAVES
    )
    waves[up, 0] = 0.0
    fits_up = np.abs(rows_up) <= (rows - 1) // 2
    fits_across = columns_across <= (columns - 1) // 2
    spectrum = np.zeros((rows, columns // 2 + 1), dtype=np.complex64)
    spectrum[np.ix_(rows_up[fits_up] % rows, columns_across[fits_across])] = waves[
        np.ix_(fits_up, fits_across)
    ]
    height = _even_out(np.fft.irfft2(spectrum, s=(rows, columns)))
    # Squeezed at the ends, so hills are broad and the whole range is in use.
    height = np.tanh(height)
    peak = float(np.abs(height).max())
    return np.asarray(height / peak if peak > 0 else height, dtype=np.float32)


def make_smooth_noise(rows: int, columns: int, draw: np.random.Generator, scale: float) -> Map:
    """Noise of shape (rows, columns) in -1..1, mean near 0, blurred over about `scale` cells.

    Below one cell it is white: evenly spread, each cell for itself.
    """
    if scale < 1.0:
        return draw.random((rows, columns), dtype=np.float32) * np.float32(2) - np.float32(1)
    shape = (rows, columns // 2 + 1)
    waves = draw.standard_normal(shape, dtype=np.float32) + 1j * draw.standard_normal(
        shape, dtype=np.float32
    )
    along = np.exp(-((np.fft.rfftfreq(columns) * math.pi * scale) ** 2) / 2)
    up = np.exp(-((np.fft.fftfreq(rows) * math.pi * scale) ** 2) / 2)
    waves *= (up[:, None] * along).astype(np.float32)
    waves[0, 0] = 0.0
    height = _even_out(np.fft.irfft2(waves, s=(rows, columns)))
    return np.asarray((height / 2.5).clip(-1.0, 1.0), dtype=np.float32)  # 2.5 deviations


def _even_out(height: NDArray[np.floating]) -> NDArray[np.floating]:
    """Mean 0 and deviation 1; a flat map stays flat."""
    height = height - height.mean()
    deviation = float(height.std())
    return height / deviation if deviation > 0 else height
