"""From a field to eight bits: enlarged without blocks, dithered without bands, never a flash or a hole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.assets import find_assets
from engine.gpu.mixer import Mixer
from engine.gpu.running import Running
from engine.gpu.shelf import Shelf
from engine.library import Library, read_library
from engine.message import Message
from engine.show.director import Director
from engine.show.pace import Pace
from engine.show.scene import Scene
from tests.show import voice_of

SIZE = (640, 360)
FRAME_NS = 33_333_333
# What the trail reads at the right edge of the picture.
EDGE = """/*{"ISFVSN": "2", "INPUTS": [], "MORPHOGEN": {"KIND": "look"}}*/
void main() { gl_FragColor = texture(trail, vec2(1.0, 0.5)).rrrr; }
"""


class Theatre:
    """A scene of heat, flat and plain, that is stepped and drawn by hand."""

    def __init__(self, context: moderngl.Context, library: Library, rows: int) -> None:
        catalogue = library.catalogue
        scene = plain_scene(library, rows)
        self.director = Director(
            replace(catalogue, scenes={scene.id: scene}), scene.id, pace=Pace(SIZE[0] / SIZE[1])
        )
        self.shelf = Shelf(context, library.assets.shaders)
        self.mixer = Mixer(context, self.shelf, SIZE, catalogue.models, library.assets.scenes)

    def play(self, frames: int = 1) -> NDArray[np.float64]:
        """The picture after some frames: (height, width, 3) of 0..255, row 0 at the bottom."""
        for _ in range(frames):
            frame = self.director.advance(FRAME_NS)
            self.mixer.step(frame)
            self.mixer.compose(frame)
        raw = np.frombuffer(self.mixer.picture.read(components=3), np.uint8)
        return raw.reshape(SIZE[1], SIZE[0], 3).astype(np.float64)

    def set_field(self, state: NDArray[np.float64]) -> None:
        running = self.mixer.running(self.director.layers[1].voice.key)
        assert running is not None
        running.field.write(state[..., None])

    @property
    def shape(self) -> tuple[int, int]:
        voice = self.director.layers[1].voice
        return voice.rows, voice.columns


def plain_scene(library: Library, rows: int) -> Scene:
    """Heat that stands still under the flat look, without glow, vignette or grain."""
    base = next(iter(library.catalogue.scenes.values()))
    parameters = {
        p.name: p.default
        for p in (
            *library.catalogue.models["heat"].parameters,
            *library.catalogue.looks["flat"].parameters,
            *library.catalogue.finish,
        )
    }
    parameters |= {name: (0.0,) for name in ("speed", "glow", "vignette", "grain", "flat_edge")}
    return replace(
        base,
        model="heat",
        look="flat",
        palette="bone",
        rows=rows,
        border="no-flux",
        border_value=(0.0,),
        grow=0,
        values=parameters,
        sources=(),
        macros=tuple(replace(macro, moves=()) for macro in base.macros),
        drifts=(),
        modulators=(),
        routes=(),
        effects=(),
    )


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_assets())


@pytest.fixture
def theatre(context: moderngl.Context, library: Library) -> Iterator[Theatre]:
    made = Theatre(context, library, rows=18)
    made.play()
    yield made
    made.mixer.release()
    made.shelf.release()


def ramp(shape: tuple[int, int], low: float, high: float) -> NDArray[np.float64]:
    return np.tile(np.linspace(low, high, shape[1]), (shape[0], 1))


def test_a_field_of_18_rows_is_enlarged_to_360_without_blocks(theatre: Theatre) -> None:
    rows, columns = theatre.shape
    across = np.arange(columns) / columns
    theatre.set_field(np.tile(0.5 + 0.4 * np.sin(2 * np.pi * across), (rows, 1)))
    # Sixteen frames and all rows: the dither averages out.
    profile = np.mean([theatre.play().mean(axis=(0, 2)) for _ in range(16)], axis=0)
    change = np.abs(np.diff(profile))[40:-40]
    bend = np.abs(np.diff(profile, n=2))[40:-40]
    # Twenty pixels a cell: blocks would put the change of a whole cell into one pixel.
    assert change.max() > 0.5, "the wave is not seen at all"
    assert bend.max() < 0.15 * change.max()


def test_a_dark_ramp_shows_no_bands(theatre: Theatre) -> None:
    theatre.set_field(ramp(theatre.shape, 0.10, 0.30))
    picture = theatre.play()
    middle = picture[:, 60:-60, 1].mean(axis=0)
    smooth = np.polyval(np.polyfit(np.arange(middle.size), middle, 6), np.arange(middle.size))
    assert smooth[-1] - smooth[0] > 4.0, "the ramp spans too few steps to show anything"
    bands = (np.round(smooth) - smooth).std()
    assert (middle - smooth).std() < 0.4 * bands


def test_a_nan_in_the_field_is_not_seen(theatre: Theatre) -> None:
    rows, columns = theatre.shape
    theatre.set_field(np.full((rows, columns), 0.6))
    whole = theatre.play()
    broken = np.full((rows, columns), 0.6)
    broken[rows // 2, columns // 2] = np.nan
    theatre.set_field(broken)
    hurt = theatre.play()
    assert np.isfinite(hurt).all()
    # Seen as rest for a moment: a soft spot of a few cells, no hole in the picture around it.
    assert np.mean(np.abs(hurt - whole) > 8) < 0.06


def test_blackout_is_black_and_comes_and_goes_without_a_jump(theatre: Theatre) -> None:
    theatre.set_field(np.full(theatre.shape, 0.8))
    lit = theatre.play().mean()
    theatre.director.apply(Message("/blackout", (1,)))
    levels = [lit] + [theatre.play().mean() for _ in range(12)]
    assert max(levels) == pytest.approx(lit, rel=0.01)
    assert np.max(np.abs(np.diff(levels))) < 0.35 * lit
    assert theatre.play().max() == 0.0
    theatre.director.apply(Message("/blackout", (0,)))
    assert theatre.play(12).mean() == pytest.approx(lit, rel=0.01)


def test_a_palette_comes_by_a_fade(theatre: Theatre) -> None:
    theatre.set_field(ramp(theatre.shape, 0.0, 1.0))
    first = theatre.play()
    theatre.director.apply(Message("/palette/go", ("ember", 1.0)))
    steps, before = [], first
    for _ in range(33):
        now = theatre.play()
        steps.append(np.abs(now - before).mean())
        before = now
    whole = np.abs(before - first).mean()
    assert whole > 10.0, "the palettes are alike"
    assert max(steps) < 0.15 * whole


def test_the_picture_may_have_any_size(theatre: Theatre) -> None:
    rows, columns = theatre.shape
    theatre.set_field(ramp((rows, columns), 0.0, 1.0))
    large = theatre.play()
    theatre.mixer.resize((160, 90))
    frame = theatre.director.advance(FRAME_NS)
    theatre.mixer.step(frame)
    theatre.mixer.compose(frame)
    raw = np.frombuffer(theatre.mixer.picture.read(components=3), np.uint8)
    small = raw.reshape(90, 160, 3).astype(np.float64)
    shrunk = large.reshape(90, 4, 160, 4, 3).mean(axis=(1, 3))
    assert np.abs(shrunk - small).mean() < 1.5


@pytest.mark.parametrize("border", ["no-flux", "fixed", "periodic"])
def test_the_trail_bleeds_in_from_the_other_side_only_where_the_field_comes_round(
    context: moderngl.Context, library: Library, tmp_path: Path, border: str
) -> None:
    shutil.copytree(library.assets.shaders, tmp_path / "shaders")
    (tmp_path / "shaders" / "looks" / "edge.fs").write_text(EDGE, encoding="utf-8")
    flat, heat = library.catalogue.looks["flat"], library.catalogue.models["heat"]
    scene = replace(plain_scene(library, 24), look="edge", border=border)
    catalogue = replace(
        library.catalogue, looks={"edge": replace(flat, id="edge")}, scenes={scene.id: scene}
    )
    frame = Director(catalogue, scene.id, pace=Pace(2.0)).advance(FRAME_NS)
    voice = voice_of(frame)
    shelf = Shelf(context, tmp_path / "shaders")
    running = Running(context, shelf, heat, voice, tmp_path)
    picture = context.simple_framebuffer((8, 8), 4, dtype="f4")
    try:
        state = np.zeros((24, 48, 1))
        state[:, :8] = 1.0
        running.field.write(state)
        running.step(voice)
        running.draw(voice, frame, picture)
        seen = np.frombuffer(picture.read(components=4, dtype="f4"), np.float32)[::4]
    finally:
        running.release()
        shelf.release()
        picture.release()
    assert seen == pytest.approx(0.5 if border == "periodic" else 0.0, abs=0.01)
