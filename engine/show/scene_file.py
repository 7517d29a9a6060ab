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

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.errors import Complaint, MorphogenError
from engine.show.beat.pulse_file import read_pulse
from engine.show.beat.quantise import UNITS, is_unit
from engine.show.beginning_file import read_border, read_preset, read_seed
from engine.show.catalogue import Effect, Look, Model
from engine.show.effects.entrance_file import read_entrance
from engine.show.effects.scene_effects import effect_parameters, read_effects
from engine.show.generator import ROWS, STILL, generator_look, generator_macros
from engine.show.life.life_file import read_life
from engine.show.macro_file import read_macros
from engine.show.modulation.drift_file import read_drifts
from engine.show.modulation.modulation_file import check_ring, read_modulation
from engine.show.modulation.modulator import modulation_parameters
from engine.show.parameter import Parameter
from engine.show.scene import MACROS, Scene, added_parameters
from engine.show.sources.source_file import read_anisotropy, read_flow, read_sources
from engine.show.table_reader import TableReader
from engine.show.values_file import read_moved, read_values
from engine.toml_lines import read_toml

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
    reader = TableReader(path, table, text)
    if not ID.fullmatch(reader.path.stem):
        reader.complaints.append(
            Complaint(str(reader.path), "a scene's file name is its id", "Use a-z, 0-9, _ and -.")
        )
    reader.check_keys((), table, KEYS, "a scene")
    generator = generators.get(_read_generator(reader, generators))
    model, look = _choose_model_and_look(reader, models, looks, finish, generator)
    reader.choice("palette", palettes)
    if model is None or look is None:
        raise MorphogenError(*reader.complaints)
    own = {parameter.name: parameter for parameter in model.parameters}
    known = {**own, **{p.name: p for p in (*look.parameters, *finish)}}
    sources, wrong = read_sources(table, model, known, reader.place)
    reader.complaints += wrong
    anisotropy, wrong = read_anisotropy(table, sources, reader.place)
    reader.complaints += wrong
    if anisotropy and (model.passes or model.agents):
        kind = "a rule" if model.passes else "of agents"
        what = f"model '{model.id}' is {kind}: it has no diffusion of the step's to turn"
        reader.complain(("anisotropy",), what, "Take [anisotropy] out.")
    flow, wrong = read_flow(table, sources, reader.place)
    reader.complaints += wrong
    known |= {p.name: p for p in added_parameters(sources, anisotropy, flow, own)}
    laid_on, wrong = read_effects(table, effects, reader.place)
    reader.complaints += wrong
    known |= {p.name: p for p in effect_parameters(laid_on)}
    enter, entrance, wrong = read_entrance(table, "enter", transitions, reader.place)
    reader.complaints += wrong
    modulators, routes, odd = read_modulation(table, known, reader.place)
    reader.complaints += odd
    added = modulation_parameters(modulators, routes, tuple(known.values()))
    known |= {p.name: p for p in added}
    life, ill = read_life(table, reader.place)
    reader.complaints += ill
    values = read_values(reader, known, f"model '{model.id}', look '{look.id}' or the finish")
    macros = read_macros(reader, known, values, fewest=0 if generator else MACROS)
    if generator:
        macros = generator_macros(look, macros, values)
    moves = [[name for name, _, _ in macro.moves] for macro in macros]
    reader.complaints += check_ring(modulators, routes, moves, reader.place)
    preset = read_preset(reader, model)
    seed, grow = read_seed(reader, model, preset)
    border, border_value = read_border(reader, model)
    scene = Scene(
        id=reader.path.stem,
        title=str(table.get("title", reader.path.stem)),
        about=str(table.get("about", "")),
        model=model.id,
        look=look.id,
        palette=str(table.get("palette", "")),
        rows=int(reader.number(("rows",), 16, 4096, ROWS if generator else 256)),
        border=border,
        border_value=border_value,
        seed=seed,
        grow=grow,
        values={**preset.values, **values} if preset else values,
        sources=sources,
        macros=macros,
        drifts=read_drifts(reader, known),
        preset=preset.id if preset else "",
        enter=enter,
        entrance=entrance,
        effects=laid_on,
        anisotropy=anisotropy,
        flow=flow,
        life=life,
        quantise=_read_quantise(reader),
        pulse=read_pulse(reader),
        modulators=modulators,
        routes=routes,
        generator=generator,
        moved=read_moved(reader, known, macros),
        table=table,
    )
    if reader.complaints:
        raise MorphogenError(*reader.complaints)
    return scene


def _choose_model_and_look(
    reader: TableReader,
    models: Mapping[str, Model],
    looks: Mapping[str, Look],
    finish: tuple[Parameter, ...],
    generator: Effect | None,
) -> tuple[Model | None, Look | None]:
    """Those that are named, or what stands in their place when a generator draws the scene."""
    if "generator" in reader.table:
        return STILL, generator_look(generator, finish) if generator else None
    model = models.get(reader.choice("model", models) or "")
    return model, looks.get(reader.choice("look", looks) or "")


def _read_generator(reader: TableReader, generators: Mapping[str, Effect]) -> str:
    """The id of the one that draws the scene; then it has no field for anything to happen in."""
    if "generator" not in reader.table:
        return ""
    for key in sorted(FIELD_KEYS & reader.table.keys()):
        what = f"a generator has no field: '{key}' does nothing in its scene"
        reader.complain((key,), what, "Take it out.")
    return reader.choice("generator", generators) or ""


def _read_quantise(reader: TableReader) -> str | float:
    unit: Any = reader.table.get("quantise", "")
    if unit == "" or is_unit(unit):
        return unit if isinstance(unit, str) else float(unit)
    reader.complain(("quantise",), f"no quantise '{unit}'", UNITS)
    return ""
