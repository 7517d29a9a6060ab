"""Mapping: parameters that sources drive over the field, as GLSL.

In: a model and a scene's `Variation`. Out: block fields, defines and samplers for whatever steps the
model. A parameter `feed` that a source `lamp` moves reads `feed_base + feed_lamp * lamp_here`,
clamped to its range. Whoever steps a cell calls `SOURCES_AT(uv)` before it reads a parameter:

    #ifdef SOURCES
        SOURCES_AT(uv);
    #endif

A mask adds HELD(next): the state drawn to REST outside it, at whatever `dt` (for code that has
both). Without sources there is no macro, no sampler and no number more in the block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import moderngl

from engine.gpu.program import block_fields
from engine.show.catalogue import LAPLACIAN_EIGENVALUE, Model
from engine.show.sources.anisotropy import ANGLE, STRENGTH, find_stretch, stretched_eigenvalue
from engine.show.sources.reach import extremes
from engine.show.sources.source import MASK, MASK_AMOUNT, Variation

Values = Mapping[str, float | Sequence[float]]
STRETCH = "lib/stretch.glsl"  # goes with what steps an anisotropic model, before it
HOLD = 1.0  # how fast the rest is restored outside a mask, per step of the model's own dt


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
    direction = _direction_defines(variation)
    if direction:
        fields += [("anisotropy_stretch", "vec2"), ("anisotropy_turn", "float")]
    if not names:
        return Mapped(fields, direction, [])
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
    if variation.mask:
        fields.append((MASK_AMOUNT, "float"))
        outside = f"{MASK_AMOUNT} * (1.0 - clamp({MASK}_here, 0.0, 1.0))"
        hold = f"exp(-dt * {HOLD / model.dt!r} * {outside})"
        lines += ["#define MASK", f"#define HELD(next) mix(REST, next, {hold})"]
    return Mapped(fields, "\n".join(lines) + "\n" + direction, [f"source_{name}" for name in names])


def _direction_defines(variation: Variation) -> str:
    """What `lib/stretch.glsl` wants to know about the direction of diffusion."""
    anisotropy = variation.anisotropy
    if anisotropy is None:
        return ""
    lines = ["#define ANISOTROPY"]
    if anisotropy.by:
        lines.append("#define BY_VALUE" if anisotropy.follow == "value" else "#define BY_SLOPE")
        lines.append(f"#define DIRECTION_SOURCE source_{anisotropy.by}")
        lines += [
            f"#define DIRECTION_{end.upper()} {anisotropy.by}_{end}" for end in ("here", "drift")
        ]
    return "\n".join(lines) + "\n"


def base_values(variation: Variation, values: Values) -> dict[str, float | Sequence[float]]:
    """The values of mapped parameters under the names that the block has for them."""
    found: dict[str, float | Sequence[float]] = {
        f"{n}_base": values[n] for moved in variation.moved for n in moved.parameters
    }
    if variation.anisotropy:
        numbers = {name: _number(values[name]) for name in (STRENGTH, ANGLE)}
        found["anisotropy_stretch"] = find_stretch(variation.anisotropy, numbers)
    return found


def least_room(
    model: Model, variation: Variation, values: Values, dt: float, scale: float
) -> float:
    """`Limit.reaction_room` wherever the sources carry the parameters: the least over the field."""
    names, diffusion = model.limit.names, model.limit.diffusion
    eigenvalue = LAPLACIAN_EIGENVALUE
    if variation.anisotropy:
        eigenvalue = stretched_eigenvalue(_number(values[STRENGTH]))
    moved = [name for moved in variation.moved for name in moved.parameters]
    if not diffusion or not diffusion.names.intersection(moved):
        return model.limit.reaction_room(values, dt, scale, eigenvalue)
    parameters = {p.name: p for p in model.parameters}
    numbers = {name: _number(value) for name, value in values.items()}
    found = extremes(names, variation.moved, parameters, numbers)
    return min(model.limit.reaction_room(there, dt, scale, eigenvalue) for there in found)


def _number(value: float | Sequence[float]) -> float:
    return value if isinstance(value, (int, float)) else value[0]


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
