"""The library: every shader, palette, scene and show of an assets folder, read into a catalogue.

One broken file never hides another: what is sound is in the catalogue, the rest in `complaints`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.assets import Assets
from engine.errors import Complaint, MorphogenError
from engine.gpu.headers import read_shaders
from engine.show.catalogue import Catalogue
from engine.show.palette import Palette, load_palette
from engine.show.playlist import Playlist, load_playlist
from engine.show.scene import Scene, load_scene


@dataclass(frozen=True, slots=True)
class Library:
    """`shows` by id; `complaints` about everything that could not be read."""

    assets: Assets
    catalogue: Catalogue
    shows: Mapping[str, Playlist]
    complaints: tuple[Complaint, ...]


def read_library(assets: Assets) -> Library:
    """Read everything below the assets folder. Never raises for a broken file."""
    shaders = read_shaders(assets.shaders)
    complaints = list(shaders.complaints)
    palettes: dict[str, Palette] = {}
    scenes: dict[str, Scene] = {}
    shows: dict[str, Playlist] = {}
    for path in sorted((assets.config / "palettes").glob("*.toml")):
        try:
            palettes[path.stem] = load_palette(path)
        except MorphogenError as error:
            complaints += error.complaints
    for path in sorted(assets.scenes.glob("*.toml")):
        try:
            scenes[path.stem] = load_scene(
                path, shaders.models, shaders.looks, shaders.finish, palettes
            )
        except MorphogenError as error:
            complaints += error.complaints
    for path in sorted((assets.config / "shows").glob("*.toml")):
        try:
            shows[path.stem] = load_playlist(path, scenes)
        except MorphogenError as error:
            complaints += error.complaints
    catalogue = Catalogue(shaders.models, shaders.looks, shaders.finish, palettes, scenes)
    return Library(assets, catalogue, shows, tuple(complaints))


def scene_complaints(library: Library, scene: str) -> list[Complaint]:
    """The complaints about one scene's own file."""
    path = str(library.assets.scenes / f"{scene}.toml")
    return [c for c in library.complaints if c.where.startswith(f"{path}:")]


