"""One entry of a show file: a scene of a loop or a cue, and what comes with it.

In: its table, and the show's own fade. Out: an `Entry`; the layers it lays on and what it does are deeds,
in the order in which they are done. What is wrong is said to the show that is read.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from engine.errors import suggest
from engine.show.cues.deed_text import find_fault, parse_deed
from engine.show.cues.playlist import Deed, Entry
from engine.show.cues.show_table import ShowTable
from engine.show.frame import BLENDS
from engine.show.manner import BUSES
from engine.show.memory.slot import SLOTS
from engine.toml_lines import KeyPath

BOTH_KEYS = ("fade", "transition", "palette", "snapshot", "hours", "do", "layer")
ENTRY_KEYS = ("id", "seconds", "bars", "beats", *BOTH_KEYS)
CUE_KEYS = ("number", "name", "scene", "follow", *BOTH_KEYS)
LAYER_KEYS = ("number", "scene", "opacity", "blend", "bus", "off")
LENGTHS = ("seconds", "bars", "beats")
LONGEST = 1e6
LONGEST_FADE = 600.0
FOLLOW = 'Write follow = 30 (seconds), "8 bars" or "16 beats"; leave it out to wait for go.'


def read_scene(show: ShowTable, path: KeyPath, entry: Mapping[str, Any], fade: float) -> Entry:
    """A `[[scene]]` of a loop; `fade`: seconds, where it has none of its own."""
    show.check_keys(path, entry, ENTRY_KEYS)
    name = entry.get("id")
    show.check_scene((*path, "id"), name)
    lengths = [key for key in LENGTHS if key in entry]
    if len(lengths) > 1:
        show.complain(path, f"scene '{name}' has {' and '.join(lengths)}", "Keep one of them.")
    return Entry(
        str(name),
        show.number(path, entry, "seconds", 90.0, (1.0, LONGEST)),
        show.number(path, entry, "bars", 0.0, (0.25, LONGEST)),
        show.number(path, entry, "beats", 0.0, (1.0, LONGEST)),
        **_read_both(show, path, entry, fade),
    )


def read_cue(show: ShowTable, path: KeyPath, entry: Mapping[str, Any], fade: float) -> Entry:
    """A `[[cue]]`; one without a number is called by its place, from 1."""
    show.check_keys(path, entry, CUE_KEYS)
    number = entry.get("number", "")
    if isinstance(number, bool) or not isinstance(number, (int, float, str)):
        show.complain((*path, "number"), f"'{number}' is no number of a cue", "Write number = 1.5.")
    words = f"{number:g}" if isinstance(number, float) else str(number)
    name = entry.get("name", "")
    if not isinstance(name, str):
        show.complain((*path, "name"), f"'{name}' is no name", 'Write name = "bridge".')
    if "scene" in entry:
        show.check_scene((*path, "scene"), entry["scene"])
    seconds, bars, beats = _read_follow(show, (*path, "follow"), entry.get("follow"))
    return Entry(
        str(entry.get("scene", "")),
        seconds,
        bars,
        beats,
        words or str(int(path[-1]) + 1),
        str(name),
        **_read_both(show, path, entry, fade),
    )


def _read_both(
    show: ShowTable, path: KeyPath, entry: Mapping[str, Any], fade: float
) -> dict[str, Any]:
    """What a scene of a loop and a cue have alike."""
    own = show.number(path, entry, "fade", fade, (0.0, LONGEST_FADE))
    palette, known = entry.get("palette", ""), show.known.palettes
    if palette and known is not None and palette not in known:
        show.complain((*path, "palette"), f"no palette '{palette}'", suggest(str(palette), known))
    snapshot = entry.get("snapshot", 0)
    is_slot = isinstance(snapshot, int) and not isinstance(snapshot, bool)
    if "snapshot" in entry and not (is_slot and 1 <= snapshot <= SLOTS):
        show.complain((*path, "snapshot"), f"no snapshot '{snapshot}'", f"1 to {SLOTS}.")
    return {
        "fade": own if "fade" in entry else None,
        "transition": show.entrance(path, entry),
        "palette": str(palette),
        "snapshot": snapshot if is_slot else 0,
        "deeds": (
            *_read_layers(show, path, entry.get("layer", []), own),
            *_read_deeds(show, path, entry),
        ),
        "hours": show.hours((*path, "hours"), entry.get("hours")),
    }


def _read_follow(show: ShowTable, key: KeyPath, value: object) -> tuple[float, float, float]:
    """Seconds, bars, beats."""
    if value is None:
        return math.inf, 0.0, 0.0
    number, unit = value, "seconds"
    if isinstance(value, str):
        word, _, unit = value.strip().partition(" ")
        try:
            number = float(word)
        except ValueError:
            number = None
    unit = {"second": "seconds", "bar": "bars", "beat": "beats"}.get(unit.strip(), unit.strip())
    sound = isinstance(number, (int, float)) and not isinstance(number, bool)
    if not sound or unit not in LENGTHS or not 0.0 < float(str(number)) <= LONGEST:
        show.complain(key, f"'{value}' says not when the next cue comes", FOLLOW)
        return math.inf, 0.0, 0.0
    length = float(str(number))
    counted = {"seconds": 0.0, "bars": 0.0, "beats": 0.0, unit: length}
    return counted["seconds"], counted["bars"], counted["beats"]


def _read_layers(show: ShowTable, path: KeyPath, listed: object, fade: float) -> list[Deed]:
    deeds: list[Deed] = []
    tables = listed if isinstance(listed, list) else [listed]
    for index, layer in enumerate(tables):
        at = (*path, "layer", index)
        if not isinstance(layer, dict):
            show.complain(at, f"'{layer}' is no layer", "Write number = 2 and scene = ...")
            continue
        show.check_keys(at, layer, LAYER_KEYS)
        number = layer.get("number")
        if isinstance(number, bool) or not isinstance(number, int) or not 2 <= number <= 4:
            what = f"no layer '{number}': a cue's own scene is on layer 1"
            show.complain((*at, "number"), what, "Write number = 2, 3 or 4.")
        head = f"/layer/{number}"
        if layer.get("off") is True:
            deeds.append((f"{head}/eject", (fade,)))
            continue
        if "opacity" in layer:
            opacity = show.number(at, layer, "opacity", 1.0, (0.0, 1.0))
            deeds.append((f"{head}/opacity", (opacity,)))
        if "blend" in layer:
            if layer["blend"] not in BLENDS:
                remedy = suggest(str(layer["blend"]), BLENDS)
                show.complain((*at, "blend"), f"no blend '{layer['blend']}'", remedy)
            deeds.append((f"{head}/blend", (str(layer["blend"]),)))
        if "bus" in layer:
            if layer["bus"] not in BUSES:
                remedy = suggest(str(layer["bus"]), BUSES)
                show.complain((*at, "bus"), f"no side '{layer['bus']}'", remedy)
            deeds.append((f"{head}/bus", (str(layer["bus"]),)))
        if "scene" in layer:
            show.check_scene((*at, "scene"), layer["scene"])
            deeds.append((f"{head}/scene/go", (str(layer["scene"]), fade)))
    return deeds


def _read_deeds(show: ShowTable, path: KeyPath, entry: Mapping[str, Any]) -> list[Deed]:
    listed = entry.get("do", [])
    if not isinstance(listed, list):
        show.complain((*path, "do"), "'do' is no list", 'Write do = ["/macro/1 0.8"].')
        return []
    deeds: list[Deed] = []
    for index, written in enumerate(listed):
        try:
            deed = parse_deed(written)
        except ValueError as error:
            show.complain((*path, "do", index), str(error), 'Write "/macro/1 0.8".')
            continue
        fault = find_fault(deed, show.known)
        if fault:
            show.complain((*path, "do", index), *fault)
        deeds.append(deed)
    return deeds
