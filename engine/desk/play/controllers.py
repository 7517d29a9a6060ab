"""Controller maps: which messages the bytes of which device become. Files in, `ControllerMap`s out.

A map is a TOML file:

    name = "Korg nanoKONTROL2"     # for people
    match = "nanoKONTROL2"         # regular expression, searched in the port's name, any case
    touched = "/macro/{n}"         # optional: the first eight other knobs moved, in their order
    priority = 0                   # optional: of the maps that match, the highest counts

    [[control]]
    kind = "cc"                    # cc, note or program
    numbers = "16-23"              # one number, a range, or a list of them (each 0..127)
    channel = 1                    # optional, 1..16 as printed; without it: any
    address = "/macro/{n}"         # {n}: place among the numbers, from 1
    send = "value"                 # value 0..1 | index {n} | press nothing | gate 0 or 1 while held

Without `send` a cc sends its value, a note and a program the index. `index` and `press` happen on
pressing only, never on release. The first control that fits counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import Complaint, MorphogenError, suggest
from engine.toml_lines import KeyPath, line_of, read_toml

KINDS = ("cc", "note", "program")
SENDS = ("value", "index", "press", "gate")
_MAP_KEYS = {"name", "match", "touched", "priority", "control"}
_CONTROL_KEYS = {"kind", "numbers", "channel", "address", "send"}
_ADDRESS = re.compile(r"(/([A-Za-z0-9_.-]|\{n\})+)+")


@dataclass(frozen=True, slots=True)
class Control:
    """One knob, key or row of them. `numbers` in 0..127, `channel` 1..16 or None for any."""

    kind: str
    numbers: tuple[int, ...]
    channel: int | None
    address: str
    send: str


@dataclass(frozen=True, slots=True)
class ControllerMap:
    """One device. `touched` is the address for knobs no control names, by order of first touch."""

    name: str
    match: re.Pattern[str]
    controls: tuple[Control, ...]
    touched: str | None = None
    priority: int = 0


def load_sound_controllers(folder: Path) -> tuple[list[ControllerMap], list[Complaint]]:
    """The maps of a folder that have no mistakes, highest priority first, and all mistakes."""
    read = [_read_map(path) for path in sorted(folder.glob("*.toml"))]
    maps = [found for found, wrong in read if found and not wrong]
    maps.sort(key=lambda found: -found.priority)
    return maps, [complaint for _, wrong in read for complaint in wrong]


def check_controller(path: Path) -> list[Complaint]:
    """All mistakes of one map, with file and line; none if it is sound."""
    return _read_map(path)[1]


def find_map(maps: list[ControllerMap], port: str) -> ControllerMap | None:
    """The first map whose `match` is found in the port's name."""
    return next((found for found in maps if found.match.search(port)), None)


def _read_map(path: Path) -> tuple[ControllerMap | None, list[Complaint]]:
    try:
        table, text = read_toml(path)
    except MorphogenError as error:
        return None, list(error.complaints)
    reader = _Reader(path, text)
    reader.check_keys(table, _MAP_KEYS, None)
    name = reader.read_text(table, "name", None)
    match = table.get("match")
    if not isinstance(match, str):  # "" is fine: it matches every port
        reader.complain("match", None, "'match' must be there and be text")
        match = ""
    touched = reader.read_address(table, "touched", None) if "touched" in table else None
    priority = table.get("priority", 0)
    if type(priority) is not int:
        reader.complain("priority", None, "'priority' must be a whole number")
    try:
        pattern = re.compile(match, re.IGNORECASE)
    except re.error as error:
        reader.complain("match", None, f"'match' is no regular expression ({error})")
        pattern = re.compile("")
    entries = table.get("control", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        reader.complain("control", None, "controls are written as [[control]] tables")
        entries = []
    controls = tuple(reader.read_control(entry, at) for at, entry in enumerate(entries))
    if reader.complaints:
        return None, reader.complaints
    return ControllerMap(name, pattern, controls, touched, priority), []


class _Reader:
    """Collects the mistakes of one file."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text
        self.complaints: list[Complaint] = []

    def complain(self, key: str, control: int | None, what: str, remedy: str = "") -> None:
        place: KeyPath = (key,) if control is None else ("control", control, key)
        where = f"{self._path}:{line_of(self._text, place)}"
        self.complaints.append(Complaint(where, what, remedy))

    def check_keys(self, table: dict[str, Any], known: set[str], control: int | None) -> None:
        for key in table.keys() - known:
            self.complain(key, control, f"no key '{key}' here", suggest(key, known))

    def read_text(self, table: dict[str, Any], key: str, control: int | None) -> str:
        text = table.get(key)
        if isinstance(text, str) and text:
            return text
        self.complain(key, control, f"'{key}' must be there and be text")
        return ""

    def read_address(self, table: dict[str, Any], key: str, control: int | None) -> str:
        address = self.read_text(table, key, control)
        if address and not _ADDRESS.fullmatch(address):
            remedy = "An address is like /macro/{n}: letters, digits, '_', '.', '-' and {n}."
            self.complain(key, control, f"'{address}' is no address", remedy)
        return address

    def read_control(self, table: dict[str, Any], at: int) -> Control:
        self.check_keys(table, _CONTROL_KEYS, at)
        kind = self._read_choice(table, "kind", KINDS, at)
        send = "value" if kind == "cc" else "index"
        if "send" in table:
            send = self._read_choice(table, "send", SENDS, at)
        channel = table.get("channel")
        if channel is not None and (type(channel) is not int or not 1 <= channel <= 16):
            self.complain("channel", at, "'channel' must be a whole number from 1 to 16")
        address = self.read_address(table, "address", at)
        return Control(kind, self._read_numbers(table, at), channel, address, send)

    def _read_choice(self, table: dict[str, Any], key: str, known: tuple[str, ...], at: int) -> str:
        word = self.read_text(table, key, at)
        if word and word not in known:
            self.complain(key, at, f"no {key} '{word}'", suggest(word, known))
        return word

    def _read_numbers(self, table: dict[str, Any], at: int) -> tuple[int, ...]:
        given = table.get("numbers")
        numbers: list[int] = []
        for part in given if isinstance(given, list) else [given]:
            span = re.fullmatch(r"(\d{1,3})-(\d{1,3})", part) if isinstance(part, str) else None
            if span and int(span[1]) <= int(span[2]):
                numbers += range(int(span[1]), int(span[2]) + 1)
            elif type(part) is int:
                numbers.append(part)
            else:
                numbers.append(-1)
        if not numbers or not all(0 <= number <= 127 for number in numbers):
            remedy = 'Write one like 16, a range like "16-23", or a list of them.'
            self.complain("numbers", at, "'numbers' must be there and lie in 0..127", remedy)
        return tuple(numbers)
