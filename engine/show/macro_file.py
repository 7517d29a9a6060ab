"""A scene's `[[macro]]` tables: a knob each, with a name, a place and what it moves.

In: the file being read, the parameters there are, the values already set. Out: macros; what is wrong is
said to the reader.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import suggest
from engine.show.parameter import Parameter
from engine.show.scene import MACROS, Macro
from engine.show.table_reader import TableReader, are_tables, is_number

MACRO_KEYS = ("name", "value", "moves")


def read_macros(
    reader: TableReader, known: Mapping[str, Parameter], values: Mapping[str, object], fewest: int
) -> tuple[Macro, ...]:
    """`fewest` to eight macros; what one of them moves is set by no other, nor in `values`."""
    entries = reader.table.get("macro", [])
    if not are_tables(entries) or not fewest <= len(entries) <= MACROS:
        remedy = f"Write {MACROS} of [[macro]]: one for each knob."
        reader.complain(("macro",), f"a scene has {MACROS} macros", remedy)
        return ()
    moved: dict[str, int] = {}
    macros = []
    for index, entry in enumerate(entries):
        path = ("macro", index)
        reader.check_keys(path, entry, MACRO_KEYS, "a macro")
        if not isinstance(entry.get("name"), str):
            reader.complain(path, f"macro {index + 1} needs a name")
        moves = entry.get("moves", {})
        if not isinstance(moves, dict) or not moves:
            reader.complain((*path, "moves"), f"macro {index + 1} moves nothing")
            moves = {}
        read = []
        for name, ends in moves.items():
            place = (*path, "moves", name)
            if name not in known:
                reader.complain(place, f"no parameter '{name}'", suggest(name, known))
                continue
            if name in moved or name in values:
                other = f"macro {moved[name]}" if name in moved else "[parameters]"
                reader.complain(place, f"'{name}' is already set by {other}", "Keep one of them.")
            moved[name] = index + 1
            p = known[name]
            low, high = sorted((p.minimum[0], p.maximum[0]))
            if not (isinstance(ends, list) and len(ends) == 2 and p.components == 1):
                reader.complain(place, f"'{name}' wants two numbers: at 0 and at 1")
            elif not all(is_number(v) and low <= v <= high for v in ends):
                remedy = f"It lies between {low:g} and {high:g}."
                reader.complain(place, f"'{name}' moves over {ends}", remedy)
            else:
                read.append((name, float(ends[0]), float(ends[1])))
        value = reader.number((*path, "value"), 0.0, 1.0, 0.5)
        macros.append(Macro(str(entry.get("name", "")), value, tuple(read)))
    return tuple(macros)
