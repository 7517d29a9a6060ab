"""Films and stills begun while the picture plays: numbered, asynchronous, and never in its way."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import moderngl
import numpy as np
import pytest
from PIL import Image

from engine.output.takes import MOST_STILLS, Takes, find_next_name
from tests.gpu.test_output_parts import SIZE, paint, probe

FPS = 50.0


def play_until(
    takes: Takes, picture: moderngl.Framebuffer, there: Callable[[], object], frames: int = 0
) -> None:
    """Show pictures until something is so, and so many at least."""
    end = time.monotonic() + 30
    shown = 0
    while shown < frames or not there():
        assert time.monotonic() < end, takes.status
        paint(picture, shown % 30)
        takes.show(picture)
        shown += 1
        time.sleep(0.002)


def test_films_are_begun_and_ended_live_and_numbered(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    (tmp_path / "film-0007.mov").write_text("precious")
    takes = Takes(tmp_path, lambda: SIZE, FPS)
    assert takes.status[0] == "idle"
    for number in (8, 9):
        takes.obey("toggle" if number == 8 else "start")
        name = f"film-{number:04d}.mp4"
        play_until(takes, picture, lambda name=name: takes.status[:2] == ("recording", name))
        play_until(takes, picture, lambda: True, 5)
        takes.obey("start")  # it is recorded already
        takes.obey("stop")
        play_until(takes, picture, lambda: takes.status[0] == "idle")
        assert takes.status[1] == name
    takes.close()
    names = ["film-0007.mov", "film-0008.mp4", "film-0009.mp4"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    for name in names[1:]:
        told, times = probe(tmp_path / name)
        assert "h264" in told and len(times) >= 1
    assert takes.take_complaints() == []
    assert len(takes.take_words()) == 4


def test_a_film_that_goes_on_when_the_show_ends_is_finished(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    takes = Takes(tmp_path / "deep" / "films", lambda: SIZE, FPS, "vp9")
    takes.obey("start")
    play_until(takes, picture, lambda: takes.status[1])
    play_until(takes, picture, lambda: True, 5)
    takes.close()
    told, times = probe(tmp_path / "deep" / "films" / "film-0001.webm")
    assert "vp9" in told and times


def test_a_film_that_never_had_a_picture_for_want_of_its_folder_says_so(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    takes = Takes(tmp_path, lambda: SIZE, FPS)
    takes.record(tmp_path / "stick" / "set.mp4")
    shutil.rmtree(tmp_path / "stick")
    play_until(takes, picture, lambda: takes.status[0] == "idle")
    takes.close()
    assert "its folder is gone" in str(takes.take_complaints())


def test_a_stop_before_it_has_begun_leaves_nothing_going(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    takes = Takes(tmp_path, lambda: SIZE, FPS)
    takes.obey("start")
    takes.obey("stop")
    play_until(takes, picture, lambda: takes.status[0] == "idle", 5)
    takes.close()


def test_stills_have_exactly_the_pixels_of_their_moment(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    takes = Takes(tmp_path, lambda: SIZE, FPS)
    wanted = []
    for number in range(9):
        image = paint(picture, number)
        if number in (2, 3, 7):
            takes.still()
            wanted.append(image[..., :3])
        takes.show(picture)
    takes.close()
    files = sorted(tmp_path.iterdir())
    assert [path.name for path in files] == [f"still-000{n}.png" for n in (1, 2, 3)]
    for path, expected in zip(files, wanted, strict=True):
        with Image.open(path) as image:
            assert (np.asarray(image) == expected).all()
    assert len(takes.take_words()) == 3


def test_a_flood_of_wishes_for_stills_is_a_few(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    takes = Takes(tmp_path, lambda: SIZE, FPS)
    for _ in range(1000):
        takes.still()
    takes.show(picture)
    takes.close()
    assert len(list(tmp_path.iterdir())) == MOST_STILLS


def test_a_folder_that_cannot_be_made_is_one_complaint_and_the_picture_goes_on(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    takes = Takes(tmp_path / "file" / "films", lambda: SIZE, FPS)
    takes.obey("start")
    takes.still()
    said: list[str] = []

    def heard() -> bool:
        said.extend(str(complaint) for complaint in takes.take_complaints())
        return len(said) >= 2

    play_until(takes, picture, heard)
    assert len(said) == 2 and all("--takes FOLDER" in words for words in said)
    assert takes.status[0] == "idle"
    takes.close()


def test_numbers_go_on_from_the_highest(tmp_path: Path) -> None:
    for name in ("film-0003.mp4", "film-10000.mov", "still-0099.png", "film-x.mp4", "film-0004"):
        (tmp_path / name).touch()
    assert find_next_name(tmp_path, "film", ".mp4").name == "film-10001.mp4"
    assert find_next_name(tmp_path, "still", ".png").name == "still-0100.png"


@pytest.mark.skipif(not hasattr(os, "pathconf"), reason="asks how long a path may be")
def test_a_film_whose_name_is_too_long_is_one_complaint_and_the_picture_goes_on(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    longest = os.pathconf("/", "PC_PATH_MAX") - 2
    folder = tmp_path
    while len(str(folder)) < longest - 202:
        folder /= "x" * 200
    folder /= "y" * (longest - 1 - len(str(folder)))
    takes = Takes(folder, lambda: SIZE, FPS)
    takes.obey("start")
    said = []
    play_until(takes, picture, lambda: said or said.extend(takes.take_complaints()) or said)
    takes.close()
    assert len(said) == 1 and "no film can be begun" in said[0].what
