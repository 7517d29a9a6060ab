"""Starts of a field: a `[seed]` table and an integer come in, the first state goes out.

    [seed]
    kind = "spots"
    count = 24
    radius = 0.03      # heights of the field, as every length here except the noise's `scale`
    noise = 0.01       # native units of the state

    invert = true     # holes at rest in an active field
    state = [0.3, 0.2]          # what a mark sets; `base`, what is around it

    [seed.also]       # a second seed over the first, with its own kind
    kind = "noise"

A mark of coverage m turns the base state (the model's rest) into `base * (1 - m) + state * m` (the
model's brush); noise is added to every channel on its own. The same integer gives the same field
again. Everything wraps round the borders, so there is no seam (images, words and gradients are
simply centred). Row 0 is the bottom.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.assets import Folder
from engine.errors import Complaint, MorphogenError
from engine.show.kinds import Argument, parse_kind
from engine.show.seeds.cells import draw_cells
from engine.show.seeds.marks import draw_fronts, draw_rings, draw_spots, draw_squares
from engine.show.seeds.noise import make_smooth_noise, make_terrain
from engine.show.seeds.pictures import draw_image, draw_text, find_file
from engine.show.seeds.waves import draw_gradient, draw_spirals, draw_stripes

__all__ = ["ARGUMENTS", "Argument", "SeedSpec", "make_seed", "make_terrain", "parse_seed"]


State = NDArray[np.float32]
_NOISE = Argument("noise", 0.0, 0.0, 2.0, "white noise on every channel, native units")
_BASE = Argument("base", (), -1e6, 1e6, "the state around, a number for each channel: else rest")
_STATES = (
    Argument("state", (), -1e6, 1e6, "what a mark sets, for each channel: else the model's brush"),
    _BASE,
    _NOISE,
)
_INVERTED = (Argument("invert", False, about="holes at rest in an active field"), *_STATES)
_MARKS = (
    Argument("vary", 0.3, 0.0, 0.9, "how far sizes differ, as a share of the size"),
    Argument("jitter", 0.5, 0.0, 2.0, "0 evenly spread, 1 about thrown at random"),
    Argument("spread", 1.0, 0.0, 1.0, "the part of the picture used, about its middle"),
    Argument("softness", 0.3, 0.0, 1.0, "the part of a mark over which its edge fades"),
    *_INVERTED,
)
TAKEN = ("previous", "layer")  # kinds that take over a body which stands there already
_TAKEN = (
    Argument("edge", 0.5, 0.0, 1.0, "active where the body there is above it"),
    Argument("softness", 0.15, 0.01, 1.0, "of that edge, in parts of the body"),
    Argument("amount", 1.0, 0.0, 1.0, "how active"),
    Argument("count", 24, 1, 1000, "spots instead, when there is none"),
    Argument("radius", 0.03, 0.001, 0.5, "of these, in heights"),
    *_STATES,
)

ARGUMENTS: Mapping[str, tuple[Argument, ...]] = {
    "noise": (
        Argument("amplitude", 0.1, 0.0, 2.0, "about the rest state, native units"),
        Argument("scale", 0.0, 0.0, 200.0, "blurred over as many cells; below 1 white"),
        _BASE,
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
        *_INVERTED,
    ),
    "spirals": (
        Argument("count", 2, 1, 64, "how many begin to turn"),
        Argument(
            "turn",
            "both",
            about="counter-clockwise, clockwise, or both by turns: an even number has no seam",
            choices=("both", "left", "right"),
        ),
        Argument("jitter", 0.5, 0.0, 2.0, "0 evenly spread, 1 about thrown at random"),
        Argument("spread", 1.0, 0.0, 1.0, "the part of the picture used, about its middle"),
        Argument("softness", 0.3, 0.0, 1.0, "of the fronts, in parts of a quarter turn"),
        *_INVERTED,
    ),
    "stripes": (
        Argument("count", 6, 1, 200, "about as many in the height of the field"),
        Argument("angle", 0.0, -360.0, 360.0, "degrees: across at 0, upright at 90"),
        Argument("share", 0.5, 0.0, 1.0, "the part that is active"),
        Argument("wobble", 0.2, 0.0, 1.0, "how far they bend"),
        Argument("softness", 0.3, 0.0, 1.0, "the part of a stripe over which its edge fades"),
        *_INVERTED,
    ),
    "gradient": (
        Argument(
            "shape",
            "linear",
            about="one way, there and back, or from the middle outward",
            choices=("linear", "mirror", "radial"),
        ),
        Argument("angle", 0.0, -360.0, 360.0, "degrees: active to the right at 0, above at 90"),
        Argument("radius", 0.7, 0.05, 4.0, "of a radial one, in heights"),
        *_INVERTED,
    ),
    "previous": _TAKEN,
    "layer": (
        Argument("layer", 1, 1, 4, "whose body, as it stands when the scene begins"),
        *_TAKEN,
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
        *_STATES,
    ),
    "cells": (
        Argument(
            "file", None, about="a creature's cells", suffixes=(".cells", ".rle"), required=True
        ),
        Argument("count", 8, 1, 200, "how many, each turned by quarters and mirrored"),
        Argument("size", 0.15, 0.01, 1.0, "height of each, in heights"),
        Argument("jitter", 0.5, 0.0, 2.0, "0 evenly spread, 1 about thrown at random"),
        *_STATES,
    ),
    "text": (
        Argument("text", None, 1, 200, "a word, or lines apart by \\n", required=True),
        Argument("size", 0.4, 0.02, 1.0, "height of the whole, in heights"),
        Argument("font", None, about="inside the assets", suffixes=(".ttf", ".otf")),
        *_INVERTED,
    ),
}


@dataclass(frozen=True, slots=True)
class SeedSpec:
    """How a field begins: a kind and all its arguments, checked, and what is laid over it.

    `where` is for late complaints."""

    kind: str
    arguments: Mapping[str, Any]
    where: str = field(default="seed", compare=False)
    also: SeedSpec | None = None


def parse_seed(
    table: Mapping[str, Any],
    where: str | Callable[[str], str],
    ranges: Sequence[tuple[float, float]] | None = None,
) -> SeedSpec:
    """The spec in a `[seed]` table; what it leaves out takes its default.

    `where` is the table's `file:line`, or a function from a key to its own; `ranges` are the model's
    (low, high) of each channel, if states are to be held against them. Raises MorphogenError
    with every mistake. Whether a file exists is known to `make_seed` only.
    """

    def place(key: str) -> str:
        return where if isinstance(where, str) else where(key)

    own = {key: value for key, value in table.items() if key != "also"}
    complaints: list[Complaint] = []
    also = None
    if "also" in table:
        try:
            also = _parse_also(table["also"], place("also"), ranges)
        except MorphogenError as error:
            complaints += error.complaints
    kind = ""
    values: dict[str, Any] = {}
    try:
        kind, values = parse_kind(own, ARGUMENTS, "seed", place)
    except MorphogenError as error:
        complaints += error.complaints
    for key in ("state", "base"):
        given = values.get(key, ())
        if given and ranges is not None:
            complaints += _check_state(key, given, ranges, place(key))
    if complaints:
        raise MorphogenError(*complaints)
    return SeedSpec(kind, values, place("kind"), also)


def _parse_also(
    table: object, where: str, ranges: Sequence[tuple[float, float]] | None
) -> SeedSpec:
    """What is laid over the first seed: it has no base of its own, and nothing over it."""
    if not isinstance(table, Mapping):
        remedy = 'For instance also = { kind = "noise" }.'
        raise MorphogenError(Complaint(where, "'also' in [seed] must be a table", remedy))
    for key, value in (("also", table.get("also")), ("base", table.get("base"))):
        if value:
            raise MorphogenError(Complaint(where, f"'also' in [seed] takes no '{key}'"))
    if table.get("kind") == "previous":
        what = "'also' in [seed] cannot be of kind 'previous'"
        raise MorphogenError(Complaint(where, what, "Write the two the other way round."))
    return parse_seed(table, where, ranges)


def _check_state(
    key: str, state: Sequence[float], ranges: Sequence[tuple[float, float]], where: str
) -> list[Complaint]:
    if len(state) != len(ranges):
        what = f"'{key}' in [seed] has {len(state)} numbers, the model {len(ranges)} channels"
        return [Complaint(where, what)]
    return [
        Complaint(where, f"'{key}' in [seed] has {number:g}, not within {low:g}..{high:g}")
        for number, (low, high) in zip(state, ranges, strict=True)
        if not low <= number <= high
    ]


def make_seed(
    spec: SeedSpec,
    rows: int,
    columns: int,
    rng_seed: int,
    rest: Sequence[float],
    active: Sequence[float],
    folder: Folder | None = None,
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
    state = np.empty((rows, columns, len(rest)), dtype=np.float32)
    state[:] = _read_state(spec, "base", rest)
    for one in (spec, spec.also) if spec.also else (spec,):
        given = _read_state(one, "state", active)
        if one.kind == "noise" or (one.kind in TAKEN and not alone):
            cover = None
        else:
            cover = _draw_cover(one, (rows, columns), draw, folder)
        if cover is not None:
            _lay_marks(state, cover, np.array(given, dtype=np.float32))
        amplitude = one.arguments["amplitude" if one.kind == "noise" else "noise"]
        _add_noise(state, draw, amplitude, one.arguments.get("scale", 0.0))
    return state


def _read_state(spec: SeedSpec, key: str, usual: Sequence[float]) -> Sequence[float]:
    state: Sequence[float] = spec.arguments.get(key) or usual
    if len(state) != len(usual):
        what = f"'{key}' in [seed] has {len(state)} numbers, the model {len(usual)} channels"
        raise MorphogenError(Complaint(spec.where, what))
    return state


def _lay_marks(state: State, cover: NDArray[np.float32], active: NDArray[np.float32]) -> None:
    for channel in range(len(active)):
        part = cover if cover.ndim == 2 else cover[..., channel % cover.shape[2]]
        state[..., channel] += part * (active[channel] - state[..., channel])


def _add_noise(state: State, draw: np.random.Generator, amplitude: float, scale: float) -> None:
    if amplitude > 0:
        for channel in range(state.shape[2]):
            noise = make_smooth_noise(state.shape[0], state.shape[1], draw, scale)
            state[..., channel] += noise * np.float32(amplitude)


def _draw_cover(
    spec: SeedSpec, size: tuple[int, int], draw: np.random.Generator, folder: Folder | None
) -> NDArray[np.float32]:
    cover = _draw_marks(spec, size, draw, folder)
    # An image's own light is inverted, where it is opaque.
    return 1.0 - cover if spec.kind != "image" and spec.arguments.get("invert") else cover


def _draw_marks(
    spec: SeedSpec, size: tuple[int, int], draw: np.random.Generator, folder: Folder | None
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
    if spec.kind in TAKEN:
        usual = {argument.name: argument.default for argument in ARGUMENTS["spots"]}
        arguments = {**usual, "count": arguments["count"], "radius": arguments["radius"]}
    marks = {
        **dict.fromkeys(TAKEN, draw_spots),
        "spots": draw_spots,
        "squares": draw_squares,
        "rings": draw_rings,
        "fronts": draw_fronts,
        "spirals": draw_spirals,
        "stripes": draw_stripes,
        "gradient": draw_gradient,
    }
    return marks[spec.kind](*size, draw, arguments)
