"""The schema of a scene and of a model's presets, from the facts by which their readers check them."""

from __future__ import annotations

from schema_words import (
    Schema,
    choice,
    flag,
    keyed,
    kinds,
    named,
    number,
    several,
    table,
    table_of,
    text,
    whole,
)

from engine.show.beat.pulse_file import PULSE_RANGES
from engine.show.beat.quantise import LONGEST, WORDS
from engine.show.catalogue import BORDERS, Catalogue
from engine.show.effects.entrance_file import WORDS as ENTRANCES
from engine.show.effects.scene_effects import KEYS as EFFECT_KEYS
from engine.show.effects.scene_effects import MOST as MOST_EFFECTS
from engine.show.effects.scene_effects import NAME as EFFECT_NAME
from engine.show.life.life import ANSWERS, CONDITIONS
from engine.show.life.life_file import LEAST, SECONDS
from engine.show.life.life_file import MOST as MOST_SECONDS
from engine.show.macro_file import MACRO_KEYS
from engine.show.modulation.drift_file import DRIFT_KEYS
from engine.show.modulation.hearing import HEARD
from engine.show.modulation.modulator import (
    CURVES,
    KINDS,
    MOST_MODULATORS,
    MOST_ROUTES,
    OWN,
    POLARITIES,
    RATE_KEYS,
    STRIKES,
)
from engine.show.modulation.modulator import SHAPES as WAVES
from engine.show.modulation.modulator_file import MOST_STEPS
from engine.show.modulation.modulator_file import NAME as MODULATOR_NAME
from engine.show.modulation.route_file import ROUTE_KEYS
from engine.show.presets.preset import STATES
from engine.show.presets.preset_file import KEYS as PRESET_KEYS
from engine.show.presets.preset_file import LONGEST_GROWTH, TEXTS
from engine.show.scene import MACROS, SHAPES
from engine.show.scene_file import FIELD_KEYS, KEYS
from engine.show.seeds.seed import ARGUMENTS
from engine.show.sources.anisotropy import FOLLOW
from engine.show.sources.source import KINDS as SOURCE_KINDS
from engine.show.sources.source import MOST as MOST_SOURCES
from engine.show.sources.source import NAME as SOURCE_NAME

PARAMETERS = "parameters"
VALUE: Schema = {"type": ["number", "boolean", "string", "array"]}
AMOUNT = number(about="how far, in the parameter's own units")
QUANTISE: Schema = {
    "anyOf": [choice(WORDS), number(0, LONGEST)],
    "description": "what changes wait for: off, beat, bar, or a number of beats",
}


def write_scene(catalogue: Catalogue) -> Schema:
    """A scene: of a model and a look, or of a generator."""
    made: dict[str, Schema] = {
        "title": text("for people"),
        "about": text("what it is like, in a line"),
        "model": named(catalogue.models, "what grows: morphogen list models"),
        "look": named(catalogue.looks, "how it is seen: morphogen list looks"),
        "generator": named(
            catalogue.generators, "an ISF file that draws, in place of model and look"
        ),
        "palette": named(catalogue.palettes, "in which colours: morphogen list palettes"),
        "preset": text("of the model: its values and its seed, beneath the scene's own"),
        "enter": _write_entrance(catalogue),
        "rows": whole(16, 4096, "cells from bottom to top"),
        "border": choice(BORDERS, "what is beyond the edge"),
        "border_value": several(number(), 1, 4, "of a fixed border, a number for each channel"),
        "seed": write_seed("how it begins"),
        "parameters": keyed(VALUE, "values that stay, in their own units", PARAMETERS),
        "moved": keyed(
            VALUE,
            "values of what macros move, where hands had moved it when it was saved",
            PARAMETERS,
        ),
        "terrain": keyed(
            number(),
            "a slow map over the picture: blobs, drift, and how far parameters of the model vary",
            PARAMETERS,
        ),
        "source": keyed(
            _write_source(), "pictures that drive parameters, cell by cell: [source.lamp]"
        )
        | {"propertyNames": {"pattern": f"^{SOURCE_NAME.pattern}$"}, "maxProperties": MOST_SOURCES},
        "mask": _write_source() | {"description": "the field grows inside it only"},
        "anisotropy": table(
            {"by": text("a source"), "follow": choice(FOLLOW)}, about="patterns that lean"
        ),
        "flow": table(
            {"by": text("a source"), "layer": whole(0, 4, "whose field is the velocity")},
            about="patterns that are carried; empty: by eddies",
        ),
        "quantise": QUANTISE,
        "pulse": table(
            {key: number(low, high) for key, (low, high, _) in PULSE_RANGES.items()},
            about="splats on the beat",
        ),
        "effect": several(_write_effect(catalogue), most=MOST_EFFECTS, about="laid on its picture"),
        "life": table(
            {
                **{key: choice(ANSWERS, f"when the field is {key}") for key in CONDITIONS},
                **{key: number(LEAST, MOST_SECONDS, "seconds") for key in SECONDS},
            },
            about="what is done about a field that does not live",
        ),
        "macro": several(_write_macro(), most=MACROS, about="what the eight knobs do"),
        "drift": several(_write_drift(catalogue), about="what never stands still"),
        "modulator": several(
            _write_modulator(), most=MOST_MODULATORS, about="what moves by itself"
        ),
        "route": several(_write_route(), most=MOST_ROUTES, about="from a modulator to a parameter"),
    }
    return table_of(KEYS, made, ["palette"]) | {
        "if": {"required": ["generator"]},
        "then": {"not": {"anyOf": [{"required": [key]} for key in sorted(FIELD_KEYS)]}},
        "else": {
            "required": ["model", "look", "macro"],
            "properties": {"macro": {"minItems": MACROS}},
        },
        **_define(catalogue),
    }


def write_presets(catalogue: Catalogue) -> Schema:
    """The presets of a model, in the file beside it."""
    made: dict[str, Schema] = {
        "name": text("what /preset/go is given", "^[a-z0-9_-]{1,64}$"),
        "title": text("what it does, in words", r"\S"),
        "source": text("where its numbers stand", r"\S"),
        "values": keyed(VALUE, "of the model's parameters", PARAMETERS) | {"minProperties": 1},
        "seed": write_seed("from which it does what its title says"),
        "begins": flag("nothing that lives elsewhere glides there: begin anew"),
        "state": choice(STATES, "what a test holds it to"),
    }
    one = table_of(PRESET_KEYS, made, sorted((*TEXTS, "values")))
    return table({"preset": several(one)}) | _define(catalogue)


def write_seed(about: str) -> Schema:
    grow = {"grow": whole(0, LONGEST_GROWTH, "steps run before the first picture")}
    also = kinds(ARGUMENTS, "noise", "a second seed, laid over the first")
    return kinds(ARGUMENTS, "noise", about, {**grow, "also": also})


def _write_source() -> Schema:
    moves = {"moves": keyed(AMOUNT, "how far, for each parameter of the model")}
    return kinds(SOURCE_KINDS, "noise", more=moves)


def _write_entrance(catalogue: Catalogue) -> Schema:
    ways = named((*ENTRANCES, *catalogue.transitions))
    with_values = keyed(VALUE) | {"properties": {"by": ways}, "required": ["by"]}
    return {"anyOf": [*ways["anyOf"], {"const": ""}, with_values], "description": "how it comes"}


def _write_effect(catalogue: Catalogue) -> Schema:
    made = {
        "id": named(catalogue.effects, "morphogen list effects"),
        "name": text("where an effect comes twice; else its id", f"^{EFFECT_NAME.pattern}$"),
        "mix": number(0, 1, "of it in the picture"),
        "parameters": keyed(VALUE, "the effect's own"),
    }
    return table_of(EFFECT_KEYS, made, ["id"])


def _write_macro() -> Schema:
    ends = several(number(), 2, 2)
    made = {
        "name": text("what the knob is called"),
        "value": number(0, 1, "where it stands at first"),
        "moves": keyed(ends, "from where to where each parameter goes", PARAMETERS)
        | {"minProperties": 1},
    }
    return table_of(MACRO_KEYS, made, ["moves", "name"])


def _write_drift(catalogue: Catalogue) -> Schema:
    made = {
        "parameter": named(_name_parameters(catalogue), "which"),
        "amount": AMOUNT,
        "period": number(0.05, 86400, "seconds there and back"),
        "beats": number(0, 4096, "by the clock instead"),
        "shape": choice(SHAPES),
        "audio": choice(("", *HEARD), "with the music instead"),
        "smooth": number(0, 60, "seconds"),
    }
    return table_of(DRIFT_KEYS, made, ["parameter"])


def _write_modulator() -> Schema:
    how = {
        "amount": AMOUNT,
        "curve": choice(CURVES),
        "polarity": choice(POLARITIES),
    }
    target = {"anyOf": [number(), table(how, ["amount"])]}
    everything: dict[str, Schema] = {
        "name": text("its parameters begin with it", f"^{MODULATOR_NAME.pattern}$"),
        "kind": choice(KINDS, "; ".join(f"{name}: {kind.about}" for name, kind in KINDS.items())),
        "to": keyed(target, "what it moves, and how far"),
        **{key: number(about="how fast: one of rate, period, beats, bars") for key in RATE_KEYS},
        "of": text("what it listens to"),
        "on": choice(STRIKES, "what begins it anew"),
        "every": number(1 / 32, 1024, "beats"),
        "once": flag(),
        "steps": several(number(-1, 1), 1, MOST_STEPS),
        "formula": text(),
        "shape": choice(WAVES),
        "bypass": flag(),
    }
    for key, p in OWN.items():
        if key not in everything:
            everything[key] = number(p.minimum[0], p.maximum[0])
    made = table(everything, ["name"])
    made["allOf"] = []
    for name, kind in KINDS.items():
        own = [key for key in kind.own if key != "rate"]
        keys = ["name", "kind", "to", *(RATE_KEYS if "rate" in kind.own else ()), *own]
        asked: Schema = {"properties": {"kind": {"const": name}}}
        if name != "lfo":
            asked["required"] = ["kind"]
        then: Schema = {"propertyNames": {"enum": [*keys, *kind.wants, *kind.may]}}
        if kind.wants:
            then["required"] = list(kind.wants)
        made["allOf"].append({"if": asked, "then": then})
    return made


def _write_route() -> Schema:
    made = {
        "from": text("a modulator"),
        "to": text("a parameter"),
        "amount": AMOUNT,
        "curve": choice(CURVES),
        "polarity": choice(POLARITIES),
    }
    return table_of(ROUTE_KEYS, made, ["amount", "from", "to"])


def _define(catalogue: Catalogue) -> Schema:
    """What is offered where parameters are named, written once."""
    return {"definitions": {PARAMETERS: {"properties": _name_parameters(catalogue)}}}


def _name_parameters(catalogue: Catalogue) -> dict[str, Schema]:
    """Those of every model and look, and of the finish."""
    shaders = (*catalogue.models.values(), *catalogue.looks.values())
    found = (*(p for shader in shaders for p in shader.parameters), *catalogue.finish)
    labels = {p.name: p.label for p in found}
    return {n: {"description": labels[n]} if labels[n] else {} for n in sorted(labels)}
