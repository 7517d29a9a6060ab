"""The stepper: a model's rate function wrapped in the one step, and run on a field.

In: a model, the values of its parameters, how many steps. Out: the field's next state. Every model
goes through `shaders/lib/step.glsl`; nothing here knows any model by name.

    values -> one block write -> [first pass] -> rate pass -> swap, `substeps` times

The first pass is there for a potential (a field of its own, which the rate then reads) and for a
staggered step (the second channel of all cells, before the first).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import moderngl

from engine.gpu.field import Field, FieldSpec, border_sampler
from engine.gpu.headers import STEP, WHITE
from engine.gpu.isf import read_shader
from engine.gpu.program import Program, block_fields
from engine.gpu.source import name_path, resolve_includes
from engine.show.catalogue import Model

Values = Mapping[str, float | Sequence[float]]
_STATES = ("float", "vec2", "vec3", "vec4")
_LOADS = (".r", ".rg", ".rgb", "")
_STORES = (
    "vec4(value, 0.0, 0.0, 0.0)",
    "vec4(value, 0.0, 0.0)",
    "vec4(value, 0.0)",
    "value",
)
_SUMS = (
    "(value)",
    "((value).x + (value).y)",
    "((value).x + (value).y + (value).z)",
    "((value).x + (value).y + (value).z + (value).w)",
)
STEP_FIELDS = [("dt", "float"), ("reaction_room", "float"), ("stencil_scale", "float")]
NOISE_FIELDS = [("noise_strength", "float")]
NOISE_PERIOD = 1 << 28  # steps until the noise comes round: eight numbers a step out of 32 bits


class StepProgram:
    """The compiled step of one model, with the parameters in `mapped` varied by the terrain.

    A mapped parameter `feed` reads `feed + feed_terrain * terrain`, clamped to its range. Costs
    nothing when nothing is mapped. Owns its programs.
    """

    def __init__(
        self,
        context: moderngl.Context,
        model: Model,
        shaders: Path,
        mapped: Sequence[str] = (),
    ) -> None:
        path = shaders / "models" / f"{model.id}.fs"
        shader = read_shader(path, name_path(path, shaders))
        source = resolve_includes(shader, shaders, after=(STEP, *((WHITE,) if model.noise else ())))
        fields, defines = _map_fields(model, mapped)
        samplers = ["state"]
        samplers += ["potential_field"] if model.potential else []
        samplers += ["terrain"] if mapped else []
        fields += NOISE_FIELDS if model.noise else []
        head = _head(model) + defines
        self.model = model
        self.mapped = tuple(mapped)
        self.terrain_unit = len(samplers) - 1 if mapped else -1
        staggered = model.integrator == "staggered"
        self.rate = Program(
            context,
            source,
            shaders,
            head=head + ("#define STAGGERED_SECOND\n" if staggered else ""),
            fields=fields,
            samplers=samplers,
        )
        self.first: Program | None = None
        if model.potential or staggered:
            head += f"#define {'STAGGERED_FIRST' if staggered else 'POTENTIAL_PASS'}\n"
            self.first = Program(
                context, source, shaders, head=head, fields=fields, samplers=samplers
            )
        self.files = self.rate.files

    def release(self) -> None:
        self.rate.release()
        if self.first:
            self.first.release()


class Stepper:
    """Runs steps on one field; owns the terrain's sampler and, where the model has one, the
    potential's texture."""

    def __init__(
        self, context: moderngl.Context, model: Model, spec: FieldSpec, seed: int = 0
    ) -> None:
        """`seed` is where the noise begins, for a model that has any."""
        self._noise_step = seed % NOISE_PERIOD
        # Its own: a sampler that something else left on the unit would overrule the texture's.
        self._terrain_sampler = context.sampler()
        self._middle: moderngl.Texture | None = None
        if model.potential:
            size = (spec.columns, spec.rows)
            self._middle = context.texture(size, spec.components, dtype=spec.dtype)
            self._middle_target = context.framebuffer([self._middle])
            # No matter crosses a fixed border: the potential's own border lets nothing through.
            border = "periodic" if spec.border == "periodic" else "no-flux"
            self._middle_sampler = border_sampler(context, border)

    def step(
        self,
        field: Field,
        program: StepProgram,
        values: Values,
        *,
        dt: float,
        steps: int,
        scale: float = 1.0,
        terrain: moderngl.Texture | None = None,
    ) -> None:
        """Advance `field` by `steps` steps of `dt` (model time). `scale` is 1/dx.

        `values` holds the model's parameters, and `<name>_terrain` for each mapped one.
        """
        if steps < 1:
            return
        rate, first = program.rate, program.first
        everything = {
            **values,
            "dt": dt,
            "reaction_room": program.model.limit.reaction_room(values, dt, scale),
            "stencil_scale": scale * scale / 6.0,
            "noise_strength": scale / math.sqrt(dt),
        }
        for name in program.mapped:
            everything[f"{name}_base"] = values[name]
        rate.set(everything)
        if terrain is not None and program.terrain_unit >= 0:
            terrain.use(program.terrain_unit)
            self._terrain_sampler.use(program.terrain_unit)
        noisy = "noise_step" in rate.program
        if first is None:
            rate.bind()
            for _ in range(steps):
                if noisy:
                    self._stir(rate)
                field.target.use()
                field.use(0)
                rate.draw()
                field.swap()
            return
        first.set(everything)
        for _ in range(steps):
            if self._middle is None:
                self._draw(field, first)
            else:
                self._middle_target.use()
                field.use(0)
                first.bind()
                first.draw()
                self._middle.use(1)
                self._middle_sampler.use(1)
            if noisy:
                self._stir(rate)
            self._draw(field, rate)

    def _draw(self, field: Field, program: Program) -> None:
        field.target.use()
        field.use(0)
        program.bind()
        program.draw()
        field.swap()

    def _stir(self, rate: Program) -> None:
        """Another noise at each step: not in the block, which is written once for all of them."""
        rate.program["noise_step"] = self._noise_step
        self._noise_step = (self._noise_step + 1) % NOISE_PERIOD

    def release(self) -> None:
        self._terrain_sampler.release()
        if self._middle is not None:
            for part in (self._middle_target, self._middle, self._middle_sampler):
                part.release()


def _head(model: Model) -> str:
    count = len(model.channels)
    lines = [
        "out vec4 next_state;",
        f"#define STATE {_STATES[count - 1]}",
        f"#define LOAD(texel) (texel){_LOADS[count - 1]}",
        f"vec4 STORE(STATE value) {{ return {_STORES[count - 1]}; }}",
        f"#define SUM(value) {_SUMS[count - 1]}",
        f"const STATE REST = {_state(model.rest)};",
        f"const STATE LOW = {_state([low for low, _ in model.range])};",
        f"const STATE HIGH = {_state([high for _, high in model.range])};",
    ]
    if model.integrator == "symplectic":
        lines.append("#define SYMPLECTIC")
    if model.potential:
        lines.append("#define POTENTIAL")
    if model.noise:
        lines.append("float white(int which);")
    return "\n".join(lines) + "\n"


def _map_fields(model: Model, mapped: Sequence[str]) -> tuple[list[tuple[str, str]], str]:
    """Block fields, and the GLSL that puts the terrain behind the names of mapped parameters."""
    fields = block_fields(model.parameters) + STEP_FIELDS
    if not mapped:
        return fields, ""
    lines = ["#define TERRAIN", "float terrain_here = 0.0;"]
    # Sorted: MIN > MAX turns a slider round, but clamp() wants the lower bound first.
    ranges = {p.name: sorted((p.minimum[0], p.maximum[0])) for p in model.parameters}
    for name in mapped:
        fields = [(f"{n}_base" if n == name else n, glsl) for n, glsl in fields]
        fields.append((f"{name}_terrain", "float"))
        low, high = ranges[name]
        value = f"{name}_base + {name}_terrain * terrain_here"
        lines.append(f"#define {name} clamp({value}, {low!r}, {high!r})")
    return [*fields, ("terrain_drift", "vec2")], "\n".join(lines) + "\n"


def _state(values: Sequence[float]) -> str:
    numbers = ", ".join(repr(float(number)) for number in values)
    return f"{_STATES[len(values) - 1]}({numbers})"
