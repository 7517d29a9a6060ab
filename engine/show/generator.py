"""A generator played as a scene: an ISF file that draws by itself is the look of a still little field.

In: an `Effect` from the catalogue. Out: a `Scene`, its model and its look, as of any other scene; so
macros, drifts, palettes, fades and snapshots need not know. Nothing of a field happens: no steps, no
pulse, no rain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from engine.show.catalogue import Catalogue, Effect, Limit, Look, Model, Pass
from engine.show.frame import Value
from engine.show.parameter import Parameter, to_norm
from engine.show.scene import MACROS, Macro, Scene
from engine.show.seeds.seed import SeedSpec
from engine.show.seeds.seed_file import parse_seed

ROWS = 16
NOTHING: Mapping[str, object] = MappingProxyType({})
# It has a pass, as a rule has: so no equation turns into it, nor it into any.
STILL = Model(
    id="still",
    title="Nothing happens here",
    channels=("still",),
    rest=(0.0,),
    brush=(0.0,),
    shown=((1.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
    range=((0.0, 1.0),),
    dt=1.0,
    steps=0.0,
    limit=Limit(),
    parameters=(),
    passes=(Pass(),),
)


def model_of(catalogue: Catalogue, scene: Scene) -> Model:
    """The model of any scene; a generator's is still."""
    return STILL if scene.generator else catalogue.models[scene.model]


def look_of(catalogue: Catalogue, scene: Scene) -> Look:
    """The look of any scene; a generator is its own."""
    if scene.generator:
        return generator_look(scene.generator, catalogue.finish)
    return catalogue.looks[scene.look]


def generator_look(generator: Effect, finish: tuple[Parameter, ...]) -> Look:
    """The generator as a look. An input that is called as one of the last pass's gets `own_` before
    its name: the two are played side by side."""
    taken = {parameter.name for parameter in finish}
    parameters = tuple(
        replace(p, name=f"own_{p.name}") if p.name in taken else p for p in generator.parameters
    )
    return Look(generator.id, generator.title, parameters)


def own_values(generator: Effect, values: Mapping[str, Value]) -> dict[str, Value]:
    """A scene's values by the names that the file itself gives its inputs."""
    found: dict[str, Value] = {}
    for p in generator.parameters:
        for name in (p.name, f"{p.name}_phase"):
            played = f"own_{name}" if f"own_{name}" in values else name
            if played in values:
                found[name] = values[played]
    return found


def generator_macros(
    look: Look, given: tuple[Macro, ...] = (), values: Mapping[str, object] = NOTHING
) -> tuple[Macro, ...]:
    """Eight macros: those that are `given`, then one for each number of the generator's that neither
    they nor the scene's `values` set, then such as move nothing."""
    taken = {name for macro in given for name, _, _ in macro.moves} | values.keys()
    macros = list(given)
    for p in look.parameters:
        low, high = p.minimum[0], p.maximum[0]
        if p.kind == "float" and low != high and p.name not in taken:
            moves = ((p.name, low, high),)
            macros.append(Macro(p.label or p.name, round(to_norm(p, p.default[0]), 6), moves))
    macros += [Macro("", 0.0, ())] * MACROS
    return tuple(macros[:MACROS])


def generator_seed() -> SeedSpec:
    """What a still field begins with: nothing to be seen."""
    return parse_seed({"kind": "noise"}, "", STILL.range)


def generator_scene(generator: Effect, palette: str, finish: tuple[Parameter, ...]) -> Scene:
    """The scene that a generator is by itself: its first eight numbers under the eight macros."""
    look = generator_look(generator, finish)
    return Scene(
        id=generator.id,
        title=generator.title,
        about="",
        model=STILL.id,
        look=look.id,
        palette=palette,
        rows=ROWS,
        border="periodic",
        border_value=STILL.rest,
        seed=generator_seed(),
        grow=0,
        values={},
        sources=(),
        macros=generator_macros(look),
        drifts=(),
        generator=generator,
    )
