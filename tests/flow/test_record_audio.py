"""A film that is recorded live has the sound that the ear heard meanwhile, at its time."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import numpy as np

from engine.output.ffmpeg import find_ffmpeg
from tests.play import Play, run_command
from tests.sounds import clicks, write_wav

RATE = 8000


def sound_of(film: Path) -> np.ndarray:
    """The film's sound, mono, at RATE."""
    command = [find_ffmpeg(), "-v", "error", "-i", str(film), "-ac", "1", "-ar", str(RATE)]
    done = subprocess.run([*command, "-f", "f32le", "-"], capture_output=True, check=True)
    return np.frombuffer(done.stdout, "<f4")


def length_of(film: Path) -> float:
    """Seconds of its pictures."""
    command = [find_ffmpeg(), "-v", "error", "-i", str(film), "-map", "0:v", "-f", "rawvideo"]
    done = subprocess.run(
        [*command, "-vf", "scale=2:2", "-pix_fmt", "gray", "-"], capture_output=True, check=True
    )
    return len(done.stdout) / 4 / 20


def test_films_have_the_sound_that_is_heard_from_the_beginning_or_from_a_wish_on(
    tmp_path: Path,
) -> None:
    song = write_wav(tmp_path / "song.wav", clicks(120.0, 30.0))
    more = ("--audio", song, "--record-audio", "--takes", tmp_path / "takes", "--fps", "20")
    with Play(tmp_path, *more, "--record", tmp_path / "whole.mp4", "--midi", "none") as play:
        play.wait_for_picture()
        play.wait_for_words("audio input open")
        time.sleep(2)
        play.send("/record/stop")
        play.wait_for_words("whole.mp4: ")
        play.send("/record/start")
        play.wait_for_words("film-0001.mp4")
        time.sleep(2)
        assert play.stop() == 0
    for film in (tmp_path / "whole.mp4", tmp_path / "takes" / "film-0001.mp4"):
        sound = sound_of(film)
        assert abs(len(sound) / RATE - length_of(film)) < 0.2, play.said
        beats = np.flatnonzero(np.abs(sound) > 0.1) / RATE
        gaps = np.diff(beats[np.diff(beats, prepend=-1.0) > 0.2])
        assert len(gaps) >= 1 and np.allclose(gaps, 0.5, atol=0.02), gaps
    assert not list((tmp_path / "morphogen").glob("sound-*"))


def test_sound_that_nothing_hears_is_one_line() -> None:
    done = run_command("play", "--record-audio", "--headless")
    assert done.returncode == 2 and "there is nothing to be heard" in done.stderr
