"""Swatches become a palette of ours: in an order that a field can play, with the stops they need.

In: swatches. Out: a `Palette`. A list that is no gradient in its own order is laid from dark to light,
since a field's height chooses the colour. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.show.colours import oklab
from engine.show.colours.colour import Lab
from engine.show.colours.foreign.swatches import Swatches, Unreadable
from engine.show.colours.palette import MAX_STOPS, Palette, Stop

IMPORTED = "own"  # the group of what the user brings
ALIKE = 0.004  # of two colours in OKLab, which nobody sees
CLOSE = 1e-3  # between two stops where the file has an edge
FEW = 12  # colours that are all kept as stops
Points = NDArray[np.float64]


def make_palette(
    swatches: Swatches, name: str, title: str, *, order: str = "auto", dark: bool = False
) -> Palette:
    """`order`, "auto", "file" or "lightness", is for lists; `dark` lets the palette begin in its own
    shadow. Raises `Unreadable` where there are not two colours."""
    colours = np.array(swatches.colours, np.float64)
    places = np.array(swatches.positions, np.float64)
    if not len(places):
        colours, places = _lay(colours, order)
    if len(colours) < 2 or np.ptp(colours, axis=0).max() < ALIKE:
        raise Unreadable("there is only one colour in it", "A palette needs two or more.")
    places = places.clip(0.0, 1.0)
    if places[0] > 0.0:
        colours, places = np.vstack([colours[:1], colours]), np.append(0.0, places)
    if places[-1] < 1.0:
        colours, places = np.vstack([colours, colours[-1:]]), np.append(places, 1.0)
    places = _part(places)
    if dark and colours[0, 0] > 0.1:
        shade = colours[0] * (0.03 / colours[0, 0])
        colours, places = np.vstack([shade, colours]), np.append(0.0, 0.16 + 0.84 * places)
    if len(colours) > FEW:
        chosen = _thin(colours, places)
        colours, places = colours[chosen], places[chosen]
    kind = _find_kind(colours)
    if kind == "cyclic":
        colours[-1] = colours[0]
    stops = zip(places, oklab.fit_gamut(colours), strict=True)
    return Palette(
        name,
        title,
        "",
        kind,
        tuple(Stop(float(place), _lab(colour)) for place, colour in stops),
        _lab(_find_accent(colours)),
        IMPORTED,
    )


def make_id(words: str) -> str:
    """A name for a file, of what somebody called it: `Sun Set!` is `sun-set`."""
    return re.sub(r"[^a-z0-9_]+", "-", words.lower()).strip("-")[:48] or "palette"


def _lay(colours: Points, order: str) -> tuple[Points, Points]:
    """As in the file, evenly, where that is a gradient or is wanted; else from dark to light, each
    once, by how far apart they look."""
    risen = colours[np.argsort(colours[:, 0], kind="stable")]
    if order == "file" or (order == "auto" and _way(colours) <= 1.3 * _way(risen)):
        return colours, np.linspace(0.0, 1.0, len(colours))
    kept = risen[:1]
    for colour in risen[1:]:
        if np.linalg.norm(colour - kept[-1]) >= ALIKE:
            kept = np.vstack([kept, colour])
    return kept, _spread(kept)


def _way(colours: Points) -> float:
    """How far it is from the first to the last, by all between them."""
    return float(np.linalg.norm(np.diff(colours, axis=0), axis=1).sum())


def _spread(colours: Points) -> Points:
    """Half by how far apart they look, half evenly: near ones keep a place of their own."""
    if len(colours) < 2:
        return np.zeros(len(colours))
    steps = np.linalg.norm(np.diff(colours, axis=0), axis=1)
    way = np.append(0.0, np.cumsum(steps)) / steps.sum()
    return np.asarray(0.5 * way + 0.5 * np.linspace(0.0, 1.0, len(colours)))


def _part(places: Points) -> Points:
    """The places with CLOSE between any two, and the ends at 0 and 1."""
    close = min(CLOSE, 0.5 / len(places))
    up = places.copy()
    for n in range(1, len(up)):
        up[n] = max(up[n], up[n - 1] + close)
    for n in range(len(up) - 1, -1, -1):
        up[n] = min(up[n], 1.0 - close * (len(up) - 1 - n))
    up[0], up[-1] = 0.0, 1.0
    return up


def _thin(colours: Points, places: Points) -> list[int]:
    """As few of the stops as tell the rest within ALIKE, at most MAX_STOPS: the worst missed first."""
    chosen = [0, len(places) - 1]
    while len(chosen) < MAX_STOPS:
        told = np.stack(
            [np.interp(places, places[chosen], colours[chosen, k]) for k in range(3)], 1
        )
        missed = np.linalg.norm(told - colours, axis=1)
        worst = int(missed.argmax())
        if missed[worst] < ALIKE:
            break
        chosen = sorted({*chosen, worst})
    return chosen


def _find_kind(colours: Points) -> str:
    closed = np.linalg.norm(colours[0] - colours[-1]) < 0.02
    if closed and len(colours) > 3:
        return "cyclic"
    return "paper" if colours[0, 0] > colours[-1, 0] + 0.3 else "glow"


def _find_accent(colours: Points) -> Points:
    """Across from the palette's hue, where it stands out."""
    a, b = colours[:, 1].sum(), colours[:, 2].sum()
    hue = np.degrees(np.arctan2(-b, -a)) if np.hypot(a, b) > 1e-3 else 60.0
    light = 0.55 if colours[:, 0].mean() > 0.7 else 0.78
    return oklab.fit_gamut(oklab.oklch_to_oklab([light, 0.13, hue]))


def _lab(colour: Sequence[float] | Points) -> Lab:
    return float(colour[0]), float(colour[1]), float(colour[2])
