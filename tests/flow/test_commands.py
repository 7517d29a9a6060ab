"""The other commands, as a shell starts them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.output.ffmpeg import find_ffmpeg
from tests.assets import copy_assets, edit
from tests.play import lines_of, run_command

SMALL = ("--seconds", "0.5", "--size", "96x54", "--quiet")


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    scenes = "aurora", "coral", "dervish", "ink"
    return copy_assets(tmp_path / "assets", *scenes, also=("looks/flat.fs", "models/heat.fs"))


def render(scene: str, path: Path, *more: str) -> bytes:
    done = run_command("render", scene, "-o", path, *SMALL, *more)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(path) and done.stderr == ""
    return path.read_bytes()


def test_a_render_is_the_same_bytes_again_and_other_bytes_for_another_seed(tmp_path: Path) -> None:
    first = render("aurora", tmp_path / "a.png")
    assert first == render("aurora", tmp_path / "b.png")
    assert first != render("aurora", tmp_path / "c.png", "--seed", "2")
    with Image.open(tmp_path / "a.png") as image:
        assert image.size == (96, 54) and np.asarray(image).std() > 5


def test_a_film_has_every_frame(tmp_path: Path) -> None:
    render("ink", tmp_path / "a.mp4", "--fps", "20")
    command = [find_ffmpeg(), "-v", "error", "-i", tmp_path / "a.mp4"]
    command += ["-f", "rawvideo", "-pix_fmt", "gray", "-"]
    read = subprocess.run(command, capture_output=True, check=True)
    assert len(read.stdout) == 10 * 96 * 54 and read.stderr == b""
    assert np.frombuffer(read.stdout, np.uint8).std() > 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("coral", "-o", "a.txt"), "Use .png, .mp4"),
        (("coral", "-o", "a"), "Use .png, .mp4"),
        (("corral", "-o", "a.png"), "Did you mean 'coral'?"),
        (("coral", "-o", "no/such/folder/a.png"), "there is no folder"),
        (("coral", "-o", "/dev/null/a.png"), "there is no folder"),
    ],
)
def test_a_render_that_cannot_be_is_one_line_before_any_work(
    arguments: tuple[str, ...], words: str
) -> None:
    done = run_command("render", *arguments)
    assert done.returncode == 2 and words in done.stderr
    assert len(lines_of(done.stderr)) == 1 and done.stdout == ""


def test_the_repository_is_sound() -> None:
    done = run_command("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no mistake" in done.stdout


def test_all_mistakes_are_told_at_once_each_with_its_line_and_remedy(assets: Path) -> None:
    edit(assets / "scenes" / "coral.toml", "\nrows", "\nrwos")
    edit(assets / "scenes" / "dervish.toml", '[seed]\nkind = "', '[seed]\nkind = "x')
    edit(assets / "config" / "palettes" / "moss.toml", "stops = [", 'stops = [[0, "#12345"],')
    edit(assets / "shaders" / "looks" / "flat.fs", "void main", "nonsense;\nvoid main")
    edit(assets / "shaders" / "models" / "heat.fs", '"LIMIT"', '"LIMITS"')
    (assets / "config" / "controllers" / "mine.toml").write_text("[[control]]\nnonsense = 1\n")
    (assets / "config" / "shows" / "mine.toml").write_text('[[scene]]\nid = "corral"\n')
    done = run_command("check", "--assets", assets)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    for name in (
        "scenes/coral.toml:",
        "scenes/dervish.toml:",
        "config/palettes/moss.toml:",
        "shaders/looks/flat.fs:",
        "shaders/models/heat.fs:",
        "config/controllers/mine.toml:",
        "config/shows/mine.toml:",
    ):
        found = [line for line in lines_of(done.stderr) if line.startswith(name)]
        assert found, (name, done.stderr)
        assert found[0].removeprefix(name)[0].isdigit(), found
    assert "Did you mean 'rows'?" in done.stderr and "Did you mean 'coral'?" in done.stderr


def test_a_check_of_one_file_tells_of_that_file_only(assets: Path) -> None:
    edit(assets / "scenes" / "coral.toml", "\nrows", "\nrwos")
    edit(assets / "scenes" / "ink.toml", "\nrows", "\nrwos")
    done = run_command("check", "--assets", assets, assets / "scenes" / "ink.toml")
    assert done.returncode == 2
    assert "ink.toml" in done.stderr and "coral.toml" not in done.stderr
    done = run_command("check", "--assets", assets, assets / "scenes" / "aurora.toml")
    assert done.returncode == 0


def test_the_doctor_looks_at_everything() -> None:
    done = run_command("doctor")
    assert done.returncode == 0 and "Traceback" not in done.stderr
    for word in ("Morphogen", "packages", "assets", "OSC", "MIDI"):
        assert word in done.stdout
    assert all(line.startswith(("ok ", "NO ")) for line in lines_of(done.stdout))


def test_the_doctor_tells_of_assets_that_are_not_there(tmp_path: Path) -> None:
    done = run_command("doctor", "--assets", tmp_path)
    assert "Traceback" not in done.stderr and "there is no folder shaders" in done.stdout
