"""Films and pictures of a rendering: every codec, and what was interrupted goes on where it was."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.errors import MorphogenError
from engine.output.codecs import BY_SUFFIX, CODECS, choose_codec
from engine.output.ffmpeg import find_ffmpeg
from engine.output.film import Film, check_output, open_film
from engine.output.parts import Movie
from engine.output.sequence import Sequence
from tests.sounds import tone, write_wav

SIZE = (48, 32)


def paint(picture: moderngl.Framebuffer, number: int) -> NDArray[np.uint8]:
    """A picture of its number: a bright half that moves on; answers it, rows from the top."""
    image = np.full((SIZE[1], SIZE[0], 4), 255, np.uint8)
    image[..., 0] = 30 + 6 * number
    image[: SIZE[1] // 2, :, 1] = 20
    image[:, : number % SIZE[0], 2] = 90
    texture = picture.color_attachments[0]
    assert isinstance(texture, moderngl.Texture)
    texture.write(image[::-1].tobytes())
    return image


def render(film: Film, picture: moderngl.Framebuffer, frames: int, fails_at: int = -1) -> None:
    """Show pictures; be interrupted at one of them."""
    with film:
        for number in range(frames):
            paint(picture, number)
            if number == fails_at:
                raise KeyboardInterrupt
            film.show(picture)
        film.close()


def probe(path: Path) -> tuple[str, list[float]]:
    """What ffmpeg says of the film, and the times of its frames."""
    command = [find_ffmpeg(), "-hide_banner", "-i", str(path), "-map", "0:v"]
    told = subprocess.run(
        [*command, "-vf", "showinfo", "-f", "null", "-"], capture_output=True, text=True, check=True
    ).stderr
    return told, [float(found) for found in re.findall(r"pts_time:([\d.]+)", told)]


@pytest.mark.parametrize(
    "name,codec,said",
    [
        ("a.mp4", None, "h264"),
        ("a.mp4", "h265", "hevc"),
        ("a.mkv", "h265", "hevc"),
        ("a.mov", None, "prores"),
        ("a.webm", None, "vp9"),
        ("a.gif", None, "gif"),
    ],
)
def test_every_codec_makes_a_film_of_every_picture_and_twice_the_same(
    picture: moderngl.Framebuffer, tmp_path: Path, name: str, codec: str | None, said: str
) -> None:
    made = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        render(open_film(folder / name, SIZE, 20.0, codec=codec), picture, 7)
        made.append((folder / name).read_bytes())
        assert [path.name for path in folder.iterdir()] == [name]
    assert made[0] == made[1]
    told, times = probe(tmp_path / "one" / name)
    assert f"Video: {said}" in told
    assert times == pytest.approx([n / 20 for n in range(7)], abs=0.002)


@pytest.mark.parametrize("fps", [30.0, 30000 / 1001])
def test_an_interrupted_film_goes_on_and_has_the_same_bytes_as_a_whole_one(
    picture: moderngl.Framebuffer, tmp_path: Path, fps: float
) -> None:
    song = write_wav(tmp_path / "song.wav", tone(440.0, 0.3))
    whole, path = tmp_path / "whole.mp4", tmp_path / "a.mp4"
    chosen = CODECS["h264"]
    more = {"plan": "x", "sound": (song, None), "part_seconds": 0.2}
    render(Movie(whole, SIZE, fps, chosen, **more), picture, 21)  # type: ignore[arg-type]
    for fails_at, kept in ((15, 0), (3, 12), (20, 12)):
        film = Movie(path, SIZE, fps, chosen, **more)  # type: ignore[arg-type]
        assert film.kept == kept
        with pytest.raises(KeyboardInterrupt):
            render(film, picture, 21, fails_at)
        assert not path.exists()
    film = Movie(path, SIZE, fps, chosen, **more)  # type: ignore[arg-type]
    assert film.kept == 18
    render(film, picture, 21)
    assert path.read_bytes() == whole.read_bytes()
    told, times = probe(path)
    assert times == pytest.approx([n / fps for n in range(21)], abs=1e-4)
    assert "Audio: aac" in told
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.mp4", "song.wav", "whole.mp4"]


def test_parts_of_another_film_are_thrown_away(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    chosen = CODECS["h264"]
    film = Movie(tmp_path / "a.mp4", SIZE, 10.0, chosen, plan="one", part_seconds=0.2)
    with pytest.raises(KeyboardInterrupt):
        render(film, picture, 9, 7)
    assert Movie(tmp_path / "a.mp4", SIZE, 10.0, chosen, plan="two", part_seconds=0.2).kept == 0
    (tmp_path / "a.mp4.parts" / "plan.json").write_text("no plan")
    assert Movie(tmp_path / "a.mp4", SIZE, 10.0, chosen, plan="two", part_seconds=0.2).kept == 0


@pytest.mark.parametrize("name", ["frames", "frames/%04d.png"])
def test_pictures_of_their_own_have_exactly_the_pixels_and_go_on_after_an_interruption(
    picture: moderngl.Framebuffer, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "frames"
    folder.mkdir()
    with pytest.raises(KeyboardInterrupt):
        render(open_film(tmp_path / name, SIZE, 30.0, plan="x"), picture, 5, 3)
    first = next(path for path in folder.iterdir() if path.name.endswith("1.png"))
    written_ns = first.stat().st_mtime_ns
    render(open_film(tmp_path / name, SIZE, 30.0, plan="x"), picture, 5)
    files = sorted(folder.iterdir())
    assert [path.name for path in files] == [
        f"{n:0{4 if '%' in name else 5}d}.png" for n in range(1, 6)
    ]
    assert first.stat().st_mtime_ns == written_ns
    for number, path in enumerate(files):
        with Image.open(path) as image:
            assert (np.asarray(image) == paint(picture, number)[..., :3]).all()


def test_pictures_of_another_rendering_are_written_anew(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    (tmp_path / "00001.png").write_text("old")
    render(Sequence(tmp_path, plan="x"), picture, 1)
    assert (tmp_path / "00001.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "name,codec,words",
    [
        ("a.txt", None, "no picture or film ends in '.txt'"),
        ("a", None, "no picture or film ends in ''"),
        ("a.webm", "h264", ".webm holds no h264. End its name in .mp4"),
        ("no/such/a.mp4", None, "there is no folder"),
        ("no/such/a.png", None, "there is no folder"),
    ],
)
def test_what_cannot_be_a_film_is_one_line(
    tmp_path: Path, name: str, codec: str | None, words: str
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    with pytest.raises(MorphogenError, match=re.escape(words)):
        check_output(tmp_path / "a" / "b" / name, codec)


def test_every_suffix_has_a_codec_that_it_can_hold() -> None:
    for suffix in BY_SUFFIX:
        assert suffix in choose_codec(Path(f"a{suffix}")).suffixes
