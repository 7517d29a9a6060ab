"""Tapes as a shell meets them: what is on one, a piece of one, a film of one, one that plays."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import __version__
from engine.cli import main
from engine.message import Message
from engine.show.pace import Pace
from engine.tape.facts import TICK_NS, Beginning, Header, TapeFrame
from engine.tape.reading import load_tape, summarise
from engine.tape.recording import Recording
from tests.assets import copy_assets
from tests.jack import wait_for
from tests.play import QUIET, Play, lines_of

FRAME = 133 * TICK_NS  # about thirty a second
SECOND = 30
Run = Callable[..., "Done"]


@pytest.fixture(scope="module")
def assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_assets(tmp_path_factory.mktemp("command") / "assets", "coral", "ink")


def record(path: Path, frames: int, *moves: tuple[int, Message], scene: str = "coral") -> Path:
    """A tape of a small field, and what was moved in which of its frames."""
    recording = Recording(Header(__version__, (64, 36), 30.0, "plain", gpu="a card"), path)
    recording.mark(Beginning(scene, seed=3, pace=Pace(rows=48)))
    for number in range(frames):
        messages = tuple(message for at, message in moves if at == number)
        recording.keep(TapeFrame(FRAME, 1.0, messages), ())
    recording.finish()
    return path


@dataclass(frozen=True, slots=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run_command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """One command in this process: its code and what it said."""

    def run(*arguments: str | Path) -> Done:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return run


def picture(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image)


def test_info_says_what_is_on_a_tape_and_what_is_another_now(
    tmp_path: Path, assets: Path, run_command: Run
) -> None:
    moves = [(n, Message("/macro/1", (0.1,))) for n in range(40)]
    path = record(tmp_path / "a.tape", 90, *moves, (50, Message("/blackout", (1,))))
    done = run_command("tape", "info", path, "--assets", assets)
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "0:03.0, 90 frames",
        f"Morphogen {__version__}",
        "64x36 at 30 a second, cells plain",
        "a card",
        "coral, seed 3, as a show begins",
        "/macro/1 40",
        "/blackout 1",
    ):
        assert words in done.stdout, done.stdout
    path.write_bytes(path.read_bytes()[:-20])
    done = run_command("tape", "info", path, "--assets", assets)
    assert done.returncode == 0 and "what comes before is whole" in done.stdout


def test_a_piece_of_a_tape_begins_as_the_whole_was_there(
    tmp_path: Path, assets: Path, run_command: Run
) -> None:
    moves = [(40, Message("/scene/go", ("ink", 0.0))), (50, Message("/macro/2", (0.75,)))]
    whole = record(tmp_path / "a.tape", 90, *moves, (70, Message("/macro/3", (0.25,))))
    cut = tmp_path / "b.tape"
    done = run_command(
        "tape", "cut", whole, "-o", cut, "--from", "0:02", "--to", "2.5", "--assets", assets
    )
    assert (done.returncode, done.stdout) == (0, f"{cut}\n")
    told = summarise(load_tape(cut))
    assert told.frames in (15, 16) and told.trouble is None and told.moves == {"/macro/3": 1}
    (beginning,) = told.beginnings
    kept = {message.address: message.arguments for message in beginning.kept}
    assert beginning.scene == "ink" and kept["/macro/2"] == (0.75,)
    done = run_command("tape", "cut", whole, "-o", whole)
    assert done.returncode == 2 and "not cut into itself" in done.stderr
    done = run_command("tape", "cut", whole, "-o", cut, "--from", "99", "--assets", assets)
    assert done.returncode == 2 and "there is nothing in this part" in done.stderr


def test_a_tape_is_rendered_to_any_size_and_in_part(
    tmp_path: Path, assets: Path, run_command: Run
) -> None:
    path = record(tmp_path / "a.tape", SECOND, (10, Message("/palette/go", ("ember", 0.0))))
    more = ("--assets", assets, "--quiet")
    assert run_command("render", path, "-o", tmp_path / "a.png", *more).returncode == 0
    assert picture(tmp_path / "a.png").shape == (36, 64, 3)
    frames = tmp_path / "frames"
    frames.mkdir()
    span = ("--from", "0.5", "--to", "0.8", "--size", "128x72", "--grain", "2")
    done = run_command("render", path, "-o", frames, *span, *more)
    assert (done.returncode, done.stderr) == (0, "")
    files = sorted(frames.iterdir())
    assert 8 <= len(files) <= 10 and picture(files[0]).shape == (72, 128, 3)
    assert picture(files[-1]).std() > 5
    done = run_command("render", path, "-o", tmp_path / "c.png", "--size", "64x64", *more)
    assert done.returncode == 0 and "another shape" in done.stderr
    assert len(lines_of(done.stderr)) == 1


def test_stills_of_a_tape_are_taken_at_their_moments(
    tmp_path: Path, assets: Path, run_command: Run
) -> None:
    path = record(tmp_path / "a.tape", SECOND, (10, Message("/palette/go", ("ember", 0.0))))
    stills = tmp_path / "stills"
    more = ("--assets", assets, "--quiet")
    at = ("--at", "0:00.8", "--at", "0.2")
    done = run_command("render", path, "-o", stills / "%02d.png", *at, *more)
    assert (done.returncode, done.stderr) == (0, "")
    first, second = (picture(stills / f"{number:02d}.png") for number in (1, 2))
    assert (first != second).any()
    wrong = (
        (path, tmp_path / "a.mp4", "stills are no film"),
        (path, tmp_path / "a.png", "stills are no film"),
        ("coral", stills, "--at is for tapes"),
    )
    for what, into, words in wrong:
        done = run_command("render", what, "-o", into, *at, *more)
        assert done.returncode == 2 and words in done.stderr and len(lines_of(done.stderr)) == 1
    for span, words in (
        (("--at", "9"), "no picture at 9 s"),
        (("--from", "9"), "there is nothing in this part"),
    ):
        done = run_command("render", path, "-o", tmp_path / "b.png", *span, *more)
        assert done.returncode == 2 and words in done.stderr
        assert not (tmp_path / "b.png").exists()


def test_a_tape_plays_over_and_over_until_it_is_stopped(tmp_path: Path, assets: Path) -> None:
    path = record(tmp_path / "a.tape", 10, (5, Message("/macro/2", (0.875,))))
    with Play(tmp_path, "--assets", assets, "--loop", "--midi", "none", start=str(path)) as play:
        play.wait_for_picture()
        play.wait_for_value("/tape/loop", 1)
        play.wait_for_value("/macro/2", 0.875)
        play.send("/macro/2", 0.25)  # by hand, until the tape begins again
        play.wait_for_value("/macro/2", 0.875)
        assert play.get("/status/tape")[0] == "playing"  # type: ignore[index]
        play.send("/tape/stop")
        wait_for(lambda: play.get("/status/tape")[0] == "idle", "the end")  # type: ignore[index]
        play.send("/macro/2", 0.5)
        play.wait_for_value("/macro/2", 0.5)
        assert play.stop() == 0
        assert "Traceback" not in play.said


@pytest.mark.parametrize(
    "data,words",
    [
        (b"", "it is empty"),
        (b"\0" * 100, "it is no tape of this engine"),
        (b"morphogen tape 2\n{}\n", "its header cannot be read"),
    ],
)
def test_what_is_no_tape_is_one_line(
    tmp_path: Path, data: bytes, words: str, run_command: Run
) -> None:
    path = tmp_path / "a.tape"
    path.write_bytes(data)
    done = run_command("play", path, "--headless")
    assert done.returncode == 2 and words in done.stderr and len(lines_of(done.stderr)) == 1


def test_a_scene_that_is_gone_is_said_and_the_rest_plays(
    tmp_path: Path, assets: Path, run_command: Run
) -> None:
    path = record(tmp_path / "a.tape", 8, scene="corral")
    done = run_command("render", path, "-o", tmp_path / "a.png", "--assets", assets, "--quiet")
    assert done.returncode == 0, done.stderr
    assert "there is no scene 'corral'. Did you mean 'coral'?" in done.stderr
    assert picture(tmp_path / "a.png").std() > 1


@pytest.mark.long  # the short form: what is interrupted in tests/gpu/test_output_parts.py
def test_a_rendering_that_was_killed_goes_on_to_the_same_bytes(
    tmp_path: Path, assets: Path
) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    command = ["render", "ink", "-o", "a.mp4", "--seconds", "24", "--fps", "2", "--size", "32x18"]
    command = [sys.executable, "-m", "engine", *command, "--assets", str(assets), "--quiet"]
    environment = {**os.environ, **QUIET}
    for folder in (whole, killed):
        folder.mkdir()
    process = subprocess.Popen(command, cwd=killed, env=environment)
    wait_for((killed / "a.mp4.parts" / "00000.nut").exists, "the first part", 60)
    process.kill()
    process.wait()
    assert not (killed / "a.mp4").exists()
    process = subprocess.Popen(command, cwd=killed, env=environment)
    assert process.wait(120) == 0
    assert subprocess.run(command, cwd=whole, env=environment, check=True).returncode == 0
    assert (killed / "a.mp4").read_bytes() == (whole / "a.mp4").read_bytes()
    assert [path.name for path in killed.iterdir()] == ["a.mp4"]
