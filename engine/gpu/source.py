"""GLSL with its includes resolved and every line traceable to the file it came from.

`#include "lib/name.glsl"` is looked up from the shaders folder, once per program. Each stretch is
announced by `#line LINE FILE`, so that a driver's log already speaks of our files. Never calls GL.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import Complaint, MorphogenError
from engine.gpu.isf import ShaderFile, parse_shader
from engine.show.parameter import Parameter

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"\s*$')


@dataclass(frozen=True, slots=True)
class Source:
    """`text` is GLSL without `#version`; `files[n]` is what `#line .. n` names; `parameters` are the
    inputs of the file and of everything it includes."""

    text: str
    files: tuple[Path, ...]
    parameters: tuple[Parameter, ...]


def name_path(path: Path, shaders: Path) -> str:
    """How complaints name a shader file: `shaders/models/heat.fs`."""
    base = shaders.resolve().parent
    resolved = path.resolve()
    return resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else path.name


def resolve_includes(shader: ShaderFile, folder: Path, after: Sequence[str] = ()) -> Source:
    """Join a shader's body with what it includes and, behind it, the files named in `after`.

    Raises `MorphogenError` with all complaints. File number 0 is left to generated code.
    """
    joined = _Joined(folder)
    joined.add(shader.body, shader.path, shader.body_line, shader.parameters)
    for name in after:
        joined.include(name, name)
    if joined.complaints:
        raise MorphogenError(*joined.complaints)
    return Source("\n".join(joined.lines), tuple(joined.files), tuple(joined.parameters))


class _Joined:
    """What has been gathered so far while walking the includes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[str] = []
        self.files: list[Path] = []
        self.parameters: list[Parameter] = []
        self.complaints: list[Complaint] = []

    def add(
        self, body: str, path: Path, first_line: int, parameters: tuple[Parameter, ...]
    ) -> None:
        self.files.append(path)
        number = len(self.files)
        self.parameters += [p for p in parameters if p.name not in {q.name for q in self.parameters}]
        self.lines.append(f"#line {first_line} {number}")
        for line_number, line in enumerate(body.split("\n"), first_line):
            found = INCLUDE.match(line)
            if found:
                self.include(found[1], f"{self._name(path)}:{line_number}")
                self.lines.append(f"#line {line_number + 1} {number}")
            else:
                if not line.isascii():
                    what = "only ASCII may stand in GLSL; some drivers refuse the rest"
                    where = f"{self._name(path)}:{line_number}"
                    self.complaints.append(Complaint(where, what))
                self.lines.append(line)

    def include(self, name: str, where: str) -> None:
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            self.complaints.append(Complaint(where, f"'{name}' lies outside the shaders folder"))
        elif path in self.files:
            return
        elif not path.is_file():
            remedy = "Includes are named from the shaders folder: \"lib/laplacian.glsl\"."
            self.complaints.append(Complaint(where, f"no file '{name}'", remedy))
        else:
            text = path.read_text(encoding="utf-8")
            if text.lstrip().startswith("/*{"):
                part = parse_shader(text, path, self._name(path))
                self.add(part.body, path, part.body_line, part.parameters)
            else:
                self.add(text, path, 1, ())

    def _name(self, path: Path) -> str:
        return name_path(path, self.folder)
