"""A scene's modulation as it is written down: `[[modulator]]` and `[[route]]` tables.

    [[modulator]]
    name = "breath"            a-z, 0-9 and _; its parameters are called breath_rate, breath_depth, ...
    kind = "lfo"               lfo noise hold steps ramp envelope audio parameter formula
    shape = "sine"             sine triangle saw fall square pulse; width = 0.5 of a square and a pulse
    beats = 8                  a cycle; or bars (of four beats), or period in seconds, or rate in hertz
    phase = 0.25               turns
    depth = 1.0                0 to 2
    to = { feed = 0.01, glow = { amount = 0.2, curve = "exp", polarity = "uni" }, macro_3 = 0.2 }

    hold: of = another value, else chance; smooth = seconds      steps: steps = [0, 0.5, 1], smooth
    ramp: once = true          envelope: attack decay sustain hold release, in seconds
    audio: of = "bass", attack, release       parameter: of = "feed" or "macro_3", attack, release
    formula: formula = "0.5 * sin(time) + bass"
    on = "beat"                what begins it anew: beat (each every = 2 beats), bar, onset, note; its
                               /mod/<name>/trigger always does. Values held and steps go on by one then
    [[route]]                  the same as a place in `to`
    from = "breath"            to = "feed"            amount = 0.01
    curve = "linear"           linear exp log s inverse       polarity = "bi"       bi, uni: see `Route`

In: tables, and what parameters there are. Out: modulators and routes, and complaints about all the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from engine.errors import Complaint
from engine.show.modulation.modulator import (
    MOST_MODULATORS,
    MOST_ROUTES,
    Modulator,
    Route,
    added_names,
)
from engine.show.modulation.modulator_file import ModulatorReader
from engine.show.modulation.order import Ring, find_order
from engine.show.modulation.reading import Place, Reading
from engine.show.modulation.route_file import RouteReader
from engine.show.parameter import Parameter

Modulation = tuple[tuple[Modulator, ...], tuple[Route, ...], tuple[Complaint, ...]]


def read_modulation(
    table: Mapping[str, Any], known: Mapping[str, Parameter], place: Place
) -> Modulation:
    """The modulators and routes of a scene's `table`; `known` are its other parameters."""
    reader = ModulatorReader(known, place)
    modulators = reader.read(_tables(reader, table, "modulator"))
    routing = RouteReader(known, modulators, place)
    routes = routing.read(_tables(routing, table, "route"), reader.wishes)
    names = Counter([*known, *added_names(modulators, routes)])
    for name in (name for name, count in names.items() if count > 1):
        what = f"two parameters would be called '{name}'"
        routing.complain(("modulator",), what, "Call one of the modulators otherwise.")
    return modulators, routes, (*reader.complaints, *routing.complaints)


def check_ring(
    modulators: Sequence[Modulator],
    routes: Sequence[Route],
    moves: Sequence[Sequence[str]],
    place: Place,
) -> tuple[Complaint, ...]:
    """A complaint if modulators move each other in a ring; `moves`: what each macro moves."""
    try:
        find_order(modulators, routes, moves)
    except Ring as ring:
        names = [m.name for m in modulators]
        first = next((name for name in ring.names if name in names), "")
        where = place(("modulator", names.index(first)) if first else ("route",))
        return (Complaint(where, str(ring), "Take out one of its routes."),)
    return ()


def _tables(reader: Reading, table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    entries = table.get(key, [])
    if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        most = MOST_MODULATORS if key == "modulator" else MOST_ROUTES
        if len(entries) > most:
            reader.complain((key, most), f"more than {most} {key}s", "Take some out.")
        return entries[:most]
    reader.complain((key,), f"'{key}' must be tables", f"Write [[{key}]] for each.")
    return []
