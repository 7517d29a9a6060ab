"""`morphogen new`: what it begins is sound, plays at once, and is never written over."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.assets import Assets, find_assets
from engine.cli import main
from engine.commands.check_assets import check_assets
from engine.commands.new_file import KINDS, SHADERS, begin_file
from engine.errors import MorphogenError
from engine.library import Library, choose_start, read_library
from engine.message import Message
from engine.offline import render_scene

NAME = "my_first"


@pytest.fixture(scope="module")
def begun(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Assets:
    """A user's folder with one of everything."""
    assets = find_assets(repository, {}, tmp_path_factory.mktemp("user") / "mine")
    for kind in KINDS:
        begin_file(kind, f"{NAME}_{kind}", assets)
    return assets


@pytest.fixture(scope="module")
def library(begun: Assets) -> Library:
    return read_library(begun)


def test_everything_that_is_begun_is_sound(
    begun: Assets, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    assert library.complaints == ()
    assert begun.user
    status = check_assets([begun.user], begun)
    assert (capsys.readouterr().err, status) == ("", 0)


def render(library: Library, path: Path, *messages: tuple[int, Message], start: str) -> np.ndarray:
    scene, _ = choose_start(library, start)
    render_scene(library, scene, path, seconds=0.4, size=(64, 40), rows=40, messages=messages)
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"), dtype=float)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "controller"])
def test_what_is_begun_plays_at_once(library: Library, tmp_path: Path, kind: str) -> None:
    name = f"{NAME}_{kind}"
    start, messages = (name, ()) if kind != "palette" else ("coral", ("/palette/go", name, 0.0))
    told = [(0, Message(str(messages[0]), messages[1:]))] if messages else []
    picture = render(library, tmp_path / "out.png", *told, start=start)
    assert picture.std() > 4.0, "a blank picture"


def test_an_effect_that_is_begun_changes_the_picture(library: Library, tmp_path: Path) -> None:
    name = f"{NAME}_effect"
    with_it = render(library, tmp_path / "out.png", start=name)
    mix = (0, Message(f"/param/{name}_mix", (0.0,)))
    without = render(library, tmp_path / "out.png", mix, start=name)
    assert np.abs(with_it - without).mean() > 0.2


def test_nothing_is_written_over(begun: Assets, repository: Path) -> None:
    assert begun.user
    before = {path: path.read_bytes() for path in begun.user.rglob("*.*") if path.is_file()}
    for kind in KINDS:
        with pytest.raises(MorphogenError, match="already"):
            begin_file(kind, f"{NAME}_{kind}", begun)
    for kind, name in (("scene", "coral"), ("look", "relief"), ("effect", "bloom")):
        with pytest.raises(MorphogenError, match="already"):  # the engine's own
            begin_file(kind, name, begun)
    # The look's own file would be new, but the scene to see it in is there.
    with pytest.raises(MorphogenError, match="already"):
        begin_file("look", f"{NAME}_scene", begun)
    after = {path: path.read_bytes() for path in begun.user.rglob("*.*") if path.is_file()}
    assert after == before


@pytest.mark.parametrize("name", ["", "A", "a b", "../x", "x" * 65, "con"])
def test_a_bad_name_is_said(begun: Assets, name: str) -> None:
    with pytest.raises(MorphogenError, match="Choose another name"):
        begin_file("scene", name, begun)


@pytest.mark.parametrize("kind", SHADERS)
def test_a_shaders_name_is_a_word(begun: Assets, kind: str) -> None:
    for name in ("1st", "my-own", "x" * 25):
        with pytest.raises(MorphogenError, match="a shader's name"):
            begin_file(kind, name, begun)


def test_the_command_says_where_it_is_and_what_to_type_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    user = tmp_path / "mine"
    assert main(["new", "look", "velvet", "--user", str(user)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == [
        str(user / "shaders" / "looks" / "velvet.fs"),
        str(user / "scenes" / "velvet.toml"),
        "Next: morphogen play velvet",
    ]
    assert main(["new", "look", "velvet", "--user", str(user)]) == 2
    assert main(["new", "scene", "Bad Name", "--user", str(user)]) == 2
    capsys.readouterr()


def test_here_is_a_folder_like_ones_own(repository: Path, tmp_path: Path) -> None:
    assets = find_assets(repository, {}, tmp_path / "mine")
    begun = begin_file("scene", "reef", assets, tmp_path / "here")
    assert begun.paths == (tmp_path / "here" / "scenes" / "reef.toml",)
    assert begun.next == f"morphogen play reef --user {tmp_path / 'here'}"
    assert not (tmp_path / "mine").exists()
