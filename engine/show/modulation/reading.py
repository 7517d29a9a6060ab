"""What readers of modulation share: complaints with their place, a choice of words, a number in its range."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from engine.errors import Complaint, suggest

KeyPath = tuple[str | int, ...]
Place = Callable[[KeyPath], str]


class Reading:
    """Something being read: gathers complaints as it goes. `place` says where a key stands."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.complaints: list[Complaint] = []

    def complain(self, key: KeyPath, what: str, remedy: str = "") -> None:
        """Say what is wrong, and go on."""
        self.complaints.append(Complaint(self.place(key), what, remedy))

    def choice(
        self,
        path: KeyPath,
        entry: Mapping[str, Any],
        key: str,
        known: Collection[str],
        needed: bool = False,
    ) -> str:
        """The word of `known` that stands at a key; "" if none does."""
        word = entry.get(key)
        if word is None and not needed:
            return ""
        if isinstance(word, str) and word in known:
            return word
        what = f"no {key} '{word}'" if key in entry else f"a route needs '{key}'"
        self.complain((*path, key), what, suggest(str(word), known))
        return ""

    def number(
        self, path: KeyPath, value: object, low: float, high: float, usual: float, unit: str = ""
    ) -> float:
        """A value as a number within low..high; `usual` if it is none."""
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
            self.complain(path, f"'{path[-1]}' must be a number")
        elif not low <= value <= high:
            remedy = f"It lies between {low:g} and {high:g}{unit}."
            self.complain(path, f"'{path[-1]}' is {value}", remedy)
        else:
            return float(value)
        return usual
