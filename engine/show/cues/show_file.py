"""A show file read: a loop of scenes, or a list of cues. Every mistake with its line, all at once.

title = "..."    fade = 6    hold = 60    quantise = "bar" (see quantise.py)    transition = "growth"
loop = true      shuffle = false
hours = ["tue-sun 10:00-18:00"]    dusk = 30         open then; outside dark, within so many seconds
idle = { seconds = 300, go = "attract" }             nobody at the knobs for so long: on, or there

[[scene]]                                            a loop:
id = "coral"    seconds = 90 (or bars = 16, or beats = 8, by the clock)

[[cue]]                                              or a list of cues:
number = 1.5    name = "bridge"    scene = "coral"   the scene may be left out: what plays goes on
follow = 30     (or "8 bars", "16 beats")            when the next one comes; left out: it waits for go

Both may have: fade, transition, palette, snapshot = 3, hours ("10:00-14:00": left out at other times),
do = ["/macro/1 0.8", "/layer/2/opacity 0.5"], and [[scene.layer]] or [[cue.layer]]: number, scene,
opacity, blend, bus = "a", or off = true.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from engine.errors import Complaint, MorphogenError, suggest
from engine.message import Argument
from engine.show.beat.quantise import UNITS, is_unit
from engine.show.cues.cue_names import find_cue
from engine.show.cues.deed_text import Known, find_fault, parse_deed
from engine.show.cues.hours import HOW, Hours, parse_span
from engine.show.cues.playlist import Deed, Entry, Idle, Playlist
from engine.show.frame import BLENDS
from engine.show.manner import BUSES
from engine.show.memory.slot import SLOTS
from engine.toml_lines import KeyPath, line_of, read_toml

KEYS = tuple(
    "title about fade hold quantise transition loop shuffle hours dusk idle scene cue".split()
)
BOTH_KEYS = ("fade", "transition", "palette", "snapshot", "hours", "do", "layer")
ENTRY_KEYS = ("id", "seconds", "bars", "beats", *BOTH_KEYS)
CUE_KEYS = ("number", "name", "scene", "follow", *BOTH_KEYS)
LAYER_KEYS = ("number", "scene", "opacity", "blend", "bus", "off")
IDLE_KEYS = ("seconds", "go")
LENGTHS = ("seconds", "bars", "beats")
ENTRANCES = ("dissolve", "equation")
LONGEST = 1e6
LONGEST_FADE = 600.0
FADE = 6.0
FOLLOW = 'Write follow = 30 (seconds), "8 bars" or "16 beats"; leave it out to wait for go.'


def load_playlist(path: Path, known: Known) -> Playlist:
    """Read one show file. Raises `MorphogenError` with everything that is wrong with it."""
    table, text = read_toml(path)
    return _Reader(path, text, known).read(table)


class _Reader:
    """One file being read: gathers complaints as it goes."""

    def __init__(self, path: Path, text: str, known: Known) -> None:
        self.path, self.text, self.known = path, text, known
        self.complaints: list[Complaint] = []

    def complain(self, key: KeyPath, what: str, remedy: str = "") -> None:
        where = f"{self.path}:{line_of(self.text, key)}"
        self.complaints.append(Complaint(where, what, remedy))

    def read(self, table: Mapping[str, Any]) -> Playlist:
        for key in table:
            if key not in KEYS:
                self.complain((key,), f"unknown key '{key}' in a show", suggest(key, KEYS))
        is_cues = "cue" in table
        if is_cues and "scene" in table:
            what = "a show is a loop of [[scene]] or a list of [[cue]]"
            self.complain(("scene",), what, "Put the scenes into cues: scene = ..., follow = ...")
        fade = table.get("fade")
        usual = float(fade) if isinstance(fade, (int, float)) else FADE
        entries = self.entries(table, "cue" if is_cues else "scene", usual)
        unit = table.get("quantise", "off")
        if not is_unit(unit):
            self.complain(("quantise",), f"no quantise '{unit}'", UNITS)
        playlist = Playlist(
            self.path.stem,
            str(table.get("title", self.path.stem)),
            entries,
            self.number((), table, "fade", FADE, (0.0, LONGEST_FADE)),
            self.number((), table, "hold", 0.0 if is_cues else 60.0, (0.0, LONGEST)),
            unit,
            transition=self.entrance((), table),
            loop=self.switch(table, "loop", not is_cues),
            shuffle=self.switch(table, "shuffle", False),
            hours=self.hours(("hours",), table.get("hours")),
            dusk=self.number((), table, "dusk", 30.0, (0.0, LONGEST_FADE)),
            idle=self.idle(table.get("idle"), entries),
            is_cues=is_cues,
        )
        if playlist.shuffle and is_cues:
            self.complain(("shuffle",), "a list of cues has its order", "Use [[scene]] to shuffle.")
        if self.complaints:
            raise MorphogenError(*self.complaints)
        return playlist

    def entries(self, table: Mapping[str, Any], kind: str, fade: float) -> tuple[Entry, ...]:
        example = '[[cue]] and scene = "coral"' if kind == "cue" else '[[scene]] and id = "coral"'
        listed = table.get(kind, [])
        if not isinstance(listed, list) or not listed:
            self.complain((kind,), "a show needs scenes", f"Write {example}.")
            return ()
        entries = []
        for index, entry in enumerate(listed):
            if not isinstance(entry, dict):
                self.complain((kind, index), f"'{entry}' is no entry", f"Write {example}.")
                continue
            read = self.cue if kind == "cue" else self.scene
            entries.append(read((kind, index), entry, fade))
        for of in ("number", "name"):
            seen: dict[str, int] = {}
            for index, entry in enumerate(entries):
                word = str(getattr(entry, of)).casefold()
                if word and seen.setdefault(word, index) != index:
                    self.complain((kind, index, of), f"there are two cues of {of} '{word}'")
        if not any(entry.scene for entry in entries) and entries:
            self.complain(
                (kind, 0), "no cue has a scene", 'Write scene = "coral" in the first one.'
            )
        return tuple(entries)

    def scene(self, path: KeyPath, entry: Mapping[str, Any], fade: float) -> Entry:
        self.check_keys(path, entry, ENTRY_KEYS)
        name = entry.get("id")
        self.check_scene((*path, "id"), name)
        lengths = [key for key in LENGTHS if key in entry]
        if len(lengths) > 1:
            self.complain(path, f"scene '{name}' has {' and '.join(lengths)}", "Keep one of them.")
        return Entry(
            str(name),
            self.number(path, entry, "seconds", 90.0, (1.0, LONGEST)),
            self.number(path, entry, "bars", 0.0, (0.25, LONGEST)),
            self.number(path, entry, "beats", 0.0, (1.0, LONGEST)),
            **self.both(path, entry, fade),
        )

    def cue(self, path: KeyPath, entry: Mapping[str, Any], fade: float) -> Entry:
        self.check_keys(path, entry, CUE_KEYS)
        number = entry.get("number", "")
        if isinstance(number, bool) or not isinstance(number, (int, float, str)):
            self.complain(
                (*path, "number"), f"'{number}' is no number of a cue", "Write number = 1.5."
            )
        words = f"{number:g}" if isinstance(number, float) else str(number)
        name = entry.get("name", "")
        if not isinstance(name, str):
            self.complain((*path, "name"), f"'{name}' is no name", 'Write name = "bridge".')
        if "scene" in entry:
            self.check_scene((*path, "scene"), entry["scene"])
        seconds, bars, beats = self.follow((*path, "follow"), entry.get("follow"))
        return Entry(
            str(entry.get("scene", "")),
            seconds,
            bars,
            beats,
            words or str(int(path[-1]) + 1),
            str(name),
            **self.both(path, entry, fade),
        )

    def both(self, path: KeyPath, entry: Mapping[str, Any], fade: float) -> dict[str, Any]:
        """What a scene of a loop and a cue have alike."""
        own = self.number(path, entry, "fade", fade, (0.0, LONGEST_FADE))
        palette, known = entry.get("palette", ""), self.known.palettes
        if palette and known is not None and palette not in known:
            self.complain(
                (*path, "palette"), f"no palette '{palette}'", suggest(str(palette), known)
            )
        snapshot = entry.get("snapshot", 0)
        is_slot = isinstance(snapshot, int) and not isinstance(snapshot, bool)
        if "snapshot" in entry and not (is_slot and 1 <= snapshot <= SLOTS):
            self.complain((*path, "snapshot"), f"no snapshot '{snapshot}'", f"1 to {SLOTS}.")
        return {
            "fade": own if "fade" in entry else None,
            "transition": self.entrance(path, entry),
            "palette": str(palette),
            "snapshot": snapshot if is_slot else 0,
            "deeds": (*self.layers(path, entry.get("layer", []), own), *self.deeds(path, entry)),
            "hours": self.hours((*path, "hours"), entry.get("hours")),
        }

    def follow(self, key: KeyPath, value: object) -> tuple[float, float, float]:
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
            self.complain(key, f"'{value}' says not when the next cue comes", FOLLOW)
            return math.inf, 0.0, 0.0
        length = float(str(number))
        counted = {"seconds": 0.0, "bars": 0.0, "beats": 0.0, unit: length}
        return counted["seconds"], counted["bars"], counted["beats"]

    def layers(self, path: KeyPath, listed: object, fade: float) -> list[Deed]:
        deeds: list[Deed] = []
        tables = listed if isinstance(listed, list) else [listed]
        for index, layer in enumerate(tables):
            at = (*path, "layer", index)
            if not isinstance(layer, dict):
                self.complain(at, f"'{layer}' is no layer", "Write number = 2 and scene = ...")
                continue
            self.check_keys(at, layer, LAYER_KEYS)
            number = layer.get("number")
            if isinstance(number, bool) or not isinstance(number, int) or not 2 <= number <= 4:
                what = f"no layer '{number}': a cue's own scene is on layer 1"
                self.complain((*at, "number"), what, "Write number = 2, 3 or 4.")
            head = f"/layer/{number}"
            if layer.get("off") is True:
                deeds.append((f"{head}/eject", (fade,)))
                continue
            if "opacity" in layer:
                opacity = self.number(at, layer, "opacity", 1.0, (0.0, 1.0))
                deeds.append((f"{head}/opacity", (opacity,)))
            if "blend" in layer:
                if layer["blend"] not in BLENDS:
                    remedy = suggest(str(layer["blend"]), BLENDS)
                    self.complain((*at, "blend"), f"no blend '{layer['blend']}'", remedy)
                deeds.append((f"{head}/blend", (str(layer["blend"]),)))
            if "bus" in layer:
                if layer["bus"] not in BUSES:
                    remedy = suggest(str(layer["bus"]), BUSES)
                    self.complain((*at, "bus"), f"no side '{layer['bus']}'", remedy)
                deeds.append((f"{head}/bus", (str(layer["bus"]),)))
            if "scene" in layer:
                self.check_scene((*at, "scene"), layer["scene"])
                deeds.append((f"{head}/scene/go", (str(layer["scene"]), fade)))
        return deeds

    def deeds(self, path: KeyPath, entry: Mapping[str, Any]) -> list[Deed]:
        listed = entry.get("do", [])
        if not isinstance(listed, list):
            self.complain((*path, "do"), "'do' is no list", 'Write do = ["/macro/1 0.8"].')
            return []
        deeds: list[Deed] = []
        for index, written in enumerate(listed):
            try:
                deed = parse_deed(written)
            except ValueError as error:
                self.complain((*path, "do", index), str(error), 'Write "/macro/1 0.8".')
                continue
            fault = find_fault(deed, self.known)
            if fault:
                self.complain((*path, "do", index), *fault)
            deeds.append(deed)
        return deeds

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

    def idle(self, table: object, entries: tuple[Entry, ...]) -> Idle | None:
        if table is None:
            return None
        if not isinstance(table, dict):
            self.complain(("idle",), "'idle' is no table", "Write idle = { seconds = 300 }.")
            return None
        self.check_keys(("idle",), table, IDLE_KEYS)
        go: Argument = table.get("go", "")
        name = f"{go:g}" if isinstance(go, float) else str(go)
        if name and entries and find_cue(entries, name) is None:
            known = [entry.name or entry.scene for entry in entries]
            self.complain(("idle", "go"), f"no cue '{name}'", suggest(name, known))
        return Idle(self.number(("idle",), table, "seconds", 300.0, (1.0, LONGEST)), name)

    def entrance(self, path: KeyPath, table: Mapping[str, Any]) -> str:
        name, known = table.get("transition", ""), self.known.transitions
        if name and known is not None and name not in (*ENTRANCES, *known):
            remedy = suggest(str(name), (*ENTRANCES, *known))
            self.complain((*path, "transition"), f"no transition '{name}'", remedy)
        return str(name)

    def check_scene(self, key: KeyPath, name: object) -> None:
        if not isinstance(name, str) or name not in self.known.scenes:
            self.complain(key, f"no scene '{name}'", suggest(str(name), self.known.scenes))

    def check_keys(self, path: KeyPath, table: Mapping[str, Any], keys: Collection[str]) -> None:
        for key in table:
            if key not in keys:
                self.complain((*path, key), f"unknown key '{key}'", suggest(key, keys))

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
