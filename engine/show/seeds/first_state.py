"""The first state of a field. In: a `SeedSpec`, a size and an integer. Out: one array of all channels.

A mark of coverage m turns the base state (the model's rest) into `base * (1 - m) + state * m` (the
model's brush); noise is added to every channel on its own. The same integer gives the same field
again. Everything wraps round the borders, so there is no seam (images, words and gradients are
simply centred). Row 0 is the bottom. Knows no GPU and no scene.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.assets import Folder
from engine.errors import Complaint, MorphogenError
from engine.show.seeds.cells import draw_cells
from engine.show.seeds.marks import draw_fronts, draw_rings, draw_spots, draw_squares
from engine.show.seeds.noise import make_smooth_noise
from engine.show.seeds.pictures import draw_image, draw_text, find_file
from engine.show.seeds.seed import ARGUMENTS, TAKEN, SeedSpec
from engine.show.seeds.waves import draw_gradient, draw_spirals, draw_stripes

State = NDArray[np.float32]


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
