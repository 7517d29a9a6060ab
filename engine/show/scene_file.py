"""A scene read from its TOML file. In: the file and what there is to play. Out: a `Scene`.

title = "Coral"                     model = "gray_scott"        rows = 256
about = "Branching coral"           look = "relief"             border = "periodic"
palette = "coral"                   enter = "equation" (the scene before turns into it, where it can), or
                                    a transition (see effects/entrance_file.py)
                                    preset = "mitosis" (of the model: its values and its seed,
                                    beneath the scene's own)
[seed]        kind = "spots", its arguments, grow = steps run before the first picture
[parameters]  native values of any parameter of model, look or finish
[terrain]     blobs = 3, drift = 0.01 and, for parameters of the model, how far they vary
[source.NAME] kind = "image", its arguments, moves = { feed = 0.01 }     (see source.py)
[mask]        kind = "text", its arguments: the field is held at rest outside
[anisotropy]  by = a source, follow = value | along | across            (see anisotropy.py)
[flow]        empty for eddies, or by = a source, or layer = a number   (see flow.py)
[pulse]       every = 1 (beats): splats on the beat                     (see drum.py)
[[effect]]    id, name, mix, parameters: laid on its picture           (see effects/scene_effects.py)
generator = "life": an ISF file that draws by itself, in place of model and look
quantise = "bar": what changes wait for while it plays                  (see quantise.py)
[life]        dead = "reseed", ... what is done about a field that is     (see life_file.py)
[[macro]]     name, value 0..1, moves = { feed = [0.02, 0.06] }      eight of them
[[drift]]     parameter, amount, period in seconds (or beats), shape = sine | wander | pulse;
              or with the music: audio = "bass", smooth = seconds      (see hearing.py)
[moved]       values of what macros move, where hands had moved it (see memory/scene_text.py)
[[modulator]] name, kind, ..., to = { feed = 0.01 }; [[route]]          (see modulation_file.py)
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.errors import Complaint, MorphogenError, suggest
from engine.show.beat.quantise import UNITS, is_unit
from engine.show.catalogue import BORDERS, Effect, Look, Model
from engine.show.effects.entrance_file import read_entrance
from engine.show.effects.scene_effects import effect_parameters, read_effects
from engine.show.generator import ROWS, STILL, generator_look, generator_macros
from engine.show.life.life_file import read_life
from engine.show.modulation.hearing import HEARD
from engine.show.modulation.modulation_file import check_ring, read_modulation
from engine.show.modulation.modulator import modulation_parameters
from engine.show.parameter import Parameter, Refused, accept_value
from engine.show.presets.preset import Preset, find_preset
from engine.show.scene import (
    LONGEST,
    MACROS,
    SHAPES,
    SHORTEST,
    Drift,
    Macro,
    Pulse,
    Scene,
    added_parameters,
)
from engine.show.seeds.seed import SeedSpec
from engine.show.seeds.seed_file import parse_seed
from engine.show.sources.source_file import read_anisotropy, read_flow, read_sources
from engine.toml_lines import line_of, read_toml

KEYS = (
    "title about model look palette preset enter rows border border_value seed parameters terrain "
    "source mask anisotropy flow macro drift life quantise pulse modulator route effect generator moved"
).split()
# What is about a field; a generator has none.
FIELD_KEYS = frozenset(
    (
        "model look preset border border_value seed terrain source mask anisotropy flow life pulse rows"
    ).split()
)
MACRO_KEYS = ("name", "value", "moves")
DRIFT_KEYS = ("parameter", "amount", "period", "beats", "shape", "audio", "smooth")
# least, most, usual; a table that does not say how often means each beat
PULSE_RANGES = {
    "every": (SHORTEST, LONGEST, 1.0),
    "amount": (-1.0, 1.0, 0.8),
    "size": (0.005, 0.5, 0.06),
    "stride": (0.0, 1.0, 0.3),
}
NO_EFFECTS: Mapping[str, Effect] = {}
ID = re.compile(r"[a-z0-9_-]{1,64}")


def load_scene(
    path: Path,
    models: Mapping[str, Model],
    looks: Mapping[str, Look],
    finish: tuple[Parameter, ...],
    palettes: Mapping[str, object],
    effects: Mapping[str, Effect] = NO_EFFECTS,
    transitions: Mapping[str, Effect] = NO_EFFECTS,
    generators: Mapping[str, Effect] = NO_EFFECTS,
) -> Scene:
    """Read one scene file. Raises `MorphogenError` with everything that is wrong with it."""
    table, text = read_toml(path)
    reader = _Reader(path, table, text, effects, transitions)
    return reader.read(models, looks, finish, palettes, generators)


class _Reader:
    """One file being read: gathers complaints as it goes."""

    def __init__(
        self,
        path: Path,
        table: Mapping[str, Any],
        text: str,
        effects: Mapping[str, Effect],
        transitions: Mapping[str, Effect],
    ) -> None:
        self.path, self.table, self.text = path, table, text
        self.effects, self.transitions = effects, transitions
        self.complaints: list[Complaint] = []

    def complain(self, key: tuple[str | int, ...], what: str, remedy: str = "") -> None:
        self.complaints.append(Complaint(self.place(key), what, remedy))

    def place(self, key: tuple[str | int, ...]) -> str:
        return f"{self.path}:{line_of(self.text, key)}"

    def read(
        self,
        models: Mapping[str, Model],
        looks: Mapping[str, Look],
        finish: tuple[Parameter, ...],
        palettes: Mapping[str, object],
        generators: Mapping[str, Effect],
    ) -> Scene:
        table = self.table
        if not ID.fullmatch(self.path.stem):
            self.complaints.append(
                Complaint(str(self.path), "a scene's file name is its id", "Use a-z, 0-9, _ and -.")
            )
        self.check_keys((), table, KEYS, "a scene")
        generator = generators.get(self.read_generator(generators))
        model: Model | None
        look: Look | None
        if "generator" in table:
            model, look = STILL, generator_look(generator, finish) if generator else None
        else:
            model = models.get(self.choice("model", models) or "")
            look = looks.get(self.choice("look", looks) or "")
        self.choice("palette", palettes)
        if model is None or look is None:
            raise MorphogenError(*self.complaints)
        own = {parameter.name: parameter for parameter in model.parameters}
        known = {**own, **{p.name: p for p in (*look.parameters, *finish)}}
        sources, wrong = read_sources(table, model, known, self.place)
        self.complaints += wrong
        anisotropy, wrong = read_anisotropy(table, sources, self.place)
        self.complaints += wrong
        if anisotropy and (model.passes or model.agents):
            kind = "a rule" if model.passes else "of agents"
            what = f"model '{model.id}' is {kind}: it has no diffusion of the step's to turn"
            self.complain(("anisotropy",), what, "Take [anisotropy] out.")
        flow, wrong = read_flow(table, sources, self.place)
        self.complaints += wrong
        known |= {p.name: p for p in added_parameters(sources, anisotropy, flow, own)}
        effects, wrong = read_effects(table, self.effects, self.place)
        self.complaints += wrong
        known |= {p.name: p for p in effect_parameters(effects)}
        enter, entrance, wrong = read_entrance(table, "enter", self.transitions, self.place)
        self.complaints += wrong
        modulators, routes, odd = read_modulation(table, known, self.place)
        self.complaints += odd
        added = modulation_parameters(modulators, routes, tuple(known.values()))
        known |= {p.name: p for p in added}
        life, ill = read_life(table, self.place)
        self.complaints += ill
        values = self.read_values(known, f"model '{model.id}', look '{look.id}' or the finish")
        macros = self.read_macros(known, values, fewest=0 if generator else MACROS)
        if generator:
            macros = generator_macros(look, macros, values)
        moves = [[name for name, _, _ in macro.moves] for macro in macros]
        self.complaints += check_ring(modulators, routes, moves, self.place)
        preset = self.read_preset(model)
        seed, grow = self.read_seed(model, preset)
        border = table.get("border", "periodic")
        if border not in BORDERS:
            self.complain(("border",), f"no border '{border}'", suggest(str(border), BORDERS))
        elif border not in model.borders:
            what = f"model '{model.id}' cannot live in a {border} border"
            self.complain(("border",), what, f"It can in these: {', '.join(model.borders)}.")
        border_value = table.get("border_value", list(model.rest))
        sound = isinstance(border_value, list) and all(_is_number(v) for v in border_value)
        if not sound or len(border_value) != len(model.channels):
            self.complain(("border_value",), f"border_value wants {len(model.channels)} numbers")
            border_value = list(model.rest)
        scene = Scene(
            id=self.path.stem,
            title=str(table.get("title", self.path.stem)),
            about=str(table.get("about", "")),
            model=model.id,
            look=look.id,
            palette=str(table.get("palette", "")),
            rows=int(self.number(("rows",), 16, 4096, ROWS if generator else 256)),
            border=str(border),
            border_value=tuple(float(v) for v in border_value),
            seed=seed,
            grow=grow,
            values={**preset.values, **values} if preset else values,
            sources=sources,
            macros=macros,
            drifts=self.read_drifts(known),
            preset=preset.id if preset else "",
            enter=enter,
            entrance=entrance,
            effects=effects,
            anisotropy=anisotropy,
            flow=flow,
            life=life,
            quantise=self.read_quantise(),
            pulse=self.read_pulse(),
            modulators=modulators,
            routes=routes,
            generator=generator,
            moved=self.read_moved(known, macros),
            table=table,
        )
        if self.complaints:
            raise MorphogenError(*self.complaints)
        return scene

    def read_generator(self, generators: Mapping[str, Effect]) -> str:
        """The id of the one that draws the scene; then it has no field for anything to happen in."""
        if "generator" not in self.table:
            return ""
        for key in sorted(FIELD_KEYS & self.table.keys()):
            what = f"a generator has no field: '{key}' does nothing in its scene"
            self.complain((key,), what, "Take it out.")
        return self.choice("generator", generators) or ""

    def read_quantise(self) -> str | float:
        unit: Any = self.table.get("quantise", "")
        if unit == "" or is_unit(unit):
            return unit if isinstance(unit, str) else float(unit)
        self.complain(("quantise",), f"no quantise '{unit}'", UNITS)
        return ""

    def read_pulse(self) -> Pulse:
        table = self.sub_table("pulse")
        self.check_keys(("pulse",), table, PULSE_RANGES, "a pulse")
        given = {
            key: self.number(("pulse", key), low, high, usual)
            for key, (low, high, usual) in PULSE_RANGES.items()
        }
        return Pulse(**given) if table else Pulse()

    def check_keys(
        self, path: tuple[str | int, ...], table: Mapping[str, Any], known: Any, what: str
    ) -> None:
        for key in table:
            if key not in known:
                self.complain((*path, key), f"unknown key '{key}' in {what}", suggest(key, known))

    def choice(self, key: str, known: Mapping[str, object]) -> str | None:
        name = self.table.get(key)
        if isinstance(name, str) and name in known:
            return name
        what = f"no {key} '{name}'" if name is not None else f"a scene needs a {key}"
        self.complain((key,), what, suggest(str(name), known))
        return None

    def sub_table(self, key: str) -> Mapping[str, Any]:
        value = self.table.get(key, {})
        if isinstance(value, dict):
            return value
        self.complain((key,), f"'{key}' must be a table", f"Write [{key}] on a line of its own.")
        return {}

    def number(
        self, path: tuple[str | int, ...], low: float, high: float, fallback: float
    ) -> float:
        value: Any = self.table
        for key in path:
            indexed = isinstance(value, list) and isinstance(key, int)
            named = isinstance(value, dict) and key in value
            value = value[key] if indexed or named else None
        if value is None:
            return fallback
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.complain(path, f"'{path[-1]}' must be a number")
        elif not low <= value <= high:
            self.complain(
                path, f"'{path[-1]}' is {value}", f"It lies between {low:g} and {high:g}."
            )
        else:
            return float(value)
        return fallback

    def read_values(
        self, known: Mapping[str, Parameter], there: str, key: str = "parameters"
    ) -> dict[str, tuple[float, ...]]:
        values = {}
        for name, value in self.sub_table(key).items():
            path = (key, name)
            if name not in known:
                what = f"no parameter '{name}' in {there}"
                self.complain(path, what, suggest(name, known))
                continue
            given = value if isinstance(value, list) else [value]
            try:
                accepted = accept_value(known[name], given)
            except Refused as refusal:
                self.complain(path, f"'{name}': {refusal}")
                continue
            if any(
                abs(a - float(g)) > 1e-9
                for a, g in zip(accepted, given, strict=False)
                if not isinstance(g, str)
            ):
                p = known[name]
                remedy = f"It lies between {p.minimum[0]:g} and {p.maximum[0]:g}."
                self.complain(path, f"'{name}' is {value}", remedy)
            values[name] = accepted
        return values

    def read_moved(
        self, known: Mapping[str, Parameter], macros: Sequence[Macro]
    ) -> dict[str, tuple[float, ...]]:
        moving = {name for macro in macros for name, _, _ in macro.moves}
        for name in self.sub_table("moved"):
            if name in known and name not in moving:
                self.complain(
                    ("moved", name), f"no macro moves '{name}'", "Put it in [parameters]."
                )
        return self.read_values(known, "the scene", "moved")

    def read_macros(
        self, known: Mapping[str, Parameter], values: Mapping[str, object], fewest: int
    ) -> tuple[Macro, ...]:
        entries = self.table.get("macro", [])
        if not _are_tables(entries) or not fewest <= len(entries) <= MACROS:
            remedy = f"Write {MACROS} of [[macro]]: one for each knob."
            self.complain(("macro",), f"a scene has {MACROS} macros", remedy)
            return ()
        moved: dict[str, int] = {}
        macros = []
        for index, entry in enumerate(entries):
            path = ("macro", index)
            self.check_keys(path, entry, MACRO_KEYS, "a macro")
            if not isinstance(entry.get("name"), str):
                self.complain(path, f"macro {index + 1} needs a name")
            moves = entry.get("moves", {})
            if not isinstance(moves, dict) or not moves:
                self.complain((*path, "moves"), f"macro {index + 1} moves nothing")
                moves = {}
            read = []
            for name, ends in moves.items():
                place = (*path, "moves", name)
                if name not in known:
                    self.complain(place, f"no parameter '{name}'", suggest(name, known))
                    continue
                if name in moved or name in values:
                    other = f"macro {moved[name]}" if name in moved else "[parameters]"
                    self.complain(place, f"'{name}' is already set by {other}", "Keep one of them.")
                moved[name] = index + 1
                p = known[name]
                low, high = sorted((p.minimum[0], p.maximum[0]))
                if not (isinstance(ends, list) and len(ends) == 2 and p.components == 1):
                    self.complain(place, f"'{name}' wants two numbers: at 0 and at 1")
                elif not all(_is_number(v) and low <= v <= high for v in ends):
                    remedy = f"It lies between {low:g} and {high:g}."
                    self.complain(place, f"'{name}' moves over {ends}", remedy)
                else:
                    read.append((name, float(ends[0]), float(ends[1])))
            value = self.number((*path, "value"), 0.0, 1.0, 0.5)
            macros.append(Macro(str(entry.get("name", "")), value, tuple(read)))
        return tuple(macros)

    def read_drifts(self, known: Mapping[str, Parameter]) -> tuple[Drift, ...]:
        drifts = []
        entries = self.table.get("drift", [])
        if not _are_tables(entries):
            self.complain(("drift",), "'drift' must be tables", "Write [[drift]] for each.")
            entries = []
        for index, entry in enumerate(entries):
            path = ("drift", index)
            self.check_keys(path, entry, DRIFT_KEYS, "a drift")
            name = entry.get("parameter")
            if not isinstance(name, str) or name not in known or known[name].components != 1:
                what = f"no parameter '{name}'"
                self.complain((*path, "parameter"), what, suggest(str(name), known))
                continue
            shape = entry.get("shape", "sine")
            if shape not in SHAPES:
                self.complain((*path, "shape"), f"no shape '{shape}'", suggest(str(shape), SHAPES))
            if len(entry.keys() & {"period", "beats", "audio"}) > 1:
                self.complain(path, "a drift has a period or beats or audio, one of them")
            audio = entry.get("audio", "")
            if audio not in ("", *HEARD):
                self.complain((*path, "audio"), f"no '{audio}'", suggest(str(audio), HEARD))
            drifts.append(
                Drift(
                    name,
                    self.number((*path, "amount"), -1e9, 1e9, 0.0),
                    self.number((*path, "period"), 0.05, 86400, 60.0),
                    self.number((*path, "beats"), 0.0, 4096, 0.0),
                    str(shape),
                    str(audio),
                    self.number((*path, "smooth"), 0.0, 60.0, 0.2),
                )
            )
        return tuple(drifts)

    def read_preset(self, model: Model) -> Preset | None:
        name = self.table.get("preset")
        preset = find_preset(model.presets, str(name))
        if name is not None and preset is None:
            what = f"no preset '{name}' of model '{model.id}'"
            self.complain(("preset",), what, suggest(str(name), [p.id for p in model.presets]))
        return preset

    def read_seed(self, model: Model, preset: Preset | None) -> tuple[SeedSpec, int]:
        if preset and preset.seed and not self.sub_table("seed"):
            return preset.seed, preset.grow
        table = dict(self.sub_table("seed")) or dict(model.seed)
        grow = table.pop("grow", 0)
        if isinstance(grow, bool) or not isinstance(grow, int) or not 0 <= grow <= 200_000:
            self.complain(("seed", "grow"), f"'grow' is {grow}", "Steps, 0 to 200000.")
            grow = 0
        try:
            return parse_seed(table, lambda key: self.place(("seed", key)), model.range), grow
        except MorphogenError as error:
            self.complaints += error.complaints
            return parse_seed({"kind": "noise"}, str(self.path)), grow


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return math.isfinite(value)


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
