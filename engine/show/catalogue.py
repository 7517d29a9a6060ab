"""What there is to play: models, looks, effects, palettes and scenes, as data, by id.

Filled by whoever reads the files (shader headers are read in `gpu`); the show only looks things up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.show.colours.signal import find_signal
from engine.show.expression import Expression
from engine.show.kernels import MAKERS
from engine.show.parameter import Parameter

if TYPE_CHECKING:
    from engine.show.colours.palette import Palette
    from engine.show.maps.life_map import LifeMap
    from engine.show.presets.preset import Preset
    from engine.show.scene import Scene

# Most negative eigenvalue of the 9-point Laplacian (1, 4, -20)/6 at unit spacing, per models.md 0.
LAPLACIAN_EIGENVALUE = 16.0 / 3.0
SAFETY = 0.95
# As in shaders/lib/play.glsl.
PLAY = ("speed", "steps_per_beat", "rain", "rain_radius", "rain_amount")
BORDERS = ("periodic", "no-flux", "fixed")
Shown = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Limit:
    """How stiff a model is, as formulas of its parameters, in units of cells and model time.

    `diffusion`: the largest D; `bilaplacian`: the largest kappa of kappa*lap(lap); `wave`: a speed;
    `reaction`: a bound of the reaction's Jacobian. What is absent counts as zero.
    """

    diffusion: Expression | None = None
    bilaplacian: Expression | None = None
    wave: Expression | None = None
    reaction: Expression | None = None

    @property
    def names(self) -> frozenset[str]:
        """The parameters that the formulas read."""
        parts = (self.diffusion, self.bilaplacian, self.wave, self.reaction)
        return frozenset[str]().union(*(part.names for part in parts if part))

    def reaction_room(
        self,
        values: Mapping[str, float | Sequence[float]],
        dt: float,
        scale: float = 1.0,
        eigenvalue: float = LAPLACIAN_EIGENVALUE,
    ) -> float:
        """How stiff a reaction may be, at a step of `dt`, beside this diffusion: at least zero.

        A model whose reaction has no bound of its own can hold it to this (Gray-Scott's v^2).
        """
        numbers = {n: v for n in self.names if isinstance(v := values[n], (int, float))}
        diffusion = self.diffusion.evaluate(numbers) if self.diffusion else 0.0
        return max(SAFETY * 2.0 / dt - eigenvalue * scale * scale * diffusion, 0.0)

    def largest_dt(
        self,
        values: Mapping[str, float],
        scale: float = 1.0,
        eigenvalue: float = LAPLACIAN_EIGENVALUE,
    ) -> float:
        """The largest stable time step for these parameter values, of Euler as of symplectic Euler.

        `scale` is 1/dx: how much finer the field is than the scene was written for; `eigenvalue`
        the stencil's largest, without its sign. A mode that
        decays at rate s and swings at w is stable while w^2 dt^2 + 2 s dt < 4 (the trace and the
        determinant of its update): 2/s for diffusion alone, 2/w for a wave alone.
        """
        diffusion, bilaplacian, wave, reaction = (
            max(part.evaluate(values), 0.0) if part else 0.0
            for part in (self.diffusion, self.bilaplacian, self.wave, self.reaction)
        )
        steepest = eigenvalue * scale * scale
        stiffness = diffusion * steepest + bilaplacian * steepest**2 + reaction
        swing = wave * math.sqrt(steepest)
        root = stiffness + math.sqrt(stiffness**2 + 4.0 * swing**2)
        return SAFETY * 4.0 / root if root > 0 else math.inf


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass of a rule. It writes `targets`, textures of `channels` (1, 2 or 4), or, the last one,
    the field.

    `columns` and `rows` are formulas of WIDTH and HEIGHT, the field's. `persistent`: it finds in
    its targets what they held at the step before. `repeat`: how often it is drawn in a row, each
    time reading what it wrote, or the name of the parameter that says so.
    """

    targets: tuple[str, ...] = ()
    channels: int = 4
    persistent: bool = False
    repeat: int | str = 1
    columns: Expression | None = None
    rows: Expression | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """A rate of change, a rule of several passes or a crowd of agents, as its header states it.

    `rest`, `brush` and `range` have one number, or pair, per channel. `shown` turns the first two
    channels into what looks see, both about 0..1: the body and the light, each as (weight, weight,
    offset).
    `dt` is the model time of one step, `steps` how many of them a second at speed 1; `potential`
    says that the rate wants the Laplacian of a second field, computed first (Cahn-Hilliard's mu);
    `noise`, that it wants white noise; `borders`, between which it can live.
    `passes`: a rule's, the last of which writes the field; a rate has none. `tables`: arrays that
    a rule's code reads, by name, each with the name of its maker (`engine/show/kernels.py`).
    `push`: the channels, from 0, that hold a velocity across and up, in cells a model time: a moving
    hand gives them its own.
    `agents`: the field is the trail of walkers, as many of each cell as `population` says.
    """

    id: str
    title: str
    channels: tuple[str, ...]
    rest: tuple[float, ...]
    brush: tuple[float, ...]
    shown: tuple[Shown, ...]
    range: tuple[tuple[float, float], ...]
    dt: float
    steps: float
    limit: Limit
    parameters: tuple[Parameter, ...]
    integrator: str = "euler"
    potential: bool = False
    noise: bool = False
    borders: tuple[str, ...] = BORDERS
    half: bool = False
    seed: Mapping[str, Any] = field(default_factory=dict)
    passes: tuple[Pass, ...] = ()
    tables: Mapping[str, str] = field(default_factory=dict)
    agents: bool = False
    push: tuple[int, int] | None = None
    presets: tuple[Preset, ...] = ()

    @property
    def read_once(self) -> frozenset[str]:
        """Parameters that are read once for the whole field, so that no source can move them."""
        tables = (name for maker in self.tables.values() for name in MAKERS[maker].reads)
        repeats = (entry.repeat for entry in self.passes if isinstance(entry.repeat, str))
        return frozenset((*PLAY, *tables, *repeats, *(("population",) if self.agents else ())))


@dataclass(frozen=True, slots=True)
class Look:
    """How a field becomes a picture. `title` and parameters come from the header."""

    id: str
    title: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """An ISF file: an effect, a transition or a generator. `images` are its inputs that are pictures.

    An effect draws over `inputImage`; a transition from `startImage` to `endImage` by `progress` 0..1;
    a generator draws by itself. `remembers`: it reads what it drew before.
    """

    id: str
    title: str
    parameters: tuple[Parameter, ...]
    images: tuple[str, ...]
    path: Path
    remembers: bool = False

    @property
    def knobs(self) -> tuple[Parameter, ...]:
        """The parameters that hands play: not how far a transition has got."""
        comes = "startImage" in self.images
        return tuple(p for p in self.parameters if not (comes and p.name == "progress"))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything by id. `finish` are the parameters of the last pass, `signals` the colour that each
    palette is known by, "#rrggbb"."""

    models: Mapping[str, Model]
    looks: Mapping[str, Look]
    finish: tuple[Parameter, ...]
    palettes: Mapping[str, Palette]
    scenes: Mapping[str, Scene]
    maps: Mapping[str, LifeMap] = field(default_factory=dict)
    effects: Mapping[str, Effect] = field(default_factory=dict)
    transitions: Mapping[str, Effect] = field(default_factory=dict)
    generators: Mapping[str, Effect] = field(default_factory=dict)
    signals: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        signals = {name: find_signal(palette) for name, palette in self.palettes.items()}
        object.__setattr__(self, "signals", signals)  # frozen: told many times a second

    @property
    def laid(self) -> dict[str, Effect]:
        """All effects and transitions: what is drawn over pictures that there are."""
        return {**self.effects, **self.transitions}
