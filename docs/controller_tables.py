"""Writes the tables of `docs/controllers.md`, one for each map in `config/controllers`: `make pages`.

In: the maps, with the comments that stand in them. Out: text between two marks; the rest of the page is
written by hand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
PAGE = DOCS / "controllers.md"
BEGIN, END = "<!-- maps: written by make pages -->", "<!-- end of maps -->"
MEANINGS = {
    "press": "",
    "gate": ", while it is held",
    "momentary": ", while it is held",
    "toggle": ", on and off",
    "velocity": ", as hard as it is hit",
    "note": ", its key, velocity and channel",
}


def main() -> None:
    """Write the tables into the page."""
    PAGE.write_text(fill_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"the maps in {PAGE}")


def fill_page(page: str) -> str:
    """The page with its tables as they should be."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    tables = "\n".join(write_tables())
    return f"{before}{BEGIN}\n\n{tables}\n{END}{after}"


def write_tables() -> Iterator[str]:
    """Each map: its name, what is said of it, and a line for each of its controls."""
    paths = sorted((DOCS.parent / "config" / "controllers").glob("*.toml"))
    maps = [(path, path.read_text(encoding="utf-8")) for path in paths]
    tables = [(path, text, tomllib.loads(text)) for path, text in maps]
    tables = [
        one for one in tables if one[2].get("device") != "osc"
    ]  # these have pages of their own
    for path, text, table in sorted(tables, key=lambda one: (_rank(one[2]), one[2]["name"])):
        notes = read_notes(text)
        yield f"### {table['name']}"
        yield ""
        yield f"`config/controllers/{path.name}`. {notes[0]}".rstrip()
        yield ""
        if "touched" in table:
            first, last = (table["touched"].replace("{n}", n) for n in "18")
            yield f"The first eight other knobs that are moved: `{first}` to `{last}`."
            yield ""
        yield "| what | sends | plays | shows |"
        yield "|---|---|---|---|"
        for note, control in zip(notes[1:], table["control"], strict=True):
            shows = next((key for key in ("ring", "lamp") if key in control), "")
            yield f"| {note} | {_sends(control)} | {_plays(control)} | {shows} |"
        yield ""


def read_notes(text: str) -> list[str]:
    """What the comments say: before the first key, then right above each [[control]]; "" where none."""
    notes: list[str] = []
    said: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            said.append(line.lstrip("# "))
        elif line.startswith("[[control]]") or (line.strip() and not notes):
            notes.append(" ".join(said).replace("|", "\\|"))
            said = []
        elif line.strip():
            said = []
    return notes


def _rank(table: dict[str, Any]) -> int:
    order = ("midi", "gamepad", "keyboard", "audio")
    return 2 * order.index(table.get("device", "midi")) + (table.get("priority", 0) < 0)


def _sends(control: dict[str, Any]) -> str:
    words = [str(control["kind"])]
    if "path" in control:
        words.append(f"`{control['path']}`")
    numbers = _numbers(control)
    if numbers:
        words.append(", ".join(map(str, numbers)))
    if "channel" in control:
        words.append(f"channel {control['channel']}")
    return " ".join(words)


def _plays(control: dict[str, Any]) -> str:
    address, count = str(control["address"]), _count(control)
    usual = "index" if control["kind"] in ("note", "program") else "value"
    send = control.get("send", usual)
    played = f"`{address.replace('{n}', '1')}`"
    if "{n}" in address and count > 1:
        played += f" to `{address.replace('{n}', str(count))}`"
    if send == "index":
        played += f" 1 to {count}" if count > 1 else " 1"
    played += "".join(f" {argument}" for argument in control.get("arguments", ()))
    if "range" in control:
        played += ", {:g} to {:g}".format(*control["range"])
    played += MEANINGS.get(send, "")
    if control.get("mode", "absolute") not in ("absolute", "rate"):
        played += ", endless"
    if "hold" in control:
        played += f"; held, `{control['hold']}`"
    return played + (", as fast as it is pushed" if control.get("mode") == "rate" else "")


def _numbers(control: dict[str, Any]) -> list[Any]:
    given = control.get("numbers", [])
    return given if isinstance(given, list) else [given]


def _count(control: dict[str, Any]) -> int:
    """How many controls one table is."""
    count = 0
    for part in _numbers(control) or [0]:
        first, _, last = str(part).partition("-")
        count += int(last or first) - int(first) + 1
    return count


if __name__ == "__main__":
    main()
