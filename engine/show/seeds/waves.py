"""Waves on a field: spirals about to turn, stripes, a gradient; coverage 0..1 of each.

Spirals and stripes have no seam (spirals: where as many turn left as right). Random numbers are drawn
before sizes are looked at. Row 0 is the bottom. Knows no channels and no units of state.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.show.seeds.marks import Coverage, edge, place_marks
from engine.show.seeds.noise import make_terrain

Plane = NDArray[np.complex128]
Angles = NDArray[np.float64]
_TERMS = 8  # of the theta function: exact to 1e-7 for fields up to ten times as wide as high
_SHARPEST = 0.02  # radians over which a front rises, at least


def draw_spirals(
    rows: int, columns: int, draw: np.random.Generator, arguments: Mapping[str, Any]
) -> Coverage:
    """Crossed fronts about each centre, shape (rows, columns, 2): for even channels and odd ones.

    About a centre that turns left the even channels are up over one half of the turn, and the odd
    ones, which hold a wave back, over the half that is a quarter turn behind: an excitable medium
    then turns counter-clockwise there. The angle is the phase of a product of as many zeros and
    poles; on a torus each is a theta function, whose phase has no seam where they balance.
    """
    places, _ = place_marks(rows, columns, draw, {**arguments, "vary": 0.0})
    start = draw.uniform(-math.pi, math.pi)
    turns = np.ones(len(places))
    if arguments["turn"] == "right":
        turns[:] = -1.0
    elif arguments["turn"] == "both":
        turns[1::2] = -1.0
    x = (np.arange(columns) + 0.5)[None, :]
    y = (np.arange(rows) + 0.5)[:, None]
    here = np.asarray(x + 1j * y, dtype=np.complex128)
    middles = places[:, 0] % columns + 1j * (places[:, 1] % rows)
    centres = np.asarray(middles, dtype=np.complex128)
    if turns.sum() == 0.0:
        angle: Angles = _torus_angle(here * math.pi / columns, centres * math.pi / columns, turns)
    else:
        angle = np.asarray(sum(s * np.angle(here - c) for s, c in zip(turns, centres, strict=True)))
    angle += start
    # Fronts of one width in angle: they are broader where the angle turns slowly.
    width = max(arguments["softness"] * math.pi / 2, _SHARPEST)
    cover = np.empty((rows, columns, 2), dtype=np.float32)
    cover[..., 0] = edge(np.arcsin(np.sin(angle)), width)
    cover[..., 1] = edge(np.arcsin(np.cos(angle)), width)
    return cover


def _torus_angle(here: Plane, centres: Plane, turns: Angles) -> Angles:
    """The angle about all centres on a torus of periods pi and pi * tau; `turns` sum to zero.

    theta_1(z) = 2 sum (-1)^n q^((n + 1/2)^2) sin((2 n + 1) z), q = exp(i pi tau) (DLMF 20.2.1); a
    period up it changes by -exp(-i pi tau - 2 i z) (DLMF 20.2.6), which the last line takes back.
    """
    height = float(here.imag[0, 0] + here.imag[-1, 0])  # pi * Im tau
    q = math.exp(-height)
    angle: Angles = np.zeros(here.shape)
    for turn, centre in zip(turns, centres, strict=True):
        theta = np.zeros(here.shape, dtype=np.complex128)
        for n in range(_TERMS):
            theta += (-1) ** n * q ** ((n + 0.5) ** 2) * np.sin((2 * n + 1) * (here - centre))
        angle += turn * np.angle(theta)
    slope = 2.0 * float((turns * centres.real).sum()) / height
    angle -= slope * here.imag
    return angle


def draw_stripes(
    rows: int, columns: int, draw: np.random.Generator, arguments: Mapping[str, Any]
) -> Coverage:
    """Bands, shape (rows, columns); turned and spaced so that whole ones fit both ways round."""
    shift, number = draw.random(), int(draw.integers(2**32))
    count, turn = arguments["count"], math.radians(arguments["angle"])
    along = cmath.rect(count, turn + math.pi / 2)
    across, up = round(along.real * columns / rows), round(along.imag)
    if across == up == 0:
        up = 1
    x, y = (np.arange(columns) + 0.5) / columns, (np.arange(rows) + 0.5) / rows
    bend = make_terrain(rows, columns, number, count / 2 + 1.0) * (0.3 * arguments["wobble"])
    phase = across * x[None, :] + up * y[:, None] + shift + bend
    away = np.abs((phase + 0.5) % 1.0 - 0.5)  # from the middle of a stripe, in stripes
    cells = 1.0 / math.hypot(across / columns, up / rows)  # from one stripe to the next
    share = arguments["share"]
    fade = max(1.0, arguments["softness"] * min(share, 1.0 - share) * cells)
    inside = share / 2 - away
    whole = share in (0.0, 1.0)  # no stripe, or no gap, and so no edge
    cover = np.full(away.shape, share) if whole else edge(inside * cells, fade)
    return np.asarray(cover, dtype=np.float32)


def draw_gradient(
    rows: int, columns: int, draw: np.random.Generator, arguments: Mapping[str, Any]
) -> Coverage:
    """From rest to active, shape (rows, columns): one way, there and back, or from the middle out."""
    x = ((np.arange(columns) + 0.5) - columns / 2)[None, :] / rows
    y = ((np.arange(rows) + 0.5) - rows / 2)[:, None] / rows
    if arguments["shape"] == "radial":
        cover = 1.0 - np.hypot(x, y) / arguments["radius"]
    else:
        angle = math.radians(arguments["angle"])
        half = (abs(math.cos(angle)) * columns / rows + abs(math.sin(angle))) / 2
        cover = 0.5 + 0.5 * (x * math.cos(angle) + y * math.sin(angle)) / half
        if arguments["shape"] == "mirror":
            cover = 1.0 - np.abs(2.0 * cover - 1.0)
    return np.asarray(cover.clip(0.0, 1.0), dtype=np.float32)
