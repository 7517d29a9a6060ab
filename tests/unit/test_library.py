"""The library: one broken file never hides another, and a broken edit never replaces what played."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from engine.assets import Assets, find_assets
from engine.errors import MorphogenError
from engine.library import choose_start, read_library
from engine.show.catalogue import Catalogue
from engine.show.director import Director
from engine.stage.last_good import keep_last_good
from tests.assets import copy_assets, edit
from tests.show import FRAME_NS, make_catalogue, make_model, number


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    return find_assets(copy_assets(tmp_path))


def test_everything_in_the_repository_is_sound(repository: Path) -> None:
    library = read_library(find_assets(repository))
    assert library.complaints == ()
    c = library.catalogue
    assert len(c.models) >= 6 and len(c.looks) >= 4 and len(c.palettes) >= 16
    files = {path.stem for path in (repository / "scenes").glob("*.toml")}
    assert set(c.scenes) == files | set(c.generators)


def test_a_broken_scene_is_left_out_and_said(assets: Assets) -> None:
    edit(assets.scenes / "coral.toml", "\nrows", "\nrwos")
    library = read_library(assets)
    assert "coral" not in library.catalogue.scenes and "aurora" in library.catalogue.scenes
    assert [c.where.split("/")[-1].split(":")[0] for c in library.complaints] == ["coral.toml"]


def test_a_broken_palette_or_shader_is_said_once_not_for_each_scene(assets: Assets) -> None:
    edit(assets.config / "palettes" / "coral.toml", "title", "titel")
    edit(assets.shaders / "models" / "ginzburg_landau.fs", '"ISFVSN"', "ISFVSN")
    edit(assets.shaders / "looks" / "marble.fs", '"KIND"', '"KINT"')
    library = read_library(assets)
    said = " ".join(str(complaint) for complaint in library.complaints)
    assert ".toml" in said and "scenes/" not in said
    for scene in ("coral", "aurora", "ink"):
        assert scene not in library.catalogue.scenes
    assert "oil" in library.catalogue.scenes


def test_a_broken_isf_file_is_said_once(assets: Assets) -> None:
    name = next(path.name for path in (assets.shaders / "generators").glob("*.fs"))
    edit(assets.shaders / "generators" / name, '"ISFVSN"', "ISFVSN")
    said = [c for c in read_library(assets).complaints if name in c.where]
    assert len(said) == 1


def test_no_file_at_all_raises(assets: Assets) -> None:
    for folder in (assets.shaders, assets.scenes, assets.config):
        shutil.rmtree(folder)
        folder.mkdir()
    library = read_library(assets)
    assert library.complaints == () and not library.catalogue.scenes


@pytest.mark.parametrize("junk", [b"", b"\x00\xff\xfe", b"[[[[", b"/*{", b"x" * 100_000])
def test_any_bytes_in_any_file_are_a_complaint_never_a_crash(assets: Assets, junk: bytes) -> None:
    for path in (
        assets.scenes / "coral.toml",
        assets.config / "palettes" / "ember.toml",
        assets.shaders / "models" / "heat.fs",
        assets.shaders / "looks" / "relief.fs",
        assets.shaders / "lib" / "palette.glsl",
    ):
        path.write_bytes(junk)
    library = read_library(assets)
    assert "coral" not in library.catalogue.scenes
    said = " ".join(str(complaint) for complaint in library.complaints)
    for name in ("ember.toml", "heat.fs", "relief.fs"):
        assert name in said


def test_a_show_begins_with_its_first_sound_scene(assets: Assets) -> None:
    text = "".join(f'[[scene]]\nid = "{name}"\n' for name in ("ink", "coral", "aurora"))
    (assets.config / "shows" / "night.toml").write_text(text)
    (assets.scenes / "ink.toml").write_text("broken")
    first, show = choose_start(read_library(assets), "night")
    assert first == "coral"
    assert show is not None and [entry.scene for entry in show.entries] == ["coral", "aurora"]


def test_a_broken_start_says_what_is_wrong_with_it(assets: Assets) -> None:
    edit(assets.scenes / "coral.toml", "\nrows", "\nrwos")
    with pytest.raises(MorphogenError, match="rwos"):
        choose_start(read_library(assets), "coral")
    with pytest.raises(MorphogenError, match="Did you mean 'aurora'"):
        choose_start(read_library(assets), "auorra")


def without(catalogue: Catalogue, scene: str) -> Catalogue:
    return replace(catalogue, scenes={n: s for n, s in catalogue.scenes.items() if n != scene})


def test_what_is_broken_stays_as_it_was() -> None:
    old = make_catalogue()
    new = replace(without(old, "beta"), models={}, looks={}, palettes={}, finish=())
    assert keep_last_good(old, new) == old


def test_what_is_sound_is_taken() -> None:
    old = make_catalogue()
    scene = replace(old.scenes["alpha"], title="Edited")
    new = replace(old, scenes={**old.scenes, "alpha": scene, "delta": scene})
    kept = keep_last_good(old, new)
    assert kept.scenes["alpha"].title == "Edited" and "delta" in kept.scenes


def test_a_model_with_other_parameters_waits_for_the_scenes_it_breaks() -> None:
    old = make_catalogue()
    renamed = replace(make_model(), parameters=(*make_model().parameters[1:], number("fed", 0.1)))
    broken = replace(
        without(without(old, "alpha"), "beta"), models={**old.models, "spots": renamed}
    )
    assert keep_last_good(old, broken).models["spots"] == old.models["spots"]
    mended = replace(broken, scenes=old.scenes)
    assert keep_last_good(old, mended).models["spots"] == renamed


def test_a_model_with_the_same_parameters_is_taken_though_a_scene_is_broken() -> None:
    old = make_catalogue()
    faster = replace(make_model(), steps=1200.0)
    new = replace(without(old, "alpha"), models={**old.models, "spots": faster})
    assert keep_last_good(old, new).models["spots"] == faster


def test_a_scene_mended_for_a_renamed_parameter_waits_until_all_scenes_of_the_model_are(
    assets: Assets,
) -> None:
    old = read_library(assets).catalogue
    model = assets.shaders / "models" / "gray_scott.fs"
    model.write_text(model.read_text(encoding="utf-8").replace("feed", "food"), encoding="utf-8")
    coral = assets.scenes / "coral.toml"
    coral.write_text(coral.read_text(encoding="utf-8").replace("feed", "food"), encoding="utf-8")
    new = read_library(assets).catalogue
    assert "coral" in new.scenes and "lace" not in new.scenes
    kept = keep_last_good(old, new)
    for scene in kept.scenes:
        Director(kept, scene).advance(FRAME_NS)
    director = Director(old, "coral")
    director.adopt(kept)
    director.advance(FRAME_NS)


def test_what_is_gone_goes_but_for_what_a_scene_that_stays_is_made_of() -> None:
    old = make_catalogue()
    new = replace(old, scenes={"alpha": old.scenes["alpha"]}, models={}, looks={}, palettes={})
    gone = {f"scenes/{name}" for name in old.scenes if name != "alpha"}
    gone |= {f"models/{name}" for name in old.models} | {f"looks/{name}" for name in old.looks}
    gone |= {f"palettes/{name}" for name in old.palettes}
    kept = keep_last_good(old, new, gone)
    alpha = old.scenes["alpha"]
    assert list(kept.scenes) == ["alpha"]
    assert list(kept.models) == [alpha.model] and list(kept.looks) == [alpha.look]
    assert list(kept.palettes) == [alpha.palette]
