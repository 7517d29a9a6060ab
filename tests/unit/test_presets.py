"""Presets: read from beside the model, named by scenes, played while a scene runs, kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.assets import Assets, find_assets
from engine.commands.check_assets import check_assets
from engine.library import read_library
from engine.message import Message
from engine.show.catalogue import Catalogue
from engine.show.director import Director
from engine.show.frame import VoiceFrame
from engine.show.memory.restore import restore
from engine.show.memory.state import describe
from engine.show.presets.preset import Preset
from engine.show.presets.preset_file import load_presets
from engine.show.scene_file import load_scene
from engine.show.seeds.seed_file import parse_seed
from engine.stage.last_good import keep_last_good
from tests.assets import copy_assets
from tests.show import make_catalogue, make_model, make_scene, run, send, voice_of

SPOTS = parse_seed({"kind": "spots", "count": 3}, "here")
PRESETS = (
    Preset("dividing", "Cells divide", "a paper", {"feed": (0.0625,), "diffuse_u": (0.25,)}),
    Preset("spirals", "Spirals", "a paper", {"feed": (0.03125,)}, seed=SPOTS, grow=40, begins=True),
    Preset("worms", "Worms", "a paper", {"feed": (0.09375,)}),
)
GOOD = """[[preset]]
name = "dividing"
title = "Cells that divide"
source = "A paper, doi:1"
values = { feed = 0.0367 }
seed = { kind = "spots", count = 6, grow = 1500 }
state = "alive"
"""


def catalogue(**scene: object) -> Catalogue:
    made = make_catalogue(make_scene("alpha", **scene), make_scene("beta"))
    model = replace(make_model(), presets=PRESETS)
    return replace(made, models={**made.models, "spots": model})


def director(**scene: object) -> Director:
    made = Director(catalogue(**scene), "alpha")
    made.advance(0)
    return made


def read(folder: Path, text: str) -> tuple[tuple[Preset, ...], list[str]]:
    path = folder / "spots.presets.toml"
    path.write_text(text, encoding="utf-8")
    presets, complaints = load_presets(path, make_model())
    return presets, [str(complaint).removeprefix(str(path)) for complaint in complaints]


def test_a_preset_has_all_that_its_file_says(tmp_path: Path) -> None:
    (preset,), wrong = read(tmp_path, GOOD)
    assert not wrong
    assert (preset.id, preset.title, preset.source, preset.state) == (
        "dividing",
        "Cells that divide",
        "A paper, doi:1",
        "alive",
    )
    assert preset.values == {"feed": (0.0367,)}
    assert preset.seed is not None and preset.seed.arguments["count"] == 6
    assert (preset.grow, preset.begins) == (1500, False)


def test_a_model_without_such_a_file_has_no_presets(tmp_path: Path) -> None:
    assert load_presets(tmp_path / "spots.presets.toml", make_model()) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("feed =", "fede =", 5, "no parameter 'fede' in model 'spots'. Did you mean 'feed'?"),
        ("0.0367", "3", 5, "'feed' is 3. It lies in 0 to 0.12."),
        ("0.0367", '"x"', 5, "'feed': not a number"),
        ("count", "cuont", 6, "unknown key 'cuont'"),
        ('"spots"', '"dots"', 6, "unknown kind of seed 'dots'"),
        ("1500", "-3", 6, "'grow' is -3"),
        ("title =", "titel =", 3, "unknown key 'titel' in a preset. Did you mean 'title'?"),
        ('source = "A paper, doi:1"', "", 1, "a preset needs a source"),
        ('"dividing"', '"Di viding"', 2, "'Di viding' is no name"),
        ('"alive"', '"alife"', 7, "no state 'alife'. Did you mean 'alive'?"),
        ('state = "alive"', "begins = 1", 7, "'begins' is 1, not true or false"),
        ("[[preset]]", "[[prest]]", 1, "unknown key 'prest' in a file of presets"),
        ("[[preset]]", "[[preset]", 1, "not TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_the_others_stay(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    assert old in GOOD
    presets, wrong = read(tmp_path, GOOD.replace(old, new, 1))
    assert not presets
    assert any(one.startswith(f":{line}:") and said in one for one in wrong), wrong
    if "preset" not in old:
        text = GOOD.replace(old, new, 1) + GOOD.replace("dividing", "other")
        presets, _ = read(tmp_path, text)
        assert [preset.id for preset in presets] == ["other"]


def test_two_presets_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    presets, wrong = read(tmp_path, GOOD + GOOD)
    assert len(presets) == 1 and wrong == [":9: there are two presets 'dividing'"]


def write_scene(folder: Path, text: str) -> Path:
    macros = "".join(
        f'[[macro]]\nname = "{i}"\nmoves = {{ {name} = [0.3, 0.4] }}\n'
        for i, name in enumerate(
            "scale turn exposure glow rain palette_contrast palette_shift speed".split()
        )
    )
    path = folder / "mine.toml"
    path.write_text(f'model = "spots"\nlook = "flat"\npalette = "ember"\n{text}{macros}')
    return path


def test_a_scene_takes_values_and_seed_of_its_preset_and_may_say_otherwise(tmp_path: Path) -> None:
    made = catalogue()
    what = (made.models, made.looks, made.finish, made.palettes)
    scene = load_scene(write_scene(tmp_path, 'preset = "spirals"\n'), *what)
    assert (scene.values, scene.seed, scene.grow, scene.preset) == (
        {"feed": (0.03125,)},
        SPOTS,
        40,
        "spirals",
    )
    text = 'preset = "dividing"\n[seed]\nkind = "rings"\n[parameters]\nfeed = 0.05\n'
    scene = load_scene(write_scene(tmp_path, text), *what)
    assert scene.values == {"feed": (0.05,), "diffuse_u": (0.25,)}
    assert scene.seed.kind == "rings"


def test_a_scene_that_names_no_such_preset_is_told_which_there_are(tmp_path: Path) -> None:
    made = catalogue()
    path = write_scene(tmp_path, 'preset = "worm"\n')
    with pytest.raises(Exception, match=r"mine.toml:4: no preset 'worm' of model 'spots'.*'worms'"):
        load_scene(path, made.models, made.looks, made.finish, made.palettes)


def played(frame: VoiceFrame, name: str) -> float:
    value = frame.values[name]
    assert isinstance(value, float)
    return value


def test_a_preset_is_glided_to_and_the_field_goes_on() -> None:
    playing = director()
    key = voice_of(playing.advance(0)).key
    assert send(playing, "/preset/go", "dividing", 4.0) == 0
    early = voice_of(run(playing, 0.5))
    assert 0.041 < played(early, "feed") < 0.06
    late = voice_of(run(playing, 5.0))
    assert played(late, "feed") == pytest.approx(0.0625, abs=1e-3)
    assert (late.key, late.scene.seed) == (key, make_scene("alpha").seed)


def test_a_preset_that_begins_grows_from_its_own_seed_once_with_all_else_as_played() -> None:
    playing = director()
    send(playing, "/param/scale", 3.0)
    send(playing, "/palette/go", "moss", 0.0)
    before = voice_of(run(playing, 1.0))
    send(playing, "/preset/go", "spirals", 0.5)
    frame = run(playing, 0.1)
    assert len(frame.layers[0].voices) == 2  # a fade, not a cut
    begun = voice_of(run(playing, 1.0))
    assert begun.key != before.key
    assert (begun.scene.id, begun.scene.seed, begun.scene.grow) == ("alpha", SPOTS, 40)
    assert played(begun, "feed") == pytest.approx(0.03125)
    assert played(begun, "scale") == pytest.approx(3.0, rel=1e-3)
    assert playing.layer(1).voice.colours.palette.id == "moss"
    send(playing, "/preset/go", "spirals", 0.5)
    assert voice_of(run(playing, 1.0)).key == begun.key
    send(playing, "/seed")
    assert voice_of(run(playing, 2.0)).scene.seed == SPOTS


def test_next_and_previous_walk_through_the_presets_and_round() -> None:
    playing = director()
    visited = []
    for address in ("next", "next", "next", "next", "previous", "previous"):
        assert send(playing, f"/preset/{address}") == 0
        visited.append(playing.layer(1).voice.preset)
    assert visited == ["dividing", "spirals", "worms", "dividing", "worms", "spirals"]
    fresh = director(preset="dividing")
    send(fresh, "/preset/previous")
    assert fresh.layer(1).voice.preset == "worms"
    assert send(fresh, "/preset/next", 0) == 0 and fresh.layer(1).voice.preset == "worms"


@pytest.mark.parametrize(
    "arguments", [(), ("gone",), (0,), (4,), ("worms", "slow"), (float("nan"),)]
)
def test_what_is_no_preset_is_refused(arguments: tuple[object, ...]) -> None:
    playing = director()
    assert send(playing, "/preset/go", *arguments) == 1  # type: ignore[arg-type]
    assert playing.layer(1).voice.preset == ""


def test_a_scene_of_a_model_without_presets_refuses_to_step() -> None:
    playing = Director(make_catalogue(), "alpha")
    assert send(playing, "/preset/next") == 1


@pytest.mark.parametrize("name", ["dividing", "spirals"])
def test_a_kept_state_brings_the_preset_back_and_what_hands_did_after_it(name: str) -> None:
    playing = director()
    send(playing, "/layer/2/scene/go", "alpha")
    send(playing, "/layer/2/preset/go", name)
    send(playing, "/preset/go", name)
    send(playing, "/param/diffuse_u", 0.5)
    run(playing, 3.0)
    told = describe(playing)
    assert told["/preset/go"] == (name,) and told["/layer/2/preset/go"] == (name,)
    for kept in (list(told.items()), list(reversed(told.items()))):
        fresh = Director(catalogue(), "alpha")
        restore(fresh, [Message(address, arguments) for address, arguments in kept])
        assert describe(fresh) == told
        for number in (1, 2):
            old, new = playing.layer(number).voice, fresh.layer(number).voice
            assert new.scene == old.scene
            assert new.bank.wanted("diffuse_u") == old.bank.wanted("diffuse_u")


def test_a_snapshot_of_what_began_with_a_preset_begins_with_its_seed_again() -> None:
    playing = director()
    send(playing, "/preset/go", "spirals", 0.0)
    send(playing, "/param/diffuse_u", 0.5)
    send(playing, "/snapshot/save", 1)
    send(playing, "/scene/go", "beta", 0.0)
    run(playing, 1.0)
    fresh = Director(catalogue(), "alpha")
    restore(fresh, [Message(address, values) for address, values in describe(playing).items()])
    for other in (playing, fresh):
        assert send(other, "/snapshot/go", 1, 0.5) == 0
        again = voice_of(run(other, 1.0))
        assert (again.scene.id, again.scene.seed, again.scene.grow) == ("alpha", SPOTS, 40)
        assert (played(again, "feed"), played(again, "diffuse_u")) == (0.03125, 0.5)
        assert other.layer(1).voice.preset == "spirals"
        assert send(other, "/preset/go", "spirals", 0.0) == 0
        assert voice_of(run(other, 1.0)).key == again.key  # it plays already


def test_a_snapshot_of_the_scene_that_plays_begins_anew_only_for_a_preset_that_begins() -> None:
    playing = director()
    send(playing, "/snapshot/save", 1)
    send(playing, "/preset/go", "spirals", 0.0)
    send(playing, "/snapshot/save", 2)
    begun = voice_of(run(playing, 1.0))
    send(playing, "/snapshot/go", 1, 0.5)
    glided = voice_of(run(playing, 2.0))
    assert glided.key == begun.key and playing.layer(1).voice.preset == ""
    send(playing, "/snapshot/go", 2, 0.5)
    again = voice_of(run(playing, 2.0))
    assert again.key != begun.key and again.scene.seed == SPOTS
    send(playing, "/snapshot/go", 2, 0.5)
    assert voice_of(run(playing, 2.0)).key == again.key


def test_an_edit_of_a_scene_does_not_restart_what_began_with_a_preset() -> None:
    playing = director()
    send(playing, "/preset/go", "spirals", 0.0)
    key = voice_of(run(playing, 1.0)).key
    playing.adopt(catalogue(title="Edited"))
    assert voice_of(run(playing, 1.0)).key == key
    playing.adopt(catalogue(rows=120))
    again = voice_of(run(playing, 1.0))
    assert again.key != key and again.scene.seed == SPOTS


def test_every_shipped_preset_has_a_source_with_an_address(repository: Path) -> None:
    library = read_library(find_assets(repository))
    presets = [
        (model.id, preset)
        for model in library.catalogue.models.values()
        for preset in model.presets
    ]
    assert len({model for model, _ in presets}) >= 4
    for model, preset in presets:
        assert "doi:" in preset.source or "://" in preset.source, (model, preset.id)


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    return find_assets(copy_assets(tmp_path))


def test_a_broken_preset_is_said_and_the_others_and_the_model_stay(assets: Assets) -> None:
    path = assets.shaders / "models" / "gray_scott.presets.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("feed = 0.01,", "feed = 1.01,", 1), encoding="utf-8")
    library = read_library(assets)
    (complaint,) = library.complaints
    assert "gray_scott.presets.toml:8: 'feed' is 1.01. It lies in 0 to 0.12." in str(complaint)
    ids = [preset.id for preset in library.catalogue.models["gray_scott"].presets]
    assert "alpha-1" not in ids and "alpha-2" in ids
    assert "coral" in library.catalogue.scenes


def test_presets_of_no_model_are_a_mistake(assets: Assets) -> None:
    path = assets.shaders / "models" / "gray_scot.presets.toml"
    path.write_text(GOOD, encoding="utf-8")
    (complaint,) = read_library(assets).complaints
    assert str(complaint).endswith("no model 'gray_scot'. Did you mean 'gray_scott'?")


def test_an_edited_preset_is_played_as_it_now_stands(assets: Assets) -> None:
    before = read_library(assets).catalogue
    playing = Director(before, "coral")
    path = assets.shaders / "models" / "gray_scott.presets.toml"
    text = path.read_text(encoding="utf-8").replace("feed = 0.034,", "feed = 0.035,", 1)
    path.write_text(text, encoding="utf-8")
    playing.adopt(keep_last_good(before, read_library(assets).catalogue))
    assert send(playing, "/preset/go", "eta-1", 0.0) == 0
    assert playing.layer(1).voice.bank.wanted("feed") == (0.035,)


def test_check_says_what_is_wrong_in_a_preset_or_a_map_and_where(
    assets: Assets, capsys: pytest.CaptureFixture[str]
) -> None:
    path = assets.config / "maps" / "gray_scott.feed.kill.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('x = "feed"', 'x = "fede"', 1), encoding="utf-8")
    outside = assets.root.parent / "heat.presets.toml"
    outside.write_text(GOOD, encoding="utf-8")
    assert check_assets([path, outside], assets) == 2
    said = capsys.readouterr().err.splitlines()
    assert "config/maps/gray_scott.feed.kill.toml:3: no parameter 'fede' in model" in said[0]
    assert any(f"{outside}:5: no parameter 'feed' in model 'heat'" in line for line in said)
