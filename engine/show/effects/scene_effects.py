"""The effects that a scene has of its own: `[[effect]]` tables become parameters like any other.

    [[effect]]
    id = "feedback"
    name = "echo"                       # where an effect comes twice; else its id
    mix = 0.6                           # of it in the picture: `echo_mix`
    parameters = { zoom = 1.02 }        # `echo_zoom`, ...

In the order in which they are laid on. In: tables and the effects there are. Out: `SceneEffect`s, and
chains for a frame. Never draws.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.errors import Complaint, suggest
from engine.show.catalogue import Effect
from engine.show.effects.chain import Chain, EffectFrame
from engine.show.parameter import Parameter, Refused, Value, accept_value

MOST = 4
KEYS = ("id", "name", "mix", "parameters")
NAME = re.compile(r"[a-z][a-z0-9_]{0,23}")
Place = Callable[[tuple[str | int, ...]], str]


@dataclass(frozen=True, slots=True)
class SceneEffect:
    """`parameters` are the scene's: the effect's own, called `<name>_<own name>`, and `<name>_mix`."""

    name: str
    effect: str
    parameters: tuple[Parameter, ...]

    def own_values(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Of a scene's values those of the effect, by its own names."""
        start = len(self.name) + 1
        own: dict[str, Value] = {}
        for p in self.parameters[:-1]:
            own[p.name[start:]] = values[p.name]
            if p.phase:
                own[f"{p.name[start:]}_phase"] = values[f"{p.name}_phase"]
        return own


def effect_parameters(effects: tuple[SceneEffect, ...]) -> tuple[Parameter, ...]:
    return tuple(p for effect in effects for p in effect.parameters)


def chain_effects(effects: tuple[SceneEffect, ...], key: int, values: Mapping[str, Value]) -> Chain:
    """A scene's own effects in a frame; `key` is the voice's."""
    links = []
    for effect in effects:
        mix = values[f"{effect.name}_mix"]
        assert isinstance(mix, float)
        name = f"voice {key} {effect.name} {effect.effect}"
        links.append((EffectFrame(name, effect.effect, effect.own_values(values), mix),))
    return tuple(links)


def read_effects(
    table: Mapping[str, Any], known: Mapping[str, Effect], place: Place
) -> tuple[tuple[SceneEffect, ...], list[Complaint]]:
    """The `[[effect]]` tables of a scene. `place` gives the `file:line` of a key."""
    complaints: list[Complaint] = []
    found: list[SceneEffect] = []
    entries = table.get("effect", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        what = "'effect' must be tables"
        return (), [Complaint(place(("effect",)), what, "Write [[effect]] for each.")]
    if len(entries) > MOST:
        what = f"a scene has {MOST} effects at most"
        complaints.append(Complaint(place(("effect", MOST)), what))
    for index, entry in enumerate(entries[:MOST]):
        read = _read_one(entry, ("effect", index), known, place, complaints)
        if read and read.name in [other.name for other in found]:
            what, remedy = f"two effects are called '{read.name}'", 'Give one a name = "...".'
            complaints.append(Complaint(place(("effect", index)), what, remedy))
        elif read:
            found.append(read)
    return tuple(found), complaints


def _read_one(
    entry: Mapping[str, Any],
    path: tuple[str | int, ...],
    known: Mapping[str, Effect],
    place: Place,
    complaints: list[Complaint],
) -> SceneEffect | None:
    def complain(key: str, what: str, remedy: str = "") -> None:
        complaints.append(Complaint(place((*path, key)), what, remedy))

    for key in entry:
        if key not in KEYS:
            complain(key, f"unknown key '{key}' in an effect", suggest(key, KEYS))
    effect = known.get(str(entry.get("id")))
    if effect is None:
        complain("id", f"no effect '{entry.get('id')}'", suggest(str(entry.get("id")), known))
        return None
    name = entry.get("name", effect.id)
    if not isinstance(name, str) or not NAME.fullmatch(name):
        complain("name", f"no effect can be called '{name}'", "Small letters, digits and _.")
        name = effect.id
    given = entry.get("parameters", {})
    if not isinstance(given, dict):
        complain("parameters", "'parameters' must be a table", "parameters = { amount = 0.5 }")
        given = {}
    own = {p.name: p for p in effect.parameters}
    for key in given:
        if key not in own:
            what = f"no parameter '{key}' in effect '{effect.id}'"
            complain("parameters", what, suggest(key, own))
    made = []
    for p in effect.parameters:
        default = p.default
        if p.name in given:
            value = given[p.name]
            try:
                default = accept_value(p, value if isinstance(value, list) else [value])
            except Refused as refusal:
                complain("parameters", f"'{p.name}': {refusal}")
        label = f"{effect.title or effect.id}: {p.label or p.name}"
        made.append(replace(p, name=f"{name}_{p.name}", default=default, label=label))
    mix = entry.get("mix", 1.0)
    if isinstance(mix, bool) or not isinstance(mix, (int, float)) or not 0.0 <= mix <= 1.0:
        complain("mix", f"'mix' is {mix}", "It lies between 0 and 1.")
        mix = 1.0
    label = f"{effect.title or effect.id}: mix"
    made.append(Parameter(f"{name}_mix", "float", (float(mix),), (0.0,), (1.0,), label=label))
    return SceneEffect(name, effect.id, tuple(made))
