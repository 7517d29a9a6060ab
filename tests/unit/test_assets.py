"""Which folder the shaders, scenes and config come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.assets import FOLDERS, find_assets
from engine.errors import MorphogenError

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FOLDERS:
        (tmp_path / "mine" / name).mkdir(parents=True)
    return tmp_path / "mine"


def test_repository_is_found_when_nothing_is_named() -> None:
    assets = find_assets(environment={})
    assert assets.root == REPOSITORY
    assert assets.shaders == REPOSITORY / "shaders"
    assert assets.scenes == REPOSITORY / "scenes"
    assert assets.config == REPOSITORY / "config"


def test_environment_names_the_folder(folder: Path) -> None:
    assert find_assets(environment={"MORPHOGEN_ASSETS": str(folder)}).root == folder


def test_empty_environment_variable_counts_as_unset() -> None:
    assert find_assets(environment={"MORPHOGEN_ASSETS": ""}).root == REPOSITORY


def test_override_wins_over_the_environment(folder: Path, tmp_path: Path) -> None:
    environment = {"MORPHOGEN_ASSETS": str(tmp_path / "absent")}
    assert find_assets(folder, environment).root == folder


def test_relative_folder_becomes_absolute() -> None:
    relative = Path("a/folder/nobody/has")
    with pytest.raises(MorphogenError) as caught:
        find_assets(relative, {})
    assert caught.value.complaints[0].where == str(relative.absolute())


def test_missing_folder_is_told_with_its_remedy(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    with pytest.raises(MorphogenError) as caught:
        find_assets(environment={"MORPHOGEN_ASSETS": str(absent)})
    complaint = caught.value.complaints[0]
    assert complaint.where == str(absent)
    assert complaint.what == "no such folder"
    assert "MORPHOGEN_ASSETS" in complaint.remedy


def test_half_a_folder_is_refused_rather_than_mixed_with_the_own_one(folder: Path) -> None:
    (folder / "scenes").rmdir()
    with pytest.raises(MorphogenError, match="there is no folder scenes"):
        find_assets(folder, {})
