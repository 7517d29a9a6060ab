"""The presets of a model, read from the TOML file beside it: `shaders/models/NAME.presets.toml`.

[[preset]]
name = "mitosis"                       what /preset/go is given
title = "Cells that divide"            what it does, in words
source = "Pearson 1993, doi:..."       where its numbers stand
values = { feed = 0.0367, kill = 0.0649 }
seed = { kind = "squares", count = 6, grow = 1500 }     may be left out: any beginning will do
begins = true                          nothing that lives elsewhere glides there: begin anew
state = "alive"                        or "settles" or "dies", where a test holds it to that
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.errors import Complaint, MorphogenError, suggest
from engine.show.catalogue import Model
from engine.show.parameter import Refused, accept_value
from engine.show.presets.preset import STATES, Preset
from engine.show.seeds.seed import SeedSpec
from engine.show.seeds.seed_file import parse_seed
from engine.toml_lines import line_of, read_toml

SUFFIX = ".presets.toml"
KEYS = ("name", "title", "source", "values", "seed", "begins", "state")
TEXTS = ("name", "title", "source")
LONGEST_GROWTH = 200_000
ID = re.compile(r"[a-z0-9_-]{1,64}")


def load_presets(path: Path, model: Model) -> tuple[tuple[Preset, ...], tuple[Complaint, ...]]:
    """The sound presets of a file, and what is wrong with the others. No file, no presets."""
    if not path.exists():
        return (), ()
    try:
        table, text = read_toml(path)
    except MorphogenError as error:
        return (), error.complaints
    return _Reader(path, text, model).read(table)


class _Reader:
    """One file being read: gathers complaints as it goes."""

    def __init__(self, path: Path, text: str, model: Model) -> None:
        self.path, self.text, self.model = path, text, model
        self.complaints: list[Complaint] = []

    def complain(self, key: tuple[str | int, ...], what: str, remedy: str = "") -> None:
        where = f"{self.path}:{line_of(self.text, key)}"
        self.complaints.append(Complaint(where, what, remedy))

    def read(self, table: Mapping[str, Any]) -> tuple[tuple[Preset, ...], tuple[Complaint, ...]]:
        for key in table:
            if key != "preset":
                what = f"unknown key '{key}' in a file of presets"
                self.complain((key,), what, "Write [[preset]] for each.")
        entries = table.get("preset", [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self.complain(("preset",), "'preset' must be tables", "Write [[preset]] for each.")
            entries = []
        presets: dict[str, Preset] = {}
        for index, entry in enumerate(entries):
            before = len(self.complaints)
            preset = self.read_preset(index, entry)
            if preset.id in presets:
                self.complain(("preset", index, "name"), f"there are two presets '{preset.id}'")
            if len(self.complaints) == before:
                presets[preset.id] = preset
        return tuple(presets.values()), tuple(self.complaints)

    def read_preset(self, index: int, entry: Mapping[str, Any]) -> Preset:
        path = ("preset", index)
        for key in entry:
            if key not in KEYS:
                self.complain((*path, key), f"unknown key '{key}' in a preset", suggest(key, KEYS))
        for key in TEXTS:
            value = entry.get(key)
            if not isinstance(value, str) or not value.strip():
                self.complain((*path, key), f"a preset needs a {key}", f'Write {key} = "...".')
        name = str(entry.get("name", ""))
        if name.strip() and not ID.fullmatch(name):
            self.complain((*path, "name"), f"'{name}' is no name", "Use a-z, 0-9, _ and -.")
        begins, state = entry.get("begins", False), entry.get("state", "")
        if not isinstance(begins, bool):
            self.complain((*path, "begins"), f"'begins' is {begins!r}, not true or false")
        if begins is True and "seed" not in entry:
            self.complain((*path, "begins"), "a preset that begins anew needs a seed")
        if state not in ("", *STATES):
            self.complain((*path, "state"), f"no state {state!r}", suggest(str(state), STATES))
        seed, grow = self.read_seed(path, entry.get("seed"))
        return Preset(
            id=name,
            title=str(entry.get("title", "")),
            source=str(entry.get("source", "")),
            values=self.read_values(path, entry.get("values", {})),
            seed=seed,
            grow=grow,
            begins=begins is True,
            state=str(state),
        )

    def read_values(
        self, path: tuple[str | int, ...], table: object
    ) -> dict[str, tuple[float, ...]]:
        if not isinstance(table, dict) or not table:
            self.complain((*path, "values"), "a preset needs values", "values = { name = number }")
            return {}
        known = {parameter.name: parameter for parameter in self.model.parameters}
        values: dict[str, tuple[float, ...]] = {}
        for name, value in table.items():
            place = (*path, "values", name)
            if name not in known:
                what = f"no parameter '{name}' in model '{self.model.id}'"
                self.complain(place, what, suggest(name, known))
                continue
            given = value if isinstance(value, list) else [value]
            try:
                accepted = accept_value(known[name], given)
            except Refused as refusal:
                self.complain(place, f"'{name}': {refusal}")
                continue
            numbers = [v for v in given if isinstance(v, (int, float))]
            if any(abs(a - v) > 1e-9 for a, v in zip(accepted, numbers, strict=False)):
                low, high = known[name].minimum[0], known[name].maximum[0]
                self.complain(place, f"'{name}' is {value}", f"It lies in {low:g} to {high:g}.")
            values[name] = accepted
        return values

    def read_seed(self, path: tuple[str | int, ...], table: object) -> tuple[SeedSpec | None, int]:
        if table is None:
            return None, 0
        if not isinstance(table, dict):
            self.complain((*path, "seed"), "'seed' must be a table", 'seed = { kind = "spots" }')
            return None, 0
        arguments = dict(table)
        grow = arguments.pop("grow", 0)
        if isinstance(grow, bool) or not isinstance(grow, int) or not 0 <= grow <= LONGEST_GROWTH:
            self.complain((*path, "seed", "grow"), f"'grow' is {grow}", "Steps, 0 to 200000.")
            grow = 0
        try:
            seed = parse_seed(
                arguments, lambda key: self.seed_line((*path, "seed", key)), self.model.range
            )
            return seed, grow
        except MorphogenError as error:
            self.complaints += error.complaints
            return None, grow

    def seed_line(self, key: tuple[str | int, ...]) -> str:
        return f"{self.path}:{line_of(self.text, key)}"
