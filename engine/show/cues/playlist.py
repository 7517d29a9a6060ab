"""A show: scenes with durations and a fade, from one TOML file.

title = "..."    fade = 6    hold = 60    quantise = "bar" (see quantise.py)
[[scene]]  id = "coral"  seconds = 90 (or bars = 16, or beats = 8, by the clock)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import Complaint, MorphogenError, suggest
from engine.show.beat.quantise import UNITS, is_unit
from engine.toml_lines import line_of, read_toml

KEYS = ("title", "about", "fade", "hold", "quantise", "scene")
ENTRY_KEYS = ("id", "seconds", "bars", "beats")
LENGTHS = ENTRY_KEYS[1:]
LONGEST = 1e6


@dataclass(frozen=True, slots=True)
class Entry:
    """A scene's id and how long it stays: seconds, else, where one is above 0, bars or beats."""

    scene: str
    seconds: float
    bars: float = 0.0
    beats: float = 0.0


@dataclass(frozen=True, slots=True)
class Playlist:
    """`fade`: seconds of the cross-fade; `hold`: seconds that a performer's last touch keeps a scene;
    `quantise`: what a performer's changes wait for, where neither he nor the scene says."""

    id: str
    title: str
    entries: tuple[Entry, ...]
    fade: float = 6.0
    hold: float = 60.0
    quantise: str | float = "off"


def load_playlist(path: Path, scenes: Iterable[str]) -> Playlist:
    """Read one show file. Raises `MorphogenError` with everything that is wrong with it."""
    table, text = read_toml(path)
    complaints: list[Complaint] = []
    known = set(scenes)

    def complain(key: tuple[str | int, ...], what: str, remedy: str = "") -> None:
        complaints.append(Complaint(f"{path}:{line_of(text, key)}", what, remedy))

    def seconds(
        key: tuple[str | int, ...],
        value: object,
        fallback: float,
        least: float,
        unit: str = "seconds",
    ) -> float:
        if value is None:
            return fallback
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not (number and least <= value <= LONGEST):  # type: ignore[operator]
            complain(key, f"'{key[-1]}' must be {unit}, {least:g} to {LONGEST:g}")
            return fallback
        return float(value)  # type: ignore[arg-type]

    for key in table:
        if key not in KEYS:
            complain((key,), f"unknown key '{key}' in a show", suggest(key, KEYS))
    listed = table.get("scene", [])
    if not isinstance(listed, list) or not listed:
        complain(("scene",), "a show needs scenes", 'Write [[scene]] and id = "coral".')
        listed = []
    entries = []
    for index, entry in enumerate(listed):
        path_to = ("scene", index)
        if not isinstance(entry, dict):
            complain(path_to, f"'{entry}' is no entry", 'Write [[scene]] and id = "coral".')
            continue
        for key in entry:
            if key not in ENTRY_KEYS:
                complain((*path_to, key), f"unknown key '{key}'", suggest(key, ENTRY_KEYS))
        name = entry.get("id")
        if not isinstance(name, str) or name not in known:
            complain((*path_to, "id"), f"no scene '{name}'", suggest(str(name), known))
        length = seconds((*path_to, "seconds"), entry.get("seconds"), 90.0, 1.0)
        bars = seconds((*path_to, "bars"), entry.get("bars"), 0.0, 0.25, "bars")
        beats = seconds((*path_to, "beats"), entry.get("beats"), 0.0, 1.0, "beats")
        if sum(key in entry for key in LENGTHS) > 1:
            complain(path_to, f"scene '{name}' has {_name_lengths(entry)}", "Keep one of them.")
        entries.append(Entry(str(name), length, bars, beats))
    unit = table.get("quantise", "off")
    if not is_unit(unit):
        complain(("quantise",), f"no quantise '{unit}'", UNITS)
    playlist = Playlist(
        path.stem,
        str(table.get("title", path.stem)),
        tuple(entries),
        seconds(("fade",), table.get("fade"), 6.0, 0.0),
        seconds(("hold",), table.get("hold"), 60.0, 0.0),
        unit,
    )
    if complaints:
        raise MorphogenError(*complaints)
    return playlist


def _name_lengths(entry: dict[str, object]) -> str:
    return " and ".join(key for key in LENGTHS if key in entry)
