"""What an entry of a show is called: by its number or its name, as written, else by its place and its scene.

In: a show's entries. Out: numbers and names as text; the entry that is meant by one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.show.cues.playlist import Entry


def find_cue(entries: Sequence[Entry], name: str) -> int | None:
    """The place of a cue by its number, else by its name; of a loop's scenes by either, too."""
    for of in (_number_of, _name_of):
        for index in range(len(entries)):
            if of(entries, index).casefold() == name.casefold():
                return index
    return None


def name_entry(entries: Sequence[Entry], entry: Entry | None) -> tuple[str, str]:
    """Number and name of one of them; "" and "" for none."""
    if entry is None:
        return "", ""
    index = next((n for n, one in enumerate(entries) if one is entry), 0)
    return _number_of(entries, index), _name_of(entries, index)


def list_cues(entries: Sequence[Entry]) -> Iterator[str]:
    """Number and name of each, with a space between."""
    return (f"{_number_of(entries, n)} {_name_of(entries, n)}" for n in range(len(entries)))


def _number_of(entries: Sequence[Entry], index: int) -> str:
    return entries[index].number or str(index + 1)


def _name_of(entries: Sequence[Entry], index: int) -> str:
    return entries[index].name or entries[index].scene
