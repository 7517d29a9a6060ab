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

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.errors import MorphogenError, suggest
from engine.message import Argument
from engine.show.beat.quantise import UNITS, is_unit
from engine.show.cues.cue_names import find_cue
from engine.show.cues.deed_text import Known
from engine.show.cues.entry_file import LONGEST, LONGEST_FADE, read_cue, read_scene
from engine.show.cues.playlist import Entry, Idle, Playlist
from engine.show.cues.show_table import ShowTable
from engine.show.table_reader import is_number
from engine.toml_lines import read_toml

KEYS = tuple(
    "title about fade hold quantise transition loop shuffle hours dusk idle scene cue".split()
)
IDLE_KEYS = ("seconds", "go")
FADE = 6.0


def load_playlist(path: Path, known: Known) -> Playlist:
    """Read one show file. Raises `MorphogenError` with everything that is wrong with it."""
    table, text = read_toml(path)
    show = ShowTable(path, text, known)
    for key in table:
        if key not in KEYS:
            show.complain((key,), f"unknown key '{key}' in a show", suggest(key, KEYS))
    is_cues = "cue" in table
    if is_cues and "scene" in table:
        what = "a show is a loop of [[scene]] or a list of [[cue]]"
        show.complain(("scene",), what, "Put the scenes into cues: scene = ..., follow = ...")
    fade: Any = table.get("fade")
    usual = float(fade) if is_number(fade) else FADE
    entries = _read_entries(show, table, "cue" if is_cues else "scene", usual)
    unit = table.get("quantise", "off")
    if not is_unit(unit):
        show.complain(("quantise",), f"no quantise '{unit}'", UNITS)
    playlist = Playlist(
        path.stem,
        str(table.get("title", path.stem)),
        entries,
        show.number((), table, "fade", FADE, (0.0, LONGEST_FADE)),
        show.number((), table, "hold", 0.0 if is_cues else 60.0, (0.0, LONGEST)),
        unit,
        transition=show.entrance((), table),
        loop=show.switch(table, "loop", not is_cues),
        shuffle=show.switch(table, "shuffle", False),
        hours=show.hours(("hours",), table.get("hours")),
        dusk=show.number((), table, "dusk", 30.0, (0.0, LONGEST_FADE)),
        idle=_read_idle(show, table.get("idle"), entries),
        is_cues=is_cues,
    )
    if playlist.shuffle and is_cues:
        show.complain(("shuffle",), "a list of cues has its order", "Use [[scene]] to shuffle.")
    if show.complaints:
        raise MorphogenError(*show.complaints)
    return playlist


def _read_entries(
    show: ShowTable, table: Mapping[str, Any], kind: str, fade: float
) -> tuple[Entry, ...]:
    example = '[[cue]] and scene = "coral"' if kind == "cue" else '[[scene]] and id = "coral"'
    listed = table.get(kind, [])
    if not isinstance(listed, list) or not listed:
        show.complain((kind,), "a show needs scenes", f"Write {example}.")
        return ()
    entries = []
    for index, entry in enumerate(listed):
        if not isinstance(entry, dict):
            show.complain((kind, index), f"'{entry}' is no entry", f"Write {example}.")
            continue
        read = read_cue if kind == "cue" else read_scene
        entries.append(read(show, (kind, index), entry, fade))
    for of in ("number", "name"):
        seen: dict[str, int] = {}
        for index, entry in enumerate(entries):
            word = str(getattr(entry, of)).casefold()
            if word and seen.setdefault(word, index) != index:
                show.complain((kind, index, of), f"there are two cues of {of} '{word}'")
    if not any(entry.scene for entry in entries) and entries:
        show.complain((kind, 0), "no cue has a scene", 'Write scene = "coral" in the first one.')
    return tuple(entries)


def _read_idle(show: ShowTable, table: object, entries: tuple[Entry, ...]) -> Idle | None:
    if table is None:
        return None
    if not isinstance(table, dict):
        show.complain(("idle",), "'idle' is no table", "Write idle = { seconds = 300 }.")
        return None
    show.check_keys(("idle",), table, IDLE_KEYS)
    go: Argument = table.get("go", "")
    name = f"{go:g}" if isinstance(go, float) else str(go)
    if name and entries and find_cue(entries, name) is None:
        known = [entry.name or entry.scene for entry in entries]
        show.complain(("idle", "go"), f"no cue '{name}'", suggest(name, known))
    return Idle(show.number(("idle",), table, "seconds", 300.0, (1.0, LONGEST)), name)
