"""A TOML file whose tables are read one by one, and all that is wrong with it.

In: a path, its table, its text. Out: what stands at a key, and complaints with file and line: whoever
reads a table says them here, and the file is refused once with all of them. Knows no key by name.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.errors import Complaint, suggest
from engine.toml_lines import line_of


class TableReader:
    """One file being read: gathers complaints as it goes."""

    def __init__(self, path: Path, table: Mapping[str, Any], text: str) -> None:
        self.path, self.table, self.text = path, table, text
        self.complaints: list[Complaint] = []

    def complain(self, key: tuple[str | int, ...], what: str, remedy: str = "") -> None:
        self.complaints.append(Complaint(self.place(key), what, remedy))

    def place(self, key: tuple[str | int, ...]) -> str:
        return f"{self.path}:{line_of(self.text, key)}"

    def check_keys(
        self, path: tuple[str | int, ...], table: Mapping[str, Any], known: Any, what: str
    ) -> None:
        for key in table:
            if key not in known:
                self.complain((*path, key), f"unknown key '{key}' in {what}", suggest(key, known))

    def choice(self, key: str, known: Mapping[str, object]) -> str | None:
        name = self.table.get(key)
        if isinstance(name, str) and name in known:
            return name
        what = f"no {key} '{name}'" if name is not None else f"a scene needs a {key}"
        self.complain((key,), what, suggest(str(name), known))
        return None

    def sub_table(self, key: str) -> Mapping[str, Any]:
        value = self.table.get(key, {})
        if isinstance(value, dict):
            return value
        self.complain((key,), f"'{key}' must be a table", f"Write [{key}] on a line of its own.")
        return {}

    def number(
        self, path: tuple[str | int, ...], low: float, high: float, fallback: float
    ) -> float:
        value: Any = self.table
        for key in path:
            indexed = isinstance(value, list) and isinstance(key, int)
            named = isinstance(value, dict) and key in value
            value = value[key] if indexed or named else None
        if value is None:
            return fallback
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.complain(path, f"'{path[-1]}' must be a number")
        elif not low <= value <= high:
            self.complain(
                path, f"'{path[-1]}' is {value}", f"It lies between {low:g} and {high:g}."
            )
        else:
            return float(value)
        return fallback


def is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number that no float holds
        return False


def are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
