"""A file from outside the assets, checked as if it lay in them: what it is follows from what stands
in it. In: a path and, where there is GL, a surface. Out: complaints about that path.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.assets import Assets
from engine.commands.bindings import check_bindings
from engine.commands.check_isf import check_isf
from engine.desk.play.controllers import check_controller
from engine.errors import Complaint, MorphogenError, suggest
from engine.gpu.headers import FOLDERS, read_look, read_model
from engine.gpu.isf.shader_file import OUR_KINDS, read_shader
from engine.gpu.shelf import PASSES, Shelf
from engine.output.surface import Surface
from engine.show.catalogue import Catalogue
from engine.show.colours.palette import check_palette
from engine.show.cues.deed_text import Known
from engine.show.cues.show_file import load_playlist
from engine.show.maps.map_file import load_map
from engine.show.presets.preset_file import SUFFIX, load_presets
from engine.show.scene_file import load_scene
from engine.show.sources.source import Variation

FAMILY = {"rule": "model", "agents": "model"}  # they lie in the models' folder


def check_file(
    path: Path, catalogue: Catalogue, assets: Assets, surface: Surface | None
) -> list[Complaint]:
    """Everything that is wrong with one shader or TOML file; nothing about any other kind."""
    try:
        if path.suffix == ".fs":
            kind = read_shader(path, str(path)).morphogen.get("KIND")
            if kind not in OUR_KINDS:
                return check_isf(path, assets, surface)
            _check_shader(path, str(kind), assets, surface)
        elif path.suffix == ".toml":
            text = path.read_text(encoding="utf-8", errors="replace")
            if path.name.endswith(SUFFIX):
                return _check_presets(path, catalogue)
            if "life = [" in text:
                load_map(path, catalogue.models)
                return []
            if "stops" in text:
                return check_palette(path)
            if "[[control]]" in text:
                return check_controller(path)
            if "[[binding]]" in text:
                return check_bindings(path, catalogue)
            if "[[scene]]" in text or "[[cue]]" in text:
                known = Known(
                    catalogue.scenes,
                    catalogue.palettes,
                    catalogue.transitions,
                    catalogue.effects,
                )
                load_playlist(path, known)
            else:
                load_scene(
                    path,
                    catalogue.models,
                    catalogue.looks,
                    catalogue.finish,
                    catalogue.palettes,
                    catalogue.effects,
                    catalogue.transitions,
                    catalogue.generators,
                )
    except MorphogenError as error:
        return list(error.complaints)
    except OSError as error:
        return [Complaint(str(path), f"cannot be read ({error.strerror or error})")]
    return []


def _check_presets(path: Path, catalogue: Catalogue) -> list[Complaint]:
    """As if the file lay beside the model whose name it bears."""
    name = path.name.removesuffix(SUFFIX)
    if name not in catalogue.models:
        return [Complaint(str(path), f"no model '{name}'", suggest(name, catalogue.models))]
    return list(load_presets(path, catalogue.models[name])[1])


def _check_shader(path: Path, kind: str, assets: Assets, surface: Surface | None) -> None:
    """Read it, and compile it where there is GL, beside a copy of the library it may include."""
    folder = next(
        (name for name, known in FOLDERS.items() if known == FAMILY.get(kind, kind)), "looks"
    )
    with TemporaryDirectory() as made:
        shaders = Path(made) / "shaders"
        for root in assets.both("shaders").roots:
            if (root / "lib").is_dir():
                shutil.copytree(root / "lib", shaders / "lib", dirs_exist_ok=True)
        copy = shaders / folder / path.name
        copy.parent.mkdir()
        shutil.copyfile(path, copy)
        try:
            model = read_model(copy, shaders) if folder == "models" else None
            if model is None:
                read_look(copy, shaders, FOLDERS[folder])
            if surface is None:
                return
            shelf = Shelf(surface.context, shaders)
            try:
                if model is not None:
                    shelf.step(model, Variation())
                elif folder == "looks":
                    shelf.look(path.stem)
                elif path.stem in PASSES:
                    shelf.pick(path.stem)
            finally:
                shelf.release()
        except MorphogenError as error:
            inside = f"shaders/{folder}/{path.name}"
            raise MorphogenError(
                *(
                    replace(c, where=f"{path}{c.where.removeprefix(inside)}")
                    if c.where.startswith(inside)
                    else c
                    for c in error.complaints
                )
            ) from None
