"""The page of each model says what the model's own file says."""

from __future__ import annotations

import sys
from pathlib import Path

from engine.assets import find_assets
from engine.library import read_library

ROOT = Path(__file__).resolve().parents[2]


def test_the_pages_of_the_models_are_as_their_files_would_have_them_written() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    from pages import write_pages

    library = read_library(find_assets(ROOT))
    written = write_pages(library)
    assert len(written) == len(library.catalogue.models) + 1
    folder = ROOT / "docs" / "models"
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    stale = sorted(name for name in written.keys() | kept if kept.get(name) != written.get(name))
    assert not stale, f"make pages: {', '.join(stale)}"


def test_the_page_of_the_effects_is_as_their_files_would_have_it_written() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    from effects import write_page

    library = read_library(find_assets(ROOT))
    kept = (ROOT / "docs" / "effects.md").read_text(encoding="utf-8")
    assert kept == write_page(library), "make pages"
    for name in (*library.catalogue.effects, *library.catalogue.transitions):
        assert f"### {name}\n" in kept
    assert (ROOT / "docs" / "effects.jpg").is_file(), "make gallery"


def test_every_scene_has_its_picture_in_the_gallery() -> None:
    scenes = {path.stem for path in (ROOT / "scenes").glob("*.toml")}
    pictures = {path.stem for path in (ROOT / "docs" / "scenes").glob("*.jpg")}
    assert scenes == pictures, "make gallery"
    assert (ROOT / "docs" / "gallery.jpg").is_file()
