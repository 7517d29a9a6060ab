"""A scene: model, start, look, palette, macros and drift, as data. `scene_file.py` reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.show.catalogue import Effect, Look, Model
from engine.show.effects.scene_effects import SceneEffect, effect_parameters
from engine.show.life.life import Care
from engine.show.modulation.modulator import Modulator, Route, modulation_parameters
from engine.show.parameter import Parameter
from engine.show.seeds.seed import SeedSpec
from engine.show.sources.anisotropy import Anisotropy, anisotropy_parameters
from engine.show.sources.flow import Flow, flow_parameters
from engine.show.sources.source import Source, Variation, source_parameters, vary

MACROS = 8
SHORTEST, LONGEST = 1 / 16, 64.0  # beats from splat to splat
SHAPES = ("sine", "wander", "pulse")


@dataclass(frozen=True, slots=True)
class Macro:
    """A knob 0..1 and what it moves: (parameter, native value at 0, native value at 1)."""

    name: str
    value: float
    moves: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """A slow motion of one parameter, +-`amount` native units, over `period` seconds or `beats`.

    With `audio`, one of what is HEARD, it goes by what is heard instead: by `amount` at its loudest,
    by nothing in silence; it sinks in `smooth` seconds, and rises in a quarter of them.
    """

    parameter: str
    amount: float
    period: float
    beats: float
    shape: str
    audio: str = ""
    smooth: float = 0.2


@dataclass(frozen=True, slots=True)
class Pulse:
    """Splats on the beat, one every so many beats (0: none); see `drum.py`."""

    every: float = 0.0
    amount: float = 0.8
    size: float = 0.06
    stride: float = 0.3


@dataclass(frozen=True, slots=True)
class Scene:
    """`sources` drive parameters of the model over the field; how far is a parameter itself, called
    `<name>_<source>`. `preset` names the model's own that values and seed were taken from, or "".
    `enter` says how it comes, where the scene before allows: one of ENTRANCES or a transition, with the
    values `entrance`; "" as the show says. `effects` are laid on its picture, in their order.
    `quantise`: what changes wait for while it plays, "" for what the show says.
    `generator`: an ISF file that draws the scene by itself, in place of a model and a look (see
    `generator.py`). `moved`: values of what macros move, where hands had moved it when the scene was
    saved. `table`: all that its file says.
    """

    id: str
    title: str
    about: str
    model: str
    look: str
    palette: str
    rows: int
    border: str
    border_value: tuple[float, ...]
    seed: SeedSpec
    grow: int
    values: Mapping[str, tuple[float, ...]]
    sources: tuple[Source, ...]
    macros: tuple[Macro, ...]
    drifts: tuple[Drift, ...]
    preset: str = ""
    enter: str = ""
    anisotropy: Anisotropy | None = None
    flow: Flow | None = None
    life: Care = field(default_factory=Care)
    quantise: str | float = ""
    pulse: Pulse = field(default_factory=Pulse)
    modulators: tuple[Modulator, ...] = ()
    routes: tuple[Route, ...] = ()
    effects: tuple[SceneEffect, ...] = ()
    entrance: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    generator: Effect | None = None
    moved: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    table: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def variation(self) -> Variation:
        """What its step is compiled with beside the model's own."""
        return vary(self.sources, self.anisotropy)

    @property
    def layers_read(self) -> tuple[int, ...]:
        """The layers that its sources and its flow look at."""
        read = [int(s.arguments["layer"]) for s in self.sources if "layer" in s.arguments]
        flow = [self.flow.layer] if self.flow and self.flow.layer else []
        return (*read, *flow)

    @property
    def pictures(self) -> tuple[object, ...]:
        """What the pictures of its sources depend on."""
        return tuple(source.picture for source in self.sources)


def scene_parameters(
    scene: Scene, model: Model, look: Look, finish: tuple[Parameter, ...]
) -> tuple[Parameter, ...]:
    """Everything that can be played in a scene."""
    base = base_parameters(scene, model, look, finish)
    return (*base, *modulation_parameters(scene.modulators, scene.routes, base))


def base_parameters(
    scene: Scene, model: Model, look: Look, finish: tuple[Parameter, ...]
) -> tuple[Parameter, ...]:
    """What can be played in a scene but for what its modulation adds."""
    own = {parameter.name: parameter for parameter in model.parameters}
    added = added_parameters(scene.sources, scene.anisotropy, scene.flow, own)
    effects = effect_parameters(scene.effects)
    return (*model.parameters, *look.parameters, *finish, *added, *effects)


def added_parameters(
    sources: tuple[Source, ...],
    anisotropy: Anisotropy | None,
    flow: Flow | None,
    own: Mapping[str, Parameter],
) -> tuple[Parameter, ...]:
    """What a scene's own tables add to its model's parameters, `own`."""
    return (
        *source_parameters(sources, own),
        *anisotropy_parameters(anisotropy),
        *flow_parameters(flow),
    )
