"""`morphogen check`: every shader, scene, palette, show and controller map, without a window.

All mistakes at once, each with file:line and a remedy. Shaders are compiled where there is a GL to
compile them with; where there is none, that is said.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from engine.assets import Assets
from engine.commands.bindings import check_bindings
from engine.commands.check_file import check_file
from engine.desk.play.controllers import check_controller
from engine.desk.play.overlay import find_overlay
from engine.errors import Complaint, MorphogenError
from engine.gpu.shelf import Shelf
from engine.library import Library, read_library
from engine.output.headless import open_headless
from engine.output.surface import Surface
from engine.show.generator import model_of
from engine.show.seeds.first_state import make_seed
from engine.show.seeds.pictures import find_file
from engine.show.sources.source import LIVE, Variation
from engine.show.sources.source_pictures import draw_source

READ = (".toml", ".fs")
LINE = re.compile(r"(:\d+)+$")  # behind a file's name; a drive's letter has its colon elsewhere


def check_assets(paths: Sequence[Path], assets: Assets) -> int:
    """Check the assets, or only the files and folders in `paths`. Returns 0, or 2 with mistakes."""
    library = read_library(assets)
    complaints = list(library.complaints)
    complaints += _check_seeds(library)
    complaints += _check_names(library)
    for path in (library.assets.both("config") / "controllers").files("*.toml"):
        complaints += check_controller(path)
    own = find_overlay()
    if own.exists():
        complaints += check_bindings(own, library.catalogue)
    with ExitStack() as stack:
        surface = _open_surface()
        if surface:
            stack.enter_context(surface)
            complaints += _compile_all(library, surface)
        if paths:
            complaints = _only_about(paths, complaints, library, surface)
    complaints = list(dict.fromkeys(complaints))
    for complaint in complaints:
        print(_shorten(complaint, library.assets.root), file=sys.stderr)
    if surface is None:
        print("no OpenGL here: the shaders were read but not compiled", file=sys.stderr)
    if complaints:
        print(f"{len(complaints)} mistake{'s' if len(complaints) > 1 else ''}", file=sys.stderr)
        return 2
    catalogue = library.catalogue
    counts = {
        "models": catalogue.models,
        "looks": catalogue.looks,
        "effects": catalogue.effects,
        "transitions": catalogue.transitions,
        "generators": catalogue.generators,
        "scenes": catalogue.scenes,
        "palettes": catalogue.palettes,
        "shows": library.shows,
    }
    print(", ".join(f"{len(things)} {what}" for what, things in counts.items()) + ": no mistake")
    return 0


def _check_seeds(library: Library) -> list[Complaint]:
    """Whether the images and fonts that seeds and sources name are there."""
    complaints: list[Complaint] = []
    for scene in library.catalogue.scenes.values():
        model = model_of(library.catalogue, scene)
        try:
            make_seed(scene.seed, 16, 16, 1, model.rest, model.brush, library.assets.both("scenes"))
        except MorphogenError as error:
            complaints += error.complaints
        for source in scene.sources:
            try:
                if source.kind == "video":
                    find_file(library.assets.both("scenes"), source.arguments["file"], source.where)
                elif source.kind not in LIVE:
                    draw_source(source, 1.0, 1, library.assets.both("scenes"))
            except MorphogenError as error:
                complaints += error.complaints
    for model in library.catalogue.models.values():
        for spec in [preset.seed for preset in model.presets if preset.seed]:
            try:
                make_seed(spec, 16, 16, 1, model.rest, model.brush, library.assets.both("scenes"))
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


def _open_surface() -> Surface | None:
    """GL without a window, where there is one."""
    try:
        return open_headless((16, 16))
    except MorphogenError:
        return None


def _compile_all(library: Library, surface: Surface) -> list[Complaint]:
    """Compile each model plain and as scenes vary it, and each look, pass and ISF file."""
    complaints: list[Complaint] = []
    shelf = Shelf(surface.context, library.assets.both("shaders"))
    catalogue = library.catalogue
    plain = [(model, Variation()) for model in sorted(catalogue.models)]
    varied = [(scene.model, scene.variation) for scene in catalogue.scenes.values()]
    varied = [(name, variation) for name, variation in varied if name in catalogue.models]
    for name, variation in dict.fromkeys(plain + varied):
        try:
            shelf.step(catalogue.models[name], variation)
        except MorphogenError as error:
            complaints += error.complaints
    passes = [path.stem for path in (library.assets.both("shaders") / "passes").files("*.fs")]
    pictures = [(shelf.look, look) for look in catalogue.looks]
    for pick, name in pictures + [(shelf.pick, name) for name in passes]:
        try:
            pick(name)
        except MorphogenError as error:
            complaints += error.complaints
    for played in (catalogue.effects, catalogue.transitions, catalogue.generators):
        for effect in played.values():
            try:
                shelf.isf(effect)
            except MorphogenError as error:
                complaints += error.complaints
    shelf.release()
    return complaints


def _only_about(
    paths: Iterable[Path],
    complaints: Sequence[Complaint],
    library: Library,
    surface: Surface | None,
) -> list[Complaint]:
    """The complaints about these files and folders; files outside the assets are read on their own."""
    chosen: list[Complaint] = []
    root, user = library.assets.root.resolve(), library.assets.user
    own = user.resolve() if user else root
    for path in paths:
        whole = path.resolve()
        if not path.exists():
            chosen.append(Complaint(str(path), "no such file"))
        elif root.is_relative_to(whole):
            chosen += complaints
        elif whole.is_relative_to(root) or whole.is_relative_to(own):
            chosen += [c for c in complaints if _file_of(c, root).is_relative_to(whole)]
        else:
            files = sorted(path.rglob("*")) if path.is_dir() else [path]
            files = [file for file in files if file.suffix in READ]
            if not files:
                remedy = "Name .toml and .fs files, or a folder of them."
                chosen.append(Complaint(str(path), "nothing in it is Morphogen's", remedy))
            for file in files:
                chosen += check_file(file, library.catalogue, library.assets, surface)
    return chosen


def _file_of(complaint: Complaint, root: Path) -> Path:
    """The file that a complaint is about, absolute."""
    return (root / LINE.sub("", complaint.where)).resolve()


def _shorten(complaint: Complaint, root: Path) -> Complaint:
    """The same complaint, its file named from the assets' folder if it lies there."""
    file = Path(LINE.sub("", complaint.where))
    if not file.is_relative_to(root):
        return complaint
    line = LINE.search(complaint.where)
    where = file.relative_to(root).as_posix() + (line[0] if line else "")
    return replace(complaint, where=where)
