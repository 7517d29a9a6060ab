"""Colour spaces: sRGB as stored, linear sRGB as light, OKLab and OKLCH as seen.

Arrays of shape (..., 3) come in, float64 arrays of the same shape go out. Linear and encoded sRGB:
0..1 in gamut. OKLab: L 0..1, a and b about -0.4..0.4. OKLCH: L 0..1, C 0..0.4, H in degrees,
0 <= H < 360. Never clips: only `fit_gamut` brings a colour into gamut.

Sources: Björn Ottosson, "A perceptual color space for image processing" (2020, matrices of 2021),
https://bottosson.github.io/posts/oklab/; the sRGB curve from IEC 61966-2-1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Colours = NDArray[np.float64]

_HALVINGS = 24  # chroma to 0.4 / 2**24, far below one step of 16 bits
_TOLERANCE = 1e-6  # in linear light


def linear_to_cones() -> Colours:
    """Linear sRGB to the cone responses LMS: (3, 3), applied to a column."""
    return np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )


def cones_to_lab() -> Colours:
    """Cube roots of the cone responses to OKLab: (3, 3), applied to a column."""
    return np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )


def decode_srgb(encoded: ArrayLike) -> Colours:
    """Stored sRGB values to linear light; odd around 0, so values out of gamut survive."""
    value = np.asarray(encoded, dtype=np.float64)
    size = np.abs(value)
    light = np.where(size <= 0.04045, size / 12.92, ((size + 0.055) / 1.055) ** 2.4)
    return np.copysign(light, value)


def encode_srgb(linear: ArrayLike) -> Colours:
    """Linear light to stored sRGB values; the inverse of `decode_srgb`."""
    light = np.asarray(linear, dtype=np.float64)
    size = np.abs(light)
    value = np.where(size <= 0.0031308, size * 12.92, 1.055 * size ** (1 / 2.4) - 0.055)
    return np.copysign(value, light)


def linear_to_oklab(linear: ArrayLike) -> Colours:
    """Linear sRGB to OKLab."""
    cones = np.asarray(linear, dtype=np.float64) @ linear_to_cones().T
    return np.asarray(np.cbrt(cones) @ cones_to_lab().T)


def oklab_to_linear(lab: ArrayLike) -> Colours:
    """OKLab to linear sRGB; may leave 0..1 where the colour is out of gamut."""
    to_cones, to_light = _inverses()
    return np.asarray((np.asarray(lab, dtype=np.float64) @ to_cones) ** 3 @ to_light)


def oklab_to_oklch(lab: ArrayLike) -> Colours:
    """OKLab to lightness, chroma and hue in degrees; the hue of a grey means nothing."""
    lightness, a, b = np.moveaxis(np.asarray(lab, dtype=np.float64), -1, 0)
    hue = np.degrees(np.arctan2(b, a)) % 360.0
    return np.stack([lightness, np.hypot(a, b), hue], axis=-1)


def oklch_to_oklab(lch: ArrayLike) -> Colours:
    """Lightness, chroma and hue in degrees (any turn) to OKLab."""
    lightness, chroma, degrees = np.moveaxis(np.asarray(lch, dtype=np.float64), -1, 0)
    hue = np.radians(degrees)
    return np.stack([lightness, chroma * np.cos(hue), chroma * np.sin(hue)], axis=-1)


def in_gamut(lab: ArrayLike, tolerance: float = _TOLERANCE) -> NDArray[np.bool_]:
    """Which OKLab colours sRGB can show: shape (...), `tolerance` in linear light."""
    linear = oklab_to_linear(lab)
    return np.asarray(((linear >= -tolerance) & (linear <= 1.0 + tolerance)).all(axis=-1))


def fit_gamut(lab: ArrayLike, halvings: int = _HALVINGS) -> Colours:
    """OKLab colours that sRGB can show: chroma reduced, lightness (clamped to 0..1) and hue kept.

    The most chroma that fits, found by so many halvings; colours already in gamut come back unchanged.
    """
    colour = np.array(lab, dtype=np.float64)
    colour[..., 0] = np.clip(colour[..., 0], 0.0, 1.0)
    outside = ~in_gamut(colour)
    if not outside.any():
        return colour
    wild = colour[outside]
    # The roots of the cones run straight along the chroma, so only their cubes are taken each time;
    # a row for each cone: that is three times as fast as a column.
    to_cones, to_light = (matrix.T.copy() for matrix in _inverses())
    grey, way = to_cones[:, :1] * wild[:, 0], to_cones[:, 1:] @ wild[:, 1:].T
    kept, step = np.zeros(len(wild)), 1.0
    for _ in range(halvings):
        step /= 2
        more = kept + step
        roots = grey + way * more
        light = to_light @ (roots * roots * roots)
        fits = np.abs(light - 0.5).max(axis=0) <= 0.5 + _TOLERANCE
        kept = np.where(fits, more, kept)
    wild[:, 1:] *= kept[:, None]
    colour[outside] = wild
    return colour


def _inverses() -> tuple[Colours, Colours]:
    """OKLab to cone roots and cones to light, as (3, 3) for rows.

    Inverted here rather than copied rounded, so a round trip is exact to 1e-12.
    """
    to_cones, to_light = np.linalg.inv(cones_to_lab()).T, np.linalg.inv(linear_to_cones()).T
    return np.asarray(to_cones, np.float64), np.asarray(to_light, np.float64)
