"""Draws `scenes/pictures/ridge.png`: a moon over mountains, engraved. Nothing comes in but chance.

    python docs/ridge_picture.py

Perona-Malik's scene melts it: broad tones with firm outlines, and fine hatching inside them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

ROWS, COLUMNS = 540, 960
RIDGES = 6
OUT = Path(__file__).resolve().parents[1] / "scenes" / "pictures" / "ridge.png"


def crest(draw: np.random.Generator, rough: float) -> NDArray[np.float64]:
    """A line over the width, about -1 to 1, that meets itself: waves of falling strength."""
    waves = np.arange(1, 90)
    turns = 2 * np.pi * np.arange(COLUMNS) / COLUMNS
    strength = waves**-rough * draw.normal(size=len(waves))
    phase = draw.uniform(0, 2 * np.pi, len(waves))
    line = (strength[:, None] * np.sin(waves[:, None] * turns + phase[:, None])).sum(axis=0)
    return np.asarray(line / np.abs(line).max())


def hatch(draw: np.random.Generator, angle: float, pitch: float) -> NDArray[np.float64]:
    """Strokes `pitch` pixels apart, bent and broken: 0 to 1."""
    y, x = np.mgrid[0:ROWS, 0:COLUMNS].astype(float)
    bend = 6 * np.sin(y / 47 + draw.uniform(0, 6)) + 5 * np.sin(x / 61 + draw.uniform(0, 6))
    across = x * np.cos(angle) + y * np.sin(angle) + bend
    strokes = 0.5 + 0.5 * np.sin(2 * np.pi * across / pitch)
    return np.asarray(strokes * (0.6 + 0.4 * draw.random((ROWS, COLUMNS))))


def draw_ridge() -> NDArray[np.float64]:
    """Lightness 0 to 1, (rows, columns), the top row first."""
    draw = np.random.default_rng(7)
    y, x = np.mgrid[0:ROWS, 0:COLUMNS].astype(float)
    picture = 0.10 + 0.16 * hatch(draw, 1.45, 7.0) * (y / ROWS)
    stars = draw.random((ROWS, COLUMNS)) > 0.9992
    picture = np.maximum(picture, 0.8 * (stars | np.roll(stars, 1, 0) | np.roll(stars, 1, 1)))
    away = np.hypot(x - 0.66 * COLUMNS, y - 0.30 * ROWS)
    picture += 0.22 * np.exp(-((away - 118) ** 2) / 300) * hatch(draw, 0.3, 9.0)
    picture = np.where(away < 92, 0.86 + 0.14 * hatch(draw, 0.9, 6.0), picture)
    for layer in range(RIDGES):
        share = layer / (RIDGES - 1)
        top = ROWS * (0.42 + 0.50 * share) - ROWS * (0.17 - 0.08 * share) * crest(draw, 1.15)
        depth = y - top
        tone = 0.62 - 0.56 * share**0.8 + 0.10 * np.exp(-depth / 18)
        lines = hatch(draw, 0.6 + 0.5 * layer, 6.0 + 2.5 * share)
        fill = tone + (0.30 - 0.10 * share) * (lines - 0.4)
        picture = np.where(depth > 0, fill, picture)
        picture = np.where(np.abs(depth) < 1.4, 0.75 - 0.35 * share, picture)
    return np.asarray(np.clip(picture, 0.0, 1.0))


if __name__ == "__main__":
    OUT.parent.mkdir(exist_ok=True)
    Image.fromarray(np.rint(draw_ridge() * 255).astype(np.uint8)).save(OUT, optimize=True)
    print(OUT)
