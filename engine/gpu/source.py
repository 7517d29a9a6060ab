"""GLSL with its includes resolved and every line traceable to the file it came from.

`#include "lib/name.glsl"` is looked up from the shaders folder, the user's first, once per program.
A table says which file and line each line of the joined text is. There is no `#line`: Mesa forgets its file
number in most messages, and what the directive counts from changed with GLSL 330. Never calls GL.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.assets import Folder, Folders, as_folders
from engine.errors import Complaint, MorphogenError
from engine.gpu.isf.shader_file import ShaderFile, parse_shader, read_text
from engine.show.parameter import Parameter

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"\s*$')
INCLUDE_WORD = re.compile(r"^\s*#\s*include\b")
HEADER = re.compile(r"\s*/\*\s*\{")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
HOW_TO_INCLUDE = 'Includes are named from the shaders folder: #include "lib/noise.glsl"'

Place = tuple[Path | None, int]
"""A file (None: generated code) and a line of it, from 1."""


@dataclass(frozen=True, slots=True)
class Source:
    """`text` is GLSL without `#version`, `places[n]` where its line n comes from; `parameters` are
    the inputs of the file and of everything it includes, `files` all of these files."""

    text: str
    places: tuple[Place, ...]
    files: tuple[Path, ...]
    parameters: tuple[Parameter, ...]


def name_path(path: Path, shaders: Folder) -> str:
    """How complaints name a shader file: `shaders/models/heat.fs`; one of the user's by its whole path."""
    return _name(path.resolve(), as_folders(shaders).resolve())


def _name(path: Path, shaders: Folders) -> str:
    """The same for paths that are resolved already."""
    base = shaders.own.parent
    if path.is_relative_to(base):
        return path.relative_to(base).as_posix()
    return str(path) if shaders.users and path.is_relative_to(shaders.users) else path.name


def resolve_includes(shader: ShaderFile, folder: Folder, after: Sequence[str] = ()) -> Source:
    """Join a shader's body with what it includes and, behind it, the files named in `after`.

    Raises `MorphogenError` with all complaints.
    """
    joined = _Joined(as_folders(folder).resolve())
    joined.add(shader.body, shader.path.resolve(), shader.body_line, shader.parameters)
    for name in after:
        joined.include(name, name)
    if joined.complaints:
        raise MorphogenError(*joined.complaints)
    return Source(
        "\n".join(joined.lines),
        tuple(joined.places),
        tuple(joined.files),
        tuple(joined.parameters),
    )


class _Joined:
    """What has been gathered so far while walking the includes. All paths are resolved ones."""

    def __init__(self, folder: Folders) -> None:
        self.folder = folder
        self.lines: list[str] = []
        self.places: list[Place] = []
        self.files: list[Path] = []
        self.parameters: list[Parameter] = []
        self.complaints: list[Complaint] = []

    def add(
        self, body: str, path: Path, first_line: int, parameters: tuple[Parameter, ...]
    ) -> None:
        self.files.append(path)
        known = {parameter.name for parameter in self.parameters}
        self.parameters += [p for p in parameters if p.name not in known]
        # An include that stands in a comment is none.
        bare = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), body).split("\n")
        name = _name(path, self.folder)
        strange = not body.isascii() or CONTROL.search(body) is not None
        for number, (line, code) in enumerate(zip(body.split("\n"), bare, strict=True), first_line):
            if strange and CONTROL.search(line):
                what = "a control character stands in the code"
                self.complaints.append(Complaint(f"{name}:{number}", what))
            elif strange and not line.isascii():
                what = "only ASCII may stand in GLSL; some drivers refuse the rest"
                self.complaints.append(Complaint(f"{name}:{number}", what))
            elif "#" in code and INCLUDE_WORD.match(code):
                where, found = f"{name}:{number}", INCLUDE.match(code)
                if found:
                    self.include(found[1], where)
                else:
                    what = "this include names no file"
                    self.complaints.append(Complaint(where, what, HOW_TO_INCLUDE))
            elif line.strip() or number > first_line:  # behind a header nothing stands
                self.lines.append(line)
                self.places.append((path, number))

    def include(self, name: str, where: str) -> None:
        path = self.folder.find(name).resolve()
        if not any(path.is_relative_to(root) for root in self.folder.roots):
            self.complaints.append(Complaint(where, f"'{name}' lies outside the shaders folder"))
        elif path in self.files:
            return
        elif not path.is_file():
            self.complaints.append(Complaint(where, f"no file '{name}'", HOW_TO_INCLUDE))
        else:
            try:
                self._add_file(path)
            except MorphogenError as error:
                self.complaints += error.complaints

    def _add_file(self, path: Path) -> None:
        where = _name(path, self.folder)
        text = read_text(path, where)
        if HEADER.match(text):
            part = parse_shader(text, path, where)
            self.add(part.body, path, part.body_line, part.parameters)
        else:
            self.add(text, path, 1, ())
