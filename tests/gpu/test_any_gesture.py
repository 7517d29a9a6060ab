"""Whatever is played, no model breaks: a storm of messages, in and beyond every range, each frame.

Through the director, the voice and the field as on the stage: never a NaN, never a value outside the
range, and when the storm is over the field comes back from the ends of its range.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.assets import find_assets
from engine.gpu.headers import read_model
from engine.gpu.running import Running
from engine.gpu.shelf import Shelf
from engine.library import Library, read_library
from engine.message import Message
from engine.show.catalogue import Limit, Model
from engine.show.director import Director
from engine.show.frame import VoiceFrame
from engine.show.pace import Pace
from engine.show.parameter import Parameter
from engine.show.scene import Scene
from engine.show.seeds.seed_file import parse_seed
from engine.show.sources.source import Source
from tests.gpu.running import default_values
from tests.gpu.test_limits import share_at_clamp
from tests.show import voice_of

ROOT = Path(__file__).resolve().parents[2]
MODELS = sorted(path.stem for path in (ROOT / "shaders" / "models").glob("*.fs"))
BORDERS = ("periodic", "no-flux", "fixed")
ROWS, ASPECT = 27, 48 / 27
PASSES = 40  # a frame at most, as on a slow machine
SHORT, LONG = 200, 2000  # frames
CALM = 150  # frames with the scene's own values
NANOSECONDS = (0, 16_666_667, 50_000_000, 100_000_000, 250_000_000)
NONSENSE = (math.nan, math.inf, -math.inf, 1e30, -1e30, "red", True)


class Storm:
    """One model on a small field, and hands that know no measure."""

    def __init__(
        self, context: moderngl.Context, library: Library, name: str, border: str, driven: bool
    ) -> None:
        self.random = np.random.default_rng([MODELS.index(name), driven])
        self.model: Model = library.catalogue.models[name]
        scene = self._scene(library, border, driven)
        catalogue = replace(library.catalogue, scenes={"storm": scene})
        self.director = Director(catalogue, "storm", pace=Pace(ASPECT, ROWS))
        self.director.pace = Pace(ASPECT, ROWS, cells_per_frame=ROWS * ROWS * ASPECT * PASSES)
        self.voice = self.director.layers[1].voice
        amounts = {f"{name}_terrain" for name in self.model.limit.names} if driven else set()
        self.steering = sorted({p.name for p in self.model.parameters} | amounts)
        self.shelf = Shelf(context, library.assets.shaders)
        folder = library.assets.scenes
        self.running = Running(context, self.shelf, self.model, self.advance(0), folder)

    def _scene(self, library: Library, border: str, driven: bool) -> Scene:
        moves = dict.fromkeys(sorted(self.model.limit.names), 0.0)
        terrain = Source("terrain", "noise", {"blobs": 4.0, "drift": 0.1}, moves)
        seed = {key: value for key, value in self.model.seed.items() if key != "grow"}
        base = library.catalogue.scenes["coral"]
        return replace(
            base,
            id="storm",
            model=self.model.id,
            look="flat",
            rows=ROWS,
            border=border,
            border_value=self.model.rest,
            seed=parse_seed(seed or {"kind": "noise"}, "here"),
            grow=0,
            values={},
            sources=(terrain,) if driven else (),
            macros=tuple(replace(macro, moves=()) for macro in base.macros),
            drifts=(),
            modulators=(),
            routes=(),
        )

    def advance(self, nanoseconds: int) -> VoiceFrame:
        return voice_of(self.director.advance(nanoseconds))

    def blow(self, frames: int) -> None:
        """Messages, jumps of time, and a look at the field every ten frames."""
        for frame in range(frames):
            for _ in range(int(self.random.integers(1, 6))):
                self.director.apply(self._gesture())
            nanoseconds = NANOSECONDS[int(self.random.integers(len(NANOSECONDS)))]
            self.running.step(self.advance(nanoseconds))
            if frame % 10 == 9 or frame == frames - 1:
                self.check(f"in frame {frame} of the storm")

    def calm(self) -> None:
        """Back to the values that the model begins with, for some seconds; and one touch, since a
        field that the storm left cleared would show nothing."""
        self.director.apply(Message("/splat", (0.5, 0.5, 0.1, 1.0)))
        for name, parameter in self.voice.parameters.items():
            self.voice.bank.want(name, parameter.default)
        for _ in range(CALM):
            self.running.step(self.advance(16_666_667))
        self.check("after the storm")

    def check(self, when: str) -> None:
        state = self.running.field.read()
        values = self.voice.bank.values()
        known = {p.name: values[p.name] for p in self.model.parameters}
        assert np.isfinite(state).all(), f"a NaN {when}, {known}"
        for channel, (low, high) in enumerate(self.model.range):
            found = state[..., channel].min(), state[..., channel].max()
            slack = 1e-3 * (high - low) if self.model.half else 1e-6 * max(abs(low), abs(high))
            assert low - slack <= found[0] and found[1] <= high + slack, f"{found} {when}, {known}"

    def what_is_shown(self) -> tuple[Model, NDArray[np.float32]]:
        """The model and its field without the channels that no look shows: a rule's own notes."""
        kept = [i for i, both in enumerate(zip(*self.model.shown, strict=True)) if any(both)]
        kept = [i for i in kept if i < min(2, len(self.model.channels))]
        rest, bounds = self.model.rest, self.model.range
        bare = replace(
            self.model, rest=tuple(rest[i] for i in kept), range=tuple(bounds[i] for i in kept)
        )
        return bare, self.running.field.read()[..., kept]

    def close(self) -> None:
        self.running.release()
        self.shelf.release()

    def _gesture(self) -> Message:
        kind = self.random.random()
        if kind < 0.25:
            x, y = self.random.uniform(-0.2, 1.2, 2).tolist()
            radius, amount = float(10 ** self.random.uniform(-2.5, 0.0)), self.random.uniform(-2, 2)
            softness, channel = self.random.uniform(-0.2, 1.2), int(self.random.integers(6))
            return Message("/splat", (x, y, radius, float(amount), float(softness), channel))
        if kind < 0.27:
            return Message("/clear", ())
        own = [self.voice.parameters[name] for name in self.steering]
        parameter = own[int(self.random.integers(len(own)))]
        if kind < 0.4:
            return Message(f"/norm/{parameter.name}", (float(self.random.uniform(-0.5, 1.5)),))
        return Message(f"/param/{parameter.name}", self._value(parameter))

    def _value(self, parameter: Parameter) -> tuple[float | str | bool, ...]:
        """Anywhere in the range, at its ends, or far beyond sense."""
        kind = self.random.random()
        if kind < 0.15:
            return (NONSENSE[int(self.random.integers(len(NONSENSE)))],)
        values = []
        for low, high in zip(parameter.minimum, parameter.maximum, strict=True):
            places = (low, high, self.random.uniform(low, high), self.random.normal(0, 10) * high)
            values.append(float(places[int(self.random.integers(4))]))
        return tuple(values)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_assets(ROOT))


def _border(name: str) -> str:
    """By turns, of those that the model can live in."""
    model = read_model(ROOT / "shaders" / "models" / f"{name}.fs", ROOT / "shaders")
    return model.borders[MODELS.index(name) % len(model.borders)]


def endure(
    context: moderngl.Context,
    library: Library,
    name: str,
    border: str,
    frames: int,
    driven: bool = False,
) -> None:
    """A storm, a calm, and a field that is none the worse for it."""
    storm = Storm(context, library, name, border, driven)
    try:
        storm.blow(frames)
        assert storm.voice.taken > 3 * storm.model.steps, "too few steps to show anything"
        storm.calm()
        stuck = share_at_clamp(*storm.what_is_shown())
        assert stuck < 0.02, f"{stuck:.1%} of the cells stay at an end of the range"
    finally:
        storm.close()


@pytest.mark.parametrize("name", MODELS)
def test_a_storm_of_gestures_breaks_no_model(
    context: moderngl.Context, library: Library, name: str
) -> None:
    endure(context, library, name, _border(name), SHORT)


@pytest.mark.parametrize("name", ["gray_scott", "swift_hohenberg"])
def test_nor_where_a_source_drives_what_sets_the_limit(
    context: moderngl.Context, library: Library, name: str
) -> None:
    endure(context, library, name, "no-flux", SHORT, driven=True)


def test_a_limit_that_lies_is_found_out(context: moderngl.Context, library: Library) -> None:
    heat = library.catalogue.models["heat"]
    lying = replace(heat, dt=3.0 * heat.limit.largest_dt(default_values(heat)), limit=Limit())
    models = {**library.catalogue.models, "heat": lying}
    with pytest.raises(AssertionError, match="stay at an end"):
        catalogue = replace(library.catalogue, models=models)
        endure(context, replace(library, catalogue=catalogue), "heat", "periodic", SHORT)


@pytest.mark.long
@pytest.mark.parametrize("driven", [False, True])
@pytest.mark.parametrize("name,border", list(product(MODELS, BORDERS)))
def test_a_long_storm_of_gestures_breaks_no_model(
    context: moderngl.Context, library: Library, name: str, border: str, driven: bool
) -> None:
    if border not in library.catalogue.models[name].borders:
        pytest.skip("no scene can have this border")
    endure(context, library, name, border, LONG, driven)
