"""The user's own folder: laid over the engine's, never wanted, and each file takes one's place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from engine.assets import Assets, Folders, find_assets, find_user_folder
from engine.commands.examine import examine
from engine.desk.play.controllers import load_sound_controllers
from engine.errors import MorphogenError
from engine.gpu.isf.shader_file import read_shader
from engine.gpu.source import name_path, resolve_includes
from engine.library import choose_start, read_library
from engine.show.seeds.pictures import find_file

PALETTE = """title = "{0}"
stops = [[0.0, "#000000"], [1.0, "#ffffff"]]
"""


@pytest.fixture
def assets(repository: Path, tmp_path: Path) -> Assets:
    return find_assets(repository, {}, tmp_path / "mine")


def put(assets: Assets, name: str, text: str) -> Path:
    assert assets.user
    path = assets.user / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_it_is_the_one_that_is_named_else_the_systems(tmp_path: Path) -> None:
    environment = {"MORPHOGEN_USER": str(tmp_path / "named")}
    assert find_user_folder(tmp_path / "wanted", environment) == tmp_path / "wanted"
    assert find_user_folder(None, environment) == tmp_path / "named"
    assert "morphogen" in str(find_user_folder(None, {"MORPHOGEN_USER": ""})).lower()


def test_a_file_in_its_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MorphogenError, match="is no folder"):
        find_user_folder(tmp_path / "file", {})


def test_without_one_nothing_is_read_but_the_engines_own(repository: Path) -> None:
    assert find_assets(repository, {}).user is None
    assert find_assets(repository, {}).both("scenes").roots == (repository / "scenes",)


def test_one_that_is_not_there_changes_nothing(assets: Assets, repository: Path) -> None:
    mine, plain = read_library(assets), read_library(find_assets(repository, {}))
    assert mine.complaints == () and mine.catalogue == plain.catalogue


def test_what_is_in_it_is_read_and_wins_by_id(assets: Assets, repository: Path) -> None:
    put(assets, "config/palettes/night.toml", PALETTE.format("Night"))
    put(assets, "config/palettes/ember.toml", PALETTE.format("My ember"))
    coral = (repository / "scenes" / "coral.toml").read_text(encoding="utf-8")
    put(assets, "scenes/reef.toml", coral)
    put(assets, "scenes/lace.toml", coral)
    put(assets, "config/shows/mine.toml", '[[scene]]\nid = "reef"\n')
    look = (repository / "shaders" / "looks" / "flat.fs").read_text(encoding="utf-8")
    put(assets, "shaders/looks/mine.fs", look)
    library = read_library(assets)
    catalogue = library.catalogue
    assert library.complaints == ()
    assert catalogue.palettes["ember"].title == "My ember"
    assert catalogue.palettes["night"].title == "Night" and "coral" in catalogue.palettes
    assert catalogue.scenes["lace"].title == catalogue.scenes["coral"].title
    assert list(catalogue.scenes) == sorted(catalogue.scenes) and "mine" in catalogue.looks
    assert choose_start(library, "mine")[0] == "reef"


def test_a_broken_file_of_the_users_is_said_by_its_whole_path(assets: Assets) -> None:
    path = put(assets, "config/palettes/ember.toml", "stops = 3\n")
    shader = put(assets, "shaders/looks/mine.fs", "/*{\n}*/")
    said = " ".join(str(complaint) for complaint in read_library(assets).complaints)
    assert str(path) in said and str(shader) in said


def test_presets_of_the_users_stand_beside_the_engines(assets: Assets) -> None:
    before = read_library(assets).catalogue.models["gray_scott"].presets
    text = '[[preset]]\nname = "{0}"\ntitle = "Mine"\nsource = "here"\nvalues = {{ feed = 0.05 }}\n'
    name = before[0].id
    put(assets, "shaders/models/gray_scott.presets.toml", text.format(name) + text.format("mine"))
    library = read_library(assets)
    after = {preset.id: preset for preset in library.catalogue.models["gray_scott"].presets}
    assert library.complaints == ()
    assert len(after) == len(before) + 1 and after[name].title == "Mine" == after["mine"].title


def test_a_shader_of_the_users_includes_its_own_files_and_else_the_engines(assets: Assets) -> None:
    shaders = assets.both("shaders")
    text = '/*{"INPUTS": []}*/\n#include "lib/mine.glsl"\n#include "lib/palette.glsl"\nvoid main() {}\n'
    path = put(assets, "shaders/looks/mine.fs", text)
    put(assets, "shaders/lib/mine.glsl", "float mine;\n")
    source = resolve_includes(read_shader(path, name_path(path, shaders)), shaders)
    assert "float mine;" in source.text
    assert (assets.shaders / "lib" / "palette.glsl").resolve() in source.files
    put(assets, "shaders/lib/palette.glsl", "float my_palette;\n")
    source = resolve_includes(read_shader(path, name_path(path, shaders)), shaders)
    assert "float my_palette;" in source.text


def test_no_include_leads_out_of_both_folders(assets: Assets) -> None:
    shaders = assets.both("shaders")
    put(assets, "outside.glsl", "float outside;\n")
    path = put(assets, "shaders/looks/mine.fs", '/*{"INPUTS": []}*/\n#include "../outside.glsl"\n')
    with pytest.raises(MorphogenError, match="lies outside the shaders folder"):
        resolve_includes(read_shader(path, "mine.fs"), shaders)


def test_a_picture_is_looked_for_beside_the_users_scenes_first(assets: Assets) -> None:
    scenes = assets.both("scenes")
    own = find_file(scenes, "pictures/ridge.png", "here")
    assert own == (assets.scenes / "pictures" / "ridge.png").resolve()
    assert assets.user
    mine = assets.user / "scenes" / "pictures" / "ridge.png"
    mine.parent.mkdir(parents=True)
    Image.new("L", (2, 2)).save(mine)
    assert find_file(scenes, "pictures/ridge.png", "here") == mine.resolve()
    with pytest.raises(MorphogenError, match="leads out"):
        find_file(scenes, "../config/shows/default.toml", "here")
    with pytest.raises(MorphogenError, match="there is no file"):
        find_file(scenes, "none.png", "here")


def test_a_controller_map_of_the_users_takes_the_engines_place(assets: Assets) -> None:
    folder = assets.both("config") / "controllers"
    before, _ = load_sound_controllers(folder)
    text = 'name = "Mine"\nmatch = "mine"\n[[control]]\nkind = "cc"\nnumbers = 1\naddress = "/macro/1"\n'
    put(assets, "config/controllers/midimix.toml", text)
    put(assets, "config/controllers/mine.toml", text)
    after, complaints = load_sound_controllers(folder)
    assert complaints == [] and len(after) == len(before) + 1
    assert {found.name for found in after if found.id in ("mine", "midimix")} == {"Mine"}


def test_the_same_folder_twice_is_one() -> None:
    assert Folders(Path("a"), Path("a")).find("x") == Path("a/x")


def test_the_doctor_says_where_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    examine(None, tmp_path / "mine", 0)
    assert f"none yet: they go into {tmp_path / 'mine'}" in capsys.readouterr().out
    (tmp_path / "mine" / "scenes").mkdir(parents=True)
    (tmp_path / "mine" / "scenes" / "reef.toml").write_text("")
    examine(None, tmp_path / "mine", 0)
    assert f"1 in {tmp_path / 'mine'}" in capsys.readouterr().out


def test_what_editors_and_systems_hide_is_not_read(assets: Assets) -> None:
    for name in ("scenes/._coral.toml", "config/shows/.#night.toml", "shaders/looks/._flat.fs"):
        put(assets, name, "no file of ours")
    put(assets, "shaders/effects/._bloom.fs", "no file of ours")
    assert read_library(assets).complaints == ()
