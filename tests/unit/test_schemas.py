"""The schemas that editors check by: fresh, true of every file that ships, and not of typical mistakes."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from engine.assets import find_assets
from engine.library import read_library
from engine.show.memory.slot import make_slot
from engine.show.memory.slot_file import write_slots

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "config" / "schemas"
FILES = {
    "scene": ("scenes/*.toml", "config/templates/scene.toml"),
    "show": ("config/shows/*.toml", "config/templates/show.toml"),
    "palette": ("config/palettes/*.toml", "config/templates/palette.toml"),
    "controller": ("config/controllers/*.toml", "config/templates/controller.toml"),
    "map": ("config/maps/*.toml",),
    "presets": ("shaders/models/*.presets.toml",),
}

SCENE = """
model = "gray_scott"
look = "flat"
palette = "ember"
{0}
[seed]
kind = "spots"
count = 3
{1}
""" + "".join(f'[[macro]]\nname = "{n}"\nmoves = {{{{ feed = [0.01, 0.05] }}}}\n' for n in range(8))
SHOW = '{0}\n[[scene]]\nid = "coral"\n{1}\n'
PALETTE = 'title = "T"\n{0}\nstops = [[0.0, "#000000"], {1}]\n'
CONTROL = 'name = "Box"\nmatch = "Box"\n{0}\n[[control]]\nkind = "cc"\naddress = "/macro/1"\n{1}\n'
PRESET = '[[preset]]\nname = "a"\ntitle = "A"\nsource = "S"\nvalues = {{ feed = 0.1 }}\n{0}\n{1}\n'
GOOD = {
    "scene": (SCENE, "rows = 64", "grow = 10"),
    "show": (SHOW, "fade = 2", "bars = 4"),
    "palette": (PALETTE, 'kind = "paper"', '[1.0, "oklch(0.9 0 0)"]'),
    "controller": (CONTROL, "priority = 1", 'numbers = ["1-4", 9]'),
    "presets": (PRESET, 'state = "alive"', 'seed = { kind = "noise", grow = 5 }'),
}


@pytest.fixture(scope="module")
def schemas() -> dict[str, Draft7Validator]:
    found = {}
    for path in FOLDER.glob("*.json"):
        schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        Draft7Validator.check_schema(schema)
        found[path.stem] = Draft7Validator(schema)
    return found


def without_names(schema: Any) -> Any:
    """The schema without the ids and parameters that it only offers: a new scene makes no schema stale."""
    if isinstance(schema, list):
        offered = [part for part in schema if isinstance(part, dict) and part.keys() == {"enum"}]
        return [without_names(part) for part in schema if part not in offered]
    if not isinstance(schema, dict):
        return schema
    return {key: without_names(part) for key, part in schema.items() if key != "definitions"}


def test_the_schemas_are_as_the_readers_would_have_them_written() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    from schemas import write_schemas

    texts = write_schemas(read_library(find_assets(ROOT)))
    written = {name: without_names(json.loads(text)) for name, text in texts.items()}
    kept = {
        path.name: without_names(json.loads(path.read_text(encoding="utf-8")))
        for path in FOLDER.glob("*.json")
    }
    stale = sorted(name for name in written.keys() | kept if kept.get(name) != written.get(name))
    assert not stale, f"make schemas: {', '.join(stale)}"


@pytest.mark.parametrize("name", FILES)
def test_every_file_that_ships_is_sound(schemas: dict[str, Draft7Validator], name: str) -> None:
    paths = [path for pattern in FILES[name] for path in ROOT.glob(pattern)]
    assert paths
    wrong = {
        f"{path.name}: {list(error.absolute_path)} {error.message[:200]}"
        for path in paths
        for error in schemas[name].iter_errors(tomllib.loads(path.read_text(encoding="utf-8")))
    }
    assert not wrong


@pytest.mark.parametrize("name", GOOD)
def test_the_examples_of_this_test_are_sound(
    schemas: dict[str, Draft7Validator], name: str
) -> None:
    form, first, second = GOOD[name]
    assert schemas[name].is_valid(tomllib.loads(form.format(first, second)))


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("scene", "rwos = 64", ""),  # a key that is misspelt
        ("scene", 'rows = "64"', ""),  # a text for a number
        ("scene", "rows = 4", ""),  # out of range
        ("scene", "rows = 64.5", ""),
        ("scene", 'border = "periodc"', ""),
        ("scene", "enter = 3", ""),
        ("scene", 'quantise = "bars"', ""),
        ("scene", "terrain = 3", ""),
        ("scene", "", "cuont = 3"),  # a key of another kind of seed, or of none
        ("scene", "", "turn = 0.5"),
        ("scene", "", "radius = 9.0"),
        ("scene", "", "invert = 1"),
        ("scene", "", "[parameters]\nfeed = {}"),
        ("scene", "", '[life]\ndead = "reborn"'),
        ("scene", "", "[life]\nafter = 0"),
        ("scene", "", "[pulse]\nevrey = 1"),
        ("scene", "", '[source.a-b]\nkind = "noise"'),
        ("scene", "", '[source.lamp]\nkind = "video"'),  # without its file
        ("scene", "", '[source.lamp]\nkind = "video"\nfile = "lamp.txt"'),
        ("scene", "", '[flow]\nlayer = 7'),
        ("scene", "", '[[drift]]\nparametr = "feed"'),
        ("scene", "", '[[drift]]\nparameter = "feed"\naudio = "bas"'),
        ("scene", "", '[[effect]]\nmix = 0.5'),
        ("scene", "", '[[effect]]\nid = "bloom"\nmix = 2'),
        ("scene", "", '[[modulator]]\nname = "a"\nkind = "lof"'),
        ("scene", "", '[[modulator]]\nname = "a"\nkind = "noise"\nshape = "sine"'),
        ("scene", "", '[[modulator]]\nname = "a"\nkind = "steps"'),
        ("scene", "", '[[route]]\nfrom = "a"\nto = "feed"'),
        ("scene", "", '[[macro]]\nname = "ninth"\nmoves = { kill = [0, 1] }'),
        ("show", "fdae = 2", ""),
        ("show", "fade = -1", ""),
        ("show", "", "secnods = 3"),
        ("show", "", "bars = 4\nseconds = 9"),
        ("show", "", "[[scene]]\nseconds = 9"),
        ("palette", 'kind = "papre"', '[1.0, "#ffffff"]'),
        ("palette", "", '[1.5, "#ffffff"]'),
        ("palette", "", '[1.0, "white"]'),
        ("palette", "", '[1.0]'),
        ("palette", "stop = 3", '[1.0, "#ffffff"]'),
        ("controller", 'device = "osk"', ""),
        ("controller", "priority = 0.5", ""),
        ("controller", "", 'adress = "/macro/1"'),
        ("controller", "", 'numbers = "1 to 4"'),
        ("controller", "", "channel = 17"),
        ("controller", "", 'takeover = "pick"'),
        ("controller", "", "range = [0, 1, 2]"),
        ("controller", "", "curve = 0"),
        ("controller", "", "there = 128"),
        ("presets", 'state = "alvie"', ""),
        ("presets", "value = 3", ""),
        ("presets", "", 'seed = { kind = "sopts" }'),
        ("presets", "", 'begins = "yes"'),
    ],
)  # fmt: skip
def test_typical_mistakes_are_seen(
    schemas: dict[str, Draft7Validator], name: str, first: str, second: str
) -> None:
    table = tomllib.loads(GOOD[name][0].format(first, second))
    assert not schemas[name].is_valid(table)


def test_a_scene_needs_a_model_or_a_generator(schemas: dict[str, Draft7Validator]) -> None:
    scene = schemas["scene"]
    assert scene.is_valid(tomllib.loads('generator = "life"\npalette = "ember"\n'))
    assert not scene.is_valid(tomllib.loads('palette = "ember"\n'))
    text = 'generator = "life"\npalette = "ember"\nmodel = "heat"\n'
    assert not scene.is_valid(tomllib.loads(text))


def test_the_editors_table_names_schemas_and_files_that_are_there() -> None:
    rules = tomllib.loads((ROOT / ".taplo.toml").read_text(encoding="utf-8"))["rule"]
    for rule in rules:
        assert (ROOT / rule["schema"]["path"]).is_file()
        assert all(list(ROOT.glob(pattern)) for pattern in rule["include"])
    assert {path.stem for path in FOLDER.glob("*.json")} >= set(FILES)


def test_snapshots_as_they_are_kept_are_sound(schemas: dict[str, Draft7Validator]) -> None:
    slot = make_slot("layer", {"/scene/go": ["coral"], "/param/feed": [0.037]})
    assert schemas["snapshots"].is_valid(tomllib.loads(write_slots({3: slot})))
    assert not schemas["snapshots"].is_valid(tomllib.loads('[snapshot.3]\nof = "layr"\n'))


def test_every_template_names_its_schema_from_where_it_will_lie() -> None:
    for kind, folder in (("scene", "scenes"), ("show", "config/shows")):
        text = (ROOT / "config" / "templates" / f"{kind}.toml").read_text(encoding="utf-8")
        directive = text.splitlines()[0]
        assert directive.startswith("#:schema ")
        path = (ROOT / folder / directive.removeprefix("#:schema ")).resolve()
        assert path == FOLDER / f"{kind}.json"
