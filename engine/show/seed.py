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

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import Complaint, MorphogenError, suggest
from engine.show.noise import make_smooth_noise, make_terrain
from engine.show.seed_marks import draw_fronts, draw_rings, draw_spots, draw_squares
from engine.show.seed_pictures import draw_image, draw_text, find_file

__all__ = ["ARGUMENTS", "Argument", "SeedSpec", "make_seed", "make_terrain", "parse_seed"]


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a kind of seed. A default of None must be given or may be left out.

    `low` and `high` bound a number, or the length of a text; a whole number has an int default.
    """

    name: str
    default: float | int | str | bool | None
    low: float = 0.0
    high: float = 1.0
    about: str = ""
    choices: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    required: bool = False


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

    kind = table.get("kind", "noise")
    if not isinstance(kind, str) or kind not in ARGUMENTS:
        remedy = suggest(str(kind), ARGUMENTS)
        raise MorphogenError(Complaint(place("kind"), f"unknown kind of seed {kind!r}", remedy))
    known = {argument.name: argument for argument in ARGUMENTS[kind]}
    complaints: list[Complaint] = []
    values: dict[str, Any] = {}
    for key in table:
        if key != "kind" and key not in known:
            what = f"unknown key '{key}' in [seed] of kind '{kind}'"
            complaints.append(Complaint(place(key), what, suggest(key, known)))
    for name, argument in known.items():
        if name not in table:
            values[name] = argument.default
            if argument.required:
                what = f"a seed of kind '{kind}' needs '{name}'"
                complaints.append(Complaint(place("kind"), what, f"{argument.about}."))
            continue
        try:
            values[name] = _check_value(argument, table[name])
        except ValueError as error:
            complaints.append(Complaint(place(name), f"'{name}' in [seed] {error}"))
    if complaints:
        raise MorphogenError(*complaints)
    return SeedSpec(kind, values, place("kind"))


def make_seed(
    spec: SeedSpec,
    rows: int,
    columns: int,
    rng_seed: int,
    rest: Sequence[float],
    active: Sequence[float],
    folder: Path | None = None,
) -> NDArray[np.float32]:
    """The first state, (rows, columns, channels), as many channels as `rest` and `active` have.

    `folder` holds images and fonts. Raises MorphogenError if one is missing or cannot be read.
    """
    if len(rest) != len(active):
        raise ValueError(f"{len(rest)} channels at rest, {len(active)} active")
    draw = np.random.Generator(np.random.PCG64(rng_seed))
    low, high = np.array(rest, dtype=np.float32), np.array(active, dtype=np.float32)
    state = np.empty((rows, columns, len(low)), dtype=np.float32)
    state[:] = low
    if spec.kind == "noise":
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
    if spec.kind == "text":
        name = arguments["font"]
        font = find_file(folder, name, spec.where) if name else None
        return draw_text(*size, font, arguments, spec.where)
    marks = {
        "spots": draw_spots,
        "squares": draw_squares,
        "rings": draw_rings,
        "fronts": draw_fronts,
    }
    return marks[spec.kind](*size, draw, arguments)


def _check_value(argument: Argument, value: Any) -> float | int | str | bool:
    """The value, of the right type and within its bounds; else ValueError, worded for a reader."""
    if isinstance(argument.default, bool):
        if not isinstance(value, bool):
            raise ValueError(f"is {value!r}, not true or false")
        return value
    if argument.default is None or isinstance(argument.default, str):
        return _check_text(argument, value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"is {value!r}, not a number")
    if not argument.low <= value <= argument.high:
        raise ValueError(f"is {value:g}, not within {argument.low:g}..{argument.high:g}")
    if isinstance(argument.default, int):
        if value != int(value):
            raise ValueError(f"is {value:g}, not a whole number")
        return int(value)
    return float(value)


def _check_text(argument: Argument, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"is {value!r}, not a text")
    if argument.choices and value not in argument.choices:
        raise ValueError(f"is '{value}'. {suggest(value, argument.choices)}")
    if argument.suffixes:
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts or "\\" in value or ":" in value:
            raise ValueError(f"is '{value}': name a file inside the assets, without '..'")
        if path.suffix.lower() not in argument.suffixes:
            raise ValueError(f"is '{value}', not one of {', '.join(argument.suffixes)}")
    elif not argument.choices and not (
        value.strip() and argument.low <= len(value) <= argument.high
    ):
        raise ValueError(f"has {len(value)} letters, not {argument.low:g} to {argument.high:g}")
    return value
