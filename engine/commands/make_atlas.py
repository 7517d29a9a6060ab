"""The command `morphogen atlas`: a map computed, kept as data, and drawn.

In: what was typed. Out: `MODEL.X.Y.toml` and its thumbnails in the folder of maps, and a picture.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from engine.commands.atlas_picture import draw_atlas, draw_tiles
from engine.errors import Complaint, MorphogenError, suggest
from engine.gpu.atlas import Atlas, Plan, compute_atlas
from engine.library import Library
from engine.output.headless import open_headless
from engine.output.png import write_png
from engine.show.catalogue import Model
from engine.show.maps.life_map import Axis
from engine.show.maps.map_file import write_map
from engine.show.presets.preset import find_preset

Range = tuple[float, float]


def plan_atlas(
    library: Library, model: str, x: str, y: str, *, preset: str = "", **more: int
) -> Plan:
    """A plan over the whole ranges of two parameters. Raises `MorphogenError` for unknown names."""
    models = library.catalogue.models
    if model not in models:
        own = [c for c in library.complaints if f"/{model}." in c.where]
        raise MorphogenError(*own or [Complaint(model, "no such model", suggest(model, models))])
    found = models[model]
    if x == y:
        raise MorphogenError(Complaint(model, f"'{x}' for both axes", "Name two parameters."))
    named = find_preset(found.presets, preset)
    if preset and named is None:
        what = f"no preset '{preset}' of model '{model}'"
        raise MorphogenError(Complaint(model, what, suggest(preset, [p.id for p in found.presets])))
    return Plan(found, _axis(found, x), _axis(found, y), preset=named, **more)


def narrow(axis: Axis, ends: Range | None) -> Axis:
    """The axis between two values. Raises `MorphogenError` if they lie beside the parameter's range."""
    if ends is None:
        return axis
    low, high = sorted((axis.parameter.minimum[0], axis.parameter.maximum[0]))
    if ends[0] == ends[1] or not all(low <= end <= high for end in ends):
        what = f"'{axis.parameter.name}' cannot go from {ends[0]:g} to {ends[1]:g}"
        remedy = f"It lies between {low:g} and {high:g}."
        raise MorphogenError(Complaint(axis.parameter.name, what, remedy))
    return Axis(axis.parameter, *ends)


def make_atlas(
    library: Library,
    plan: Plan,
    folder: Path,
    picture: Path | None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Path]:
    """Compute a map and write its files; their paths. Raises `MorphogenError`, before any work for
    what can be known before."""
    for path in (folder, picture.parent if picture else folder):
        if not path.is_dir():
            raise MorphogenError(Complaint(str(path), "there is no such folder"))
        if not os.access(path, os.W_OK):
            what = "nothing can be written into this folder"
            raise MorphogenError(Complaint(str(path), what, "Name another: --into FOLDER."))
    if picture and picture.suffix != ".png":
        raise MorphogenError(Complaint(str(picture), "a picture's name ends in .png"))
    with open_headless((16, 16)) as surface:
        atlas = compute_atlas(surface.context, library.assets.both("shaders"), plan, progress)
    tiles = draw_tiles(atlas.bodies)
    data = folder / f"{atlas.chart.id}.toml"
    _write(data, _describe(plan, atlas))
    written = [data, data.with_name(f"{atlas.chart.id}.png")]
    write_png(written[1], np.repeat(tiles[..., None], 3, axis=2), effort=9)
    if picture:
        note = f"{plan.columns} x {plan.rows} cells, {plan.length} steps each, seed {plan.seed}"
        write_png(picture, draw_atlas(atlas.chart, tiles, note))
        written.append(picture)
    return written


def _describe(plan: Plan, atlas: Atlas) -> str:
    made = {
        "size": plan.size,
        "steps": plan.length,
        "seed": plan.seed,
        "preset": plan.preset.id if plan.preset else "",
    }
    measures = {name: grid.tolist() for name, grid in atlas.measures.items()}
    return write_map(atlas.chart, made, measures)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        what = f"the map could not be written ({error.strerror or error})"
        raise MorphogenError(Complaint(str(path), what, "Name a folder: --into FOLDER.")) from None


def _axis(model: Model, name: str) -> Axis:
    known = {p.name: p for p in model.parameters if p.kind == "float"}
    if name not in known:
        what = f"no parameter '{name}' in model '{model.id}'"
        raise MorphogenError(Complaint(model.id, what, suggest(name, known)))
    return Axis(known[name], known[name].minimum[0], known[name].maximum[0])
