"""Scene files: read whole or refused with every mistake at its line."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import MorphogenError
from engine.show.scene import Drift, Pulse, Scene, scene_parameters
from engine.show.scene_file import load_scene
from engine.show.sources.anisotropy import Anisotropy
from engine.show.sources.flow import Flow
from tests.show import make_catalogue

CATALOGUE = make_catalogue()
HEAD = 'title = "Reef"\nmodel = "spots"\nlook = "flat"\npalette = "ember"\n'
MACROS = "".join(
    f'[[macro]]\nname = "Macro {i}"\nmoves = {{ {name} = [{low}, {high}] }}\n'
    for i, (name, low, high) in enumerate(
        (
            ("feed", 0.01, 0.1),
            ("diffuse_u", 0.1, 0.3),
            ("diffuse_v", 0.1, 0.3),
            ("scale", 0.1, 10.0),
            ("speed", 0.0, 2.0),
            ("rain", 0.0, 9.0),
            ("glow", 0.0, 2.0),
            ("exposure", 0.5, 2.0),
        ),
        1,
    )
)


def load(path: Path) -> Scene:
    c = CATALOGUE
    return load_scene(path, c.models, c.looks, c.finish, c.palettes)


def read(folder: Path, text: str, name: str = "reef.toml") -> Scene:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load(path)


def mistakes(folder: Path, text: str, name: str = "reef.toml") -> list[str]:
    with pytest.raises(MorphogenError) as error:
        read(folder, text, name)
    said = [str(complaint) for complaint in error.value.complaints]
    return [line.removeprefix(str(folder / name)) for line in said]


def test_the_shortest_scene_takes_the_models_defaults(tmp_path: Path) -> None:
    scene = read(tmp_path, HEAD + MACROS)
    assert (scene.id, scene.title, scene.rows, scene.border) == ("reef", "Reef", 256, "periodic")
    assert (scene.seed.kind, scene.grow, scene.border_value) == ("noise", 0, (1.0, 0.0))
    assert len(scene.macros) == 8 and scene.macros[0].value == 0.5


def test_a_whole_scene_is_read_whole(tmp_path: Path) -> None:
    text = (
        HEAD
        + """rows = 180
border = "fixed"
border_value = [0.5, 0.25]
[seed]
kind = "spots"
count = 7
grow = 500
[parameters]
tint = [0.1, 0.2, 0.3]
order = "three"
centre = [0.5, 0.25]
[terrain]
blobs = 3
drift = -0.01
feed = 0.01
[life]
frozen = "ignore"
after = 5
[[drift]]
parameter = "feed"
amount = 0.01
beats = 8
shape = "pulse"
"""
        + MACROS
    )
    scene = read(tmp_path, text)
    assert scene.values == {
        "tint": (0.1, 0.2, 0.3, 1.0),
        "order": (2.0,),
        "centre": (0.5, 0.25),
    }
    assert (scene.rows, scene.border, scene.border_value) == (180, "fixed", (0.5, 0.25))
    assert (scene.seed.kind, scene.grow) == ("spots", 500)
    terrain = scene.sources[0]
    assert (terrain.name, terrain.kind, terrain.moves) == ("terrain", "noise", {"feed": 0.01})
    assert terrain.arguments == {"blobs": 3.0, "drift": -0.01}
    assert scene.drifts == (Drift("feed", 0.01, 60.0, 8.0, "pulse"),)
    assert scene.life.answers == {"dead": "reseed", "saturated": "reseed", "frozen": "ignore"}
    assert scene.life.patience("dead") == 5.0
    model, look = CATALOGUE.models["spots"], CATALOGUE.looks["flat"]
    names = [p.name for p in scene_parameters(scene, model, look, CATALOGUE.finish)]
    assert "feed_terrain" in names and len(names) == len(set(names))


def test_sources_masks_anisotropy_and_flow_are_read(tmp_path: Path) -> None:
    text = (
        HEAD
        + """[terrain]
feed = 0.01
[source.lamp]
kind = "gradient"
angle = 30
moves = { feed = 0.02, scale = 3 }
[mask]
kind = "text"
text = "REEF"
blur = 0.02
[anisotropy]
by = "lamp"
follow = "across"
[flow]
[parameters]
mask_amount = 0.5
flow = 0.1
"""
        + MACROS
    )
    scene = read(tmp_path, text)
    assert [(s.name, s.kind) for s in scene.sources] == [
        ("terrain", "noise"),
        ("mask", "text"),
        ("lamp", "gradient"),
    ]
    assert scene.sources[2].moves == {"feed": 0.02, "scale": 3.0}
    assert (scene.anisotropy, scene.flow) == (Anisotropy("lamp", "across"), Flow())
    assert scene.values["flow"] == (0.1,) and scene.values["mask_amount"] == (0.5,)
    model, look = CATALOGUE.models["spots"], CATALOGUE.looks["flat"]
    names = [p.name for p in scene_parameters(scene, model, look, CATALOGUE.finish)]
    assert {"feed_terrain", "feed_lamp", "scale_lamp", "mask_amount"} < set(names)
    assert {"anisotropy", "anisotropy_angle", "flow", "flow_size", "flow_pace"} < set(names)
    assert scene.variation.sources == ("terrain", "mask", "lamp") and scene.variation.mask


def test_every_mistake_is_named_with_its_line_and_a_remedy_all_at_once(tmp_path: Path) -> None:
    text = (
        HEAD.replace("title", "titel")
        + """rows = 5
border = "periodc"
[seed]
kind = "spots"
cuont = 3
grow = -1
[parameters]
fede = 0.03
glow = 99
tint = "red"
order = "four"
[terrain]
blops = 2
kil = 0.1
[life]
daed = "reseed"
frozen = "nugde"
after = 0
[[drift]]
parameter = "fed"
[[drift]]
parameter = "rain"
shape = "sin"
period = 5
beats = 4
ampount = 2
"""
        + MACROS.replace('name = "Macro 2"\n', "nam = 2\n")
        .replace("rain = [0.0, 9.0]", "rian = [0.0, 9.0]")
        .replace("glow = [0.0, 2.0]", "glow = [0.0, 7.0]")
        .replace("exposure = [0.5, 2.0]", "feed = [0.02, 0.03]")
        .replace("speed = [0.0, 2.0]", "")
    )
    said = mistakes(tmp_path, text)
    assert all(re.match(r":\d+: ", line) for line in said)
    lines = text.splitlines()
    for words, on_line, remedy in [
        ("'titel'", "titel", "'title'"),
        ("'rows' is 5", "rows", "between 16 and 4096"),
        ("'periodc'", "border", "'periodic'"),
        ("cuont", "cuont", "'count'"),
        ("'grow' is -1", "grow", "200000"),
        ("'fede'", "fede", "'feed'"),
        ("'glow' is 99", "glow = 99", "between 0 and 2"),
        ("'tint'", "tint", ""),
        ("'four'", "order", ""),
        ("'blops'", "blops", "'blobs'"),
        ("'kil'", "kil", ""),
        ("'daed'", "daed", "'dead'"),
        ("'nugde'", "frozen", "'nudge'"),
        ("'after' is 0", "after", "between 1 and 3600"),
        ("'fed'", 'parameter = "fed"', "'feed'"),
        ("'sin'", "shape", "'sine'"),
        ("a period or beats or audio", "[[drift]]", ""),
        ("'ampount'", "ampount", "'amount'"),
        ("'nam'", "nam =", "'name'"),
        ("macro 2 needs a name", "[[macro]]", ""),
        ("'rian'", "rian", "'rain'"),
        ("'glow' moves over", "glow = [0.0, 7.0]", "between 0 and 2"),
        ("already set by macro 1", "feed = [0.02", "one of them"),
        ("macro 5 moves nothing", "moves = {  }", ""),
    ]:
        found = [line for line in said if words in line]
        assert len(found) == 1, (words, said)
        number = int(found[0].split(":")[1])
        near = (lines[number - 1], lines[number - 2])  # a table is blamed on its head or first key
        assert any(on_line in line for line in near), (found, near)
        assert remedy in found[0]


def test_an_unknown_model_is_suggested(tmp_path: Path) -> None:
    said = mistakes(tmp_path, HEAD.replace("spots", "spot") + MACROS)
    assert said == [":2: no model 'spot'. Did you mean 'spots'?"]


def test_a_scene_has_eight_macros(tmp_path: Path) -> None:
    assert "a scene has 8 macros" in mistakes(tmp_path, HEAD)[0]


def test_a_parameter_is_set_by_one_place_only(tmp_path: Path) -> None:
    said = mistakes(tmp_path, HEAD + "[parameters]\nfeed = 0.03\n" + MACROS)
    assert "'feed' is already set by [parameters]" in said[0]


def test_a_file_name_is_an_id(tmp_path: Path) -> None:
    assert "Use a-z" in mistakes(tmp_path, HEAD + MACROS, "My Reef.toml")[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml",
        "\x00",
        HEAD,
        HEAD.replace('"spots"', '["spots"]') + MACROS,
        HEAD + "macro = 8",
        HEAD + 'macro = ["a", "b", "c", "d", "e", "f", "g", "h"]',
        HEAD + "drift = 3\n" + MACROS,
        HEAD + "drift = [3, [4]]\n" + MACROS,
        HEAD + "seed = 3\n" + MACROS,
        HEAD + "parameters = 3\n" + MACROS,
        HEAD + "terrain = [3]\n" + MACROS,
        HEAD + 'border_value = ["a", "b"]\n' + MACROS,
        HEAD + "border_value = [nan, 0.0]\n" + MACROS,
        HEAD + "border = []\n" + MACROS,
        HEAD + "rows = nan\n" + MACROS,
        HEAD + "rows = true\n" + MACROS,
        HEAD + "[seed]\nkind = []\n" + MACROS,
        HEAD + "[seed]\ngrow = true\n" + MACROS,
        HEAD + "[terrain]\nfeed = nan\n" + MACROS,
        HEAD + "[terrain]\nmirror = []\n" + MACROS,
        HEAD + "source = 3\n" + MACROS,
        HEAD + "[source]\nlamp = 3\n" + MACROS,
        HEAD + "[source.lamp]\nkind = []\n" + MACROS,
        HEAD + "[source.lamp]\nmoves = 3\n" + MACROS,
        HEAD + "[source.lamp]\nmoves = { feed = nan }\n" + MACROS,
        HEAD + "[source.lamp]\nmoves = { mirror = 1 }\n" + MACROS,
        HEAD + "[source.lamp]\nmoves = { speed = 1 }\n" + MACROS,
        HEAD + "[terrain]\nspeed = 1\n" + MACROS,
        HEAD + "[source.Lamp_1]\n" + MACROS,
        HEAD + "mask = 3\n" + MACROS,
        HEAD + "[mask]\nkind = 'text'\n" + MACROS,
        HEAD + "anisotropy = 3\n" + MACROS,
        HEAD + "[anisotropy]\nby = 'lamp'\n" + MACROS,
        HEAD + "[anisotropy]\nfollow = 'me'\n" + MACROS,
        HEAD + "flow = 3\n" + MACROS,
        HEAD + "[flow]\nby = 'lamp'\n" + MACROS,
        HEAD + "[flow]\nlayer = 9\n" + MACROS,
        HEAD + "[terrain]\nfeed = 0.1\n[flow]\nby = 'terrain'\nlayer = 2\n" + MACROS,
        HEAD + "[source.terrain]\n[terrain]\nfeed = 0.1\n" + MACROS,
        HEAD + "".join(f"[source.s{i}]\n" for i in range(5)) + MACROS,
        HEAD + "[[drift]]\nparameter = []\n" + MACROS,
        HEAD + "[[drift]]\nparameter = 'tint'\n" + MACROS,
        HEAD + "[parameters]\nfeed = nan\n" + MACROS,
        HEAD + "[parameters]\nfeed = []\n" + MACROS,
        HEAD + "[parameters]\nfeed = {a = 1}\n" + MACROS,
        HEAD + MACROS.replace("[0.01, 0.1]", "[nan, 0.1]"),
        HEAD + MACROS.replace("[0.01, 0.1]", "[true, 0.1]"),
        HEAD + MACROS.replace("{ feed = [0.01, 0.1] }", "3"),
        HEAD + MACROS.replace("[0.01, 0.1]", "[[1], 2]"),
    ],
)
def test_a_scene_of_any_other_shape_is_a_mistake_never_a_crash(tmp_path: Path, text: str) -> None:
    assert mistakes(tmp_path, text)


KEYS = st.sampled_from(
    "title model look palette rows border border_value seed parameters terrain source macro drift kind "
    "mask anisotropy flow life dead after by layer count grow feed glow tint blobs name value moves "
    "parameter amount period beats shape".split()
)
ATOMS = st.sampled_from(
    ['"spots"', '"flat"', '"ember"', '"x"', "1", "-3", "0.5", "nan", "inf", "true", "1979-05-27"]
)
VALUES = st.recursive(
    ATOMS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]")
        | st.dictionaries(KEYS, inner, max_size=2).map(
            lambda table: "{" + ", ".join(f"{k} = {v}" for k, v in table.items()) + "}"
        )
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=8), st.booleans())
def test_any_toml_is_a_scene_or_mistakes(
    tmp_path_factory: pytest.TempPathFactory, table: dict[str, str], sound: bool
) -> None:
    start = {"model": '"spots"', "look": '"flat"', "palette": '"ember"'} if sound else {}
    text = "".join(f"{key} = {value}\n" for key, value in {**table, **start}.items())
    if sound and "macro" not in table:
        text += MACROS
    path = tmp_path_factory.mktemp("scene") / "any.toml"
    path.write_text(text, encoding="utf-8")
    try:
        assert load(path).id == "any"
    except MorphogenError as error:
        assert all(str(path) in complaint.where for complaint in error.complaints)


def test_a_border_in_which_the_model_cannot_live_is_a_mistake(tmp_path: Path) -> None:
    spots = replace(CATALOGUE.models["spots"], borders=("periodic", "no-flux"))
    path = tmp_path / "reef.toml"
    path.write_text(HEAD + 'border = "fixed"\n' + MACROS, encoding="utf-8")
    c = CATALOGUE
    with pytest.raises(MorphogenError) as error:
        load_scene(path, {"spots": spots}, c.looks, c.finish, c.palettes)
    assert [str(complaint) for complaint in error.value.complaints] == [
        f"{path}:5: model 'spots' cannot live in a fixed border. It can in these: periodic, no-flux."
    ]


def test_a_scene_says_what_falls_on_the_beat_and_what_waits_for_it(tmp_path: Path) -> None:
    scene = read(tmp_path, HEAD + 'quantise = "bar"\n[pulse]\nevery = 0.5\n' + MACROS)
    assert (scene.quantise, scene.pulse) == ("bar", Pulse(every=0.5))
    scene = read(tmp_path, HEAD + "quantise = 2\n[pulse]\nsize = 0.1\n" + MACROS)
    assert (scene.quantise, scene.pulse) == (2.0, Pulse(every=1.0, size=0.1))


def test_a_beat_that_is_none_is_a_mistake(tmp_path: Path) -> None:
    text = HEAD + 'quantise = "whole"\n[pulse]\nevry = 0.5\nsize = 7\n' + MACROS
    said = " ".join(mistakes(tmp_path, text))
    assert "no quantise 'whole'" in said
    assert "Did you mean 'every'?" in said
    assert "'size' is 7" in said
