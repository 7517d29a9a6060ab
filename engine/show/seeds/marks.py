"""Marks on a field: spots, squares, rings and fronts become coverage 0..1, without a seam.

Lengths are in heights of the field, so a seed looks alike at any size; a mark that crosses a border
comes back at the other side. Random numbers are drawn before sizes are looked at. Row 0 is the
bottom. Knows no channels and no units of state: `first_state.py` mixes them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.show.seeds.noise import make_terrain

Coverage = NDArray[np.float32]
Real = TypeVar("Real", np.float32, np.float64)
Offsets = NDArray[np.float64]
# Offsets across and up from a mark's centre, in cells, to its coverage.
Shape = Callable[[Offsets, Offsets], NDArray[np.float64]]


def draw_spots(
    rows: int, columns: int, draw: np.random.Generator, arguments: Mapping[str, Any]
) -> Coverage:
    """Discs, shape (rows, columns); half covered at their radius, whatever the softness."""
    places, sizes = place_marks(rows, columns, draw, arguments)
    cover = np.zeros((rows, columns), dtype=np.float32)
    for place, size in zip(places, sizes, strict=True):
        radius = size * arguments["radius"] * rows
        fade = max(1.0, 2.0 * radius * arguments["softness"])

        def disc(x: Offsets, y: Offsets, r: float = radius, f: float = fade) -> Offsets:
            return edge(r - np.hypot(x, y), f)

        _stamp(cover, place, radius + fade, disc)
    return cover


def draw_squares(
    rows: int, columns: int, draw: np.random.Generator, arguments: Mapping[str, Any]
) -> Coverage:
    """Squares of side `size`, shape (rows, columns), turned by up to `turn` of a right angle."""
    places, sizes = place_marks(rows, columns, draw, arguments)
    angles = draw.random(len(places)) * arguments["turn"] * math.pi / 2
    cover = np.zeros((rows, columns), dtype=np.float32)
    for place, size, angle in zip(places, sizes, angles, strict=True):
        half = size * arguments["size"] * rows / 2
        fade = max(1.0, 2.0 * half * arguments["softness"])
        across, up = math.cos(angle), math.sin(angle)

        def square(
            x: Offsets,
            y: Offsets,
            h: float = half,
            f: float = fade,
            c: float = across,
            s: float = up,
        ) -> Offsets:
            return edge(h - np.maximum(np.abs(c * x + s * y), np.abs(c * y - s * x)), f)

        _stamp(cover, place, (half + fade) * math.sqrt(2), square)
    return cover


def draw_rings(
    rows: int, columns: int, draw: np.random.Generator, arguments: Mapping[str, Any]
) -> Coverage:
    """Rings, shape (rows, columns), with a share `gap` open: in excitable media they curl up."""
    places, sizes = place_marks(rows, columns, draw, arguments)
    angles = draw.uniform(-math.pi, math.pi, len(places))
    cover = np.zeros((rows, columns), dtype=np.float32)
    half = arguments["width"] * rows / 2
    fade = max(1.0, 2.0 * half * arguments["softness"])
    opening = arguments["gap"] * math.pi
    for place, size, angle in zip(places, sizes, angles, strict=True):
        radius = size * arguments["radius"] * rows

        def ring(x: Offsets, y: Offsets, r: float = radius, a: float = angle) -> Offsets:
            away = np.hypot(x, y)
            cover = edge(half - np.abs(away - r), fade)
            if opening > 0:
                turn = np.abs((np.arctan2(y, x) - a + math.pi) % (2 * math.pi) - math.pi)
                cover *= edge((turn - opening) * away, fade)
            return cover

        _stamp(cover, place, radius + half + fade, ring)
    return cover


def draw_fronts(
    rows: int, columns: int, draw: np.random.Generator, arguments: Mapping[str, Any]
) -> Coverage:
    """Two crossed sets of bands, shape (rows, columns, 2): upright ones, and lying ones.

    For even channels and odd ones; where their edges cross, excitable media spin spirals.
    """
    count = arguments["count"]
    across = max(1, round(count * columns / rows))
    shift, other = draw.random(2)
    x = ((np.arange(columns) + 0.5) / columns * across + shift).astype(np.float32)
    y = ((np.arange(rows) + 0.5) / rows * count + other).astype(np.float32)
    cover = np.empty((rows, columns, 2), dtype=np.float32)
    fade = max(1.0, arguments["softness"] * rows / count / 2)
    for number, phase in enumerate((x, y[:, None])):
        bend = make_terrain(rows, columns, int(draw.integers(2**32)), count + 1.0)
        wave = np.sin(2 * math.pi * (phase + bend * (0.25 * arguments["wobble"])))
        cover[..., number] = edge(wave * (rows / (2 * math.pi * count)), fade)
    return cover


def place_marks(
    rows: int, columns: int, draw: np.random.Generator, arguments: Mapping[str, Any]
) -> tuple[Offsets, Offsets]:
    """Centres in cells, (count, 2) as across and up, and sizes about 1.

    Evenly spread by the R2 sequence (Martin Roberts 2018, "The Unreasonable Effectiveness of
    Quasirandom Sequences"), which has no seam either; then moved by `jitter` of their distance. One
    mark alone begins in the middle.
    """
    count, spread = arguments["count"], arguments["spread"]
    start, moves = draw.random(2), draw.uniform(-1.0, 1.0, (count, 2))
    sizes = 1.0 + arguments["vary"] * draw.uniform(-1.0, 1.0, count)
    plastic = 1.3247179572447460  # the real root of x^3 = x + 1
    order = np.arange(count)[:, None] / np.array([plastic, plastic**2])
    share = (start + order) % 1.0 if count > 1 else np.full((1, 2), 0.5)
    extent = np.array([columns / rows, 1.0])
    between = math.sqrt(extent[0] / count)
    place = extent * (0.5 + (share - 0.5) * spread)
    place += moves * arguments["jitter"] * between * spread
    return place * rows, sizes


def _stamp(cover: Coverage, place: Offsets, reach: float, shape: Shape) -> None:
    """Lay a mark over what is there, in a window just large enough, round the borders."""
    rows, columns = cover.shape
    across, x = _window(columns, float(place[0]), reach)
    up, y = _window(rows, float(place[1]), reach)
    window = np.ix_(up, across)
    cover[window] = np.maximum(cover[window], shape(x[None, :], y[:, None]))


def _window(length: int, centre: float, reach: float) -> tuple[NDArray[np.signedinteger], Offsets]:
    """The cells within `reach` of `centre` on a circle of `length`, and how far from it each is."""
    first, last = math.floor(centre - reach), math.ceil(centre + reach)
    if last - first >= length:
        first, last = 0, length
    cells = np.arange(first, last)
    offsets = (cells + 0.5 - centre + length / 2) % length - length / 2
    return cells % length, np.asarray(offsets, dtype=np.float64)


def edge(inside: NDArray[Real], fade: float) -> NDArray[Real]:
    """0 outside, 1 inside, a smooth step `fade` cells wide round the edge, where `inside` is 0."""
    t = (inside / fade + 0.5).clip(0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))
