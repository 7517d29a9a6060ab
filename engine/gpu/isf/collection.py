"""The ISF files of a shaders folder, sorted by what their inputs say they are. Text only; never GL.

Looked at are the folder itself and its effects/, transitions/ and generators/: somebody else's file
may lie in any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engine.assets import Folder, as_folders, list_files
from engine.errors import Complaint, MorphogenError
from engine.gpu.isf.isf_file import make_id, read_isf
from engine.gpu.source import name_path
from engine.show.catalogue import Effect

PLACES = (".", "effects", "transitions", "generators")


@dataclass(frozen=True, slots=True)
class Collection:
    """By id. `complaints` has the files that are broken, `files` the ids of all, sound or not."""

    effects: Mapping[str, Effect] = field(default_factory=dict)
    transitions: Mapping[str, Effect] = field(default_factory=dict)
    generators: Mapping[str, Effect] = field(default_factory=dict)
    complaints: tuple[Complaint, ...] = ()
    files: frozenset[str] = frozenset()

    def kinds_of(self, name: str) -> list[str]:
        """What a file is; where it is broken it may still be any of them."""
        kinds = {
            "effects": self.effects,
            "transitions": self.transitions,
            "generators": self.generators,
        }
        return [kind for kind, known in kinds.items() if name in known] or list(kinds)


def read_collection(shaders: Folder) -> Collection:
    """Read every file; the user's takes the place of the engine's of the same id, whatever kind it is.

    Never raises for a broken file.
    """
    sorted_by: dict[str, dict[str, Effect]] = {"effect": {}, "transition": {}, "generator": {}}
    complaints: list[Complaint] = []
    files: set[str] = set()
    for folder in as_folders(shaders).roots:
        seen: dict[str, Path] = {}
        for path in sorted(p for place in PLACES for p in list_files(folder / place, "*.fs")):
            name = make_id(path.stem)
            if name in seen:
                what = f"'{seen[name].name}' is called '{name}' already"
                complaints.append(Complaint(name_path(path, shaders), what, "Rename one of them."))
                continue
            seen[name] = path
            files.add(name)
            try:
                file = read_isf(path, shaders)
            except MorphogenError as error:
                complaints += error.complaints
                continue
            for kind, known in sorted_by.items():
                known.pop(name, None)
                if kind == file.kind:
                    known[name] = file.as_effect()
    return Collection(
        sorted_by["effect"],
        sorted_by["transition"],
        sorted_by["generator"],
        tuple(complaints),
        frozenset(files),
    )
