"""How a stage and a desk leave: what ends the show, and what they come back from. Real processes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.output.ffmpeg import find_ffmpeg
from tests.assets import copy_assets
from tests.jack import wait_for
from tests.play import WAIT_S, Play

pytestmark = pytest.mark.skipif(
    sys.platform in ("darwin", "win32"), reason="processes are looked at through /proc"
)


def test_a_stage_that_is_sent_away_comes_back_as_it_was(tmp_path: Path) -> None:
    with Play(tmp_path) as play:
        play.wait_for_picture()
        play.send("/macro/1", 0.25)
        play.wait_for_value("/macro/1", 0.25)
        stage = play.pid("stage")
        assert stage
        os.kill(stage, signal.SIGTERM)
        play.wait_for_words("the stage died")
        wait_for(lambda: play.pid("stage") not in (None, stage), "another stage", 20)
        play.fresh_picture()
        play.wait_for_value("/macro/1", 0.25)
        assert play.stop() == 0


def test_a_desk_that_hangs_is_started_again(tmp_path: Path) -> None:
    with Play(tmp_path, "--midi", "none") as play:
        play.wait_for_picture()
        wait_for(lambda: play.get("/status/taken"), "the desk's first report", 10)
        desk, stage = play.pid("desk"), play.pid("stage")
        assert desk
        os.kill(desk, signal.SIGSTOP)
        play.wait_for_words("the desk hangs")
        wait_for(play.answers, "the desk's answer", 10)
        assert play.pid("desk") not in (None, desk) and play.pid("stage") == stage


def test_a_desk_that_keeps_dying_is_said_once_and_costs_ever_less(tmp_path: Path) -> None:
    with Play(tmp_path, "--midi", "none") as play:
        play.wait_for_picture()
        seen = set()
        end = time.monotonic() + 6
        while time.monotonic() < end:
            desk = play.pid("desk")
            if desk:
                seen.add(desk)
                os.kill(desk, signal.SIGKILL)
            time.sleep(0.02)
        assert 2 <= len(seen) <= 6
        assert play.said.count("the desk died") == 1
        play.fresh_picture()
        wait_for(play.answers, "the desk's answer", 20)


def test_assets_that_vanish_while_it_plays_are_no_reason_to_end(tmp_path: Path) -> None:
    assets = copy_assets(tmp_path / "assets", "coral")
    with Play(tmp_path, "--assets", assets) as play:
        play.wait_for_picture()
        stage = play.pid("stage")
        assert stage
        assets.rename(tmp_path / "away")  # a new stage finds nothing, and ends with 2
        os.kill(stage, signal.SIGKILL)
        play.wait_for_words("the stage died")
        play.wait_for_words("no such folder")
        (tmp_path / "away").rename(assets)
        wait_for(lambda: play.pid("stage") not in (None, stage), "another stage", 30)
        play.fresh_picture()


def test_a_stage_that_dies_does_not_make_the_show_longer(tmp_path: Path) -> None:
    with Play(tmp_path, "--duration", "10") as play:
        play.wait_for_picture()
        time.sleep(5)
        stage = play.pid("stage")
        assert stage
        play.preview.unlink()
        os.kill(stage, signal.SIGKILL)
        wait_for(play.preview.exists, "a picture of the next stage", WAIT_S)
        began = time.monotonic()
        assert play.end() == 0
        assert time.monotonic() - began < 8  # 5 are left; 10 were it counted anew


def test_a_film_that_takes_long_to_finish_is_finished(tmp_path: Path) -> None:
    film, folder = tmp_path / "show.mp4", tmp_path / "bin"
    folder.mkdir()
    # ffmpeg, but for four seconds at its end: longer than a hang.
    slow = folder / "ffmpeg"
    slow.write_text(f'#!/bin/sh\n"{find_ffmpeg()}" "$@"\ncode=$?\nsleep 4\nexit $code\n')
    slow.chmod(0o755)
    path = {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    with Play(tmp_path, "--duration", "3", "--record", film, environment=path) as play:
        assert play.end() == 0, play.said
        assert not re.search("hangs|died|Traceback", play.said)
    assert [found.name for found in tmp_path.glob("*.mp4")] == ["show.mp4"]
    command = [find_ffmpeg(), "-v", "error", "-i", film, "-f", "null", "-"]
    assert subprocess.run(command, capture_output=True, check=True).stderr == b""


def test_a_tape_that_is_recorded_when_the_show_ends_is_kept(tmp_path: Path) -> None:
    with Play(tmp_path) as play:
        play.wait_for_picture()
        play.send("/tape/record")
        play.send("/macro/1", 0.25)
        play.wait_for_value("/macro/1", 0.25)
        assert play.stop() == 0
    tapes = [path for path in tmp_path.rglob("*.tape") if path.stat().st_size]
    assert len(tapes) == 1
