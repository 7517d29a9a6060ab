"""A performance with real MIDI and OSC into a real stage: its tape gives the same pictures again.

Stills are what was really seen, to the last bit; the film and the live replay of the tape must have
every one of them. The long form lasts two minutes.
"""

from __future__ import annotations

import hashlib
import math
import random
import sys
import time
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.assets import find_assets
from engine.library import read_library
from engine.offline_tape import render_tape
from engine.output.readback import read_image
from engine.settings import PlaySettings
from engine.stage.stage import Stage
from engine.tape.reading import Tape, load_tape, summarise
from tests.assets import copy_assets
from tests.jack import Device, jack_server, wait_for
from tests.play import Play
from tests.similarity import halve, similarity

pytestmark = pytest.mark.skipif(
    sys.platform in ("darwin", "win32"), reason="JACK's dummy server is set up on Linux only"
)
SIZE = (96, 54)
STILLS = 5
SCENES = "coral", "ink", "aurora"
ALIKE = 0.9  # SSIM of the pictures at twice the size, both made half as large as the small ones


@dataclass(frozen=True, slots=True)
class Performance:
    """What was recorded, hashes of what was seen at some instants, and the assets it was played with."""

    tape: Tape
    hashes: list[bytes]
    assets: Path


def perform(folder: Path, seconds: float) -> Performance:
    """Play for so long, with both hands."""
    assets = copy_assets(folder / "assets", *SCENES)
    chance = random.Random(5)
    arguments = ("--assets", assets, "--tape", folder / "set.tape", "--takes", folder / "takes")
    with (
        jack_server("performance") as server,
        Device(server, "Some Keys") as keys,
        Play(
            folder, *arguments, size=f"{SIZE[0]}x{SIZE[1]}", environment=server.environment
        ) as play,
    ):
        play.wait_for_picture()
        wait_for(lambda: "Some Keys" in play.said, "the MIDI port")
        began = time.monotonic()
        stills = 0
        while (gone := time.monotonic() - began) < seconds:
            keys.send(0xB0, 1 + int(gone / 2) % 8, int(64 + 63 * math.sin(gone * 3)))
            play.send("/splat", chance.random(), chance.random(), 0.08, 0.9)
            play.send("/param/palette_shift", 0.3 * math.sin(gone))
            if chance.random() < 0.1:
                play.send("/scene/go", chance.choice(SCENES), 0.5)
                play.send("/tempo/tap")
            if chance.random() < 0.1:
                keys.send(0x90, 36 + chance.randrange(3), 100)
                play.send("/layer/2/scene/go", chance.choice(SCENES), 0.0)
                play.send("/layer/2/opacity", chance.random())
            if gone > (stills + 0.5) * seconds / STILLS:
                play.send("/still")
                stills += 1
            time.sleep(0.12)
        wait_for(lambda: len(list((folder / "takes").glob("*.png"))) == STILLS, "five stills", 30)
        play.stop()
        assert "again" not in play.said, play.said  # a stage that is begun again has another tape
    seen = []
    for path in sorted((folder / "takes").glob("*.png")):
        with Image.open(path) as image:
            seen.append(digest(np.asarray(image)))
    return Performance(load_tape(folder / "set.tape"), seen, assets)


class Film:
    """Keeps a hash of the picture after each frame of the tape, or the pictures themselves."""

    only_last = False

    def __init__(self, *, whole: bool) -> None:
        self.pictures: list[NDArray[np.uint8]] = []
        self.hashes: list[bytes] = []
        self._whole = whole
        self._shown: moderngl.Framebuffer | None = None

    def show(self, picture: moderngl.Framebuffer) -> None:
        self._shown = picture
        if self._whole:
            self.pictures.append(read_image(picture)[..., :3].copy())

    def over(self, done: int, total: int) -> None:
        """A frame of the tape is over: what was shown last is its picture."""
        if not self._whole:
            assert self._shown
            self.hashes.append(digest(read_image(self._shown)))

    def close(self) -> None:
        pass

    def __enter__(self) -> Film:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def digest(picture: NDArray[np.uint8]) -> bytes:
    return hashlib.sha1(np.ascontiguousarray(picture[..., :3])).digest()


def film(performance: Performance) -> list[bytes]:
    """All pictures of the tape, offline: at 5000 a second none is passed over."""
    return render(performance, Film(whole=False)).hashes


def stills(performance: Performance, times: int, numbers: Sequence[int]) -> list[NDArray[np.uint8]]:
    """The pictures of these frames, from 1, so many times as large."""
    ends = list(accumulate(frame.nanoseconds for frame in performance.tape.frames()))
    moments = [(ends[number - 1] - 1) * 1e-9 for number in numbers]
    return render(performance, Film(whole=True), times, moments).pictures


def render(
    performance: Performance, film: Film, times: int = 1, moments_s: Sequence[float] = ()
) -> Film:
    library = read_library(find_assets(performance.assets))
    said: list[object] = []
    render_tape(
        library,
        performance.tape,
        film,
        size=(SIZE[0] * times, SIZE[1] * times),
        fps=5000.0,
        moments_s=moments_s,
        say=said.append,
        progress=film.over,
    )
    assert said == [], said
    return film


def replay(performance: Performance) -> list[bytes]:
    """The pictures of a stage that plays the tape live."""
    settings = PlaySettings(
        start="coral",
        assets=performance.assets,
        headless=True,
        size=SIZE,
        layout=performance.tape.header.layout,
        replay=Path(performance.tape.name),
    )
    shown = []
    with Stage(settings) as stage:
        while True:
            stage.play_frame(())
            shown.append(digest(read_image(stage.mixer.picture)))
            if stage.status["/status/tape"][0] != "playing":
                return shown


def places(found: Collection[bytes], film: Sequence[bytes]) -> list[int]:
    """Where in the film these very pictures are, from 1: all of them, in their order."""
    number = {hashed: n for n, hashed in reversed(list(enumerate(film, 1)))}
    listed = [number.get(hashed, 0) for hashed in found]
    assert 0 not in listed and listed == sorted(listed)
    return listed


def check(
    performance: Performance,
    seconds: float,
    films: tuple[Sequence[bytes], Sequence[bytes]],
    replayed: Sequence[bytes],
) -> None:
    """The film twice, and the live replay, against what was seen."""
    told = summarise(performance.tape)
    assert told.trouble is None and told.nanoseconds * 1e-9 >= seconds
    assert told.moves["/splat"] > 0 and any(name.startswith("/macro/") for name in told.moves)
    first, second = films
    assert first == second and len(first) == told.frames
    places(performance.hashes, first)
    shown = places(replayed, first)  # live it may show one twice, or pass one over
    assert len(set(shown)) >= STILLS


def test_a_few_seconds_of_both_hands_come_back_from_their_tape(tmp_path: Path) -> None:
    performance = perform(tmp_path, 3.0)
    check(performance, 3.0, (film(performance), film(performance)), replay(performance))


@pytest.mark.long
def test_two_minutes_of_both_hands_come_back_from_their_tape(tmp_path: Path) -> None:
    """Two processes draw: each film begins with nothing, as that of a user does."""
    performance = perform(tmp_path, 120.0)
    told = summarise(performance.tape)
    print(f"{len(performance.tape.data)} bytes for {told.frames} frames")
    with ProcessPoolExecutor(2, get_context("spawn")) as processes:
        films = [processes.submit(film, performance) for _ in range(2)]
        replayed = processes.submit(replay, performance)
        first = films[0].result()
        seen = places(performance.hashes, first)
        sizes = [processes.submit(stills, performance, times, seen) for times in (1, 3, 6)]
        check(performance, 120.0, (first, films[1].result()), replayed.result())
        same, small, large = (pictures.result() for pictures in sizes)
    assert [digest(picture) for picture in same] == performance.hashes
    alike = [similarity(halve(halve(b)), halve(a)) for a, b in zip(small, large, strict=True)]
    print(f"the same at twice the size: SSIM {min(alike):.4f} to {max(alike):.4f}")
    assert len(alike) == STILLS and min(alike) >= ALIKE
