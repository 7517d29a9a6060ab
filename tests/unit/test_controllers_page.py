"""What `docs/controllers.md` says is so: its tables, its files, its commands, its addresses."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from engine.assets import find_assets
from engine.commands.bindings import check_bindings, list_playable
from engine.desk.play.controllers import check_controller
from engine.desk.play.overlay import read_overlay
from engine.desk.play.target import WORDS, read_target
from engine.library import Library, read_library

ROOT = Path(__file__).resolve().parents[2]
FILES = re.compile(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)
LEARN = re.compile(r"^morphogen learn ([^-\n].*?)(?: +#.*)?$", re.MULTILINE)


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "docs" / "controllers.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_assets(ROOT))


def test_the_tables_are_as_the_maps_would_have_them_written(page: str) -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    from controller_tables import fill_page

    assert fill_page(page) == page, "make pages"
    assert page.count("\n### ") >= 10


def test_the_files_of_the_page_are_sound(page: str, library: Library, tmp_path: Path) -> None:
    files = dict(FILES.findall(page))
    assert files.keys() == {"bindings.toml", "config/controllers/mine.toml"}
    own, mine = tmp_path / "bindings.toml", tmp_path / "mine.toml"
    own.write_text(files["bindings.toml"], encoding="utf-8")
    mine.write_text(files["config/controllers/mine.toml"], encoding="utf-8")
    assert check_bindings(own, library.catalogue) == []
    assert [len(several) for several in read_overlay(own)[0].values()] == [2]
    assert check_controller(mine) == []


def test_what_page_and_readme_learn_can_be_learnt(page: str, library: Library) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    there = list_playable(library.catalogue)
    commands = LEARN.findall(page) + LEARN.findall(readme)
    assert len(commands) >= 9
    for command in commands:
        words = command.partition(" --")[0].split()
        assert read_target(words, there).address


def test_the_words_of_the_page_are_known(page: str) -> None:
    told = re.findall(r"`([^`]+)`", page.split("\nWords: ")[1].split("\n\n")[0])
    words = {word.split()[0] for word in told if word[0].isalpha()} - {"layer"}
    assert words <= WORDS.keys() and len(words) > 15
