"""Starts of a field: a `[seed]` table and an integer come in, the first state goes out.

    [seed]
    kind = "spots"
    count = 24
    radius = 0.03      # heights of the field, as every length here except the noise's `scale`
    noise = 0.01       # native units of the state

A mark of coverage m turns the rest state into `rest * (1 - m) + active * m`; noise is added to
every channel on its own. The same integer gives the same field again. Everything wraps round the
borders, so there is no seam (images and words are simply centred). Row 0 is the bottom.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.show.kinds import Argument, parse_kind
from engine.show.noise import make_smooth_noise, make_terrain
from engine.show.seed_cells import draw_cells
from engine.show.seed_marks import draw_fronts, draw_rings, draw_spots, draw_squares
from engine.show.seed_pictures import draw_image, draw_text, find_file

__all__ = ["ARGUMENTS", "Argument", "SeedSpec", "make_seed", "make_terrain", "parse_seed"]


_NOISE = Argument("noise", 0.0, 0.0, 2.0, "white noise on every channel, native units")
_MARKS = (
    Argument("vary", 0.3, 0.0, 0.9, "how far sizes differ, as a share of the size"),
    Argument("jitter", 0.5, 0.0, 2.0, "0 evenly spread, 1 about thrown at random"),
    Argument("spread", 1.0, 0.0, 1.0, "the part of the picture used, about its middle"),
    Argument("softness", 0.3, 0.0, 1.0, "the part of a mark over which its edge fades"),
    _NOISE,
)

ARGUMENTS: Mapping[str, tuple[Argument, ...]] = {
    "noise": (
        Argument("amplitude", 0.1, 0.0, 2.0, "about the rest state, native units"),
        Argument("scale", 0.0, 0.0, 200.0, "blurred over as many cells; below 1 white"),
    ),
    "spots": (
        Argument("count", 24, 1, 1000, "how many"),
        Argument("radius", 0.03, 0.001, 0.5, "in heights"),
        *_MARKS,
    ),
    "squares": (
        Argument("count", 24, 1, 1000, "how many"),
        Argument("size", 0.05, 0.001, 1.0, "length of a side, in heights"),
        Argument("turn", 0.0, 0.0, 1.0, "turned by up to this part of a right angle"),
        *_MARKS,
    ),
    "rings": (
        Argument("count", 5, 1, 200, "how many"),
        Argument("radius", 0.15, 0.005, 0.5, "in heights"),
        Argument("width", 0.03, 0.001, 0.5, "of the line, in heights"),
        Argument("gap", 0.0, 0.0, 0.9, "the part of a ring left open"),
        *_MARKS,
    ),
    "fronts": (
        Argument("count", 1, 1, 32, "bands across the height"),
        Argument("wobble", 0.5, 0.0, 1.0, "how far the bands bend"),
        Argument("softness", 0.1, 0.0, 1.0, "the part of a band over which its edge fades"),
        _NOISE,
    ),
    "previous": (
        Argument("edge", 0.5, 0.0, 1.0, "active where the body of the scene before is above it"),
        Argument("softness", 0.15, 0.01, 1.0, "of that edge, in parts of the body"),
        Argument("amount", 1.0, 0.0, 1.0, "how active"),
        Argument("count", 24, 1, 1000, "spots instead, when there is no scene before"),
        Argument("radius", 0.03, 0.001, 0.5, "of these, in heights"),
        _NOISE,
    ),
    "image": (
        Argument(
            "file",
            None,
            about="inside the assets; light is active",
            suffixes=(".png", ".jpg", ".jpeg", ".webp"),
            required=True,
        ),
        Argument("fit", "contain", about="contain or cover", choices=("contain", "cover")),
        Argument("size", 1.0, 0.05, 4.0, "of the fitted picture"),
        Argument("invert", False, about="dark is active instead"),
        _NOISE,
    ),
    "cells": (
        Argument(
            "file", None, about="a creature's cells", suffixes=(".cells", ".rle"), required=True
        ),
        Argument("count", 8, 1, 200, "how many, each turned by quarters and mirrored"),
        Argument("size", 0.15, 0.01, 1.0, "height of each, in heights"),
        Argument("jitter", 0.5, 0.0, 2.0, "0 evenly spread, 1 about thrown at random"),
        _NOISE,
    ),
    "text": (
        Argument("text", None, 1, 200, "a word, or lines apart by \\n", required=True),
        Argument("size", 0.4, 0.02, 1.0, "height of the whole, in heights"),
        Argument("font", None, about="inside the assets", suffixes=(".ttf", ".otf")),
        _NOISE,
    ),
}


@dataclass(frozen=True, slots=True)
class SeedSpec:
    """How a field begins: a kind and all its arguments, checked. `where` is for late complaints."""

    kind: str
    arguments: Mapping[str, Any]
    where: str = field(default="seed", compare=False)


def parse_seed(table: Mapping[str, Any], where: str | Callable[[str], str]) -> SeedSpec:
    """The spec in a `[seed]` table; what it leaves out takes its default.

    `where` is the table's `file:line`, or a function from a key to its own. Raises MorphogenError
    with every mistake. Whether a file exists is known to `make_seed` only.
    """

    def place(key: str) -> str:
        return where if isinstance(where, str) else where(key)

    kind, values = parse_kind(table, ARGUMENTS, "seed", place)
    return SeedSpec(kind, values, place("kind"))


def make_seed(
    spec: SeedSpec,
    rows: int,
    columns: int,
    rng_seed: int,
    rest: Sequence[float],
    active: Sequence[float],
    folder: Path | None = None,
    *,
    alone: bool = True,
) -> NDArray[np.float32]:
    """The first state, (rows, columns, channels), as many channels as `rest` and `active` have.

    `alone`: there is no scene before whose picture kind "previous" could grow out of; else that kind
    leaves the field at rest, and whoever has the picture marks it. `folder` holds images and fonts.
    Raises MorphogenError if one is missing or cannot be read.
    """
    if len(rest) != len(active):
        raise ValueError(f"{len(rest)} channels at rest, {len(active)} active")
    draw = np.random.Generator(np.random.PCG64(rng_seed))
    low, high = np.array(rest, dtype=np.float32), np.array(active, dtype=np.float32)
    state = np.empty((rows, columns, len(low)), dtype=np.float32)
    state[:] = low
    if spec.kind == "previous" and not alone:
        amplitude, scale = spec.arguments["noise"], 0.0
    elif spec.kind == "noise":
        amplitude, scale = spec.arguments["amplitude"], spec.arguments["scale"]
    else:
        amplitude, scale = spec.arguments["noise"], 0.0
        cover = _draw_cover(spec, (rows, columns), draw, folder)
        for channel in range(len(low)):
            part = cover if cover.ndim == 2 else cover[..., channel % cover.shape[2]]
            state[..., channel] += part * (high[channel] - low[channel])
    if amplitude > 0:
        for channel in range(len(low)):
            noise = make_smooth_noise(rows, columns, draw, scale)
            state[..., channel] += noise * np.float32(amplitude)
    return state


def _draw_cover(
    spec: SeedSpec, size: tuple[int, int], draw: np.random.Generator, folder: Path | None
) -> NDArray[np.float32]:
    arguments = spec.arguments
    if spec.kind == "image":
        path = find_file(folder, arguments["file"], spec.where)
        return draw_image(*size, path, arguments, spec.where)
    if spec.kind == "cells":
        path = find_file(folder, arguments["file"], spec.where)
        return draw_cells(*size, draw, path, arguments, spec.where)
    if spec.kind == "text":
        name = arguments["font"]
        font = find_file(folder, name, spec.where) if name else None
        return draw_text(*size, font, arguments, spec.where)
    if spec.kind == "previous":
        usual = {argument.name: argument.default for argument in ARGUMENTS["spots"]}
        arguments = {**usual, "count": arguments["count"], "radius": arguments["radius"]}
    marks = {
        "previous": draw_spots,
        "spots": draw_spots,
        "squares": draw_squares,
        "rings": draw_rings,
        "fronts": draw_fronts,
    }
    return marks[spec.kind](*size, draw, arguments)
