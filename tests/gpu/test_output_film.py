"""Pictures into files: the film is decoded again and compared with what was shown."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import MorphogenError
from engine.output.ffmpeg import Encoder, find_ffmpeg
from engine.output.png import write_png
from engine.output.preview import Preview
from engine.output.readback import Readback, read_image
from engine.output.recorder import Recorder

SIZE = (64, 48)


def _has_ffmpeg() -> bool:
    try:
        find_ffmpeg()
    except MorphogenError:
        return False
    return True


needs_ffmpeg = pytest.mark.skipif(not _has_ffmpeg(), reason="needs ffmpeg or imageio-ffmpeg")


class Clock:
    """Nanoseconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1_000_000_000

    def __call__(self) -> int:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += round(seconds * 1e9)


def paint(picture: moderngl.Framebuffer, number: int) -> NDArray[np.uint8]:
    """A picture that tells its number, its top and its colours; answers it, rows from the top."""
    width, height = picture.size
    image = np.zeros((height, width, 4), np.uint8)
    image[..., 3] = 255
    image[: height // 2, :, 0] = 40 + 20 * number  # red above, blue below
    image[height // 2 :, :, 2] = 200
    image[:, : width // 4, 1] = 120
    texture = picture.color_attachments[0]
    assert isinstance(texture, moderngl.Texture)
    texture.write(image[::-1].tobytes())
    return image


def decode(path: Path) -> NDArray[np.uint8]:
    """All frames of a film: (frame, height, width, 3)."""
    told = subprocess.run(
        [find_ffmpeg(), "-hide_banner", "-i", str(path)], capture_output=True, text=True
    ).stderr
    video = next(line for line in told.splitlines() if "Video:" in line)
    assert "h264" in video
    assert "yuv420p" in video
    assert "tv, bt709, " in video  # range, then matrix, primaries and curve all the same
    size = re.search(r" (\d+)x(\d+)[ ,]", video)
    assert size is not None
    width, height = int(size[1]), int(size[2])
    raw = subprocess.run(
        f"{find_ffmpeg()} -v error -i {path} -vf scale=in_color_matrix=bt709:flags=accurate_rnd "
        "-f rawvideo -pix_fmt rgb24 -".split(),
        capture_output=True,
        check=True,
    ).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, height, width, 3)


@needs_ffmpeg
def test_every_picture_shown_is_a_frame_of_the_film(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    shown = []
    with Recorder(tmp_path / "a.mp4", SIZE, 30, blocking=True) as recorder:
        for number in range(10):
            shown.append(paint(picture, number))
            recorder.show(picture)
    frames = decode(tmp_path / "a.mp4")
    assert frames.shape == (10, SIZE[1], SIZE[0], 3)
    assert (recorder.frames, recorder.dropped) == (10, 0)
    difference = np.abs(frames.astype(int) - np.stack(shown)[..., :3])
    assert difference.mean() < 3
    # Away from edges, where 4:2:0 halves the colours, a flat colour is itself.
    assert difference[:, 4:20, 20:60].max() <= 6
    assert difference[:, 28:44, 20:60].max() <= 6


@needs_ffmpeg
@pytest.mark.parametrize("blocking", [True, False], ids=["offline", "live"])
def test_only_an_offline_film_is_written_a_second_time_to_begin_with_its_index(
    picture: moderngl.Framebuffer, tmp_path: Path, blocking: bool
) -> None:
    with Recorder(tmp_path / "a.mp4", SIZE, 30, blocking=blocking) as recorder:
        recorder.show(picture)
    data = (tmp_path / "a.mp4").read_bytes()
    assert (data.index(b"moov") < data.index(b"mdat")) == blocking


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a program of ours takes ffmpeg's place")
@pytest.mark.parametrize("works", [True, False], ids=["slow", "hung"])
def test_an_ffmpeg_is_killed_only_when_it_does_nothing(tmp_path: Path, works: bool) -> None:
    film, program = tmp_path / "a.mp4", tmp_path / "ffmpeg"
    busy = f"for i in 1 2 3 4 5 6; do echo $i >> {film}; sleep 0.5; done"
    program.write_text(f"#!/bin/sh\n{busy if works else 'exec sleep 60'}\n")
    program.chmod(0o755)
    encoder = Encoder(film, SIZE, 30, live=True, program=str(program))
    said = encoder.finish(patience_s=1.5)
    assert (said is None) == works


@needs_ffmpeg
def test_the_same_pictures_give_the_same_film(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    for name in ("a.mp4", "b.mp4"):
        with Recorder(tmp_path / name, SIZE, 29.97, blocking=True) as recorder:
            for number in range(6):
                paint(picture, number)
                recorder.show(picture)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


@needs_ffmpeg
def test_an_odd_size_loses_its_last_row_and_column(
    context: moderngl.Context, tmp_path: Path
) -> None:
    odd = context.framebuffer([context.texture((33, 21), 4)])
    with Recorder(tmp_path / "odd.mp4", (33, 21), 30, blocking=True) as recorder:
        shown = paint(odd, 3)
        recorder.show(odd)
    (frame,) = decode(tmp_path / "odd.mp4")
    assert frame.shape == (20, 32, 3)
    assert np.abs(frame[2:7, 12:30].astype(int) - shown[2:7, 12:30, :3]).max() <= 6
    assert np.abs(frame[14:19, 12:30].astype(int) - shown[14:19, 12:30, :3]).max() <= 6
    odd.color_attachments[0].release()
    odd.release()


@needs_ffmpeg
def test_a_live_film_keeps_time_with_the_clock(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    clock = Clock()
    with Recorder(tmp_path / "live.mp4", SIZE, 10, now_ns=clock) as recorder:
        for number in range(4):  # twice as fast as the film: every other one is left out
            paint(picture, number)
            recorder.show(picture)
            clock.pass_seconds(0.05)
        clock.pass_seconds(0.25)  # a stall: the next picture stands for the missing ones
        paint(picture, 9)
        recorder.show(picture)
    reds = decode(tmp_path / "live.mp4")[:, 10, 40, 0].astype(int)
    assert reds == pytest.approx([40, 80, 220, 220, 220], abs=4)
    assert (recorder.frames, recorder.dropped) == (5, 0)


@needs_ffmpeg
def test_a_live_film_never_overwrites_an_earlier_one(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    (tmp_path / "take.mp4").write_text("precious")
    for _ in range(2):
        with Recorder(tmp_path / "take.mp4", SIZE, 30) as recorder:
            recorder.show(picture)
    assert (tmp_path / "take.mp4").read_text() == "precious"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["take-2.mp4", "take-3.mp4", "take.mp4"]
    assert recorder.path == tmp_path / "take-3.mp4"


@needs_ffmpeg
def test_a_picture_of_another_size_is_fitted_into_the_film(
    context: moderngl.Context, picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    other = context.framebuffer([context.texture((128, 48), 4)])
    with Recorder(tmp_path / "fit.mp4", SIZE, 30, blocking=True) as recorder:
        paint(picture, 0)
        recorder.show(picture)
        paint(other, 5)
        recorder.show(other)
    first, second = decode(tmp_path / "fit.mp4").astype(int)
    assert first[10, 40] == pytest.approx([40, 0, 0], abs=4)
    # 128 x 48 in 64 x 48: 64 x 24 in the middle, black above and below.
    assert second[4, 40] == pytest.approx([0, 0, 0], abs=4)
    assert second[44, 40] == pytest.approx([0, 0, 0], abs=4)
    assert second[17, 40] == pytest.approx([140, 0, 0], abs=6)
    assert second[31, 40] == pytest.approx([0, 0, 200], abs=6)
    other.color_attachments[0].release()
    other.release()


@needs_ffmpeg
def test_a_slow_encoder_drops_pictures_and_never_delays_one(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    clock = Clock()
    recorder = Recorder(tmp_path / "slow.mp4", SIZE, 30, now_ns=clock)
    child = _find_child("ffmpeg")
    os.kill(child, signal.SIGSTOP)
    try:
        longest = 0.0
        for number in range(300):
            clock.pass_seconds(1 / 30)
            before = time.monotonic()
            paint(picture, number % 10)
            recorder.show(picture)
            longest = max(longest, time.monotonic() - before)
    finally:
        os.kill(child, signal.SIGCONT)
    recorder.close()
    assert recorder.dropped > 100
    assert longest < 0.5
    assert recorder.trouble is None
    assert len(decode(recorder.path)) == recorder.frames


@needs_ffmpeg
def test_a_dead_ffmpeg_ends_the_film_with_one_complaint(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    clock = Clock()
    recorder = Recorder(tmp_path / "dead.mp4", SIZE, 30, now_ns=clock)
    os.kill(_find_child("ffmpeg"), signal.SIGKILL)
    end = time.monotonic() + 20
    while recorder.trouble is None and time.monotonic() < end:
        clock.pass_seconds(1 / 30)
        recorder.show(picture)
        time.sleep(0.01)
    assert recorder.trouble is not None
    assert recorder.trouble.where == str(tmp_path / "dead.mp4")
    recorder.show(picture)
    recorder.close()


@needs_ffmpeg
def test_a_dead_ffmpeg_is_an_error_offline(picture: moderngl.Framebuffer, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "dead.mp4", SIZE, 30, blocking=True)
    os.kill(_find_child("ffmpeg"), signal.SIGKILL)
    with pytest.raises(MorphogenError, match=r"dead\.mp4"):
        for _ in range(2000):
            recorder.show(picture)
    with pytest.raises(MorphogenError, match=r"dead\.mp4"):
        recorder.close()


@needs_ffmpeg
def test_a_nearly_full_disk_ends_the_film_while_it_can_be_finished(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    clock = Clock()
    free = shutil.disk_usage(tmp_path).free
    recorder = Recorder(tmp_path / "full.mp4", SIZE, 30, now_ns=clock, reserve_bytes=free * 2)
    recorder.show(picture)
    clock.pass_seconds(1)
    recorder.show(picture)
    recorder.close()
    assert recorder.trouble is not None
    assert "disk" in str(recorder.trouble)


def test_a_film_that_cannot_begin_says_why(tmp_path: Path) -> None:
    with pytest.raises(MorphogenError, match="no folder"):
        Recorder(tmp_path / "absent" / "a.mp4", SIZE, 30)
    with pytest.raises(MorphogenError, match="too small"):
        Recorder(tmp_path / "a.mp4", (1, 48), 30)
    assert list(tmp_path.iterdir()) == []


def test_readback_gives_each_picture_one_frame_later(picture: moderngl.Framebuffer) -> None:
    readback = Readback(picture.ctx, SIZE)
    assert readback.take() is None
    for number in range(3):
        image = paint(picture, number)
        readback.start(picture)
        paint(picture, 9)  # what is drawn meanwhile does not get in
        data = readback.take()
        assert data == image[::-1].tobytes()
    assert readback.take() is None
    readback.close()


def test_a_png_is_the_picture_and_the_same_bytes_each_time(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    from PIL import Image

    image = paint(picture, 4)
    write_png(tmp_path / "a.png", picture)
    write_png(tmp_path / "b.png", read_image(picture))
    with Image.open(tmp_path / "a.png") as opened:
        assert opened.mode == "RGB"
        assert np.array_equal(np.asarray(opened), image[..., :3])
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.png", "b.png"]


def test_a_png_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.png").mkdir()  # a folder is in the way
    with pytest.raises(MorphogenError, match="could not be written"):
        write_png(tmp_path / "a.png", np.zeros((4, 4, 3), np.uint8))
    assert [p.name for p in tmp_path.iterdir()] == ["a.png"]
    with pytest.raises(MorphogenError, match="could not be written"):
        write_png(tmp_path / "absent" / "a.png", np.zeros((4, 4, 3), np.uint8))


def test_the_preview_is_always_a_whole_picture(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    from PIL import Image

    path = tmp_path / "latest.png"
    broken: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            if path.exists():
                try:
                    with Image.open(path) as opened:
                        opened.load()
                except Exception as error:
                    broken.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    with Preview(path, every_seconds=0.0) as preview:
        for number in range(60):
            image = paint(picture, number % 10)
            preview.show(picture)
            time.sleep(0.005)
    done.set()
    reader.join()
    assert not broken
    assert preview.trouble is None
    with Image.open(path) as opened:
        assert np.asarray(opened)[40, 40, 2] == image[40, 40, 2]


def test_the_preview_is_written_no_oftener_than_asked(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    clock, path, seen = Clock(), tmp_path / "latest.png", set()
    with Preview(path, every_seconds=2.0, now_ns=clock) as preview:
        for number in range(10):  # five seconds
            paint(picture, number)
            preview.show(picture)
            clock.pass_seconds(0.5)
            time.sleep(0.05)
            if path.exists():
                seen.add(path.read_bytes())
    seen.add(path.read_bytes())
    assert 2 <= len(seen) <= 3


def test_a_preview_that_cannot_be_written_says_so_and_goes_on(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    folder = tmp_path / "later"
    with Preview(folder / "latest.png", every_seconds=0.0) as preview:
        _show_until(preview, picture, lambda: preview.trouble is not None)
        assert preview.trouble is not None
        folder.mkdir()
        _show_until(preview, picture, lambda: preview.trouble is None)
        assert preview.trouble is None
    assert (folder / "latest.png").exists()


def _show_until(preview: Preview, picture: moderngl.Framebuffer, holds: object) -> None:
    assert callable(holds)
    end = time.monotonic() + 10
    while not holds() and time.monotonic() < end:
        preview.show(picture)
        time.sleep(0.01)


def _find_child(name: str) -> int:
    """The process id of our own child of that name."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            state = (entry / "stat").read_text()
        except OSError:
            continue
        command, _, rest = state.partition("(")[2].rpartition(")")
        if name in command and int(rest.split()[1]) == os.getpid() and rest.split()[0] != "Z":
            return int(entry.name)
    pytest.fail(f"no child called {name}")


@needs_ffmpeg
@pytest.mark.skipif(os.name == "nt", reason="a folder in use cannot go there")
def test_a_folder_that_goes_away_ends_the_film_and_closing_it_waits_for_nobody(
    picture: moderngl.Framebuffer, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    clock = Clock()
    recorder = Recorder(folder / "a.mp4", SIZE, 30, now_ns=clock)
    folder.rename(tmp_path / "pulled")
    for number in range(3):
        paint(picture, number)
        recorder.show(picture)
        clock.pass_seconds(1 / 30)
    recorder.close()
    assert recorder.trouble is not None and "folder is gone" in recorder.trouble.what
