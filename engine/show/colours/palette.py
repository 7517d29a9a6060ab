"""Palettes: a TOML file comes in, a table of colours (LUT) for the looks goes out.

    title = "Ember"
    about = "Coals under ash: plum shadows, iron red, a breath of flame"
    kind = "glow"                            # glow (default), paper or cyclic
    group = "fire"                           # one word; those of a group are listed together
    stops = [
        [0.0, "oklch(0.02 0.01 320)"],       # position 0..1, colour
        [0.5, "#a83010"],
        [1.0, "oklch(0.95 0.06 85)"],
    ]
    accent = "oklch(0.80 0.12 200)"          # edges, rim, second channel; else the last stop

Colours are `"#rrggbb"` or `"oklch(L C H)"` (see `colour.py`). Positions rise from 0 to 1. `glow`
climbs from black, `paper` falls from light to ink, `cyclic` ends on the colour it began with, so
that a look may turn it without a seam. The id of a palette is its file's name without `.toml`.

Mixing happens in OKLab, by a monotone cubic: no kink at a stop, no overshoot between two, so rising
lightness stays rising. Two baked tables are cross-faded by a plain lerp, then made light.
Knows neither GL nor the performer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import Complaint, MorphogenError, suggest
from engine.show.colours import oklab
from engine.show.colours.colour import HOW_TO_WRITE, Lab, parse_colour
from engine.toml_lines import KeyPath, line_of, read_toml

Lut = NDArray[np.float32]
Complain = Callable[[KeyPath, str, str], None]

KINDS = ("glow", "paper", "cyclic")
KEYS = ("title", "about", "kind", "group", "stops", "accent")
NAME = re.compile(r"[a-z0-9_-]{1,64}")
GROUP = "more"  # where none is named
MAX_STOPS = 64


@dataclass(frozen=True, slots=True)
class Stop:
    """A colour in OKLab at a position 0..1."""

    position: float
    colour: Lab


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours along 0..1, in OKLab and within sRGB. At least two stops, from 0 to 1, rising."""

    id: str
    title: str
    about: str
    kind: str
    stops: tuple[Stop, ...]
    accent: Lab
    group: str = GROUP


def load_palette(path: Path) -> Palette:
    """The palette in a file. Raises MorphogenError with every mistake in it."""
    palette, complaints = _read_palette(path)
    if palette is None:
        raise MorphogenError(*complaints)
    return palette


def check_palette(path: Path) -> list[Complaint]:
    """Every mistake in a palette file, with its line; empty when it is sound."""
    return _read_palette(path)[1]


def bake(palette: Palette, size: int = 256) -> Lut:
    """The palette as `size` OKLab colours, shape (size, 3), all of them within sRGB."""
    positions = np.array([stop.position for stop in palette.stops])
    colours = np.array([stop.colour for stop in palette.stops])
    slopes = _monotone_slopes(positions, colours, palette.kind == "cyclic")
    at = np.linspace(0.0, 1.0, size)
    left = np.clip(np.searchsorted(positions, at, side="right") - 1, 0, len(positions) - 2)
    width = (positions[left + 1] - positions[left])[:, None]
    t = (at - positions[left])[:, None] / width
    lab = (
        colours[left] * (1 + 2 * t) * (1 - t) ** 2
        + colours[left + 1] * t * t * (3 - 2 * t)
        + width * (slopes[left] * t * (1 - t) ** 2 - slopes[left + 1] * t * t * (1 - t))
    )
    return oklab.fit_gamut(lab).astype(np.float32)


def lut_to_linear(lab: Lut) -> Lut:
    """A baked table, or a lerp of two, as linear sRGB 0..1: shape (size, 3), in 50 us.

    Between two hues a lerp may leave the gamut a little; here, where speed counts, it is clipped.
    """
    to_cones, to_light = _inverses()
    cones = lab @ to_cones
    light: Lut = (cones * cones * cones) @ to_light
    return light.clip(0.0, 1.0, out=light)


def _inverses() -> tuple[Lut, Lut]:
    """OKLab to cone roots and cones to light, as (3, 3) for rows; 15 us, so not worth keeping."""
    to_cones = np.linalg.inv(oklab.cones_to_lab()).T
    to_light = np.linalg.inv(oklab.linear_to_cones()).T
    return to_cones.astype(np.float32), to_light.astype(np.float32)


def _monotone_slopes(
    positions: oklab.Colours, colours: oklab.Colours, cyclic: bool
) -> oklab.Colours:
    """Slopes (n, 3) at the stops for a cubic that never overshoots.

    Fritsch and Butland 1984, doi:10.1137/0905021: the weighted harmonic mean of the slopes on both
    sides, zero at a turning point. At the ends the one-sided slope, or round the seam.
    """
    width = np.diff(positions)[:, None]
    rise = np.diff(colours, axis=0) / width
    before = np.concatenate([rise[-1:] if cyclic else rise[:1], rise])
    after = np.concatenate([rise, rise[:1] if cyclic else rise[-1:]])
    width_before = np.concatenate([width[-1:] if cyclic else width[:1], width])
    width_after = np.concatenate([width, width[:1] if cyclic else width[-1:]])
    same_way = before * after > 0
    near, far = 2 * width_after + width_before, width_after + 2 * width_before
    weights = near / np.where(same_way, before, 1.0) + far / np.where(same_way, after, 1.0)
    return np.asarray(np.where(same_way, (near + far) / np.where(same_way, weights, 1.0), 0.0))


def _read_palette(path: Path) -> tuple[Palette | None, list[Complaint]]:
    try:
        table, text = read_toml(path)
    except MorphogenError as error:
        return None, list(error.complaints)
    complaints: list[Complaint] = []

    def complain(key: KeyPath, what: str, remedy: str) -> None:
        complaints.append(Complaint(f"{path}:{line_of(text, key)}", what, remedy))

    if not NAME.fullmatch(path.stem):
        remedy = "Use 1 to 64 of a-z, 0-9, - and _."
        complaints.append(Complaint(str(path), f"'{path.stem}' is no name for a palette", remedy))
    _check_words(table, complain)
    stops = _read_stops(table, complain)
    accent = _read_colour(("accent",), table["accent"], complain) if "accent" in table else None
    if complaints:
        return None, complaints
    palette = Palette(
        id=path.stem,
        title=table["title"],
        about=table.get("about", ""),
        kind=table.get("kind", "glow"),
        stops=tuple(stops),
        accent=accent or stops[-1].colour,
        group=table.get("group", GROUP),
    )
    return palette, []


def _check_words(table: dict[str, Any], complain: Complain) -> None:
    for key in table:
        if key not in KEYS:
            complain((key,), f"unknown key '{key}'", suggest(key, KEYS))
    for key in ("title", "about"):
        if not isinstance(table.get(key, ""), str):
            complain((key,), f"'{key}' is not a text", f'Write {key} = "...".')
    if not table.get("title"):
        complain(("title",), "a palette needs a title", 'Write title = "..." at the top.')
    group = table.get("group", GROUP)
    if not (isinstance(group, str) and NAME.fullmatch(group)):
        complain(("group",), f"{group!r} is no name of a group", "Use a-z, 0-9, - and _.")
    kind = table.get("kind", "glow")
    if kind not in KINDS:
        complain(("kind",), f"unknown kind {kind!r}", suggest(str(kind), KINDS))


def _read_stops(table: dict[str, Any], complain: Complain) -> list[Stop]:
    items = table.get("stops")
    if not (isinstance(items, list) and 2 <= len(items) <= MAX_STOPS):
        remedy = 'Write stops = [[0.0, "#000000"], [1.0, "#ffffff"]] or more.'
        complain(("stops",), f"a palette needs 2 to {MAX_STOPS} stops", remedy)
        return []
    stops: list[Stop] = []
    for number, item in enumerate(items):
        key = ("stops", number)
        if not (isinstance(item, list) and len(item) == 2 and _is_position(item[0])):
            remedy = 'Write [position, "colour"], with the position 0..1.'
            complain(key, f"stop {number + 1} is not a position and a colour", remedy)
            continue
        stop = Stop(float(item[0]), _read_colour(key, item[1], complain))
        if stops and stop.position <= stops[-1].position:
            what = f"stop {number + 1} at {stop.position:g} does not come after the one before it"
            complain(key, what, "Sort the stops by their position.")
        stops.append(stop)
    if len(stops) == len(items):
        last = ("stops", len(stops) - 1)
        if stops[0].position != 0.0:
            complain(("stops", 0), "the first stop is not at 0", "Begin with [0.0, ...].")
        if stops[-1].position != 1.0:
            complain(last, "the last stop is not at 1", "End with [1.0, ...].")
        closed = np.allclose(stops[0].colour, stops[-1].colour, atol=1e-3)
        if table.get("kind") == "cyclic" and not closed:
            remedy = "Repeat the first colour at 1.0."
            complain(last, "a cyclic palette must end on its first colour", remedy)
    return stops


def _read_colour(key: KeyPath, written: object, complain: Complain) -> Lab:
    try:
        return parse_colour(written)
    except ValueError as error:
        complain(key, str(error), HOW_TO_WRITE)
        return (0.0, 0.0, 0.0)


def _is_position(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0.0 <= value <= 1.0  # nor NaN
