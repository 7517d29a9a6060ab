"""Writes a JSON Schema for each kind of TOML file into `config/schemas/`: `make schemas`.

In: the facts by which the readers check them. Out: text only. Editors complete and check by these
(Taplo, Even Better TOML); what only a whole library knows, such as whether a source that is named is
there, is for `morphogen check`.
"""

from __future__ import annotations

import json
from pathlib import Path

from schema_scene import write_presets, write_scene
from schema_show import write_show
from schema_words import (
    Schema,
    choice,
    flag,
    named,
    number,
    several,
    table,
    table_of,
    text,
    whole,
)

from engine.assets import find_assets
from engine.desk.control import FULL
from engine.desk.control import KINDS as CONTROLS
from engine.desk.play.binding import MODES, SENDS, TAKEOVERS
from engine.desk.play.binding_file import KEYS as BINDING_KEYS
from engine.desk.play.controllers import DEVICES
from engine.desk.play.controllers import MAP_KEYS as CONTROLLER_KEYS
from engine.desk.play.light_file import KEYS as LIGHT_KEYS
from engine.library import Library, read_library
from engine.show.colours.palette import KEYS as PALETTE_KEYS
from engine.show.colours.palette import KINDS as PALETTE_KINDS
from engine.show.colours.palette import MAX_STOPS
from engine.show.maps.life_map import LETTERS
from engine.show.maps.map_file import KEYS as MAP_KEYS
from engine.show.maps.map_file import MEASURES
from engine.show.memory.slot import LAYER, SHOW, SLOTS

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "config" / "schemas"
DRAFT = "http://json-schema.org/draft-07/schema#"
ADDRESS = text("an OSC address; {n}: the place among the numbers, from 1", "^/")


def main() -> None:
    """Write every schema, and take away those of kinds that are gone."""
    FOLDER.mkdir(exist_ok=True)
    written = write_schemas(read_library(find_assets(ROOT)))
    for path in FOLDER.glob("*.json"):
        if path.name not in written:
            path.unlink()
    for name, schema in written.items():
        (FOLDER / name).write_text(schema, encoding="utf-8")
    print(f"{len(written)} schemas in {FOLDER}")


def write_schemas(library: Library) -> dict[str, str]:
    """The text of each schema by its file's name."""
    schemas = {
        "scene": write_scene(library.catalogue),
        "presets": write_presets(library.catalogue),
        "show": write_show(library),
        "palette": _write_palette(library),
        "controller": _write_controller(),
        "bindings": table({"binding": several(_write_binding({"device": text("its name")}))}),
        "map": _write_map(library),
        "snapshots": _write_snapshots(),
    }
    return {f"{name}.json": _as_text(name, schema) for name, schema in schemas.items()}


def _as_text(name: str, schema: Schema) -> str:
    head = {"$schema": DRAFT, "title": f"Morphogen: {name}"}
    return json.dumps(head | schema, indent=1, ensure_ascii=False) + "\n"


def _write_palette(library: Library) -> Schema:
    groups = {palette.group for palette in library.catalogue.palettes.values()}
    colour = text('"#rrggbb" or "oklch(lightness chroma hue)"', r"^(#|oklch\()")
    stop = {"type": "array", "items": [number(0, 1), colour], "minItems": 2, "maxItems": 2}
    made = {
        "title": text("for people"),
        "about": text("what it is like, in a line"),
        "kind": choice(PALETTE_KINDS, "climbs from black, falls from light to ink, or has no seam"),
        "group": named(groups, "those of a group are listed together"),
        "stops": several(stop, 2, MAX_STOPS, "a place 0..1 and a colour, rising from 0 to 1"),
        "accent": colour,
    }
    return table_of(PALETTE_KEYS, made, ["stops", "title"])


def _write_controller() -> Schema:
    made = {
        "name": text("for people"),
        "match": text("a regular expression, searched in the device's name, any case"),
        "device": choice(DEVICES),
        "touched": ADDRESS,
        "priority": whole(about="of the maps that match, the highest counts"),
        "init": several(text("f0 ... f7"), about="what is sent to it when it has come"),
        "control": several(_write_binding(_write_lights())),
    }
    needs_match = {"if": {"properties": {"device": {"const": "osc"}}, "required": ["device"]}}
    return (
        table_of(CONTROLLER_KEYS, made, ["name"]) | needs_match | {"else": {"required": ["match"]}}
    )


def _write_binding(more: dict[str, Schema]) -> Schema:
    most = max(FULL.values())
    numbers = {"anyOf": [whole(0, most), text(pattern=r"^\d{1,5}-\d{1,5}$")]}
    pair = several(number(), 2, 2)
    made = {
        "kind": choice(CONTROLS, "what moves"),
        "numbers": {
            "anyOf": [*numbers["anyOf"], several(numbers, 1)],
            "description": 'one like 16, a range like "16-23", or a list of them',
        },
        "channel": whole(1, 16, "as printed; without it: any"),
        "path": text("of osc, key, button, axis, audio: which; {n}: the number"),
        "address": ADDRESS,
        "send": choice(SENDS),
        "arguments": several({"type": ["number", "string", "boolean"]}, about="of a press"),
        "hold": ADDRESS,
        "mode": choice(MODES, "or the code of an encoder"),
        "takeover": choice(TAKEOVERS, "how a knob meets the value"),
        "range": pair | {"description": "in units of the address"},
        "curve": _above_nothing("the power of the way"),
        "invert": flag("the other way round"),
        "step": _above_nothing("of the range, a notch of an encoder"),
        "span": pair | {"description": "of an osc control: what comes in for 0 and for 1"},
    }
    return table_of(
        (*BINDING_KEYS, *more),
        {**more, **made},
        ["address", "kind", *(["device"] if "device" in more else [])],
    )


def _write_lights() -> dict[str, Schema]:
    value = {"anyOf": [whole(0, 127), several(whole(0, 127), 1)]}
    made: dict[str, Schema] = dict.fromkeys(("off", "there", "on"), value)
    made["first"] = whole(0, 127, "{index}: place among the numbers from here on")
    made["ring"] = text("hexadecimal bytes: shows where the knob would stand")
    made["lamp"] = text("hexadecimal bytes: shows whether it plays")
    made["colour"] = text("hexadecimal bytes: beside a lamp, the colours of scenes and palettes")
    return {key: made.get(key, {}) for key in sorted(LIGHT_KEYS)}


def _write_snapshots() -> Schema:
    settings = {
        "type": "object",
        "propertyNames": {"pattern": "^/"},
        "additionalProperties": several({"type": ["number", "string", "boolean"]}),
        "description": "an address and its arguments, one a line",
    }
    slot = table({"of": choice((LAYER, SHOW)), "settings": settings}, ["of", "settings"])
    slots = {"type": "object", "additionalProperties": slot}
    slots["propertyNames"] = {"pattern": "^[0-9]{1,3}$"}
    return table({"snapshot": slots | {"description": f"[snapshot.1] to {SLOTS}"}})


def _write_map(library: Library) -> Schema:
    pair = several(number(), 2, 2)
    made: dict[str, Schema] = {
        "model": named(library.catalogue.models),
        "x": text("the parameter from left to right"),
        "y": text("the parameter from bottom to top"),
        "x_range": pair,
        "y_range": pair,
        "life": several(text(pattern=f"^[{LETTERS}]+$"), 1, about=". dead, s still, m moving"),
        "path": several(several(number(0, 1), 2, 2), 2, about="the way through what lives"),
        "size": whole(1),
        "steps": whole(0),
        "seed": whole(),
        "preset": text(),
        **{measure: several(several(number())) for measure in MEASURES},
    }
    return table_of(MAP_KEYS, made, ["life", "model", "path", "x", "x_range", "y", "y_range"])


def _above_nothing(about: str) -> Schema:
    return number(about=about) | {"exclusiveMinimum": 0}


if __name__ == "__main__":
    main()
