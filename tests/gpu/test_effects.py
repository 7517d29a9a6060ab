"""Our effects and transitions: they leave alone what they are told to leave alone, and never break."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.isf.isf_file import IsfFile, read_isf
from engine.gpu.isf.run import Clock, IsfRun
from engine.gpu.shelf import Shelf
from engine.show.parameter import Parameter

SHADERS = Path(__file__).resolve().parents[2] / "shaders"
EFFECTS = sorted(path.stem for path in (SHADERS / "effects").glob("*.fs"))
TRANSITIONS = sorted(path.stem for path in (SHADERS / "transitions").glob("*.fs"))
SIZE = (27, 15)  # no power of two: a software renderer compiles each shader once
FRAME_S = 1.0 / 30.0
Picture = NDArray[np.float32]
Values = dict[str, float | Sequence[float]]


class Bench:
    """One file under test, drawn as the mixer draws it: into half floats."""

    def __init__(
        self, context: moderngl.Context, shelf: Shelf, file: IsfFile, size: tuple[int, int]
    ) -> None:
        self.file = file
        self._run = IsfRun(context, shelf, file.as_effect(), size)
        self._texture = context.texture(size, 4, dtype="f2")
        self._target = context.framebuffer([self._texture])
        self._images = {name: context.texture(size, 4, dtype="f4") for name in file.shader.images}

    def draw(
        self, values: Values, images: Mapping[str, Picture], delta: float = FRAME_S
    ) -> Picture:
        """The next picture: (rows, columns, 3), row 0 at the bottom."""
        for name, picture in images.items():
            self._images[name].write(picture.tobytes())
        self._run.draw(values, self._images, self._target, Clock(delta))
        raw = np.frombuffer(self._target.read(components=4, dtype="f4"), np.float32)
        columns, rows = self._texture.size
        return raw.reshape(rows, columns, 4)[..., :3]

    def close(self) -> None:
        self._run.release()
        self._target.release()
        for texture in (self._texture, *self._images.values()):
            texture.release()


Begin = Callable[..., Bench]


@pytest.fixture(scope="module")
def shelf(context: moderngl.Context) -> Iterator[Shelf]:
    """Each file is compiled once for all the tests here."""
    made = Shelf(context, SHADERS)
    yield made
    made.release()


@pytest.fixture
def begin(context: moderngl.Context, shelf: Shelf) -> Iterator[Begin]:
    """Begins effects/bloom or transitions/wipe by that name."""
    with ExitStack() as stack:

        def start(name: str, size: tuple[int, int] = SIZE) -> Bench:
            bench = Bench(context, shelf, read_isf(SHADERS / f"{name}.fs", SHADERS), size)
            stack.callback(bench.close)
            return bench

        yield start


def paint(seed: int, brightest: float = 1.0) -> Picture:
    """Soft spots on black with some noise: (rows, columns, 4) of 0..brightest."""
    chance = np.random.default_rng(seed)
    rows, columns = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    picture = 0.1 * chance.random((SIZE[1], SIZE[0], 4))
    for _ in range(4):
        row, column = chance.random(2) * (SIZE[1], SIZE[0])
        spot = np.exp(-((rows - row) ** 2 + (columns - column) ** 2) / 12.0)
        picture += spot[..., None] * chance.random(4)
    picture *= brightest / picture[..., :3].max()
    picture[..., 3] = 1.0
    return picture.astype(np.float16).astype(np.float32)


def choose(chance: np.random.Generator, parameters: Sequence[Parameter]) -> Values:
    """A value for each: anywhere in its range, often at one of its ends."""
    values: Values = {}
    for p in parameters:
        if p.name == "progress":
            continue
        if p.values:
            values[p.name] = float(chance.choice(p.values))
            continue
        part = np.clip(chance.uniform(-0.4, 1.4, p.components), 0.0, 1.0)
        low, high = np.array(p.minimum), np.array(p.maximum)
        value = [float(v) for v in low + (high - low) * part]
        if p.kind in ("int", "bool", "event"):
            value = [float(round(v)) for v in value]
        values[p.name] = value[0] if p.components == 1 else value
    return values


def identity(file: IsfFile) -> Values:
    """The values at which the file's inputs say that they do nothing."""
    inputs = file.shader.header["INPUTS"]
    return {entry["NAME"]: entry["IDENTITY"] for entry in inputs if "IDENTITY" in entry}


def has_identity(name: str) -> bool:
    return '"IDENTITY"' in (SHADERS / "effects" / f"{name}.fs").read_text(encoding="utf-8")


def test_there_is_what_a_performer_expects() -> None:
    assert len(EFFECTS) >= 30
    assert len(TRANSITIONS) >= 15


@pytest.mark.parametrize("name", [name for name in EFFECTS if name != "halftone"])
def test_an_effect_is_seen_at_its_defaults(begin: Begin, name: str) -> None:
    bench, picture = begin(f"effects/{name}"), paint(1)
    moved = [np.roll(picture, frame // 2, axis=1) for frame in range(12)]
    for frame in moved:
        shown = bench.draw({}, {"inputImage": frame})
    assert np.abs(shown - moved[-1][..., :3]).mean() > 0.002
    assert shown.max() > 0.1, "black"
    assert shown.max() < 6.0, "more light than anyone put in"


def test_a_halftone_has_points_where_there_are_texels_for_them_else_the_picture(
    begin: Begin,
) -> None:
    large, small = begin("effects/halftone", (91, 351)), begin("effects/halftone")
    grey = np.full((351, 91, 4), 0.2, np.float32)
    points = large.draw({}, {"inputImage": grey})
    assert points.std() > 0.05
    few = np.full((SIZE[1], SIZE[0], 4), 0.2, np.float32)
    assert np.abs(small.draw({}, {"inputImage": few}) - 0.2).max() < 1e-3


@pytest.mark.parametrize("name", [name for name in EFFECTS if has_identity(name)])
def test_at_its_identity_an_effect_leaves_the_picture_as_it_is(begin: Begin, name: str) -> None:
    bench = begin(f"effects/{name}")
    values = identity(bench.file)
    for frame in range(5):
        picture = paint(frame, 2.0)
        shown = bench.draw(values, {"inputImage": picture})
        assert np.abs(shown - picture[..., :3]).max() < 3e-3


@pytest.mark.parametrize("name", EFFECTS)
def test_no_value_and_no_light_breaks_an_effect(begin: Begin, name: str) -> None:
    bench = begin(f"effects/{name}")
    chance = np.random.default_rng(sum(name.encode()))
    values: Values = {}
    for frame in range(60):
        if frame % 6 == 0:
            values = choose(chance, bench.file.parameters)
            picture = paint(frame, float(chance.choice([0.02, 1.0, 20.0])))
        shown = bench.draw(
            values, {"inputImage": picture}, float(chance.choice([0.004, 0.03, 0.5]))
        )
        assert np.isfinite(shown).all(), f"frame {frame}: {values}"
        assert shown.min() >= 0.0, f"frame {frame}: {values}"


@pytest.mark.parametrize("name", ["feedback", "trails", "echo", "slit_scan"])
def test_what_is_kept_never_grows_brighter_than_what_was_shown(begin: Begin, name: str) -> None:
    bench = begin(f"effects/{name}")
    chance = np.random.default_rng(5)
    values: Values = {}
    for frame in range(90):
        if frame % 15 == 0:
            values = choose(chance, bench.file.parameters) | {"light": 0.0}
            values = {
                n: v for n, v in values.items() if n in {p.name for p in bench.file.parameters}
            }
        shown = bench.draw(values, {"inputImage": paint(frame // 20)})
        assert shown.max() <= 3.0**0.5 + 0.01, f"frame {frame}: {values}"


@pytest.mark.parametrize("name", ["feedback", "trails"])
def test_what_is_kept_fades_when_the_light_goes(begin: Begin, name: str) -> None:
    bench = begin(f"effects/{name}")
    bench.draw({}, {"inputImage": paint(2)})
    dark = np.zeros((SIZE[1], SIZE[0], 4), np.float32)
    for _ in range(100):
        shown = bench.draw({}, {"inputImage": dark}, 0.1)
    assert shown.max() < 0.005


@pytest.mark.parametrize("rate", [3.0, 4.0, 6.0, 10.0, 15.0])
def test_however_fast_it_is_hit_a_pulse_never_flashes(begin: Begin, rate: float) -> None:
    """WCAG 2.2, 2.3.1: no change of a tenth of the brightest light three times a second."""
    bench = begin("effects/pulse")
    white = np.full((SIZE[1], SIZE[0], 4), 1.0, np.float32)
    most: Values = {"light": 1.0, "swell": 1.0, "wave": 0.0, "rate": 0.0}
    mean = []
    for frame in range(150):
        hit = float((frame / 60.0 * rate) % 1.0 < 0.5)
        mean.append(bench.draw(most | {"hit": hit}, {"inputImage": white}, 1.0 / 60.0).mean())
    settled = np.array(mean[60:])
    assert settled.max() - settled.min() < 0.1
    assert max(mean) > 1.05  # and it is seen


@pytest.mark.parametrize("name", TRANSITIONS)
def test_a_transition_begins_with_the_old_picture_and_ends_with_the_new(
    begin: Begin, name: str
) -> None:
    bench = begin(f"transitions/{name}")
    images = {"startImage": paint(3), "endImage": paint(4)}
    old, new = (images[key][..., :3] for key in ("startImage", "endImage"))
    chance = np.random.default_rng(6)
    values = [{}, choose(chance, bench.file.parameters), choose(chance, bench.file.parameters)]
    for own in values:
        for progress in (0.0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0, 0.4, 0.0, 1.0):
            shown = bench.draw(own | {"progress": progress}, images)
            assert np.isfinite(shown).all() and shown.min() >= 0.0
            if progress in (0.0, 1.0):
                assert np.abs(shown - (new if progress else old)).max() < 1.0 / 255.0, own


@pytest.mark.parametrize("name", TRANSITIONS)
def test_a_transition_is_on_its_way_in_the_middle(begin: Begin, name: str) -> None:
    bench = begin(f"transitions/{name}")
    images = {"startImage": paint(3), "endImage": paint(4)}
    for frame in range(31):
        shown = bench.draw({"progress": 0.55 * frame / 30}, images)
    for picture in images.values():
        assert np.abs(shown - picture[..., :3]).mean() > 0.004


def test_growth_is_a_front_that_only_advances(begin: Begin) -> None:
    bench = begin("transitions/growth")
    black, white = (np.full((SIZE[1], SIZE[0], 4), v, np.float32) for v in (0.0, 0.02))
    white[3:6, 6:9] = 1.0
    settings: Values = {"rim": 0.0, "softness": 0.1, "along": 0.0}
    parts = []
    for frame in range(61):
        images = {"startImage": black, "endImage": white}
        shown = bench.draw(settings | {"progress": frame / 60}, images)
        parts.append(shown[..., 1] / white[..., 1])
    early = parts[12]
    assert early[4, 7] > 0.9, "it begins where the new picture is brightest"
    assert early[13, 24] < 0.1, "and not far from there"
    steps = np.diff(np.stack(parts), axis=0)
    assert steps.min() > -0.01
    between = [np.mean((part > 0.1) & (part < 0.9)) for part in parts]
    assert max(between) < 0.5, "a dissolve would have all of it between"
