"""Controller maps: what the controls of which device play. Files in, `ControllerMap`s out.

A map is a TOML file:

    name = "Korg nanoKONTROL2"     # for people
    match = "nanoKONTROL2"         # regular expression, searched in the device's name, any case
    device = "midi"                # optional: or osc, keyboard, gamepad, audio
    touched = "/macro/{n}"         # optional: the first eight other knobs moved, in their order
    init = ["f0 ... f7"]           # optional: what is sent to it when it has come
    priority = 0                   # optional: of the maps that match, the highest counts

    [[control]]                    # as many as you like: see binding_file.py and light_file.py

The first control that fits counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.assets import Folder, as_folders
from engine.desk.control import Control
from engine.desk.play.binding import Binding
from engine.desk.play.binding_file import BindingReader
from engine.desk.play.light import Light
from engine.desk.play.light_file import KEYS as LIGHT_KEYS
from engine.desk.play.light_file import read_lights, read_sysex
from engine.errors import Complaint, MorphogenError, suggest
from engine.toml_lines import read_toml

DEVICES = ("midi", "osc", "keyboard", "gamepad", "audio")
MAP_KEYS = {"name", "match", "device", "touched", "priority", "init", "control"}
_DEVICE_OF = {
    "osc": "osc",
    "key": "keyboard",
    "button": "gamepad",
    "axis": "gamepad",
    "audio": "audio",
}


@dataclass(frozen=True, slots=True)
class ControllerMap:
    """One device; `id` is its file's name. `touched` is the address for knobs no control names, by
    order of first touch.
    """

    id: str
    name: str
    match: re.Pattern[str]
    device: str
    bindings: tuple[Binding, ...]
    lights: tuple[Light, ...] = ()
    init: tuple[bytes, ...] = ()
    touched: str | None = None
    priority: int = 0


def load_sound_controllers(folder: Folder) -> tuple[list[ControllerMap], list[Complaint]]:
    """The maps of a folder that have no mistakes, highest priority first, and all mistakes."""
    read = [read_map(path) for path in as_folders(folder).files("*.toml")]
    maps = sort_maps(found for found, _ in read if found)
    return maps, [complaint for _, wrong in read for complaint in wrong]


def sort_maps(maps: Iterable[ControllerMap]) -> list[ControllerMap]:
    """By priority, the highest first, else by id."""
    return sorted(maps, key=lambda found: (-found.priority, found.id))


def check_controller(path: Path) -> list[Complaint]:
    """All mistakes of one map, with file and line; none if it is sound."""
    return read_map(path)[1]


def device_of(control: Control) -> str:
    """Which of DEVICES a control is on."""
    return _DEVICE_OF.get(control.kind, "midi")


def find_maps(maps: list[ControllerMap], device: str, name: str) -> list[ControllerMap]:
    """The maps for a device of this name: the first that matches; of osc every one, since several
    programs come in by the one port.
    """
    found = [m for m in maps if m.device == device and m.match.search(name)]
    return found if device == "osc" else found[:1]


def read_map(path: Path) -> tuple[ControllerMap | None, list[Complaint]]:
    """One map, None if it has mistakes, and all of them."""
    try:
        table, text = read_toml(path)
    except MorphogenError as error:
        return None, list(error.complaints)
    reader = BindingReader(path, text)
    reader.check_keys(table, MAP_KEYS, ())
    name = reader.read_text(table, "name", ())
    device = table.get("device", "midi")
    if device not in DEVICES:
        reader.complain(("device",), f"no device '{device}'", suggest(str(device), DEVICES))
    touched = reader.read_address(table, "touched", ()) if "touched" in table else None
    priority = table.get("priority", 0)
    if type(priority) is not int:
        reader.complain(("priority",), "'priority' must be a whole number")
    pattern = _read_match(reader, table)
    entries = table.get("control", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        reader.complain(("control",), "controls are written as [[control]] tables")
        entries = []
    bindings: list[Binding] = []
    lights: list[Light] = []
    for at, entry in enumerate(entries):
        played = reader.read_bindings(entry, ("control", at), LIGHT_KEYS)
        bindings += played
        lights += read_lights(reader, entry, played, ("control", at))
    init = read_sysex(reader, table, "init")
    if reader.complaints:
        return None, reader.complaints
    found = ControllerMap(
        path.stem,
        name,
        pattern,
        device,
        tuple(bindings),
        tuple(lights),
        init,
        touched,
        priority,
    )
    return found, []


def _read_match(reader: BindingReader, table: dict[str, Any]) -> re.Pattern[str]:
    match = table.get("match", "" if table.get("device") == "osc" else None)
    if not isinstance(match, str):  # "" is fine: it matches every device
        reader.complain(("match",), "'match' must be there and be text")
        match = ""
    try:
        return re.compile(match, re.IGNORECASE)
    except re.error as error:
        reader.complain(("match",), f"'match' is no regular expression ({error})")
        return re.compile("")
