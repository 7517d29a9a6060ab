"""Sources that change: films, drawings and other layers' fields; and what is not there."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.assets import find_assets
from engine.errors import MorphogenError
from engine.footage import FPS, Footage, Reel
from engine.gpu.live_sources import ROWS
from engine.gpu.mixer import Mixer
from engine.gpu.shelf import Shelf
from engine.gpu.sources import Sources
from engine.gpu.start import Start
from engine.library import Library, read_library
from engine.message import Message
from engine.output.ffmpeg import find_ffmpeg
from engine.show.director import Director
from engine.show.frame import Splat, VoiceFrame
from engine.show.kinds import parse_kind
from engine.show.pace import Pace
from engine.show.scene import Scene
from engine.show.sources.source import KINDS, Source
from tests.gpu.test_picture import plain_scene

SIZE = (64, 32)
NOTHING = Start(np.zeros((1, 1, 1), np.float32), alone=True)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_assets())


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `ramp.mp4`: two seconds that begin black and end white."""
    folder = tmp_path_factory.mktemp("films")
    picture = "geq=lum='clip(255*N/49,0,255)':cb=128:cr=128"
    command = f"-f lavfi -i color=black:s=64x32:r=25:d=2,format=gray,{picture} -c:v libx264 -y"
    subprocess.run(
        [find_ffmpeg(), "-loglevel", "error", *command.split(), str(folder / "ramp.mp4")],
        check=True,
    )
    return folder


@pytest.fixture
def shelf(context: moderngl.Context) -> Iterator[Shelf]:
    made = Shelf(context, find_assets().shaders)
    yield made
    made.release()


def source_of(kind: str, name: str = "lamp", **table: object) -> Source:
    read, arguments = parse_kind({"kind": kind, **table}, KINDS, "source", str)
    return Source(name, read, arguments, {"cooling": 0.05}, "scenes/a.toml:7")


def scene_with(library: Library, *sources: Source) -> Scene:
    return replace(plain_scene(library, 24), sources=sources)


def voice_with(library: Library, *sources: Source) -> VoiceFrame:
    scene = scene_with(library, *sources)
    catalogue = replace(library.catalogue, scenes={scene.id: scene})
    frame = Director(catalogue, scene.id, pace=Pace(aspect=2.0)).advance(0)
    return frame.layers[0].voices[0]


def read(texture: moderngl.Texture) -> NDArray[np.float32]:
    kinds = {"f1": np.uint8, "f2": np.float16, "f4": np.float32}
    raw = np.frombuffer(texture.read(alignment=1), kinds[texture.dtype])
    scale = 255.0 if texture.dtype == "f1" else 1.0
    return raw.reshape(texture.height, texture.width).astype(np.float32) / scale


def lightness(picture: bytes | None) -> float:
    assert picture is not None
    return float(np.frombuffer(picture, np.uint8).mean()) / 255


def wait_for(reel: Reel, seconds: float) -> bytes:
    for _ in range(400):
        picture = reel.take(seconds)
        if picture is not None:
            return picture
        time.sleep(0.02)
    raise AssertionError(reel.complaints())


def test_a_film_offline_is_read_by_time_and_the_same_each_time(film: Path) -> None:
    source = source_of("video", file="ramp.mp4")
    runs = []
    for _ in range(2):
        footage = Footage(film, live=False)
        reel = footage.open(source, SIZE)
        runs.append([reel.take(number / 10) for number in range(18)])
        footage.close()
    assert runs[0] == runs[1]
    for number, picture in enumerate(runs[0]):
        frame = int(number / 10 * FPS)
        assert lightness(picture) == pytest.approx(frame / 49, abs=0.02)


def test_a_film_begins_again_for_ever_or_keeps_its_last_picture(film: Path) -> None:
    footage = Footage(film, live=False)
    loops = footage.open(source_of("video", file="ramp.mp4"), SIZE)
    ends = footage.open(source_of("video", file="ramp.mp4", loop=False, invert=True), SIZE)
    assert lightness(loops.take(8.4)) == pytest.approx(10 / 49, abs=0.04)  # its fifth turn
    assert lightness(ends.take(8.4)) == pytest.approx(0.0, abs=0.02)
    assert ends.take(9.0) is None
    assert loops.complaints() == ends.complaints() == []
    footage.close()


def test_a_film_on_stage_never_waits_and_follows_the_scenes_time(film: Path) -> None:
    footage = Footage(film, live=True)
    reel = footage.open(source_of("video", file="ramp.mp4", speed=2.0), SIZE)
    first = wait_for(reel, 0.0)
    assert lightness(first) == pytest.approx(0.0, abs=0.02)
    assert reel.take(0.0) is None  # time stands: so does the film
    later = wait_for(reel, 0.8)
    for _ in range(100):  # late pictures are skipped, one by one as they come
        newer = reel.take(0.8)
        later = newer or later
        time.sleep(0.01)
    assert lightness(later) == pytest.approx(40 / 49, abs=0.05)
    reel.close()
    assert reel.closed
    footage.close()


def test_what_is_no_film_is_one_line_and_a_missing_one_too(tmp_path: Path) -> None:
    (tmp_path / "words.mp4").write_text("this is no film")
    footage = Footage(tmp_path, live=False)
    reel = footage.open(source_of("video", file="words.mp4"), SIZE)
    assert reel.take(0.0) is None
    said = reel.complaints()
    assert len(said) == 1 and "'words.mp4' cannot be played" in str(said[0])
    assert said[0].where == "scenes/a.toml:7" and "\n" not in str(said[0])
    with pytest.raises(MorphogenError, match=r"there is no file 'gone\.mp4'"):
        footage.open(source_of("video", file="gone.mp4"), SIZE)
    with pytest.raises(MorphogenError, match="on stage only"):
        footage.open(source_of("camera"), SIZE)
    footage.close()


def test_a_camera_that_is_gone_is_said_once_and_seen_when_it_comes(film: Path) -> None:
    # A file in the camera's place: it is not there, then it is, and it ends and comes again.
    device = film / "camera.mp4"
    options = "-vf scale=64:32,vflip,format=gray -f rawvideo pipe:1".split()
    reel = Reel(
        ["-i", f"file:{device}", *options],
        64 * 32,
        source_of("camera"),
        waits=False,
        newest=True,
        retry_s=0.05,
    )
    said = []
    for _ in range(200):
        said += reel.complaints()
        if said:
            break
        time.sleep(0.02)
    time.sleep(0.5)  # it has been tried again meanwhile
    said += reel.complaints()
    assert len(said) == 1 and "camera 0" in str(said[0]) and "tried again" in str(said[0])
    device.write_bytes((film / "ramp.mp4").read_bytes())
    assert wait_for(reel, 0.0)
    assert wait_for(reel, 0.0)
    assert reel.complaints() == []
    reel.close()
    reel.join()


def test_a_film_is_seen_in_the_sources_texture(
    context: moderngl.Context, shelf: Shelf, library: Library, film: Path
) -> None:
    voice = voice_with(library, source_of("video", file="ramp.mp4"))
    footage = Footage(film, live=False)
    sources = Sources(context, shelf, voice, NOTHING, footage)
    texture = sources.textures["lamp"]
    assert texture.height == ROWS and read(texture).max() == 0.0
    for _ in range(11):
        sources.follow(replace(voice, seconds=0.1), {})
    assert read(texture) == pytest.approx(25 / 49, abs=0.03)
    sources.release()
    footage.close()


def test_marks_are_drawn_where_they_were_made_fade_and_are_gone(
    context: moderngl.Context, shelf: Shelf, library: Library, tmp_path: Path
) -> None:
    voice = voice_with(library, source_of("drawn", fade=2.0))
    sources = Sources(context, shelf, voice, NOTHING)
    marks = (*[Splat(0.25, 0.75, 0.1, 1.0)] * 20, Splat(0.8, 0.2, 0.05, 0.5))
    sources.follow(replace(voice, seconds=0.0, marks=marks), {})
    drawn = read(sources.textures["lamp"])
    rows, columns = drawn.shape
    at = {
        place: drawn[round(place[1] * rows), round(place[0] * columns)]
        for place in ((0.25, 0.75), (0.8, 0.2), (0.5, 0.5))
    }
    assert at[0.25, 0.75] > 0.99 and at[0.8, 0.2] == pytest.approx(0.5, abs=0.02)
    assert at[0.5, 0.5] < 0.01
    for _ in range(20):
        sources.follow(replace(voice, seconds=0.1), {})
    faded = read(sources.textures["lamp"])
    assert faded.max() == pytest.approx(np.exp(-1.0), abs=0.02)
    wipe = (Splat(0.25, 0.75, 0.3, -1.0),)
    sources.follow(replace(voice, seconds=0.0, marks=wipe), {})
    assert read(sources.textures["lamp"])[round(0.75 * rows), round(0.25 * columns)] < 0.01
    for _ in range(300):
        sources.follow(replace(voice, seconds=0.1), {})
    assert read(sources.textures["lamp"]).max() == 0.0
    sources.release()


def test_one_layers_field_drives_another_and_messages_draw(
    context: moderngl.Context, shelf: Shelf, library: Library
) -> None:
    low = replace(scene_with(library), id="low")
    high = replace(
        scene_with(library, source_of("layer", layer=1), source_of("drawn", "hand")), id="high"
    )
    catalogue = replace(library.catalogue, scenes={"low": low, "high": high})
    director = Director(catalogue, "low", pace=Pace(aspect=2.0))
    director.apply(Message("/draw", (0.5, 0.5)))
    assert director.refused["no drawn source in this scene"] == 1
    director.go(2, "high", 0.0)
    director.apply(Message("/layer/2/draw", (0.5, 0.5, 0.1, 1.0)))
    mixer = Mixer(context, shelf, (32, 16), catalogue.models, find_assets().scenes)
    frame = director.advance(0)
    mixer.step(frame)
    below, above = (mixer.running(layer.voices[0].key) for layer in frame.layers)
    assert below and above
    rows, columns = 24, 48
    hill = np.tile(np.linspace(0, 1, columns)[None, :, None], (rows, 1, 1))
    below.field.write(hill.astype(np.float32))
    above.field.write(np.ones((rows, columns, 1), np.float32))
    values = {**frame.layers[1].voices[0].values, "cooling": 0.0, "cooling_hand": 0.0}
    values |= {"cooling_lamp": 0.05, "diffusion": 0.0}
    voice = replace(frame.layers[1].voices[0], values=values, steps=1, dt=1.0, splats=())
    still = replace(frame.layers[0], voices=(replace(frame.layers[0].voices[0], steps=0),))
    mixer.step(replace(frame, layers=(still, replace(frame.layers[1], voices=(voice,)))))
    assert above.field.read()[12, :, 0] == pytest.approx(1 - 0.05 * hill[12, :, 0], abs=1e-3)
    assert mixer.take_complaints() == []
    mixer.release()


def test_a_scene_goes_on_without_what_is_missing_and_says_each_once(
    context: moderngl.Context, shelf: Shelf, library: Library, tmp_path: Path
) -> None:
    (tmp_path / "broken.png").write_bytes(b"no picture")
    scene = scene_with(
        library,
        source_of("image", "lamp", file="gone.png"),
        source_of("video", "film", file="gone.mp4"),
        replace(source_of("image", "mask", file="broken.png"), moves={}),
    )
    catalogue = replace(library.catalogue, scenes={scene.id: scene})
    director = Director(catalogue, scene.id, pace=Pace(aspect=2.0))
    footage = Footage(tmp_path, live=True)
    mixer = Mixer(context, shelf, (32, 16), catalogue.models, tmp_path, footage)
    frame = director.advance(0)
    mixer.step(frame)
    running = mixer.running(frame.layers[0].voices[0].key)
    assert running
    running.field.write(np.full((24, frame.layers[0].voices[0].columns, 1), 0.5, np.float32))
    said = []
    for _ in range(5):
        frame = director.advance(20_000_000)
        voice = replace(frame.layers[0].voices[0], steps=2, dt=0.5)
        mixer.step(replace(frame, layers=(replace(frame.layers[0], voices=(voice,)),)))
        mixer.compose(frame)
        said += mixer.take_complaints()
    assert [c.where for c in said] == ["scenes/a.toml:7"] * 3
    assert sorted(str(c).split("'")[1] for c in said) == ["broken.png", "gone.mp4", "gone.png"]
    cooling = director.layer(1).voice.bank.wanted("cooling")[0]
    left = running.field.read()
    assert left == pytest.approx(0.5 * (1 - cooling * 0.5) ** 10, abs=1e-4)  # neither lamp nor mask
    mixer.release()
    footage.close()
