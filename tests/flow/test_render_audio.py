"""A film to a sound file: it breathes with it, has its sound, and is the same each time."""

from __future__ import annotations

import subprocess
from pathlib import Path

from engine.output.ffmpeg import find_ffmpeg
from tests.play import run_command
from tests.sounds import drums, write_wav


def render(out: Path, *options: str | Path) -> bytes:
    command = ("render", "plankton", "-o", out, "--seconds", "2", "--size", "96x54", "--fps", "10")
    done = run_command(*command, "--quiet", *options)
    assert done.returncode == 0, done.stderr
    return out.read_bytes()


def measure_sound(film: Path) -> int:
    """Bytes of 16-bit mono sound at 8 kHz in a film."""
    command = [find_ffmpeg(), "-v", "error", "-i", film, "-vn", "-ac", "1", "-ar", "8000"]
    done = subprocess.run([*command, "-f", "s16le", "-"], capture_output=True, check=False)
    return len(done.stdout)


def test_a_film_breathes_with_its_sound_and_is_the_same_each_time(tmp_path: Path) -> None:
    file = write_wav(tmp_path / "drums.wav", drums(150, 1.3))
    first = render(tmp_path / "a.mp4", "--audio", file)
    assert render(tmp_path / "b.mp4", "--audio", file) == first
    assert abs(measure_sound(tmp_path / "a.mp4") / 2 / 8000 - 2.0) < 0.1


def test_a_scene_that_listens_is_the_same_picture_in_silence(tmp_path: Path) -> None:
    file = write_wav(tmp_path / "quiet.wav", 0.0 * drums(150, 1.0))
    loud = write_wav(tmp_path / "loud.wav", drums(150, 1.0))
    silent = render(tmp_path / "silent.png")
    assert render(tmp_path / "quiet.png", "--audio", file) == silent
    assert render(tmp_path / "loud.png", "--audio", loud) != silent
    assert measure_sound(render_film(tmp_path)) == 0


def render_film(folder: Path) -> Path:
    render(folder / "none.mp4")
    return folder / "none.mp4"


def test_a_file_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    for command in (("render", "plankton", "-o", out), ("play", "plankton", "--headless")):
        done = run_command(*command, "--audio", tmp_path / "none.wav")
        assert done.returncode == 2
        assert done.stderr.strip() == f"{tmp_path / 'none.wav'}: there is no such file"
