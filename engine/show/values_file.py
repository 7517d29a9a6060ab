"""A scene's `[parameters]` and `[moved]` tables: values by the names of parameters.

In: the file being read, the parameters there are. Out: values that they accept, as they are; one out of
range is a mistake here, never clamped. What is wrong is said to the reader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.errors import suggest
from engine.show.parameter import Parameter, Refused, accept_value
from engine.show.scene import Macro
from engine.show.table_reader import TableReader


def read_values(
    reader: TableReader, known: Mapping[str, Parameter], there: str, key: str = "parameters"
) -> dict[str, tuple[float, ...]]:
    """Values in the table `key`, in native units; `there` says in words what has the parameters."""
    values = {}
    for name, value in reader.sub_table(key).items():
        path = (key, name)
        if name not in known:
            what = f"no parameter '{name}' in {there}"
            reader.complain(path, what, suggest(name, known))
            continue
        given = value if isinstance(value, list) else [value]
        try:
            accepted = accept_value(known[name], given)
        except Refused as refusal:
            reader.complain(path, f"'{name}': {refusal}")
            continue
        if any(
            abs(a - float(g)) > 1e-9
            for a, g in zip(accepted, given, strict=False)
            if not isinstance(g, str)
        ):
            p = known[name]
            remedy = f"It lies between {p.minimum[0]:g} and {p.maximum[0]:g}."
            reader.complain(path, f"'{name}' is {value}", remedy)
        values[name] = accepted
    return values


def read_moved(
    reader: TableReader, known: Mapping[str, Parameter], macros: Sequence[Macro]
) -> dict[str, tuple[float, ...]]:
    """Where hands had moved what `macros` move; nothing else may stand there."""
    moving = {name for macro in macros for name, _, _ in macro.moves}
    for name in reader.sub_table("moved"):
        if name in known and name not in moving:
            reader.complain(("moved", name), f"no macro moves '{name}'", "Put it in [parameters].")
    return read_values(reader, known, "the scene", "moved")
