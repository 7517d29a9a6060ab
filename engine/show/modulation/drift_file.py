"""A scene's `[[drift]]` tables: the short form of modulation (see drifting.py, hearing.py).

In: the file being read, the parameters there are. Out: drifts; what is wrong is said to the reader.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import suggest
from engine.show.modulation.hearing import HEARD
from engine.show.parameter import Parameter
from engine.show.scene import SHAPES, Drift
from engine.show.table_reader import TableReader, are_tables

DRIFT_KEYS = ("parameter", "amount", "period", "beats", "shape", "audio", "smooth")


def read_drifts(reader: TableReader, known: Mapping[str, Parameter]) -> tuple[Drift, ...]:
    """As many as there are, of parameters with one number."""
    drifts = []
    entries = reader.table.get("drift", [])
    if not are_tables(entries):
        reader.complain(("drift",), "'drift' must be tables", "Write [[drift]] for each.")
        entries = []
    for index, entry in enumerate(entries):
        path = ("drift", index)
        reader.check_keys(path, entry, DRIFT_KEYS, "a drift")
        name = entry.get("parameter")
        if not isinstance(name, str) or name not in known or known[name].components != 1:
            what = f"no parameter '{name}'"
            reader.complain((*path, "parameter"), what, suggest(str(name), known))
            continue
        shape = entry.get("shape", "sine")
        if shape not in SHAPES:
            reader.complain((*path, "shape"), f"no shape '{shape}'", suggest(str(shape), SHAPES))
        if len(entry.keys() & {"period", "beats", "audio"}) > 1:
            reader.complain(path, "a drift has a period or beats or audio, one of them")
        audio = entry.get("audio", "")
        if audio not in ("", *HEARD):
            reader.complain((*path, "audio"), f"no '{audio}'", suggest(str(audio), HEARD))
        drifts.append(
            Drift(
                name,
                reader.number((*path, "amount"), -1e9, 1e9, 0.0),
                reader.number((*path, "period"), 0.05, 86400, 60.0),
                reader.number((*path, "beats"), 0.0, 4096, 0.0),
                str(shape),
                str(audio),
                reader.number((*path, "smooth"), 0.0, 60.0, 0.2),
            )
        )
    return tuple(drifts)
