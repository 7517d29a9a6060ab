"""Modulation changed while it plays: modulators and routes added, changed, taken away.

In: a scene as it is written, and edits, each a short text of JSON, so that a message holds them:

    {"modulator": {"name": "breath", "kind": "lfo", "beats": 8}}     as a [[modulator]] table has it
    {"route": {"from": "breath", "to": "feed", "amount": 0.01}}
    {"remove": "hit"}          {"remove": ["hit", "glow"]}            a modulator, a route

Out: the scene as it plays; or, from the two, the edits between them: all of them, told as one, bring it back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.show.modulation.modulation_file import check_ring, read_modulation
from engine.show.modulation.modulator import KINDS, MACRO_NAMES, added_names
from engine.show.modulation.written import Table, modulator_table, route_table
from engine.show.parameter import Parameter, Refused
from engine.show.scene import Scene

MOST_BYTES = 3000  # of all edits: they must fit one message of a pipe
LONGEST = 1000  # characters of one
Modulators = dict[str, Table]
Routes = dict[tuple[str, str], Table]  # by their ends


def find_edits(written: Scene, playing: Scene) -> tuple[str, ...]:
    """What turns the scene as it is written into the one that plays, where their modulation differs."""
    if written.modulators is playing.modulators and written.routes is playing.routes:
        return ()
    old, new = _tables(written), _tables(playing)
    edits: list[Table] = [{"remove": name} for name in old[0] if name not in new[0]]
    gone = {str(edit["remove"]) for edit in edits}
    edits += [{"modulator": made} for name, made in new[0].items() if old[0].get(name) != made]
    edits += [
        {"remove": list(ends)} for ends in old[1] if ends not in new[1] and ends[0] not in gone
    ]
    edits += [{"route": made} for ends, made in new[1].items() if old[1].get(ends) != made]
    return tuple(json.dumps(edit, separators=(",", ":")) for edit in edits)


def make_edits(scene: Scene, edits: Sequence[object], base: Sequence[Parameter]) -> Scene:
    """The scene with these edits; `base` are its parameters but for those of its modulation. Raises
    `Refused`."""
    modulators, routes = _tables(scene)
    for edit in edits:
        _make_edit(_read_edit(edit), modulators, routes)
    known = {p.name: p for p in base}
    before = {*added_names(scene.modulators, scene.routes), *(m.name for m in scene.modulators)}
    while loose := _find_loose(modulators, routes, before, known):
        del routes[loose]
    table = {"modulator": list(modulators.values()), "route": list(routes.values())}
    made, led, complaints = read_modulation(table, known, lambda key: "")
    moves = [[name for name, _, _ in macro.moves] for macro in scene.macros]
    for complaint in complaints or check_ring(made, led, moves, lambda key: ""):
        raise Refused(complaint.what)
    there = {*known, *added_names(made, led)}
    for name in (
        *(name for names in moves for name in names),
        *(d.parameter for d in scene.drifts),
    ):
        if name not in there:
            raise Refused(f"a macro or a drift of the scene moves '{name}'")
    return replace(scene, modulators=made, routes=led)


def check_room(written: Scene, edited: Scene) -> None:
    """Raises `Refused` where there are more edits than a message holds."""
    if sum(len(edit.encode()) + 8 for edit in find_edits(written, edited)) > MOST_BYTES:
        raise Refused("more changes of modulation than can be kept: save the scene first")


def keep_edits(edits: Sequence[str], scene: Scene, base: Sequence[Parameter]) -> Scene:
    """An edited scene file with what was changed while it played; as it is written where that no longer
    goes together."""
    try:
        return make_edits(scene, edits, base) if edits else scene
    except Refused:
        return scene


def _tables(scene: Scene) -> tuple[Modulators, Routes]:
    modulators = {m.name: modulator_table(m) for m in scene.modulators}
    return modulators, {(r.source, r.target): route_table(r) for r in scene.routes}


def _read_edit(edit: object) -> Mapping[str, Any]:
    if not isinstance(edit, str) or len(edit) > LONGEST:
        raise Refused("an edit of modulation is a short text")
    try:
        read = json.loads(edit)
    except (ValueError, RecursionError):
        raise Refused("an edit of modulation is JSON") from None
    if not isinstance(read, dict) or len(read) != 1:
        raise Refused("an edit of modulation says one thing")
    return read


def _make_edit(edit: Mapping[str, Any], modulators: Modulators, routes: Routes) -> None:
    ((what, how),) = edit.items()
    if what == "modulator" and isinstance(how, dict) and isinstance(how.get("name"), str):
        modulators[how["name"]] = how
    elif what == "route" and isinstance(how, dict):
        routes[str(how.get("from")), str(how.get("to"))] = how
    elif what == "remove" and isinstance(how, str):
        if modulators.pop(how, None) is None:
            raise Refused("no such modulator")
    elif what == "remove" and isinstance(how, list) and len(how) == 2:
        if routes.pop((str(how[0]), str(how[1])), None) is None:
            raise Refused("no such route")
    else:
        raise Refused("an edit of modulation is a modulator, a route or a removal")


def _find_loose(
    modulators: Modulators, routes: Routes, before: set[str], known: Mapping[str, Parameter]
) -> tuple[str, str] | None:
    """A route from or to what was there before and is no more."""
    own = {
        f"{name}_{part}"
        for name, table in modulators.items()
        for part in getattr(KINDS.get(str(table.get("kind", "lfo"))), "own", ())
    }
    there = {*known, *modulators, *own, *MACRO_NAMES, *(f"{a}_to_{b}" for a, b in routes)}
    for ends in routes:
        if any(end in before and end not in there for end in ends):
            return ends
    return None
