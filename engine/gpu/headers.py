"""The MORPHOGEN object of a shader's header becomes a `Model` or a `Look`. Text only; never GL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.assets import Folder, as_folders
from engine.errors import Complaint, MorphogenError, suggest
from engine.gpu.channel_headers import (
    is_number,
    read_push,
    read_ranges,
    read_shown,
    read_vector,
)
from engine.gpu.isf.shader_file import ShaderFile, read_shader
from engine.gpu.limit_headers import read_limit
from engine.gpu.rule_headers import RULE_TAKEN, Complain, read_passes, read_tables
from engine.gpu.source import name_path, resolve_includes
from engine.show.catalogue import BORDERS, Limit, Look, Model
from engine.show.parameter import Parameter

KEYS: dict[str, list[str]] = {
    "model": (
        "KIND CHANNELS REST BRUSH SHOWN RANGE DT STEPS LIMIT INTEGRATOR POTENTIAL NOISE BORDERS HALF SEED "
        "PUSH UNITS CURVES PHASES SOURCE"
    ).split(),
    "rule": (
        "KIND CHANNELS REST BRUSH SHOWN RANGE DT STEPS LIMIT TABLES HALF SEED PUSH UNITS CURVES "
        "PHASES SOURCE"
    ).split(),
    "agents": (
        "KIND CHANNELS REST BRUSH SHOWN RANGE STEPS HALF SEED UNITS CURVES PHASES SOURCE"
    ).split(),
    "look": "KIND UNITS CURVES PHASES SOURCE".split(),
    "pass": "KIND UNITS CURVES PHASES SOURCE".split(),
}  # fmt: skip
FOLDERS = {"models": "model", "looks": "look", "passes": "pass"}
STEP = "lib/step.glsl"  # wrapped around every rate model
RULE = "lib/rule.glsl"  # wrapped around every pass of a rule
AGENTS = "lib/agents.glsl"  # wrapped around every model of agents
WHITE = "lib/white.glsl"  # where a model asks for NOISE
INTEGRATORS = ("euler", "symplectic", "staggered")
# What the step declares itself: an input of a model may not be called so.
TAKEN = frozenset(
    (
        "rate potential state laplacian dt stencil_scale guard potential_field next_state place "
        "STATE LOAD STORE REST LOW HIGH RATE LAPLACIAN_OF CHANGE_OF SOURCES SOURCES_AT MASK HELD POTENTIAL "
        "POTENTIAL_PASS SYMPLECTIC STAGGERED_FIRST STAGGERED_SECOND white noise_step noise_strength "
        "hash_bits hash_noise"
    ).split()
)
# What the code around agents declares itself, beside what the step does.
AGENTS_TAKEN = frozenset(
    (
        "scale walls spread_part repeat_index agent_states agent_pixel marked move mark spread "
        "sense chance keep_inside AGENTS_MOVE AGENTS_MARK"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Shaders:
    """Every shader file of a folder, read: by kind and id. `complaints` has the broken ones."""

    models: Mapping[str, Model]
    looks: Mapping[str, Look]
    finish: tuple[Parameter, ...]
    complaints: tuple[Complaint, ...]


def read_shaders(folder: Folder) -> Shaders:
    """Read every header below `folder`; never raises for a broken file."""
    models: dict[str, Model] = {}
    looks: dict[str, Look] = {}
    finish: tuple[Parameter, ...] = ()
    complaints: list[Complaint] = []
    for name, kind in FOLDERS.items():
        for path in (as_folders(folder) / name).files("*.fs"):
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


def read_look(path: Path, folder: Folder, kind: str = "look") -> Look:
    """Raises `MorphogenError` with everything that is wrong with the header."""
    shader = read_shader(path, name_path(path, folder))
    complaints = _check_object(shader, folder, kind)
    if complaints:
        raise MorphogenError(*complaints)
    return Look(shader.name, shader.description, resolve_includes(shader, folder).parameters)


def read_model(path: Path, folder: Folder) -> Model:
    """Raises `MorphogenError` with everything that is wrong with the header."""
    where = name_path(path, folder)
    shader = read_shader(path, where)
    stated = shader.morphogen.get("KIND")
    rule, agents = stated == "rule", stated == "agents"
    complaints = _check_object(shader, folder, str(stated) if rule or agents else "model")
    parameters = shader.parameters
    wrapped = RULE if rule else AGENTS if agents else STEP
    try:
        parameters = resolve_includes(shader, folder, after=(wrapped,)).parameters
    except MorphogenError as error:
        complaints += error.complaints

    def complain(key: str, what: str, remedy: str = "") -> None:
        complaints.append(Complaint(f"{where}:{shader.line_of(key)}", what, remedy))

    taken = TAKEN | (RULE_TAKEN if rule else AGENTS_TAKEN if agents else frozenset())
    for p in parameters:
        if p.name in taken:
            complain(p.name, f"'{p.name}' is a name of the step's own", "Choose another name.")
    table = shader.morphogen
    channels = table.get("CHANNELS", [])
    if not isinstance(channels, list) or not 1 <= len(channels) <= 4:
        complain("CHANNELS", "a model has one to four CHANNELS", 'For instance ["u", "v"].')
        raise MorphogenError(*complaints)
    count = len(channels)
    rest = read_vector(table, "REST", count, 0.0, complain)
    brush = read_vector(table, "BRUSH", count, 1.0, complain)
    ranges = read_ranges(table, count, complain)
    if any(not low <= number <= high for number, (low, high) in zip(rest, ranges, strict=True)):
        complain("REST", "REST lies outside RANGE")
    integrator = str(table.get("INTEGRATOR", "euler"))
    if integrator not in INTEGRATORS:
        complain("INTEGRATOR", f"no integrator '{integrator}'", suggest(integrator, INTEGRATORS))
    if integrator in ("symplectic", "staggered") and count != 2:
        complain("INTEGRATOR", f"{integrator} wants two CHANNELS: a place and its velocity")
    if integrator == "staggered" and table.get("POTENTIAL") is True:
        complain("POTENTIAL", "a staggered step has no potential")
    seed = table.get("SEED", {"kind": "noise"})
    if not isinstance(seed, dict):
        complain("SEED", "SEED must be an object", 'For instance {"kind": "noise"}.')
    # A rule's dt is its own affair; it states a limit only where it has one. Agents have none.
    states_limit = not (rule or agents) or "LIMIT" in table
    model = Model(
        id=shader.name,
        title=shader.description,
        channels=tuple(str(name) for name in channels),
        rest=rest,
        brush=brush,
        shown=read_shown(table, count, complain),
        range=ranges,
        dt=_positive(table, "DT", 1.0, complain),
        steps=_positive(table, "STEPS", 60.0, complain),
        limit=read_limit(table, parameters, complain) if states_limit else Limit(),
        parameters=parameters,
        integrator=integrator,
        potential=table.get("POTENTIAL", False) is True,
        noise=table.get("NOISE", False) is True,
        borders=_borders(table, complain),
        half=table.get("HALF", False) is True,
        seed=seed,
        passes=read_passes(shader, parameters, complain) if rule else (),
        tables=read_tables(shader, parameters, complain) if rule else {},
        agents=agents,
        push=read_push(table, channels, complain),
    )
    if complaints:
        raise MorphogenError(*complaints)
    return model


def _check_object(shader: ShaderFile, folder: Folder, kind: str) -> list[Complaint]:
    where = name_path(shader.path, folder)
    table = shader.morphogen
    if table.get("KIND") != kind:
        line = shader.line_of("KIND") if "KIND" in table else shader.line_of("MORPHOGEN")
        what = f'a file in this folder has "KIND": "{kind}" in its MORPHOGEN object'
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


def _positive(table: Mapping[str, Any], key: str, fallback: float, complain: Complain) -> float:
    value = table.get(key, fallback)
    if not is_number(value) or value <= 0:
        complain(key, f"{key} wants a number above 0")
        return fallback
    return float(value)


def _borders(table: Mapping[str, Any], complain: Complain) -> tuple[str, ...]:
    borders = table.get("BORDERS", list(BORDERS))
    if not isinstance(borders, list) or not borders or not set(map(str, borders)) <= set(BORDERS):
        complain("BORDERS", f"BORDERS wants some of {', '.join(BORDERS)}")
        return BORDERS
    return tuple(str(border) for border in borders)
