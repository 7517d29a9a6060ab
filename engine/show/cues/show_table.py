"""A show file being read: what stands at its keys, and all that is wrong with it.

In: the file's text, and what is known of scenes, palettes and transitions. Out: values, each in its bounds; a
complaint with its line for what is none of that. Knows which words a key may have, not which keys there are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from engine.errors import Complaint, suggest
from engine.show.cues.deed_text import Known
from engine.show.cues.hours import HOW, Hours, parse_span
from engine.toml_lines import KeyPath, line_of

ENTRANCES = ("dissolve", "equation")


class ShowTable:
    """Gathers `complaints` as it is read."""

    def __init__(self, path: Path, text: str, known: Known) -> None:
        self.path, self.text, self.known = path, text, known
        self.complaints: list[Complaint] = []

    def complain(self, key: KeyPath, what: str, remedy: str = "") -> None:
        where = f"{self.path}:{line_of(self.text, key)}"
        self.complaints.append(Complaint(where, what, remedy))

    def check_keys(self, path: KeyPath, table: Mapping[str, Any], keys: Collection[str]) -> None:
        for key in table:
            if key not in keys:
                self.complain((*path, key), f"unknown key '{key}'", suggest(key, keys))

    def check_scene(self, key: KeyPath, name: object) -> None:
        if not isinstance(name, str) or name not in self.known.scenes:
            self.complain(key, f"no scene '{name}'", suggest(str(name), self.known.scenes))

    def entrance(self, path: KeyPath, table: Mapping[str, Any]) -> str:
        """What a scene comes by; "" where it is left open."""
        name, known = table.get("transition", ""), self.known.transitions
        if name and known is not None and name not in (*ENTRANCES, *known):
            remedy = suggest(str(name), (*ENTRANCES, *known))
            self.complain((*path, "transition"), f"no transition '{name}'", remedy)
        return str(name)

    def hours(self, key: KeyPath, value: object) -> Hours:
        if value is None:
            return ()
        spans = []
        for index, written in enumerate(value if isinstance(value, list) else [value]):
            try:
                spans.append(parse_span(str(written)))
            except ValueError as error:
                place = (*key, index) if isinstance(value, list) else key
                self.complain(place, str(error), HOW)
        return tuple(spans)

    def switch(self, table: Mapping[str, Any], key: str, usual: bool) -> bool:
        value = table.get(key, usual)
        if not isinstance(value, bool):
            self.complain((key,), f"'{key}' is {value!r}", "It is true or false.")
        return value is True

    def number(
        self,
        path: KeyPath,
        table: Mapping[str, Any],
        key: str,
        usual: float,
        bounds: tuple[float, float],
    ) -> float:
        """A number within `bounds`; `usual` where there is none, or a wrong one."""
        if key not in table:
            return usual
        value = table[key]
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        least, most = bounds
        if not (is_number and least <= value <= most):
            unit = key if key in ("bars", "beats") else "seconds"
            unit = "a number" if key == "opacity" else unit
            self.complain((*path, key), f"'{key}' must be {unit}, {least:g} to {most:g}")
            return usual
        return float(value)
