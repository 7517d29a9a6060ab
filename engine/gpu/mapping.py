"""Mapping: parameters that sources drive over the field, as GLSL.

In: a model and a scene's `Variation`. Out: block fields, defines and samplers for whatever steps the
model. A parameter `feed` that a source `lamp` moves reads `feed_base + feed_lamp * lamp_here`,
clamped to its range. Whoever steps a cell calls `SOURCES_AT(uv)` before it reads a parameter:

    #ifdef SOURCES
        SOURCES_AT(uv);
    #endif

Without sources there is no macro, no sampler and no number more in the block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import moderngl

from engine.gpu.program import block_fields
from engine.show.catalogue import Model
from engine.show.reach import extremes
from engine.show.source import Variation

Values = Mapping[str, float | Sequence[float]]


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a program needs for its parameters: `fields` of its block, in place of
    `block_fields(model.parameters)`; `defines` for its head; `samplers` to be put last."""

    fields: list[tuple[str, str]]
    defines: str
    samplers: list[str]


def map_fields(model: Model, variation: Variation) -> Mapped:
    """The model's parameters as a program reads them, with the sources behind their names."""
    fields = block_fields(model.parameters)
    names = variation.sources
    if not names:
        return Mapped(fields, "", [])
    lines = ["#define SOURCES", *(f"float {name}_here = 0.0;" for name in names)]
    sums: dict[str, str] = {}
    for moved in variation.moved:
        for name in moved.parameters:
            before = sums.get(name, f"{name}_base")
            sums[name] = f"{before} + {name}_{moved.source} * {moved.source}_here"
            fields.append((f"{name}_{moved.source}", "float"))
    # Sorted: MIN > MAX turns a slider round, but clamp() wants the lower bound first.
    ranges = {p.name: sorted((p.minimum[0], p.maximum[0])) for p in model.parameters}
    for name, value in sums.items():
        fields = [(f"{n}_base" if n == name else n, glsl) for n, glsl in fields]
        low, high = ranges[name]
        lines.append(f"#define {name} clamp({value}, {low!r}, {high!r})")
    reads = [f"{n}_here = texture(source_{n}, (place) + {n}_drift).r" for n in names]
    lines.append(f"#define SOURCES_AT(place) {'; '.join(reads)}")
    fields += [(f"{name}_drift", "vec2") for name in names]
    return Mapped(fields, "\n".join(lines) + "\n", [f"source_{name}" for name in names])


def base_values(variation: Variation, values: Values) -> dict[str, float | Sequence[float]]:
    """The values of mapped parameters under the names that the block has for them."""
    return {f"{n}_base": values[n] for moved in variation.moved for n in moved.parameters}


def least_room(
    model: Model, variation: Variation, values: Values, dt: float, scale: float
) -> float:
    """`Limit.reaction_room` wherever the sources carry the parameters: the least over the field."""
    names, diffusion = model.limit.names, model.limit.diffusion
    if not diffusion or not any(
        name in diffusion.names for moved in variation.moved for name in moved.parameters
    ):
        return model.limit.reaction_room(values, dt, scale)
    parameters = {p.name: p for p in model.parameters}
    numbers = {n: v if isinstance(v, (int, float)) else v[0] for n, v in values.items()}
    found = extremes(names, variation.moved, parameters, numbers)
    return min(model.limit.reaction_room(there, dt, scale) for there in found)


def bind_sources(
    context: moderngl.Context,
    variation: Variation,
    textures: Mapping[str, moderngl.Texture],
    first: int,
) -> None:
    """Bind the sources that a step reads to the units from `first` on. How a texture repeats and is
    read between its texels is its own."""
    names = variation.sources
    if names:
        # A sampler that something else left on a unit would overrule the texture's own.
        context.clear_samplers(first, first + len(names))
    for unit, name in enumerate(names, first):
        textures[name].use(unit)
