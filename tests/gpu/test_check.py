"""`morphogen check` of chosen files: wherever they lie and however they are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.assets import find_assets
from engine.commands.check_assets import check_assets
from tests.assets import copy_assets

LOOK = """/*{"ISFVSN": "2", "INPUTS": [], "MORPHOGEN": {"KIND": "look"}}*/
#include "lib/surface.glsl"
void main() {
    gl_FragColor = vec4(surface_at(uv).body);
}
"""


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    """Assets with one look that does not compile and one scene that cannot be read."""
    folder = copy_assets(tmp_path / "assets", "coral")
    (folder / "shaders" / "looks" / "bad.fs").write_text(LOOK.replace("body", "bdoy"))
    (folder / "scenes" / "bad.toml").write_text('title = "Bad"\n')
    return folder


def check(capsys: pytest.CaptureFixture[str], assets: Path, *paths: Path) -> list[str]:
    """What is said, a mistake a line."""
    status = check_assets(paths, find_assets(assets, user=assets.parent / "mine"))
    said = capsys.readouterr().err.splitlines()
    assert status == (2 if said else 0)
    return said[:-1]


def test_the_assets_folder_itself_has_all_mistakes_named_from_there(
    assets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    everything = check(capsys, assets)
    assert {line.partition(":")[0] for line in everything} == {
        "shaders/looks/bad.fs",
        "scenes/bad.toml",
    }
    assert check(capsys, assets, assets) == everything
    assert check(capsys, assets, assets / "config" / "..") == everything


def test_a_folder_by_a_roundabout_way_is_that_folder(
    assets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (assets.parent / "link").symlink_to(assets)
    for path in (assets / "config" / ".." / "scenes", assets.parent / "link" / "scenes"):
        said = check(capsys, assets, path)
        assert said and all(line.startswith("scenes/bad.toml:") for line in said)
    assert check(capsys, assets, assets / "shaders" / "models") == []


def test_a_shader_from_outside_is_compiled(
    assets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound, broken = tmp_path / "sound.fs", tmp_path / "broken.fs"
    sound.write_text(LOOK)
    broken.write_text(LOOK.replace("body", "bdoy"))
    assert check(capsys, assets, sound) == []
    said = check(capsys, assets, broken)
    assert all(line.startswith(f"{broken}:4: ") for line in said) and "bdoy" in said[0]


def test_files_of_the_users_own_are_checked_where_they_lie(
    assets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine"
    for name in ("looks", "models"):
        (mine / "shaders" / name).mkdir(parents=True)
    (mine / "shaders" / "looks" / "worse.fs").write_text(LOOK.replace("body", "boyd"))
    model = (assets / "shaders" / "models" / "gray_scott.fs").read_text(encoding="utf-8")
    (mine / "shaders" / "models" / "gray_scott.fs").write_text(model, encoding="utf-8")
    said = check(capsys, assets, mine)
    worse = (mine / "shaders" / "looks" / "worse.fs").resolve()
    assert said and all(line.startswith(f"{worse}:4: ") for line in said)


def test_a_file_of_no_kind_that_is_known_is_a_mistake_not_sound(
    assets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("to do")
    for path in (tmp_path / "empty", tmp_path / "notes.txt"):
        (said,) = check(capsys, assets, path)
        assert said.startswith(f"{path}: nothing in it is Morphogen's")
