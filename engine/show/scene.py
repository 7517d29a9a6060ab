"""A scene: model, start, look, palette, macros and drift, as data. `scene_file.py` reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.show.catalogue import Look, Model
from engine.show.parameter import Parameter
from engine.show.seed import SeedSpec

MACROS = 8
BORDERS = ("periodic", "no-flux", "fixed")
SHAPES = ("sine", "wander", "pulse")


@dataclass(frozen=True, slots=True)
class Macro:
    """A knob 0..1 and what it moves: (parameter, native value at 0, native value at 1)."""

    name: str
    value: float
    moves: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """A slow motion of one parameter, +-`amount` native units, over `period` seconds or `beats`."""

    parameter: str
    amount: float
    period: float
    beats: float
    shape: str


@dataclass(frozen=True, slots=True)
class Scene:
    """`terrain` has an amount in native units for each parameter of the model that varies over the
    field; those amounts are parameters themselves, called `<name>_terrain`."""

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
    terrain: Mapping[str, float]
    terrain_blobs: float
    terrain_drift: float
    macros: tuple[Macro, ...]
    drifts: tuple[Drift, ...]


def terrain_parameter(parameter: Parameter, amount: float) -> Parameter:
    """The parameter that says how far `parameter` varies over the field."""
    reach = abs(parameter.maximum[0] - parameter.minimum[0]) / 2
    return Parameter(
        f"{parameter.name}_terrain",
        "float",
        (amount,),
        (-reach,),
        (reach,),
        label=f"{parameter.label}, over the field",
        unit=parameter.unit,
    )


def scene_parameters(
    scene: Scene, model: Model, look: Look, finish: tuple[Parameter, ...]
) -> tuple[Parameter, ...]:
    """Everything that can be played in a scene."""
    own = {parameter.name: parameter for parameter in model.parameters}
    terrain = [terrain_parameter(own[name], amount) for name, amount in scene.terrain.items()]
    return (*model.parameters, *look.parameters, *finish, *terrain)
