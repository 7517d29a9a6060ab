"""A scene saved while it plays reads as what was being played."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.assets import find_assets
from engine.errors import MorphogenError
from engine.keep import saves
from engine.library import Library, read_library
from engine.show.director import Director
from engine.show.memory.state import describe_settings
from engine.show.modulation.written import modulator_table
from engine.show.scene import Scene
from engine.show.scene_file import load_scene
from tests.show import make_director, run, send


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_assets())


def save(director: Director, folder: Path, *name: str) -> Path:
    """Save what plays; the file."""
    assert not send(director, "/scene/save", *name)
    (saving,) = director.savings.take()
    path = folder / f"{saving.id}.toml"
    path.write_text(saving.text, encoding="utf-8")
    return path


def read(path: Path, library: Library) -> Scene:
    c = library.catalogue
    return load_scene(
        path, c.models, c.looks, c.finish, c.palettes, c.effects, c.transitions, c.generators
    )


def play(scene: Scene, library: Library) -> Director:
    scenes = {**library.catalogue.scenes, scene.id: scene}
    return Director(replace(library.catalogue, scenes=scenes), scene.id)


def test_every_scene_saved_untouched_is_itself(library: Library, tmp_path: Path) -> None:
    assert len(library.catalogue.scenes) > 40
    for name, scene in library.catalogue.scenes.items():
        director = Director(library.catalogue, name)
        again = read(save(director, tmp_path), library)
        assert [modulator_table(m) for m in again.modulators] == [
            modulator_table(m) for m in scene.modulators
        ]
        assert replace(again, modulators=()) == replace(scene, modulators=()), name


def test_what_hands_have_made_of_a_scene_is_saved(library: Library, tmp_path: Path) -> None:
    director = Director(library.catalogue, "coral")
    macro = library.catalogue.scenes["coral"].macros[0].moves[0][0]
    for address, *arguments in (
        ("/macro/1", 0.8125),
        ("/macro/2", 0.3),
        ("/param/vignette", 0.6),
        ("/palette/go", "ember", 0.0),
        ("/mod/add", "slow", "lfo", "bars", 2, "shape", "triangle"),
        ("/mod/add", "sum", "formula", "formula", "0.5 * slow + bass"),
        ("/mod/route", "slow", "glow", 0.25, "s"),
        ("/mod/route", "slow", "macro_3", 0.1),
        ("/mod/slow/depth", 0.5),
        ("/mod/slow/to/glow", 0.125),
        ("/norm/" + macro, 0.9),
    ):
        assert not send(director, str(address), *arguments)
    run(director, 0.1)
    scene = read(save(director, tmp_path, "my_reef"), library)
    assert (scene.id, scene.title, scene.palette) == ("my_reef", "My reef", "ember")
    again = play(scene, library)
    told = describe_settings(again)
    for address, value in describe_settings(director).items():
        if address.startswith(("/param/", "/macro/")):
            assert told[address] == pytest.approx(value, rel=1e-6, abs=1e-9), address
    assert told["/mod/edits"] == ()
    assert macro in scene.moved


def test_a_file_that_is_read_again_after_it_was_saved_changes_nothing(
    library: Library, tmp_path: Path
) -> None:
    director = Director(library.catalogue, "coral")
    for address, *arguments in (
        ("/macro/1", 0.8),
        ("/param/vignette", 0.6),
        ("/mod/add", "slow", "lfo"),
        ("/mod/slow/depth", 0.5),
        ("/palette/go", "ember", 0.0),
    ):
        send(director, str(address), *arguments)
    scene = read(save(director, tmp_path), library)
    send(director, "/param/vignette", 0.3)
    send(director, "/mod/slow/depth", 0.25)
    before = describe_settings(director)
    key = director.layers[1].voice.key
    scenes = {**director.catalogue.scenes, "coral": scene}
    director.adopt(replace(director.catalogue, scenes=scenes))
    assert describe_settings(director) == before
    assert director.layers[1].voice.key == key


@pytest.mark.parametrize("name", ["../coral", "Coral", "", "a/b", "con", "x" * 65])
def test_a_bad_name_is_refused_and_nothing_is_saved(name: str) -> None:
    director = make_director()
    assert send(director, "/scene/save", name) == 1
    assert director.savings.take() == []


def test_only_this_computer_may_have_a_scene_saved() -> None:
    assert saves("/scene/save") and saves("/layer/2/scene/save")


def test_a_button_let_go_saves_nothing() -> None:
    director = make_director()
    assert not send(director, "/scene/save", 0)
    assert director.savings.take() == []


def test_what_was_changed_before_and_after_it_was_saved_is_undone() -> None:
    director = make_director()
    feed = director.layers[1].voice.bank.wanted("feed")
    send(director, "/param/feed", 0.1)
    run(director, 1)
    send(director, "/mod/add", "slow", "lfo")
    run(director, 1)
    send(director, "/scene/save")
    run(director, 1)
    send(director, "/mod/slow/depth", 0.5)
    run(director, 1)
    while not send(director, "/undo"):
        pass
    voice = director.layers[1].voice
    assert voice.bank.wanted("feed") == feed
    assert voice.bank.wanted("slow_depth") == (1.0,)


@pytest.mark.parametrize(
    "line,said",
    [
        ("vignette = 0.5", "no macro moves 'vignette'"),
        ("feed = 9", "'feed' is 9"),
        ("fed = 0.1", "Did you mean 'feed'"),
    ],
)
def test_what_cannot_have_been_moved_is_said(
    library: Library, scenes: Path, tmp_path: Path, line: str, said: str
) -> None:
    path = tmp_path / "coral.toml"
    path.write_text(f"{(scenes / 'coral.toml').read_text(encoding='utf-8')}\n[moved]\n{line}\n")
    with pytest.raises(MorphogenError, match=said):
        read(path, library)
