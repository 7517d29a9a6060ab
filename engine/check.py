"""`morphogen check`: every shader, scene, palette, show and controller map, without a window.

All mistakes at once, each with file:line and a remedy. Shaders are compiled where there is a GL to
compile them with; where there is none, that is said.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.assets import Assets, find_assets
from engine.desk.controllers import check_controller
from engine.errors import Complaint, MorphogenError
from engine.gpu.headers import read_look, read_model
from engine.gpu.shelf import Shelf
from engine.library import Library, read_library
from engine.output.headless import open_headless
from engine.show.catalogue import Catalogue
from engine.show.palette import check_palette
from engine.show.playlist import load_playlist
from engine.show.scene import Scene, load_scene
from engine.show.seed import make_seed


def check_assets(paths: Sequence[Path], folder: Path | None) -> int:
    """Check the assets, or only the files and folders in `paths`. Returns 0, or 2 with mistakes."""
    library = read_library(find_assets(folder))
    complaints = list(library.complaints)
    complaints += _check_seeds(library)
    complaints += _check_names(library)
    for path in sorted((library.assets.config / "controllers").glob("*.toml")):
        complaints += check_controller(path)
    compiled, wrong = _compile_all(library)
    complaints += wrong
    if paths:
        complaints = _only_about(paths, complaints, library)
    complaints = list(dict.fromkeys(complaints))
    root = f"{library.assets.root}/"
    for complaint in complaints:
        print(str(complaint).removeprefix(root), file=sys.stderr)
    if not compiled:
        print("no OpenGL here: the shaders were read but not compiled", file=sys.stderr)
    if complaints:
        print(f"{len(complaints)} mistake{'s' if len(complaints) > 1 else ''}", file=sys.stderr)
        return 2
    catalogue = library.catalogue
    print(
        f"{len(catalogue.models)} models, {len(catalogue.looks)} looks, {len(catalogue.scenes)} "
        f"scenes, {len(catalogue.palettes)} palettes, {len(library.shows)} shows: no mistake"
    )
    return 0


def _check_seeds(library: Library) -> list[Complaint]:
    """Whether the image or font a seed names is there."""
    complaints: list[Complaint] = []
    for scene in library.catalogue.scenes.values():
        model = library.catalogue.models[scene.model]
        try:
            make_seed(scene.seed, 16, 16, 1, model.rest, model.brush, library.assets.scenes)
        except MorphogenError as error:
            complaints += error.complaints
    return complaints


def _check_names(library: Library) -> list[Complaint]:
    """A scene's parameters are found by name alone: no two of them may share one."""
    catalogue = library.catalogue
    complaints = []
    for look in catalogue.looks.values():
        for model in catalogue.models.values():
            taken = {p.name for p in (*model.parameters, *catalogue.finish)}
            for name in sorted({p.name for p in look.parameters} & taken):
                what = f"'{name}' is also a parameter of model '{model.id}' or of the finish"
                complaints.append(
                    Complaint(f"shaders/looks/{look.id}.fs:1", what, f"Call it '{look.id}_{name}'.")
                )
    return complaints


def _compile_all(library: Library) -> tuple[bool, list[Complaint]]:
    """Compile each model plain and as scenes vary it, and each look and pass."""
    try:
        surface = open_headless((16, 16))
    except MorphogenError:
        return False, []
    complaints: list[Complaint] = []
    with surface:
        shelf = Shelf(surface.context, library.assets.shaders)
        catalogue = library.catalogue
        variants: set[tuple[str, tuple[str, ...]]] = {(model, ()) for model in catalogue.models}
        variants |= {(s.model, tuple(s.terrain)) for s in catalogue.scenes.values()}
        for name, mapped in sorted(variants):
            try:
                shelf.step(catalogue.models[name], mapped)
            except MorphogenError as error:
                complaints += error.complaints
        passes = sorted(path.stem for path in (library.assets.shaders / "passes").glob("*.fs"))
        pictures = [(shelf.look, look) for look in catalogue.looks]
        for pick, name in pictures + [(shelf.pick, name) for name in passes]:
            try:
                pick(name)
            except MorphogenError as error:
                complaints += error.complaints
        shelf.release()
    return True, complaints


def _only_about(
    paths: Iterable[Path], complaints: Sequence[Complaint], library: Library
) -> list[Complaint]:
    """The complaints about these files and folders; files outside the assets are read on their own."""
    chosen: list[Complaint] = []
    root = library.assets.root
    for path in paths:
        whole = path.absolute()
        if not path.exists():
            chosen.append(Complaint(str(path), "no such file"))
        elif whole.is_relative_to(root):
            names = (str(whole), whole.relative_to(root).as_posix())
            chosen += [c for c in complaints if c.where.startswith(names)]
        else:
            files = sorted(path.rglob("*")) if path.is_dir() else [path]
            for file in files:
                chosen += _check_file(file, library.catalogue, library.assets)
    return chosen


def _check_file(path: Path, catalogue: Catalogue, assets: Assets) -> list[Complaint]:
    """One file from anywhere: what it is follows from its name and what stands in it."""
    try:
        if path.suffix == ".fs":
            text = path.read_text(encoding="utf-8", errors="replace")
            if '"model"' in text:
                read_model(path, assets.shaders)
            else:
                read_look(path, assets.shaders, "look")
        elif path.suffix == ".toml":
            text = path.read_text(encoding="utf-8", errors="replace")
            if "stops" in text:
                return check_palette(path)
            if "[[control]]" in text:
                return check_controller(path)
            if "[[scene]]" in text:
                load_playlist(path, catalogue.scenes)
            else:
                _load(path, catalogue)
    except MorphogenError as error:
        return list(error.complaints)
    return []


def _load(path: Path, catalogue: Catalogue) -> Scene:
    return load_scene(path, catalogue.models, catalogue.looks, catalogue.finish, catalogue.palettes)
