"""How a scene comes, as it is written: `enter = "luma_wipe"`, or with the transition's own parameters
`enter = { by = "luma_wipe", softness = 0.2 }`. In: a table. Out: a name and values. Never plays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Complaint, suggest
from engine.show.catalogue import Effect
from engine.show.effects.scene_effects import Place
from engine.show.parameter import Refused, accept_value

WORDS = ("dissolve", "equation")
Values = Mapping[str, tuple[float, ...]]


def read_entrance(
    table: Mapping[str, Any], key: str, known: Mapping[str, Effect], place: Place
) -> tuple[str, Values, list[Complaint]]:
    """The entrance in `table[key]`: one of WORDS, a transition with values, or "" for none."""
    complaints: list[Complaint] = []

    def complain(what: str, remedy: str = "") -> None:
        complaints.append(Complaint(place((key,)), what, remedy))

    written = table.get(key, "")
    given = dict(written) if isinstance(written, dict) else {"by": written}
    name = given.pop("by", None)
    if name == "" and not isinstance(written, dict):
        return "", {}, []
    if not isinstance(name, str) or name not in (*WORDS, *known):
        complain(f"no entrance '{name}'", suggest(str(name), (*WORDS, *known)))
        return "", {}, complaints
    own = {p.name: p for p in known[name].knobs} if name in known else {}
    values: dict[str, tuple[float, ...]] = {}
    for word, value in given.items():
        if word not in own:
            complain(f"no parameter '{word}' in entrance '{name}'", suggest(word, own))
            continue
        try:
            values[word] = accept_value(own[word], value if isinstance(value, list) else [value])
        except Refused as refusal:
            complain(f"'{word}': {refusal}")
    return name, values, complaints
