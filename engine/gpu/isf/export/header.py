"""The header of an exported file: inputs, passes and where it comes from, as JSON in a comment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.show.parameter import Parameter

TYPES = {
    "float": "float",
    "int": "long",
    "bool": "bool",
    "event": "event",
    "point": "point2D",
    "colour": "color",
}


def write_header(
    title: str,
    credit: str,
    categories: Sequence[str],
    inputs: Iterable[Mapping[str, Any]],
    passes: Sequence[Mapping[str, Any]],
) -> str:
    """The first comment of the file."""
    header = {
        "ISFVSN": "2",
        "DESCRIPTION": title,
        "CREDIT": credit,
        "CATEGORIES": list(categories),
        "INPUTS": list(inputs),
        "PASSES": list(passes),
    }
    return f"/*{json.dumps(header, indent=2)}*/\n"


def write_input(p: Parameter) -> dict[str, Any]:
    """A parameter as an entry of INPUTS."""
    told: dict[str, Any] = {"NAME": p.name, "TYPE": TYPES[p.kind], "LABEL": p.label or p.name}
    if p.kind in ("bool", "event"):
        return told if p.kind == "event" else {**told, "DEFAULT": p.default[0] >= 0.5}
    if p.choices:
        values = p.values or [p.minimum[0] + at for at in range(len(p.choices))]
        labels = list(p.choices)
        return {
            **told,
            "VALUES": [int(v) for v in values],
            "LABELS": labels,
            "DEFAULT": int(p.default[0]),
        }
    for key, numbers in (("MIN", p.minimum), ("MAX", p.maximum), ("DEFAULT", p.default)):
        told[key] = list(numbers) if len(numbers) > 1 else _number(p, numbers[0])
    return told


def write_colour(name: str, label: str, colour: Sequence[float]) -> dict[str, Any]:
    """A colour of an exported file's own, as a screen is sent it."""
    return {"NAME": name, "TYPE": "color", "LABEL": label, "DEFAULT": [*colour, 1.0]}


def _number(p: Parameter, number: float) -> float:
    return int(number) if p.kind == "int" else number
