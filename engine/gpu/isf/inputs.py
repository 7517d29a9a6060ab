"""The INPUTS of an ISF header become parameters and images. Text only; never calls GL.

What the specification leaves open is forgiven (numbers as texts, a colour without alpha, no range);
what is wrong becomes a complaint with its line. In files that are not ours a default outside its range
widens that range, and a menu whose labels are too few is numbered: other hosts play them too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import Complaint, suggest
from engine.show.parameter import COMPONENTS, Kind, Parameter

TYPES: dict[str, Kind] = {
    "float": "float",
    "long": "int",
    "bool": "bool",
    "event": "event",
    "point2D": "point",
    "color": "colour",
}
OTHER_NAMES = {"int": "long", "point2d": "point2D", "audiofft": "audioFFT", "colour": "color"}
AUTOMATIC = frozenset("RENDERSIZE TIME TIMEDELTA FRAMEINDEX PASSINDEX DATE".split())
SOUND_TYPES = ("audio", "audioFFT")
IMAGE_TYPES = ("image", *SOUND_TYPES)
INPUT_KEYS = "NAME TYPE LABEL DEFAULT MIN MAX IDENTITY VALUES LABELS".split()
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
# Words GLSL keeps for itself (330 and 410 core), or that other hosts choke on.
RESERVED = frozenset(
    (
        "attribute const uniform varying buffer shared coherent volatile restrict readonly "
        "writeonly layout centroid flat smooth noperspective patch sample invariant precise "
        "break continue do for while switch case default if else subroutine in out inout int "
        "void bool true false float double discard return lowp mediump highp precision struct "
        "common partition active asm class union enum typedef template this resource goto "
        "inline noinline public static extern external interface long short half fixed unsigned "
        "superp input output filter sizeof cast namespace using row_major texture main uv vec2 "
        "vec3 vec4 ivec2 ivec3 ivec4 uvec2 uvec3 uvec4 bvec2 bvec3 bvec4 dvec2 dvec3 dvec4 mat2 "
        "mat3 mat4 uint sampler2D sampler3D RENDERSIZE TIME TIMEDELTA FRAMEINDEX PASSINDEX DATE"
    ).split()
)
WIDEST = 4096  # samples or bins of a sound, whatever MAX asks for


@dataclass(frozen=True, slots=True)
class SoundInput:
    """A texture of what is heard: a waveform, or with `spectrum` how loud each frequency is.

    `size`: how many samples or bins it asks for, 0 for as many as there are.
    """

    name: str
    spectrum: bool
    size: int = 0


def find_line(text: str, key: str, start: int = 0) -> int:
    """The first line (from 1) that holds the word `"key"` in quotes behind `start`, else 1."""
    at = text.find(f'"{key}"', start)
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def check_keys(table: Mapping[str, Any], known: Iterable[str], what: str, complain: Any) -> None:
    """Complain about every key that is not known."""
    for key in table:
        if key not in known:
            complain(key, f"unknown key '{key}' in {what}", suggest(key, known))


class Inputs:
    """The inputs read so far. Each complaint looks for its line behind the input before it."""

    def __init__(self, text: str, where: str, complaints: list[Complaint]) -> None:
        self.names: list[str] = []  # of all inputs, sound or not
        self.parameters: list[Parameter] = []
        self.images: list[str] = []
        self.sounds: list[SoundInput] = []
        self._text = text
        self._where = where
        self._complaints = complaints
        self._here = 0

    def read(self, inputs: Any, *, strict: bool) -> None:
        self._here = max(self._text.find('"INPUTS"'), 0)
        if not isinstance(inputs, list):
            self._complain("INPUTS", "'INPUTS' must be a list")
            return
        for entry in inputs:
            name = entry.get("NAME") if isinstance(entry, dict) else None
            if isinstance(name, str):
                self._here = max(self._text.find(f'"{name}"', self._here), self._here)
                self.names.append(name)
            if not isinstance(name, str) or not NAME.fullmatch(name):
                what = f"an input needs a NAME that is a GLSL identifier, not {name!r}"
                self._complain(str(name), what)
                continue
            self._read_one(name, entry, strict)
            self._here += len(name)

    def _read_one(self, name: str, entry: Mapping[str, Any], strict: bool) -> None:
        if strict and (name in RESERVED or name.startswith(("gl_", "isf_")) or "__" in name):
            what = f"'{name}' is a word that is taken already"
            self._complain(name, what, "Choose another name.")
            return
        if not strict and (name in AUTOMATIC or name.startswith(("gl_", "isf_", "vv_"))):
            what = f"'{name}' is told to every shader already"
            self._complain(name, what, "Choose another name.")
            return
        if self.names.count(name) > 1:
            self._complain(name, f"two inputs are called '{name}'")
            return
        if strict:
            check_keys(entry, INPUT_KEYS, f"input '{name}'", self._complain)
        kind = entry.get("TYPE")
        if not strict and isinstance(kind, str):
            kind = OTHER_NAMES.get(kind.lower(), kind if kind in IMAGE_TYPES else kind.lower())
        if not isinstance(kind, str) or kind not in (*TYPES, *IMAGE_TYPES):
            remedy = suggest(str(kind), (*TYPES, *IMAGE_TYPES))
            self._complain(name, f"input '{name}' has no type '{kind}'", remedy)
        elif kind == "image":
            self.images.append(name)
        elif kind in SOUND_TYPES:
            self.sounds.append(SoundInput(name, kind == "audioFFT", _size(entry.get("MAX"))))
        else:
            try:
                self.parameters.append(_read_parameter(name, TYPES[kind], entry, strict))
            except (TypeError, ValueError, OverflowError) as error:
                self._complain(name, f"input '{name}': {error}")

    def _complain(self, key: str, what: str, remedy: str = "") -> None:
        line = find_line(self._text, key, self._here)
        if line == 1:  # not behind it, so before it
            line = self._text.count("\n", 0, self._here) + 1
        self._complaints.append(Complaint(f"{self._where}:{line}", what, remedy))


def _read_parameter(name: str, kind: Kind, entry: Mapping[str, Any], strict: bool) -> Parameter:
    label = str(entry.get("LABEL", name.replace("_", " ")))
    if kind in ("bool", "event"):
        start = _boolean(entry.get("DEFAULT", False))
        return Parameter(name, kind, (start,), (0.0,), (1.0,), label=label)
    if kind == "int" and (entry.get("VALUES") if not strict else "VALUES" in entry):
        return _read_choice(name, label, entry, strict)
    size = COMPONENTS[kind]
    given = [_numbers(entry[key], size, strict) for key in ("DEFAULT", "MIN") if key in entry]
    default = given[0] if given else (0.0,) * size
    if kind == "colour" and not given:
        default = (0.0, 0.0, 0.0, 1.0)
    # Where no range is stated it is 0..1, wide enough for the default.
    low = _numbers(entry.get("MIN", [min(0.0, number) for number in default]), size, strict)
    high = _numbers(entry.get("MAX", [max(1.0, number) for number in default]), size, strict)
    if any(not min(a, b) <= d <= max(a, b) for a, b, d in zip(low, high, default, strict=True)):
        if strict:
            raise ValueError("DEFAULT lies outside MIN and MAX")
        low, high = _widen(low, high, default)
    return Parameter(name, kind, default, low, high, label=label)


def _widen(
    low: Sequence[float], high: Sequence[float], default: Sequence[float]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The range with the default in it, turned round as it was."""
    ends = [
        (min(a, d), max(b, d)) if a <= b else (max(a, d), min(b, d))
        for a, b, d in zip(low, high, default, strict=True)
    ]
    return tuple(a for a, _ in ends), tuple(b for _, b in ends)


def _read_choice(name: str, label: str, entry: Mapping[str, Any], strict: bool) -> Parameter:
    """A menu: VALUES are whole numbers, LABELS what to call them, DEFAULT one of the VALUES."""
    listed = entry["VALUES"]
    if not isinstance(listed, list) or not listed:
        raise ValueError("VALUES must be a list of whole numbers")
    if not strict and all(isinstance(value, str) for value in listed):
        return _read_choice(name, label, _number_texts(entry, listed), strict)
    values = tuple(float(int(value)) for value in listed)
    labels = entry.get("LABELS", [f"{value:g}" for value in values])
    if not strict:
        several = labels if isinstance(labels, list) else []
        labels = [*several[: len(values)], *(f"{value:g}" for value in values[len(several) :])]
    if not isinstance(labels, list) or len(labels) != len(values):
        raise ValueError("LABELS must be a list, as long as VALUES")
    default = float(entry.get("DEFAULT", values[0]))
    if default not in values:
        if strict:
            raise ValueError("DEFAULT is none of the VALUES")
        default = min(values, key=lambda value: abs(value - default))
    ends = (min(values),), (max(values),)
    choices = tuple(str(text) for text in labels)
    return Parameter(name, "int", (default,), *ends, label=label, choices=choices, values=values)


def _number_texts(entry: Mapping[str, Any], listed: Sequence[str]) -> Mapping[str, Any]:
    """VALUES that are texts: numbers in quotes are those numbers, names are counted from 0."""
    try:
        numbers = [int(float(text)) for text in listed]
    except ValueError:
        numbers = list(range(len(listed)))
    default = entry.get("DEFAULT", listed[0])
    first = numbers[listed.index(default)] if default in listed else default
    labels = entry.get("LABELS", listed)
    return {**entry, "VALUES": numbers, "LABELS": labels, "DEFAULT": first}


def _numbers(value: Any, size: int, strict: bool) -> tuple[float, ...]:
    values = value if isinstance(value, list) else [value] * size
    if size == 4 and len(values) == 3:
        values = [*values, 1.0]  # a colour without alpha
    if not strict and len(values) != size:
        values = (values + [0.0] * size)[:size]
    if len(values) != size:
        raise ValueError(f"{size} numbers wanted, {len(values)} given")
    numbers = tuple(float(number) for number in values)
    if not all(math.isfinite(number) for number in numbers):
        raise ValueError("a number must be finite")
    return numbers


def _size(value: Any) -> int:
    """How many samples or bins a sound's MAX asks for; 0 where it says nothing sound."""
    try:
        return min(max(int(float(value)), 0), WIDEST)
    except (TypeError, ValueError, OverflowError):
        return 0


def _boolean(value: Any) -> float:
    return 1.0 if is_true(value) else 0.0


def is_true(value: Any) -> bool:
    """What files in the wild write for true: true, 1, "1", "true", "YES"."""
    return str(value).strip().lower() in ("1", "1.0", "true", "yes")
