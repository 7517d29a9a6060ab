"""Show files: read whole or refused with every mistake at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import MorphogenError
from engine.show.cues.deed_text import Known
from engine.show.cues.playlist import Entry
from engine.show.cues.show_file import load_playlist

SCENES = ("coral", "aurora")


def write(folder: Path, text: str) -> Path:
    path = folder / "night.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(folder: Path, text: str) -> list[str]:
    path = write(folder, text)
    with pytest.raises(MorphogenError) as error:
        load_playlist(path, Known(SCENES))
    return [str(complaint).removeprefix(str(path)) for complaint in error.value.complaints]


def test_a_show_is_scenes_with_their_seconds(tmp_path: Path) -> None:
    text = """
title = "Night"
fade = 3
[[scene]]
id = "coral"
seconds = 45
[[scene]]
id = "aurora"
"""
    show = load_playlist(write(tmp_path, text), Known(SCENES))
    assert (show.id, show.title, show.fade, show.hold) == ("night", "Night", 3.0, 60.0)
    assert show.entries == (Entry("coral", 45.0), Entry("aurora", 90.0))


def test_every_mistake_is_named_with_its_line_and_a_remedy_all_at_once(tmp_path: Path) -> None:
    text = """titel = "Night"
fade = -1
hold = "long"
[[scene]]
id = "corral"
secnds = 3
[[scene]]
id = "aurora"
seconds = nan
[[scene]]
id = ["coral"]
seconds = true
"""
    said = mistakes(tmp_path, text)
    assert [line.split(":")[1] for line in said] == ["1", "6", "5", "9", "11", "12", "2", "3"]
    assert "unknown key 'titel' in a show. Did you mean 'title'?" in said[0]
    assert "Did you mean 'seconds'?" in said[1]
    assert "no scene 'corral'. Did you mean 'coral'?" in said[2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "scene = []",
        "scene = 3",
        'scene = ["coral"]',
        "scene = [[1], {}]",
        "fade = inf\n[[scene]]\nid = 'coral'",
        "[scene]\nid = 'coral'",
        "not toml",
        "[[scene]]\nid = 'coral'\nseconds = 1e400",
        f"fade = 1{400 * '0'}\n[[scene]]\nid = 'coral'",
    ],
)
def test_a_show_of_any_other_shape_is_a_mistake_never_a_crash(tmp_path: Path, text: str) -> None:
    assert mistakes(tmp_path, text)


def test_a_scene_may_stay_for_bars_or_beats(tmp_path: Path) -> None:
    text = """quantise = "bar"
[[scene]]
id = "coral"
bars = 16
[[scene]]
id = "aurora"
beats = 8
"""
    show = load_playlist(write(tmp_path, text), Known(SCENES))
    assert show.quantise == "bar"
    assert show.entries == (Entry("coral", 90.0, bars=16.0), Entry("aurora", 90.0, beats=8.0))


def test_a_scene_stays_for_one_thing_and_changes_wait_for_something_known(tmp_path: Path) -> None:
    text = """quantise = "whole"
[[scene]]
id = "coral"
bars = 16
seconds = 90
[[scene]]
id = "aurora"
beats = "four"
"""
    said = mistakes(tmp_path, text)
    assert [line.split(":")[1] for line in said] == ["2", "8", "1"]
    assert "'coral' has seconds and bars. Keep one of them." in said[0]
    assert "must be beats, 1 to" in said[1]
    assert "a number of beats" in said[2]
