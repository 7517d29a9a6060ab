"""Modulators and routes as the tables that a scene file has them in: what `modulation_file.py` reads."""

from __future__ import annotations

from typing import Any

from engine.show.modulation.modulator import BEATS, OWN, Modulator, Route

Table = dict[str, Any]


def modulator_table(modulator: Modulator) -> Table:
    """One `[[modulator]]`, but for its routes; what is as usual is left out."""
    table: Table = {"name": modulator.name, "kind": modulator.kind}
    for key, value in (modulator.values or {}).items():
        if key == "rate":
            table["beats" if modulator.clock == BEATS else "rate"] = value
        elif OWN[key].choices:
            table[key] = OWN[key].choices[int(value)]
        else:
            table[key] = value >= 0.5 if OWN[key].kind == "bool" else value
    for key in ("of", "on", "once"):
        if getattr(modulator, key):
            table[key] = getattr(modulator, key)
    if modulator.every != 1.0:
        table["every"] = modulator.every
    if modulator.steps:
        table["steps"] = list(modulator.steps)
    if modulator.formula:
        table["formula"] = modulator.formula.text
    return table


def route_table(route: Route) -> Table:
    """One `[[route]]`; what is as usual is left out."""
    table: Table = {"from": route.source, "to": route.target, "amount": route.amount}
    if route.curve != "linear":
        table["curve"] = route.curve
    if route.polarity:
        table["polarity"] = route.polarity
    return table
