"""An ISF file that is played: filter, transition or generator. Read and checked; never calls GL.

In: a `.fs` file, and the `.vs` of the same name beside it. Out: an `IsfFile` that can be compiled, or
every complaint at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.assets import Folder
from engine.errors import Complaint, MorphogenError, suggest
from engine.gpu.isf.dialect import find_lacking, say_once
from engine.gpu.isf.inputs import AUTOMATIC
from engine.gpu.isf.passes import IsfPass, read_passes
from engine.gpu.isf.shader_file import ShaderFile, parse_shader, read_text
from engine.gpu.source import COMMENT, Source, name_path, resolve_includes
from engine.show.catalogue import Effect
from engine.show.parameter import Parameter

KINDS = ("effect", "transition", "generator")
KEYS = "KIND UNITS CURVES PHASES SOURCE".split()
NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class IsfFile:
    """`source` is its GLSL with what it includes, `vertex` that of its vertex shader, if it has one;
    `imports` name the pictures that lie beside it."""

    shader: ShaderFile
    kind: str
    parameters: tuple[Parameter, ...]
    passes: tuple[IsfPass, ...]
    imports: Mapping[str, Path]
    source: Source
    vertex: Source | None

    @property
    def spoken(self) -> str:
        """All of its GLSL, of both shaders."""
        return self.source.text + (self.vertex.text if self.vertex else "")

    def as_effect(self) -> Effect:
        """What the show needs to know of it."""
        shader = self.shader
        return Effect(
            id=make_id(shader.name),
            title=shader.description or shader.name,
            parameters=self.parameters,
            images=shader.images,
            path=shader.path,
            remembers=any(entry.persistent for entry in self.passes),
        )


def make_id(name: str) -> str:
    """The id of a file called `name`: "Digital Clock" is played as digital_clock."""
    return NOT_IN_A_NAME.sub("_", name.lower()).strip("_")[:64] or "nameless"


def find_kind(shader: ShaderFile) -> str:
    """What a file is, by its inputs: one of KINDS."""
    names = {p.name for p in shader.parameters}
    if {"startImage", "endImage"} <= set(shader.images) and "progress" in names:
        return "transition"
    return "effect" if "inputImage" in shader.images else "generator"


def read_isf(path: Path, shaders: Folder) -> IsfFile:
    """Read a file; `shaders` is the folder that includes are named from.

    Raises `MorphogenError` with everything that is wrong with it.
    """
    where = name_path(path, shaders)
    shader = parse_shader(read_text(path, where), path, where)
    complaints: list[Complaint] = []

    def complain(key: str, what: str, remedy: str = "") -> None:
        complaints.append(Complaint(f"{where}:{shader.line_of(key)}", what, remedy))

    kind = find_kind(shader)
    if shader.ours:
        stated = shader.morphogen.get("KIND")
        if stated != kind:
            what = f'by its images this is a {kind}, and its MORPHOGEN says "KIND": "{stated}"'
            remedy = (
                "A transition has images startImage and endImage and a float progress, an effect an "
                "image inputImage, a generator none of them."
            )
            complain("KIND", what, remedy)
        for key in shader.morphogen:
            if key not in KEYS:
                complain(key, f"unknown key '{key}' in MORPHOGEN", suggest(key, KEYS))
    beside = path.with_suffix(".vs")
    if not shader.ours and (lacking := find_lacking(shader.body, vertex=beside.is_file())):
        line, what, remedy = lacking
        complaints.append(Complaint(f"{where}:{shader.body_line + line}", what, remedy))
    passes = read_passes(shader, complain)
    imports = _read_imports(shader, complain)
    source = vertex = None
    try:
        source = resolve_includes(_plain(shader), shaders)
        if beside.is_file():
            vertex = _read_vertex(beside, shader, shaders)
    except MorphogenError as error:
        complaints += error.complaints
    if complaints or source is None:
        raise MorphogenError(*complaints)
    return IsfFile(shader, kind, source.parameters, passes, imports, source, vertex)


def _plain(shader: ShaderFile) -> ShaderFile:
    """The same file; one that is not ours may speak as other hosts let it."""
    return shader if shader.ours else replace(shader, body=_forgive(shader, shader.body))


def _forgive(shader: ShaderFile, text: str) -> str:
    targets = (str(entry.get("TARGET")) for entry in shader.passes)
    images = (*shader.images, *(sound.name for sound in shader.sounds), *targets)
    names = {*AUTOMATIC, *images, *(p.name for p in shader.parameters)}
    return say_once(forgive_comments(text), names)


def forgive_comments(text: str) -> str:
    """GLSL whose comments hold ASCII only: some drivers refuse the rest, and nobody runs it."""

    def blank(found: re.Match[str]) -> str:
        return "".join(c if c in "\t\n" or " " <= c <= "~" else "?" for c in found[0])

    return COMMENT.sub(blank, text).replace("\f", " ").replace("\v", " ")


def _read_vertex(path: Path, shader: ShaderFile, shaders: Folder) -> Source:
    text = read_text(path, name_path(path, shaders))
    part = replace(shader, path=path, parameters=(), body=_forgive(shader, text), body_line=1)
    return resolve_includes(part, shaders)


def _read_imports(shader: ShaderFile, complain: Any) -> Mapping[str, Path]:
    """IMPORTED: an object of names, each with a PATH; in old files a list of such objects."""
    given = shader.header.get("IMPORTED", {})
    if isinstance(given, list):
        given = {str(e.get("NAME")): e for e in given if isinstance(e, dict)}
    if not isinstance(given, dict):
        complain("IMPORTED", "IMPORTED is an object of names, each with a PATH")
        return {}
    found: dict[str, Path] = {}
    for name, about in given.items():
        place = about.get("PATH") if isinstance(about, dict) else about
        if isinstance(place, list) or (isinstance(about, dict) and about.get("TYPE") == "cube"):
            complain(name, f"'{name}' is a cube of six pictures", "Only flat pictures are read.")
        elif not isinstance(place, str):
            complain(name, f"import '{name}' has no PATH")
        elif place.startswith("data:"):
            remedy = "Lay it beside the file as a PNG, and name that."
            complain(name, f"import '{name}' is a picture written into the header", remedy)
        elif len(place) > 1024:  # longer than any system lets a path be
            complain(name, f"the PATH of import '{name}' is too long")
        elif not (shader.path.parent / place).is_file():
            complain(name, f"there is no picture '{place}' beside the file")
        else:
            found[name] = shader.path.parent / place
    return found
