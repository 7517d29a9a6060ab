"""The stepper: a model's rate function wrapped in the one step, and run on a field.

In: a model, the values of its parameters, how many steps. Out: the field's next state. Every model
goes through `shaders/lib/step.glsl`; nothing here knows any model by name.

    values -> one block write -> [first pass] -> rate pass -> swap, `substeps` times
    values -> one block write -> [gather] -> packed passes -> spread, where the model can be packed

The first pass is there for a potential (a field of its own, which the rate then reads) and for a
staggered step (the second channel of all cells, before the first).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import moderngl

from engine.assets import Folder, as_folders
from engine.gpu.field import Field, FieldSpec, border_sampler
from engine.gpu.headers import STEP, WHITE
from engine.gpu.isf.shader_file import read_shader
from engine.gpu.layout import LEAST_STEPS, PLAIN, Layout, can_pack, fits
from engine.gpu.mapping import STRETCH, base_values, bind_sources, least_room, map_fields
from engine.gpu.packed import PackedField, PackedProgram
from engine.gpu.program import Program
from engine.gpu.source import name_path, resolve_includes
from engine.show.catalogue import Model
from engine.show.sources.source import Variation

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
UNVARIED = Variation()
NONE: Mapping[str, moderngl.Texture] = {}
STEP_FIELDS = [("dt", "float"), ("reaction_room", "float"), ("stencil_scale", "float")]
NOISE_FIELDS = [("noise_strength", "float")]
NOISE_PERIOD = 1 << 28  # steps until the noise comes round: eight numbers a step out of 32 bits


class StepProgram:
    """The compiled step of one model, with its parameters driven by a scene's sources. Owns its
    programs.
    """

    def __init__(
        self,
        context: moderngl.Context,
        model: Model,
        shaders: Folder,
        variation: Variation = UNVARIED,
        *,
        layout: Layout = PLAIN,
        border: str = "periodic",
    ) -> None:
        """`layout` is used beside the plain one where the model can be packed; it is compiled for
        one `border`. Raises `MorphogenError`.
        """
        path = as_folders(shaders).find(f"models/{model.id}.fs")
        shader = read_shader(path, name_path(path, shaders))
        stretch = (STRETCH,) if variation.anisotropy else ()
        after = (*stretch, STEP, *((WHITE,) if model.noise else ()))
        source = resolve_includes(shader, shaders, after=after)
        mapped = map_fields(model, variation)
        fields = mapped.fields + STEP_FIELDS + (NOISE_FIELDS if model.noise else [])
        samplers = ["state", "potential_field"] if model.potential else ["state"]
        head = _head(model) + mapped.defines
        self.model = model
        self.variation = variation
        self.first_source = len(samplers)
        samplers += mapped.samplers
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
        self.packed: PackedProgram | None = None
        local = not variation.anisotropy and can_pack(model, resolve_includes(shader, shaders))
        if local and not layout.plain:
            fields = fields + ([("outside", "vec4")] if border == "fixed" else [])
            head = _head(model, packed=True) + mapped.defines

            def compile_step(more: str, main: str, rows: Sequence[str]) -> Program:
                return Program(
                    context,
                    source,
                    shaders,
                    head=head + more,
                    tail=main,
                    fields=fields,
                    samplers=[*rows, *mapped.samplers],
                )

            self.packed = PackedProgram(
                context,
                shaders,
                layout,
                border,
                channels=len(model.channels),
                mapped=bool(mapped.samplers),
                compile_step=compile_step,
            )

    def release(self) -> None:
        for part in (self.rate, self.first, self.packed):
            if part:
                part.release()


class Stepper:
    """Runs steps on one field; owns what it needs beside it: a potential's texture, the packed cells."""

    def __init__(
        self, context: moderngl.Context, program: StepProgram, spec: FieldSpec, seed: int = 0
    ) -> None:
        """`program` says what will be needed; others of its model may be run later. `seed` is where
        the noise begins, for a model that has any.
        """
        model, packed = program.model, program.packed
        self._noise_step = seed % NOISE_PERIOD
        self._context = context
        self._outside = (*spec.border_value, 0.0, 0.0, 0.0, 0.0)[:4]
        self._packed: PackedField | None = None
        if packed and fits(packed.layout, spec.columns, spec.rows, spec.channels):
            self._packed = PackedField(context, spec, packed.layout)
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
        sources: Mapping[str, moderngl.Texture] = NONE,
    ) -> None:
        """Advance `field` by `steps` steps of `dt` (model time). `scale` is 1/dx.

        `values` holds the model's parameters, and for each source what `VoiceFrame` says;
        `sources` are their textures.
        """
        if steps < 1:
            return
        rate, first, variation = program.rate, program.first, program.variation
        everything = {
            **values,
            **base_values(variation, values),
            "dt": dt,
            "reaction_room": least_room(program.model, variation, values, dt, scale),
            "stencil_scale": scale * scale / 6.0,
            "noise_strength": scale / math.sqrt(dt),
        }
        if self._packed and program.packed and steps >= LEAST_STEPS:
            everything["outside"] = self._outside
            program.packed.set(everything)
            bind_sources(self._context, variation, sources, program.packed.first_source)
            self._packed.step(field, program.packed, steps)
            return
        rate.set(everything)
        bind_sources(self._context, variation, sources, program.first_source)
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

    def clear(self) -> None:
        """The field has been put back to rest: a rate remembers nothing else."""

    def release(self) -> None:
        if self._packed:
            self._packed.release()
        if self._middle is not None:
            for part in (self._middle_target, self._middle, self._middle_sampler):
                part.release()


def _head(model: Model, packed: bool = False) -> str:
    lines = [] if packed else ["out vec4 next_state;"]
    if model.integrator == "symplectic":
        lines.append("#define SYMPLECTIC")
    if model.potential:
        lines.append("#define POTENTIAL")
    state = state_head(model)
    noise = "float white(int which);\n" if model.noise else ""
    return "\n".join([*lines, ""]) + state + noise


def state_head(model: Model) -> str:
    """GLSL that says what a state is: its type, how it lies in a texel, its rest and its range."""
    count = len(model.channels)
    lines = [
        f"#define STATE {_STATES[count - 1]}",
        f"#define LOAD(texel) (texel){_LOADS[count - 1]}",
        f"vec4 STORE(STATE value) {{ return {_STORES[count - 1]}; }}",
        f"#define SUM(value) {_SUMS[count - 1]}",
        f"const STATE REST = {_state(model.rest)};",
        f"const STATE LOW = {_state([low for low, _ in model.range])};",
        f"const STATE HIGH = {_state([high for _, high in model.range])};",
    ]
    return "\n".join(lines) + "\n"


def _state(values: Sequence[float]) -> str:
    numbers = ", ".join(repr(float(number)) for number in values)
    return f"{_STATES[len(values) - 1]}({numbers})"
