"""The snapshots of a show in a file of the user's, `config/snapshots/SHOW.toml`: read at the start, written
when they change.

[snapshot.3]
of = "layer"                       or "show", whose addresses name their layers: "/layer/1/param/feed"
[snapshot.3.settings]
"/scene/go" = ["coral"]            an address and its arguments, one a line
"/param/feed" = [0.037]
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import Complaint, MorphogenError
from engine.show.memory.slot import SLOTS, Slot, make_slot
from engine.show.parameter import Refused
from engine.toml_lines import line_of, read_toml

if TYPE_CHECKING:
    from engine.show.director import Director

EVERY = 1.0  # seconds between two writings
HEAD = "# Written while playing. What is wrong here is left out, and said at the start.\n"


class SlotFile:
    """Whose snapshots are whose, and when they have to be written."""

    def __init__(self, show: str) -> None:
        """`show`: the id of the show, or of the scene, that is played."""
        self._show = show
        self._kept: Mapping[int, Slot] = {}
        self._owner: Director | None = None  # not a tape's
        self._written = 0.0

    def load(self, director: Director, path: Path) -> tuple[Complaint, ...]:
        """Give a director what the file holds, if there is one; what is wrong with it."""
        slots, complaints = load_slots(path) if path.is_file() else ({}, ())
        director.snapshots, self._owner = slots, director
        self._kept = dict(slots)
        return complaints

    def tend(self, director: Director, now: float) -> None:
        """Have them saved if hands have changed them; `now` in seconds."""
        if director is self._owner and director.snapshots_saved and now - self._written >= EVERY:
            director.snapshots_saved = False
            if director.snapshots != self._kept:
                self._written, self._kept = now, dict(director.snapshots)
                try:
                    director.savings.ask("snapshots", self._show, write_slots(director.snapshots))
                except Refused as refusal:
                    director.refusals.add("/snapshot/save", str(refusal))


def write_slots(slots: Mapping[int, Slot]) -> str:
    """The text of a file."""
    parts = (
        f'\n[snapshot.{number}]\nof = "{slot.scope}"\n[snapshot.{number}.settings]\n{slot.lines}'
        for number, slot in sorted(slots.items())
    )
    return HEAD + "".join(parts)


def load_slots(path: Path) -> tuple[dict[int, Slot], tuple[Complaint, ...]]:
    """The sound snapshots of a file, and what is wrong with the others. Never raises."""
    try:
        table, text = read_toml(path)
    except MorphogenError as error:
        return {}, error.complaints
    slots: dict[int, Slot] = {}
    complaints: list[Complaint] = []
    listed = table.get("snapshot", {})
    for name, entry in listed.items() if isinstance(listed, dict) else ():
        where = f"{path}:{line_of(text, ('snapshot', name))}"
        if not (name.isascii() and name.isdecimal() and 1 <= int(name[:4]) <= SLOTS):
            complaints.append(Complaint(where, f"no snapshot '{name}'", f"Numbers, 1 to {SLOTS}."))
            continue
        try:
            entry = entry if isinstance(entry, dict) else {}
            slots[int(name)] = make_slot(entry.get("of"), entry.get("settings"))
        except Refused:
            what = f"snapshot {name} is not whole"
            complaints.append(
                Complaint(where, what, 'It needs of = "layer" or "show", and settings.')
            )
    return slots, tuple(complaints)
