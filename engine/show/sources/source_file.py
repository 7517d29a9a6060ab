"""What a scene's file adds to its model: sources, anisotropy and flow, read; or complaints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.errors import Complaint, MorphogenError, suggest
from engine.show.catalogue import Model
from engine.show.kinds import parse_kind
from engine.show.parameter import Parameter
from engine.show.sources.anisotropy import FOLLOW, KEYS, Anisotropy
from engine.show.sources.flow import Flow
from engine.show.sources.source import KINDS, MASK, MASK_AMOUNT, MOST, NAME, Source

Path = tuple[str | int, ...]
TERRAIN: Path = ("terrain",)


def read_sources(
    table: Mapping[str, Any],
    model: Model,
    known: Mapping[str, Parameter],
    place: Callable[[Path], str],
) -> tuple[tuple[Source, ...], list[Complaint]]:
    """All sources of a scene, `[terrain]` first, and everything that is wrong with them.

    `known` are the parameters of the model, the look and the finish; `place` tells the `file:line`
    of a path in the table.
    """
    reader = _Reader(model, place)
    found: list[Source] = []
    for path, name, entry in reader.entries(table):
        source = reader.read(path, name, entry)
        if source:
            reader.check_names(path, source, known)
            found.append(source)
    if len(found) > MOST:
        reader.complain(("source",), f"{len(found)} sources", f"A scene has at most {MOST}.")
    return tuple(found[:MOST]), reader.complaints


def read_anisotropy(
    table: Mapping[str, Any], sources: tuple[Source, ...], place: Callable[[Path], str]
) -> tuple[Anisotropy | None, list[Complaint]]:
    """`[anisotropy]`, and everything that is wrong with it."""
    entry = table.get("anisotropy")
    complaints: list[Complaint] = []
    if entry is None:
        return None, complaints

    def complain(key: str, what: str, remedy: str = "") -> None:
        complaints.append(Complaint(place(("anisotropy", key)), what, remedy))

    if not isinstance(entry, dict):
        complain("by", "'anisotropy' must be a table", "Write [anisotropy] on a line of its own.")
        return None, complaints
    for key in entry:
        if key not in KEYS:
            complain(key, f"unknown key '{key}' in [anisotropy]", suggest(key, KEYS))
    by, follow = entry.get("by", ""), entry.get("follow", "value")
    names = [source.name for source in sources]
    if by and by not in names:
        complain("by", f"no source '{by}'", suggest(str(by), names))
    if follow not in FOLLOW:
        complain("follow", f"it follows no '{follow}'", suggest(str(follow), FOLLOW))
    return (None if complaints else Anisotropy(str(by), str(follow))), complaints


def read_flow(
    table: Mapping[str, Any], sources: tuple[Source, ...], place: Callable[[Path], str]
) -> tuple[Flow | None, list[Complaint]]:
    """`[flow]`, and everything that is wrong with it."""
    entry = table.get("flow")
    complaints: list[Complaint] = []
    if entry is None:
        return None, complaints

    def complain(key: str, what: str, remedy: str = "") -> None:
        complaints.append(Complaint(place(("flow", key)), what, remedy))

    if not isinstance(entry, dict):
        complain("by", "'flow' must be a table", "Write [flow] on a line of its own.")
        return None, complaints
    for key in entry:
        if key not in ("by", "layer"):
            complain(key, f"unknown key '{key}' in [flow]", suggest(key, ("by", "layer")))
    by, layer = entry.get("by", ""), entry.get("layer", 0)
    names = [source.name for source in sources]
    if by and by not in names:
        complain("by", f"no source '{by}'", suggest(str(by), names))
    if isinstance(layer, bool) or layer not in range(5):
        complain("layer", f"no layer {layer}", "They are 1 to 4.")
    elif layer and by:
        complain("layer", "a flow has a source or a layer, not both")
    return (None if complaints else Flow(str(by), int(layer))), complaints


class _Reader:
    """Gathers complaints as it goes."""

    def __init__(self, model: Model, place: Callable[[Path], str]) -> None:
        self.own = {parameter.name: parameter for parameter in model.parameters}
        self.read_once, self.place = model.read_once, place
        self.complaints: list[Complaint] = []

    def complain(self, path: Path, what: str, remedy: str = "") -> None:
        self.complaints.append(Complaint(self.place(path), what, remedy))

    def entries(self, table: Mapping[str, Any]) -> list[tuple[Path, str, Mapping[str, Any]]]:
        """(path in the file, name, table) of each source."""
        entries: list[tuple[Path, str, Mapping[str, Any]]] = []
        terrain, sources = table.get("terrain", {}), table.get("source", {})
        if not isinstance(terrain, dict):
            remedy = "Write [terrain] on a line of its own."
            self.complain(TERRAIN, "'terrain' must be a table", remedy)
        elif terrain:
            entries.append((TERRAIN, "terrain", terrain))
        mask = table.get(MASK)
        if isinstance(mask, dict):
            entries.append(((MASK,), MASK, mask))
        elif mask is not None:
            self.complain((MASK,), "'mask' must be a table", "Write [mask] on a line of its own.")
        if not isinstance(sources, dict) or not all(isinstance(s, dict) for s in sources.values()):
            remedy = "Write [source.lamp] on a line of its own."
            self.complain(("source",), "a source needs a name", remedy)
            return entries
        for name, entry in sources.items():
            if NAME.fullmatch(name) and name not in (taken for _, taken, _ in entries):
                entries.append((("source", name), name, entry))
                continue
            remedy = "Up to 16 of a-z and 0-9, a letter first; each only once."
            self.complain(("source", name), f"a source cannot be called '{name}'", remedy)
        return entries

    def read(self, path: Path, name: str, entry: Mapping[str, Any]) -> Source | None:
        options = dict(entry)
        moves: Any
        if path == TERRAIN:
            moves = {key: options.pop(key) for key in entry if key in self.own}
            options = self._terrain_options(options)
            under = path
        else:
            moves = options.pop("moves", {})
            under = (*path, "moves")

        def place(key: str) -> str:
            return self.place((*path, key))

        try:
            kind, arguments = parse_kind(options, KINDS, "source", place)
        except MorphogenError as error:
            self.complaints += error.complaints
            kind, arguments = "", {}
        if not isinstance(moves, dict):
            self.complain(under, "'moves' must be a table", "For instance { feed = 0.01 }.")
            moves = {}
        numbers = self._read_moves(under, moves)
        return Source(name, kind, arguments, numbers, place("kind")) if kind else None

    def check_names(self, path: Path, source: Source, known: Mapping[str, Parameter]) -> None:
        """What a source adds to a scene may not be called like what is there."""
        made = {f"{source.name}_{end}" for end in ("drift", "here")}
        made |= {f"{name}_{source.name}" for name in source.moves}
        made |= {MASK_AMOUNT} if source.name == MASK else set()
        for taken in sorted(made & known.keys()):
            what = f"a source '{source.name}' would make a second '{taken}'"
            self.complain(path, what, "Call it otherwise.")

    def _terrain_options(self, options: dict[str, Any]) -> dict[str, Any]:
        names = [argument.name for argument in KINDS["noise"]]
        for key in options:
            if key not in names:
                what = f"'{key}' in [terrain] is no parameter of the model"
                self.complain((*TERRAIN, key), what, suggest(key, (*self.own, *names)))
        return {"kind": "noise", **{k: v for k, v in options.items() if k in names}}

    def _read_moves(self, path: Path, moves: Mapping[str, Any]) -> dict[str, float]:
        found = {}
        for name, amount in moves.items():
            if name not in self.own or self.own[name].kind != "float":
                what = f"'{name}' is no parameter of the model that varies smoothly"
                self.complain((*path, name), what, suggest(name, self.own))
            elif name in self.read_once:
                what = f"'{name}' is the same for the whole field, so no source can move it"
                self.complain((*path, name), what, "A macro or a [[drift]] can.")
            elif isinstance(amount, bool) or not isinstance(amount, (int, float)):
                self.complain((*path, name), f"'{name}' must be a number")
            elif not abs(amount) <= 1e9:
                self.complain((*path, name), f"'{name}' is {amount}")
            else:
                found[name] = float(amount)
        return found
