"""A map of a model, read from its TOML file and written there: `config/maps/MODEL.X.Y.toml`.

model = "gray_scott"   x = "feed"   y = "kill"
x_range = [0.01, 0.11]   y_range = [0.04, 0.07]     native values at the edges of the map
size = 64   steps = 3000   seed = 1   preset = ""   how it was computed: for who computes it again
life = ["..mm", ".ss."]                             rows of cells, from the top: . dead s still m moving
mean = [[...]]   deviation = [[...]]   change = [[...]]   detail = [[...]]
                                                    per cell, of what is seen, rows from the top:
                                                    change in a second, detail from cell to cell
path = [[0.1, 0.2], [0.3, 0.4]]                     along the living region, 0..1 over the map
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.errors import Complaint, MorphogenError, suggest
from engine.show.catalogue import Model
from engine.show.maps.life_map import LETTERS, Axis, LifeMap, find_region
from engine.show.maps.region import Point
from engine.toml_lines import line_of, read_toml

MEASURES = ("mean", "deviation", "change", "detail")
KEYS = (
    *("model", "x", "y", "x_range", "y_range", "life", "path"),
    *("size", "steps", "seed", "preset"),
    *MEASURES,
)


def load_map(path: Path, models: Mapping[str, Model]) -> LifeMap:
    """Read one map. Raises `MorphogenError` with what is wrong with it."""
    table, text = read_toml(path)
    complaints: list[Complaint] = []

    def complain(key: str, what: str, remedy: str = "") -> None:
        complaints.append(Complaint(f"{path}:{line_of(text, (key,))}", what, remedy))

    for key in table:
        if key not in KEYS:
            complain(key, f"unknown key '{key}' in a map", suggest(key, KEYS))
    model = models.get(str(table.get("model")))
    if model is None:
        complain(
            "model", f"no model '{table.get('model')}'", suggest(str(table.get("model")), models)
        )
        raise MorphogenError(*complaints)
    axes = [_read_axis(table, name, model, complain) for name in ("x", "y")]
    life: Any = table.get("life")
    if not _is_grid(life):
        remedy = f"As long as each other, of the letters {LETTERS}"
        complain("life", "'life' wants rows of letters", remedy)
        raise MorphogenError(*complaints)
    rows = tuple(reversed(life))
    try:
        region = find_region(rows)
    except ValueError:
        complain("life", "nothing lives on this map", "Compute it with other ranges.")
        raise MorphogenError(*complaints) from None
    line = _read_path(table.get("path"))
    if not line:
        complain("path", "'path' wants two or more points [x, y] in 0..1")
    elif not all(region.sees(a, b) for a, b in itertools.pairwise(line)):
        complain("path", "the path leaves the living region", "Compute the map again.")
    if complaints or axes[0] is None or axes[1] is None:
        raise MorphogenError(*complaints)
    return LifeMap(path.stem, model.id, axes[0], axes[1], rows, line, region)


def write_map(
    chart: LifeMap, made: Mapping[str, object], measures: Mapping[str, Sequence[Sequence[float]]]
) -> str:
    """The text of a map's file. `made` is how it was computed, `measures` rows from the bottom."""
    x, y = chart.x, chart.y
    lines = [
        "# A map of life, computed by `morphogen atlas`; engine/show/maps/map_file.py says what is here.",
        f'model = "{chart.model}"',
        f'x = "{x.parameter.name}"',
        f'y = "{y.parameter.name}"',
        f"x_range = [{x.low!r}, {x.high!r}]",
        f"y_range = [{y.low!r}, {y.high!r}]",
        *(f'{key} = "{v}"' if isinstance(v, str) else f"{key} = {v}" for key, v in made.items()),
        "life = [",
        *(f'    "{row}",' for row in reversed(chart.life)),
        "]",
        "path = [",
        *(f"    [{px:.5f}, {py:.5f}]," for px, py in chart.path),
        "]",
    ]
    for name in MEASURES:
        rows = [", ".join(f"{number:.4g}" for number in row) for row in reversed(measures[name])]
        lines += [f"{name} = [", *(f"    [{row}]," for row in rows), "]"]
    return "\n".join(lines) + "\n"


def _read_axis(table: Mapping[str, Any], key: str, model: Model, complain: Any) -> Axis | None:
    known = {p.name: p for p in model.parameters if p.kind == "float"}
    name = table.get(key)
    if not isinstance(name, str) or name not in known:
        what = f"no parameter '{name}' in model '{model.id}'"
        complain(key, what, suggest(str(name), known))
        return None
    ends: Any = table.get(f"{key}_range")
    if not _are_numbers(ends, 2) or ends[0] == ends[1]:
        complain(f"{key}_range", f"'{key}_range' wants two numbers")
        return None
    p = known[name]
    low, high = sorted((p.minimum[0], p.maximum[0]))
    if not all(low <= end <= high for end in ends):
        remedy = f"'{name}' lies between {low:g} and {high:g}."
        complain(f"{key}_range", f"'{key}_range' is {ends}", remedy)
        return None
    return Axis(p, float(ends[0]), float(ends[1]))


def _read_path(value: Any) -> tuple[Point, ...]:
    if not isinstance(value, list) or len(value) < 2:
        return ()
    if not all(_are_numbers(point, 2) and 0 <= min(point) <= max(point) <= 1 for point in value):
        return ()
    return tuple((float(x), float(y)) for x, y in value)


def _is_grid(value: Any) -> bool:
    if not isinstance(value, list) or not value:
        return False
    if not all(isinstance(row, str) and row and set(row) <= set(LETTERS) for row in value):
        return False
    return len({len(row) for row in value}) == 1


def _are_numbers(value: Any, count: int) -> bool:
    return (
        isinstance(value, list)
        and len(value) == count
        and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in value)
    )
