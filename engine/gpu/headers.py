"""The MORPHOGEN object of a shader's header becomes a `Model` or a `Look`. Text only; never GL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import Complaint, MorphogenError, suggest
from engine.gpu.isf import ShaderFile, read_shader
from engine.gpu.source import name_path, resolve_includes
from engine.show.catalogue import Limit, Look, Model
from engine.show.expression import Expression, parse_expression
from engine.show.parameter import Parameter

KEYS: dict[str, list[str]] = {
    "model": (
        "KIND CHANNELS REST BRUSH SHOWN RANGE DT STEPS LIMIT INTEGRATOR POTENTIAL HALF SEED "
        "UNITS CURVES PHASES SOURCE"
    ).split(),
    "look": "KIND UNITS CURVES PHASES SOURCE".split(),
    "pass": "KIND UNITS CURVES PHASES SOURCE".split(),
}  # fmt: skip
FOLDERS = {"models": "model", "looks": "look", "passes": "pass"}
STEP = "lib/step.glsl"  # wrapped around every rate model, its inputs shared by all
INTEGRATORS = ("euler", "symplectic")
LIMITS = ("DIFFUSION", "BILAPLACIAN", "WAVE", "REACTION")


@dataclass(frozen=True, slots=True)
class Shaders:
    """Every shader file of a folder, read: by kind and id. Broken ones are in `complaints` instead."""

    models: Mapping[str, Model]
    looks: Mapping[str, Look]
    finish: tuple[Parameter, ...]
    complaints: tuple[Complaint, ...]


def read_shaders(folder: Path) -> Shaders:
    """Read every header below `folder`; never raises for a broken file."""
    models: dict[str, Model] = {}
    looks: dict[str, Look] = {}
    finish: tuple[Parameter, ...] = ()
    complaints: list[Complaint] = []
    for name, kind in FOLDERS.items():
        for path in sorted((folder / name).glob("*.fs")):
            try:
                if kind == "model":
                    models[path.stem] = read_model(path, folder)
                elif kind == "look":
                    looks[path.stem] = read_look(path, folder)
                else:
                    finish += read_look(path, folder, "pass").parameters
            except MorphogenError as error:
                complaints += error.complaints
    return Shaders(models, looks, finish, tuple(complaints))


def read_look(path: Path, folder: Path, kind: str = "look") -> Look:
    """Raises `MorphogenError` with everything that is wrong with the header."""
    shader = read_shader(path, name_path(path, folder))
    complaints = _check_object(shader, folder, kind)
    if complaints:
        raise MorphogenError(*complaints)
    return Look(shader.name, shader.description, resolve_includes(shader, folder).parameters)


def read_model(path: Path, folder: Path) -> Model:
    """Raises `MorphogenError` with everything that is wrong with the header."""
    where = name_path(path, folder)
    shader = read_shader(path, where)
    complaints = _check_object(shader, folder, "model")
    table = shader.morphogen
    parameters = resolve_includes(shader, folder, after=(STEP,)).parameters

    def complain(key: str, what: str, remedy: str = "") -> None:
        complaints.append(Complaint(f"{where}:{shader.line_of(key)}", what, remedy))

    channels = table.get("CHANNELS", [])
    if not isinstance(channels, list) or not 1 <= len(channels) <= 4:
        complain("CHANNELS", "a model has one to four CHANNELS", 'For instance ["u", "v"].')
        raise MorphogenError(*complaints)
    count = len(channels)
    rest = _vector(table, "REST", count, 0.0, complain)
    brush = _vector(table, "BRUSH", count, 1.0, complain)
    shown = table.get("SHOWN", [[1.0], [0.0, 1.0]])
    if len(shown) != 2 or any(not 1 <= len(row) <= 5 for row in shown):
        complain("SHOWN", "SHOWN wants two rows: weights of the channels, then an offset")
        shown = [[1.0], [0.0, 1.0]]
    limits = table.get("RANGE", [[-1e3, 1e3]] * count)
    if len(limits) != count or any(len(pair) != 2 or pair[0] >= pair[1] for pair in limits):
        complain("RANGE", f"RANGE wants {count} pairs [low, high]")
        limits = [[-1e3, 1e3]] * count
    integrator = table.get("INTEGRATOR", "euler")
    if integrator not in INTEGRATORS:
        complain("INTEGRATOR", f"no integrator '{integrator}'", suggest(integrator, INTEGRATORS))
    names = [p.name for p in parameters]
    limit = table.get("LIMIT", {})
    formulas: dict[str, Expression] = {}
    for key, text in limit.items():
        if key not in LIMITS:
            complain(key, f"unknown key '{key}' in LIMIT", suggest(key, LIMITS))
            continue
        try:
            formulas[key.lower()] = formula = parse_expression(str(text))
        except ValueError as error:
            complain(key, f"LIMIT: {error}")
            continue
        for name in formula.names - set(names):
            complain(key, f"LIMIT: no parameter '{name}'", suggest(name, names))
    if "LIMIT" not in table:
        complain("MORPHOGEN", "a model states its LIMIT", 'For instance {"DIFFUSION": "diffusion"}.')
    if complaints:
        raise MorphogenError(*complaints)
    return Model(
        id=shader.name,
        title=shader.description,
        channels=tuple(str(name) for name in channels),
        rest=rest,
        brush=brush,
        shown=tuple(_shown_row(row, count) for row in shown),
        range=tuple((float(low), float(high)) for low, high in limits),
        dt=float(table.get("DT", 1.0)),
        steps=float(table.get("STEPS", 60.0)),
        limit=Limit(**formulas),
        parameters=parameters,
        integrator=integrator,
        potential=bool(table.get("POTENTIAL", False)),
        half=bool(table.get("HALF", False)),
        seed=table.get("SEED", {"kind": "noise"}),
    )


def _check_object(shader: ShaderFile, folder: Path, kind: str) -> list[Complaint]:
    where = name_path(shader.path, folder)
    table = shader.morphogen
    if table.get("KIND") != kind:
        line = shader.line_of("KIND") if "KIND" in table else shader.line_of("MORPHOGEN")
        what = f"a file in this folder has \"KIND\": \"{kind}\" in its MORPHOGEN object"
        return [Complaint(f"{where}:{line}", what)]
    return [
        Complaint(
            f"{where}:{shader.line_of(key)}",
            f"unknown key '{key}' in MORPHOGEN",
            suggest(key, KEYS[kind]),
        )
        for key in table
        if key not in KEYS[kind]
    ]


def _vector(
    table: Mapping[str, Any], key: str, count: int, fallback: float, complain: Any
) -> tuple[float, ...]:
    value = table.get(key, [fallback] * count)
    if not isinstance(value, list) or len(value) != count:
        complain(key, f"{key} wants {count} numbers, one per channel")
        return (fallback,) * count
    return tuple(float(number) for number in value)


def _shown_row(row: list[float], count: int) -> tuple[float, float, float]:
    """(weight of channel 1, weight of channel 2, offset) from the header's shorter forms."""
    weights = [float(v) for v in row[: min(count, 2)]]
    offset = float(row[count]) if len(row) > count else 0.0
    first, second = (*weights, 0.0, 0.0)[:2]
    return first, second, offset
