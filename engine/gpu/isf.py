"""ISF 2.0: the header of a shader file becomes a checked `ShaderFile`. Text only; never calls GL.

Specification: mrRay/ISF_Spec. Ours is a superset: one more object, `"MORPHOGEN"`, which other hosts
ignore. Every mistake of a header is found at once, with its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import Complaint, MorphogenError, suggest
from engine.show.parameter import Kind, Parameter

TYPES: dict[str, Kind] = {
    "float": "float",
    "long": "int",
    "bool": "bool",
    "event": "event",
    "point2D": "point",
    "color": "colour",
}
IMAGE_TYPES = ("image", "audio", "audioFFT")
TOP_KEYS = (
    "ISFVSN VSN DESCRIPTION CREDIT CATEGORIES KEYWORDS INPUTS PASSES IMPORTED PERSISTENT_BUFFERS MORPHOGEN"
).split()
INPUT_KEYS = "NAME TYPE LABEL DEFAULT MIN MAX IDENTITY VALUES LABELS".split()
PASS_KEYS = "TARGET PERSISTENT FLOAT WIDTH HEIGHT".split()
# Names GLSL keeps for itself, or that other hosts choke on.
RESERVED = frozenset(
    "input output sample buffer texture filter common active smooth flat patch precise "
    "float int bool vec2 vec3 vec4 main rate state uniform in out".split()
)


@dataclass(frozen=True, slots=True)
class ShaderFile:
    """One shader file, parsed. `body` is the GLSL behind the header; `body_line` its first line."""

    path: Path
    name: str
    description: str
    credit: str
    parameters: tuple[Parameter, ...]
    images: tuple[str, ...]
    passes: tuple[Mapping[str, Any], ...]
    morphogen: Mapping[str, Any]
    body: str
    body_line: int
    text: str = field(repr=False)

    def line_of(self, key: str) -> int:
        """The first line of the header that holds `"key"`, else 1."""
        return find_line(self.text, key)


def find_line(text: str, key: str) -> int:
    """The first line (from 1) that holds the word `"key"` in quotes, else 1."""
    at = text.find(f'"{key}"')
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def read_shader(path: Path, where: str) -> ShaderFile:
    """Read and parse one file. Raises `MorphogenError` with all its complaints."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise MorphogenError(Complaint(where, "no such file")) from None
    except (OSError, UnicodeDecodeError) as error:
        raise MorphogenError(Complaint(where, f"cannot be read ({error})")) from None
    return parse_shader(text, path, where)


def parse_shader(text: str, path: Path, where: str) -> ShaderFile:
    """Parse the text of a shader file. `where` names it in complaints."""
    opening = re.match(r"\s*/\*", text)
    closing = text.find("*/")
    if not opening or closing < 0:
        raise MorphogenError(
            Complaint(
                f"{where}:1",
                "a shader file begins with an ISF header",
                'Begin it with /*{ "ISFVSN": "2", "INPUTS": [] }*/.',
            )
        )
    header_text, first_line = text[opening.end() : closing], text.count("\n", 0, opening.end()) + 1
    header = _read_json(header_text, where, first_line)
    complaints: list[Complaint] = []

    def complain(key: str, what: str, remedy: str = "") -> None:
        complaints.append(Complaint(f"{where}:{find_line(text, key)}", what, remedy))

    _check_keys(header, TOP_KEYS, "the header", complain)
    parameters, images = _read_inputs(header.get("INPUTS", []), complain)
    morphogen = header.get("MORPHOGEN", {})
    if not isinstance(morphogen, dict):
        complain("MORPHOGEN", "'MORPHOGEN' must be an object")
        morphogen = {}
    passes = header.get("PASSES", [])
    if not isinstance(passes, list) or not all(isinstance(entry, dict) for entry in passes):
        complain("PASSES", "'PASSES' must be a list of objects")
        passes = []
    for entry in passes:
        _check_keys(entry, PASS_KEYS, "a pass", complain)
    parameters = _add_extras(parameters, morphogen, complain)
    if complaints:
        raise MorphogenError(*complaints)
    body_start = closing + 2
    return ShaderFile(
        path=path,
        name=path.stem,
        description=str(header.get("DESCRIPTION", "")),
        credit=str(header.get("CREDIT", "")),
        parameters=parameters,
        images=images,
        passes=tuple(passes),
        morphogen=morphogen,
        body=text[body_start:],
        body_line=text.count("\n", 0, body_start) + 1,
        text=text,
    )


def _read_json(header: str, where: str, first_line: int) -> dict[str, Any]:
    """JSON as ISF files in the wild have it: tabs in strings, commas before a closing bracket."""
    for candidate in (header, re.sub(r",(\s*[}\]])", r"\1", header)):
        try:
            value = json.loads(candidate, strict=False)
        except json.JSONDecodeError as problem:
            error = problem
            continue
        if isinstance(value, dict):
            return value
        raise MorphogenError(Complaint(f"{where}:{first_line}", "the header must be one object"))
    line = first_line + error.lineno - 1
    remedy = "The header is JSON: names in double quotes, a comma between entries."
    raise MorphogenError(Complaint(f"{where}:{line}", f"header: {error.msg}", remedy))


def _check_keys(table: Mapping[str, Any], known: Iterable[str], what: str, complain: Any) -> None:
    for key in table:
        if key not in known:
            complain(key, f"unknown key '{key}' in {what}", suggest(key, known))


def _read_inputs(inputs: Any, complain: Any) -> tuple[tuple[Parameter, ...], tuple[str, ...]]:
    parameters: list[Parameter] = []
    images: list[str] = []
    if not isinstance(inputs, list):
        complain("INPUTS", "'INPUTS' must be a list")
        return (), ()
    for entry in inputs:
        name = entry.get("NAME") if isinstance(entry, dict) else None
        if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
            complain("INPUTS", f"an input needs a NAME that is a GLSL identifier, not {name!r}")
            continue
        if name in RESERVED or name.startswith(("gl_", "isf_")) or "__" in name:
            complain(name, f"'{name}' is a word that GLSL keeps for itself", "Choose another name.")
        if name in [p.name for p in parameters] or name in images:
            complain(name, f"two inputs are called '{name}'")
        _check_keys(entry, INPUT_KEYS, f"input '{name}'", complain)
        kind = entry.get("TYPE")
        if kind in IMAGE_TYPES:
            images.append(name)
        elif kind in TYPES:
            try:
                parameters.append(_read_parameter(name, TYPES[kind], entry))
            except (TypeError, ValueError) as error:
                complain(name, f"input '{name}': {error}")
        else:
            known = (*TYPES, *IMAGE_TYPES)
            complain(name, f"input '{name}' has no type '{kind}'", suggest(str(kind), known))
    return tuple(parameters), tuple(images)


def _read_parameter(name: str, kind: Kind, entry: Mapping[str, Any]) -> Parameter:
    label = str(entry.get("LABEL", name.replace("_", " ")))
    choices: tuple[str, ...] = ()
    low: tuple[float, ...]
    high: tuple[float, ...]
    default: tuple[float, ...]
    if kind in ("bool", "event"):
        low, high, default = (0.0,), (1.0,), (_boolean(entry.get("DEFAULT", False)),)
    elif kind == "int" and "VALUES" in entry:
        values = [int(value) for value in entry["VALUES"]]
        if values != list(range(values[0], values[0] + len(values))):
            raise ValueError("VALUES must count up by one")
        choices = tuple(str(text) for text in entry.get("LABELS", values))
        low, high = (float(values[0]),), (float(values[-1]),)
        default = (float(entry.get("DEFAULT", values[0])),)
    else:
        size = {"point": 2, "colour": 4}.get(kind, 1)
        low = _numbers(entry.get("MIN", 0.0), size)
        high = _numbers(entry.get("MAX", 1.0), size)
        default = _numbers(entry.get("DEFAULT", entry.get("MIN", 0.0)), size)
    if any(not min(a, b) <= d <= max(a, b) for a, b, d in zip(low, high, default, strict=True)):
        raise ValueError("DEFAULT lies outside MIN and MAX")
    return Parameter(name, kind, default, low, high, label=label, choices=choices)


def _numbers(value: Any, size: int) -> tuple[float, ...]:
    values = value if isinstance(value, list) else [value] * size
    if len(values) != size:
        raise ValueError(f"{size} numbers wanted, {len(values)} given")
    return tuple(float(number) for number in values)


def _boolean(value: Any) -> float:
    return 1.0 if str(value).lower() in ("1", "1.0", "true") else 0.0


def _add_extras(
    parameters: tuple[Parameter, ...], morphogen: Mapping[str, Any], complain: Any
) -> tuple[Parameter, ...]:
    """UNITS, CURVES and PHASES of the MORPHOGEN object, each keyed by an input's name."""
    names = [parameter.name for parameter in parameters]
    units, curves = morphogen.get("UNITS", {}), morphogen.get("CURVES", {})
    phases = morphogen.get("PHASES", [])
    for name in (*units, *curves, *phases):
        if name not in names:
            complain(name, f"no input '{name}'", suggest(name, names))
    done = []
    for p in parameters:
        curve = curves.get(p.name, "linear")
        if curve not in ("linear", "log") or (curve == "log" and min(*p.minimum, *p.maximum) <= 0):
            complain(p.name, f"curve '{curve}' of '{p.name}'", "linear, or log with 0 < MIN.")
            curve = "linear"
        done.append(
            Parameter(
                p.name,
                p.kind,
                p.default,
                p.minimum,
                p.maximum,
                label=p.label,
                unit=str(units.get(p.name, "")),
                curve=curve,
                phase=p.name in phases,
                choices=p.choices,
            )
        )
    return tuple(done)
