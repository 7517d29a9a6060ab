"""The files a scene is made of, and hashes of them: what a tape was recorded with, found again.

In: assets and a catalogue. Out: names and hashes. Reads files, so it is for a thread or a command.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from engine import __version__
from engine.assets import Assets
from engine.show.catalogue import Catalogue

LETTERS = 12  # of a hash: enough to tell two files of the same name apart
FOLDERS = ("shaders", "scenes", "config")


def hash_scene_files(assets: Assets, catalogue: Catalogue, scene: str) -> dict[str, str]:
    """The scene's file and those of its model, look, effects and palette: hashes of them by name."""
    found = catalogue.scenes.get(scene)
    if found is None:
        return {}
    names = (
        ("scenes", f"{scene}.toml"),
        ("shaders", f"models/{found.model}.fs"),
        ("shaders", f"looks/{found.look}.fs"),
        *(("shaders", f"effects/{effect.effect}.fs") for effect in found.effects),
        ("config", f"palettes/{found.palette}.toml"),
    )
    return {f"{place}/{name}": hash_file(assets.both(place).find(name)) for place, name in names}


def hash_file(path: Path) -> str:
    """The hash of what is in a file, whatever its line ends; "" if there is none."""
    try:
        data = path.read_bytes()
    except OSError:
        return ""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()[:LETTERS]


def hash_catalogue(assets: Assets) -> str:
    """One hash over everything below the folders of the assets, the user's too."""
    whole = hashlib.sha256()
    for root in filter(None, (assets.root, assets.user)):
        for folder in FOLDERS:
            for path in sorted((root / folder).rglob("*")):
                if path.is_file():
                    name = path.relative_to(root).as_posix()
                    whole.update(f"{name} {hash_file(path)}\n".encode())
    return whole.hexdigest()[:LETTERS]


def name_plan(assets: Assets, source: Path, *decides: object) -> str:
    """A name for all that decides a rendering's pictures: the assets, a file that it is made from,
    if there is one, and whatever else is said."""
    told = f"{__version__} {hash_catalogue(assets)} {hash_file(source)} {decides!r}"
    return hashlib.sha256(told.encode()).hexdigest()[: 2 * LETTERS]


def list_changes(
    used: Mapping[str, str], assets: Assets, catalogue: Catalogue
) -> Iterable[tuple[str, str]]:
    """Of the files that a tape used: those that are others now, and what became of them."""
    present: dict[str, str] = {}
    for name in used:
        if name.startswith("scenes/"):
            scene = name.removeprefix("scenes/").removesuffix(".toml")
            present |= hash_scene_files(assets, catalogue, scene)
    for name, told in used.items():
        now = present.get(name, "")
        if now != told:
            yield name, "is not there any more" if not now else "is another now than on the tape"
