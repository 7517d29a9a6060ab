"""The library: every shader, palette, scene and show of the assets, read into a catalogue: a file of
the user's own takes the place of the engine's of the same name.

One broken file never hides another: what is sound is in the catalogue, the rest in `complaints`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.assets import Assets, Folders
from engine.errors import Complaint, MorphogenError, suggest
from engine.gpu.headers import read_shaders
from engine.gpu.isf.collection import read_collection
from engine.show.catalogue import Catalogue, Model
from engine.show.colours.palette import Palette, load_palette
from engine.show.cues.deed_text import Known
from engine.show.cues.playlist import Playlist
from engine.show.cues.show_file import load_playlist
from engine.show.generator import generator_scene
from engine.show.maps.life_map import LifeMap
from engine.show.maps.map_file import load_map
from engine.show.presets.preset import Preset
from engine.show.presets.preset_file import SUFFIX, load_presets
from engine.show.scene import Scene
from engine.show.scene_file import load_scene


@dataclass(frozen=True, slots=True)
class Library:
    """`shows` by id; `complaints` about everything that could not be read.

    `there`: what has a file, sound or not, as `scenes/coral`. `presets_broken`: the models of which
    some presets could not be read.
    """

    assets: Assets
    catalogue: Catalogue
    shows: Mapping[str, Playlist]
    complaints: tuple[Complaint, ...]
    there: frozenset[str] = frozenset()
    presets_broken: frozenset[str] = frozenset()


def read_library(assets: Assets) -> Library:
    """Read everything below the assets' folders. Never raises for a broken file."""
    folder, config = assets.both("shaders"), assets.both("config")
    shaders = read_shaders(folder)
    models, wrong, presets_broken = _add_presets(shaders.models, folder / "models")
    complaints = [*shaders.complaints, *wrong]
    played = read_collection(folder)
    complaints += played.complaints
    palettes: dict[str, Palette] = {}
    scenes: dict[str, Scene] = {}
    shows: dict[str, Playlist] = {}
    maps: dict[str, LifeMap] = {}
    for path in (config / "palettes").files("*.toml"):
        try:
            palettes[path.stem] = load_palette(path)
        except MorphogenError as error:
            complaints += error.complaints
    # A scene may name a palette or a shader whose own file is broken: that is said already.
    broken = {
        f"no {what} '{path.stem}'"
        for what, files, known in (
            ("model", folder / "models", shaders.models),
            ("look", folder / "looks", shaders.looks),
            ("generator", folder / "generators", played.generators),
            ("palette", config / "palettes", palettes),
            ("effect", folder / "effects", played.effects),
            ("entrance", folder / "transitions", played.transitions),
        )
        for path in files.files("*.*")
        if path.stem not in known
    }
    for path in assets.both("scenes").files("*.toml"):
        try:
            scenes[path.stem] = load_scene(
                path,
                models,
                shaders.looks,
                shaders.finish,
                palettes,
                played.effects,
                played.transitions,
                played.generators,
            )
        except MorphogenError as error:
            complaints += [c for c in error.complaints if c.what not in broken]
    for path in (config / "maps").files("*.toml"):
        try:
            maps[path.stem] = load_map(path, models)
        except MorphogenError as error:
            complaints += [c for c in error.complaints if c.what not in broken]
    # A show may name a scene whose own file is broken: that is the scene's complaint, not the show's.
    names = {path.stem for path in assets.both("scenes").files("*.toml")}
    if palettes:  # a generator is a scene by itself, unless a scene is called so
        scenes |= {
            name: generator_scene(generator, min(palettes), shaders.finish)
            for name, generator in played.generators.items()
            if name not in names
        }
        scenes = {name: scenes[name] for name in sorted(scenes)}
        names |= played.generators.keys()
    known_palettes = {path.stem for path in (config / "palettes").files("*.toml")}
    known = Known(
        names,
        known_palettes,
        {path.stem for path in (folder / "transitions").files("*.fs")},
        {path.stem for path in (folder / "effects").files("*.fs")},
    )
    for path in (config / "shows").files("*.toml"):
        try:
            shows[path.stem] = load_playlist(path, known)
        except MorphogenError as error:
            complaints += error.complaints
    catalogue = Catalogue(
        models,
        shaders.looks,
        shaders.finish,
        palettes,
        scenes,
        maps,
        effects=played.effects,
        transitions=played.transitions,
        generators=played.generators,
    )
    there = frozenset(
        f"{kind}/{path.stem}"
        for kind, files in _list_folders(assets).items()
        for path in files.files("*.*")
    )
    there |= {f"scenes/{name}" for name in played.files}
    there |= {f"{kind}/{name}" for name in played.files for kind in played.kinds_of(name)}
    return Library(assets, catalogue, shows, tuple(complaints), there, presets_broken)


def _list_folders(assets: Assets) -> dict[str, Folders]:
    """Where the files of each kind lie."""
    shaders, config = assets.both("shaders"), assets.both("config")
    kinds = ("models", "looks")
    own = {kind: shaders / kind for kind in kinds}
    own |= {kind: config / kind for kind in ("palettes", "shows", "maps")}
    return {**own, "scenes": assets.both("scenes")}


def _add_presets(
    models: Mapping[str, Model], folder: Folders
) -> tuple[dict[str, Model], list[Complaint], frozenset[str]]:
    """The models with the presets beside them, a broken preset left out, and which models had any. The
    user's own stand beside the engine's, and in the place of those of the same id."""
    complaints: list[Complaint] = []
    for path in folder.files(f"*{SUFFIX}"):
        name = path.name.removesuffix(SUFFIX)
        names = [other.stem for other in folder.files("*.fs")]
        if name not in names:
            complaints.append(Complaint(str(path), f"no model '{name}'", suggest(name, names)))
    complete: dict[str, Model] = {}
    broken: set[str] = set()
    for name, model in models.items():
        presets: dict[str, Preset] = {}
        for root in folder.roots:
            found, wrong = load_presets(root / f"{name}{SUFFIX}", model)
            presets |= {preset.id: preset for preset in found}
            if wrong:
                broken.add(name)
            if root == folder.own and folder.find(f"{name}.fs").parent != root:
                continue  # the engine's presets need not fit a model that is the user's own
            complaints += wrong
        complete[name] = replace(model, presets=tuple(presets.values()))
    return complete, complaints, frozenset(broken)


def choose_start(library: Library, start: str) -> tuple[str, Playlist | None]:
    """The first scene, and the show if `start` names one. Raises `MorphogenError` if neither exists.

    Scenes of a show whose files are broken are left out.
    """
    scenes = library.catalogue.scenes
    if start in library.shows:
        show = library.shows[start]
        sound = tuple(entry for entry in show.entries if not entry.scene or entry.scene in scenes)
        first = next((entry.scene for entry in sound if entry.scene), "")
        if first:
            return first, replace(show, entries=sound)
    elif start in scenes:
        return start, None
    own = [c for c in library.complaints if Path(c.where.rsplit(":", 1)[0]).stem == start]
    if own:
        raise MorphogenError(*own)
    known = (*library.shows, *scenes)
    raise MorphogenError(Complaint(start, "no such show or scene", suggest(start, known)))
