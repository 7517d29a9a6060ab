"""Addresses of modulation: `/mod/<name>/...` plays a modulator, `/mod/add` and its like change what there is.

/mod/<name>/rate|depth|phase|shape|bypass|... v    the same as /param/<name>_rate ...
/mod/<name>/to/<target> v                          how far it moves a target: /param/<name>_to_<target>
/mod/<name>/trigger [strength]                     strike it; 0 lets it go
/mod/add name kind [key value ...]     /mod/set name key value ...    keys as in a [[modulator]]
/mod/route from to amount [curve] [polarity]
/mod/remove name                       /mod/remove from to
/mod/edits edit ...                    all that differs from the scene's file: see `edits.py`
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engine.show.modulation.modulator import KINDS, RATE_KEYS
from engine.show.modulation.written import modulator_table, route_table
from engine.show.parameter import Refused, accept_value, finite_numbers
from engine.show.routes.arguments import Arguments
from engine.show.routes.parameters import param
from engine.show.voice_edits import modulate

if TYPE_CHECKING:
    from engine.show.director import Director
    from engine.show.voice import Voice


def play(director: Director, number: int, name: str, arguments: Arguments) -> None:
    """What one modulator has."""
    who, _, what = name.partition("/")
    voice = director.layer(number).voice
    node = voice.rig.nodes.get(who)
    if node is None:
        raise Refused("no such modulator")
    if what == "trigger":
        strength = finite_numbers(arguments)[0] if arguments else 1.0
        if strength > 0.0:
            node.strike(min(strength, 1.0))
        else:
            node.let_go()
        return
    target = f"{who}_to_{what.removeprefix('to/')}" if what.startswith("to/") else f"{who}_{what}"
    param(director, number, target, arguments)


def add(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """name kind [key value ...]: a modulator that was not there."""
    voice = director.layer(number).voice
    name, kind = _words(arguments[:2], 2)
    if name in voice.rig.nodes:
        raise Refused("there is such a modulator already")
    _edit(voice, {"modulator": {"name": name, "kind": kind, **_read_keys(arguments[2:])}})


def change(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """name key value ...: what a modulator is at its core."""
    voice = director.layer(number).voice
    (name,) = _words(arguments[:1], 1)
    known = {m.name: modulator_table(m) for m in voice.scene.modulators}
    if name not in known:
        raise Refused("no such modulator")
    keys = _read_keys(arguments[1:])
    table = {k: v for k, v in known[name].items() if _stays(k, keys)}
    _edit(voice, {"modulator": {**table, **keys, "name": name}})
    for key in keys:  # what is a parameter too is moved there
        own = voice.parameters.get(f"{name}_{'rate' if key in RATE_KEYS else key}")
        if own is not None:
            voice.bank.want(own.name, own.default)


def route(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """from to amount [curve] [polarity]: a route, or another amount of one."""
    voice = director.layer(number).voice
    source, target = _words(arguments[:2], 2)
    if not 3 <= len(arguments) <= 5:
        raise Refused("from to amount [curve] [polarity] wanted")
    amount = finite_numbers(arguments[2:3])[0]
    words = dict(zip(("curve", "polarity"), _words(arguments[3:]), strict=False))
    known = {(r.source, r.target): r for r in voice.scene.routes}
    there = known.get((source, target))
    if there is None or words:
        table: dict[str, Any] = route_table(there) if there else {"amount": amount}
        _edit(voice, {"route": {**table, "from": source, "to": target, **words}})
    p = voice.parameters[f"{source}_to_{target}"]
    voice.bank.want(p.name, accept_value(p, (amount,)))


def remove(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """name: a modulator and its routes; from to: one route."""
    words = _words(arguments)
    if not 1 <= len(words) <= 2:
        raise Refused("a modulator, or from and to wanted")
    _edit(director.layer(number).voice, {"remove": words if len(words) == 2 else words[0]})


def edits(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """All that differs from what is written; nothing: as it is written."""
    modulate(director.layer(number).voice, arguments, anew=True)


def _stays(key: str, keys: dict[str, Any]) -> bool:
    """Whether what a modulator has goes together with what it is to be."""
    kind = KINDS.get(str(keys.get("kind", "")))
    if key in RATE_KEYS and (keys.keys() & set(RATE_KEYS) or (kind and "rate" not in kind.own)):
        return False
    return kind is None or key in ("name", *RATE_KEYS, *kind.own, *kind.wants, *kind.may)


def _edit(voice: Voice, edit: dict[str, Any]) -> None:
    modulate(voice, [json.dumps(edit)])


def _words(arguments: Sequence[object], wanted: int | None = None) -> list[str]:
    words = [argument for argument in arguments if isinstance(argument, str)]
    if len(words) != len(arguments) or (wanted is not None and len(words) != wanted):
        raise Refused("names wanted")
    return words


def _read_keys(arguments: Arguments) -> dict[str, Any]:
    """key value ..., as a table; `steps` takes all that is left."""
    keys: dict[str, Any] = {}
    rest = list(arguments)
    while rest:
        key = rest.pop(0)
        if not isinstance(key, str) or not rest or key in ("name", "to"):
            raise Refused("key and value wanted, again and again")
        if key == "steps":
            keys[key], rest = [*finite_numbers(rest)], []
        else:
            value = rest.pop(0)
            if not isinstance(value, (str, int, float)):
                raise Refused("a value is text or a number")
            keys[key] = bool(value) if key in ("once", "bypass") else value
    return keys
