"""A scene as it is being played, written down as a scene file again.

In: a voice. Out: its scene with the present values, macros, palette and modulation; and the text of a file
that reads as that scene. What the file said of all else stays as it said it, but for its comments.

    [moved]        values of parameters that a macro moves, where a hand has moved them since
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import tomli_w

from engine.show.modulation.modulator import KINDS, OWN, Modulator, Route
from engine.show.modulation.written import modulator_table, route_table
from engine.show.parameter import Parameter
from engine.show.presets.preset import find_preset
from engine.show.scene import Macro, Scene

if TYPE_CHECKING:
    from engine.show.voice import Voice

DIGITS = 7  # as many as a message of OSC carries
NEAR = 1e-6  # of a range: no hand has moved it


def present_scene(voice: Voice) -> Scene:
    """The voice's scene with all that hands have made of it."""
    scene, wanted = voice.scene, {n: voice.bank.wanted(n) for n in voice.parameters}
    tidied = {n: _tidy(voice.parameters[n], value) for n, value in wanted.items()}
    places = voice.macro_places()
    moved = {n: tidied[n] for n, place in places.items() if not _is_near(voice, n, place)}
    own = {p.name for p in voice.parameters.values()} - {p.name for p in voice.base}
    preset = find_preset(voice.model.presets, voice.preset)
    usual = {p.name: p.default for p in voice.base} | dict(preset.values if preset else {})
    values = {
        n: value
        for n, value in tidied.items()
        if n not in places and n not in own and (n in scene.values or value != usual[n])
    }
    return replace(
        scene,
        values={**(preset.values if preset else {}), **values},
        macros=tuple(
            replace(m, value=round(v, DIGITS))
            for m, v in zip(scene.macros, voice.macros, strict=True)
        ),
        moved=moved,
        palette=voice.colours.palette.id,
        preset=preset.id if preset else "",
        modulators=tuple(_present_modulator(m, tidied, places) for m in scene.modulators),
        routes=tuple(_present_route(r, tidied, places) for r in scene.routes),
    )


def format_scene(scene: Scene, name: str) -> str:
    """The text of `scenes/<name>.toml`."""
    table: dict[str, Any] = dict(scene.table) or _generator_table(scene)
    if name != scene.id:
        table["title"] = name.replace("_", " ").replace("-", " ").capitalize()
    table |= {"palette": scene.palette}
    if scene.preset:
        if table.get("preset") != scene.preset:
            table.pop("seed", None)  # the preset's own
        table["preset"] = scene.preset
    known = dict(table.get("parameters", {}))
    macros = {n for macro in scene.macros for n, _, _ in macro.moves}
    for n, value in scene.values.items():
        if n not in macros:
            known[n] = value[0] if len(value) == 1 else list(value)
    tables = {
        "parameters": known,
        "moved": {n: v[0] if len(v) == 1 else list(v) for n, v in scene.moved.items()},
        "macro": [_macro_table(m) for m in scene.macros if m.moves],
        "modulator": [modulator_table(m) for m in scene.modulators],
        "route": [route_table(r) for r in scene.routes],
    }
    table = {key: value for key, value in table.items() if key not in tables}
    table |= {key: value for key, value in tables.items() if value}
    return f"# Saved while it played.\n{tomli_w.dumps(table)}"


def _tidy(parameter: Parameter, value: tuple[float, ...]) -> tuple[float, ...]:
    """Without the digits that a knob never had, and still within the range."""
    tidied = tuple(float(f"{number:.{DIGITS}g}") for number in value)
    bounds = zip(tidied, parameter.minimum, parameter.maximum, strict=True)
    if all(min(low, high) <= number <= max(low, high) for number, low, high in bounds):
        return tidied
    return value


def _is_near(voice: Voice, name: str, place: tuple[float, ...]) -> bool:
    p = voice.parameters[name]
    far = NEAR * abs(p.maximum[0] - p.minimum[0])
    return abs(voice.bank.wanted(name)[0] - place[0]) <= far


def _present_modulator(
    modulator: Modulator,
    tidied: Mapping[str, tuple[float, ...]],
    places: Mapping[str, tuple[float, ...]],
) -> Modulator:
    values = dict(modulator.values or {})
    for own in KINDS[modulator.kind].own:
        name = f"{modulator.name}_{own}"
        usual = OWN[own].default[0] if own in OWN else None
        if name not in places and (own in values or tidied[name][0] != usual):
            values[own] = tidied[name][0]
    return replace(modulator, values=values)


def _present_route(
    route: Route,
    tidied: Mapping[str, tuple[float, ...]],
    places: Mapping[str, tuple[float, ...]],
) -> Route:
    return route if route.name in places else replace(route, amount=tidied[route.name][0])


def _macro_table(macro: Macro) -> dict[str, Any]:
    moves = {name: [start, end] for name, start, end in macro.moves}
    return {"name": macro.name, "value": macro.value, "moves": moves}


def _generator_table(scene: Scene) -> dict[str, Any]:
    """Of a generator that is played by itself, without a scene file."""
    named = {"generator": scene.generator.id} if scene.generator else {}
    return {"title": scene.title, **named}
