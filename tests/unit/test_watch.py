"""The watch: an edit counts once it has come to rest, and then once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.assets import FOLDERS, find_assets
from engine.stage.edits import Edits
from engine.watch import Watch
from tests.jack import wait_for

NEVER = 1e6  # seconds: here the test looks, as often as it likes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.toml").write_text("whole")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.fs").write_text("whole")
    return tmp_path


@pytest.fixture
def watch(folder: Path) -> Iterator[Watch]:
    with Watch([folder], NEVER) as watch:
        yield watch


def collect(watch: Watch, looks: int = 4) -> list[set[Path]]:
    """Every set of changes that is not empty, after each of some looks."""
    found = []
    for _ in range(looks):
        watch.look()
        if changes := watch.take_changes():
            found.append(changes)
    return found


def test_what_was_there_at_the_start_is_no_change(watch: Watch) -> None:
    assert collect(watch) == []


def test_an_edit_counts_once(watch: Watch, folder: Path) -> None:
    (folder / "deep" / "b.fs").write_text("edited")
    assert collect(watch) == [{folder / "deep" / "b.fs"}]


def test_a_new_file_counts(watch: Watch, folder: Path) -> None:
    (folder / "new.glsl").write_text("fresh")
    assert collect(watch) == [{folder / "new.glsl"}]


def test_a_file_being_written_counts_only_when_it_is_whole(watch: Watch, folder: Path) -> None:
    told = []
    with (folder / "a.toml").open("w") as file:
        for part in range(12):
            file.write(f"part {part}\n")
            file.flush()
            told += collect(watch, looks=1)
    assert told == []
    assert collect(watch) == [{folder / "a.toml"}]


def test_an_emptied_file_never_counts(watch: Watch, folder: Path) -> None:
    (folder / "a.toml").write_text("")
    assert collect(watch) == []
    (folder / "a.toml").write_text("whole again")
    assert collect(watch) == [{folder / "a.toml"}]


def test_a_file_that_replaces_another_counts_once(watch: Watch, folder: Path) -> None:
    draft = folder / "a.toml~"
    draft.write_text("the new one")
    draft.replace(folder / "a.toml")
    assert collect(watch) == [{folder / "a.toml"}]


def test_what_editors_leave_about_does_not_count(watch: Watch, folder: Path) -> None:
    for name in (".a.toml.swp", "a.toml~", "4913", "#a.toml#", "._a.toml", ".#a.toml"):
        (folder / name).write_text("noise")
    assert collect(watch) == []


def test_a_file_that_is_gone_counts_once(watch: Watch, folder: Path) -> None:
    (folder / "a.toml").unlink()
    assert collect(watch) == [{folder / "a.toml"}]
    (folder / "a.toml").write_text("back")
    assert collect(watch) == [{folder / "a.toml"}]


def test_a_file_taken_away_for_a_moment_is_not_gone(watch: Watch, folder: Path) -> None:
    path = folder / "a.toml"
    path.rename(folder / "a.toml~")  # how some editors make room for the new one
    assert collect(watch, looks=1) == []
    path.write_text("whole")
    assert collect(watch) == [{path}]


def test_a_file_that_is_renamed_is_gone_and_new(watch: Watch, folder: Path) -> None:
    (folder / "a.toml").rename(folder / "b.toml")
    assert collect(watch) == [{folder / "a.toml", folder / "b.toml"}]


def test_many_saves_in_a_row_count_once(watch: Watch, folder: Path) -> None:
    for number in range(20):
        (folder / "a.toml").write_text("x" * (20 + number))
    assert collect(watch) == [{folder / "a.toml"}]


def test_a_file_or_folder_that_goes_is_no_end(folder: Path) -> None:
    with Watch([folder], 0.001) as watch:
        for _ in range(20):  # in the middle of a look, as often as not
            (folder / "brief").mkdir()
            (folder / "brief" / "c.fs").write_text("brief")
            shutil.rmtree(folder / "brief")
        shutil.rmtree(folder / "deep")
        watch.take_changes()
        (folder / "a.toml").write_text("still watched")
        wait_for(lambda: folder / "a.toml" in watch.take_changes(), "the edit")


def test_a_folder_that_is_not_there_yet_is_watched_once_it_is(tmp_path: Path) -> None:
    with Watch([tmp_path / "later"], 0.01) as watch:
        (tmp_path / "later").mkdir()
        (tmp_path / "later" / "a.toml").write_text("here")
        wait_for(watch.take_changes, "the file")


def test_what_no_library_reads_has_nothing_read_again(tmp_path: Path) -> None:
    """Snapshots are written while they are played: that is no edit."""
    mine = tmp_path / "mine"
    for name in ("snapshots", "controllers", "palettes"):
        (mine / "config" / name).mkdir(parents=True)
    own = tmp_path / "own"
    for name in FOLDERS:
        (own / name).mkdir(parents=True)
    with Edits(find_assets(own, {}, mine)) as edits:
        for name in ("snapshots", "controllers"):
            (mine / "config" / name / "new.toml").write_text("fresh")
        (mine / "config" / "palettes" / "new.toml").write_text("fresh")
        taken: list[set[Path]] = []

        def take() -> bool:
            found = edits.take()
            taken.extend([found[0]] if found else [])
            return bool(taken)

        wait_for(take, "the palette")
        assert taken == [{mine / "config" / "palettes" / "new.toml"}]
