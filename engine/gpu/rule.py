"""The rule: a model of several passes, run on a field. Beside the step, which runs rates.

In: a model with `passes`, the values of its parameters, how many steps. Out: the field's next state.
Every pass goes through `shaders/lib/rule.glsl`; nothing here knows any rule by name.

    values -> one block write a pass -> [pass -> its targets, `repeat` times] ... -> last pass -> swap
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import moderngl

from engine.assets import Folder, as_folders
from engine.errors import Complaint, MorphogenError
from engine.gpu.field import Field, FieldSpec, border_sampler
from engine.gpu.headers import RULE
from engine.gpu.isf.shader_file import read_shader
from engine.gpu.mapping import Values, base_values, bind_sources, least_room, map_fields
from engine.gpu.program import Program
from engine.gpu.rule_targets import Targets
from engine.gpu.source import name_path, resolve_includes
from engine.gpu.stepper import NONE, STEP_FIELDS, UNVARIED, state_head
from engine.show.catalogue import Model, Pass
from engine.show.kernels import MAKERS
from engine.show.sources.source import Variation

# Beside the step's own: 1/dx, what lies beyond a fixed border (else 0), this pass's size in texels.
RULE_FIELDS = [("scale", "float"), ("outside", "vec4"), ("RENDERSIZE", "vec2")]
COUNTERS = ("step_index", "repeat_index")  # steps, from the seed on; 0.. within a REPEAT
MOST_COUNT = 0x7FFFFFFF
TABLES_BLOCK = 1
SMOOTH = "_smooth"


class RuleProgram:
    """The compiled passes of one rule, with its parameters driven by a scene's sources.

    In the code each target is a sampler of its name, nearest, and one of `<name>_smooth`. Reading
    what a pass itself writes is refused unless the pass persists or repeats. Owns its programs.
    """

    def __init__(
        self,
        context: moderngl.Context,
        model: Model,
        shaders: Folder,
        variation: Variation = UNVARIED,
    ) -> None:
        path = as_folders(shaders).find(f"models/{model.id}.fs")
        shader = read_shader(path, name_path(path, shaders))
        source = resolve_includes(shader, shaders, after=(RULE,))
        mapped = map_fields(model, variation)
        names = ["state", *(name for entry in model.passes for name in entry.targets)]
        samplers = [name + end for name in names for end in ("", SMOOTH)]
        self.model = model
        self.variation = variation
        self.first_source = len(samplers)
        self.passes: list[Program] = []
        self.reads: list[list[tuple[int, str, bool]]] = []
        complaints: list[Complaint] = []
        for index, entry in enumerate(model.passes):
            head = _pass_head(model, index) + state_head(model) + mapped.defines
            program = Program(
                context,
                source,
                shaders,
                head=head,
                fields=mapped.fields + STEP_FIELDS + RULE_FIELDS,
                samplers=samplers + mapped.samplers,
            )
            tables = program.program.get("Tables", None)
            if isinstance(tables, moderngl.UniformBlock):
                tables.binding = TABLES_BLOCK
            read = [(unit, name) for unit, name in enumerate(samplers) if name in program.program]
            self.passes.append(program)
            self.reads.append([(u, n.removesuffix(SMOOTH), n.endswith(SMOOTH)) for u, n in read])
            if entry.persistent or entry.repeat != 1:
                continue
            for name in sorted({n.removesuffix(SMOOTH) for _, n in read} & set(entry.targets)):
                where = f"{name_path(path, shaders)}:{shader.line_of(name)}"
                what = f"pass {index + 1} reads '{name}', which it writes"
                remedy = 'Say "PERSISTENT": true, or read it in another pass, within #if PASSINDEX.'
                complaints.append(Complaint(where, what, remedy))
        self.files = source.files
        if complaints:
            self.release()
            raise MorphogenError(*complaints)

    def release(self) -> None:
        for program in self.passes:
            program.release()


class RuleStepper:
    """Runs steps of a rule on one field; owns the textures between the passes, and the tables."""

    def __init__(
        self, context: moderngl.Context, model: Model, spec: FieldSpec, seed: int = 0
    ) -> None:
        """`step_index` begins at `seed`, so that a rule's chance is the scene's own."""
        self._samplers = {
            (name, smooth): border_sampler(context, spec.border, value, smooth=smooth)
            for name, value in (("state", spec.border_value), ("target", ()))
            for smooth in (False, True)
        }
        self._context = context
        self._targets = [Targets(context, entry, spec) for entry in model.passes[:-1]]
        self._by_name = {name: made for made in self._targets for name in made.entry.targets}
        # Elsewhere nothing is read beyond the border, and a sum of differences wants no offset.
        fixed = spec.border == "fixed"
        self._outside = (*(spec.border_value if fixed else ()), 0.0, 0.0, 0.0, 0.0)[:4]
        self._size = float(spec.columns), float(spec.rows)
        self._tables = _Tables(context, model) if model.tables else None
        self._count = seed & MOST_COUNT

    def clear(self) -> None:
        """Forget what persists: the field has been put back to rest."""
        for made in self._targets:
            made.clear()

    def step(
        self,
        field: Field,
        program: RuleProgram,
        values: Values,
        *,
        dt: float,
        steps: int,
        scale: float = 1.0,
        sources: Mapping[str, moderngl.Texture] = NONE,
    ) -> None:
        """Advance `field` by `steps` steps of `dt` (model time). `scale` is 1/dx.

        `values` and `sources` as in `Stepper.step`.
        """
        if steps < 1:
            return
        everything = {
            **values,
            **base_values(program.variation, values),
            "dt": dt,
            "reaction_room": least_room(program.model, program.variation, values, dt, scale),
            "stencil_scale": scale * scale / 6.0,
            "scale": scale,
            "outside": self._outside,
        }
        sizes = [*((float(x), float(y)) for x, y in (t.size for t in self._targets)), self._size]
        for part, size in zip(program.passes, sizes, strict=True):
            part.set({**everything, "RENDERSIZE": size})
        if self._tables:
            self._tables.use(values, scale)
        bind_sources(self._context, program.variation, sources, program.first_source)
        repeats = [_repeats(entry, values) for entry in program.model.passes]
        for _ in range(steps):
            for index, made in enumerate(self._targets):
                if made.fresh:
                    made.clear()
                for repeat in range(repeats[index]):
                    made.target.use()
                    self._draw(program, index, field, repeat)
                    made.swap()
            field.target.use()
            self._draw(program, len(self._targets), field, 0)
            field.swap()
            self._count = (self._count + 1) & MOST_COUNT
        self._context.clear_samplers(0, program.first_source)

    def release(self) -> None:
        for sampler in self._samplers.values():
            sampler.release()
        for made in self._targets:
            made.release()
        if self._tables:
            self._tables.release()

    def _draw(self, program: RuleProgram, index: int, field: Field, repeat: int) -> None:
        for unit, name, smooth in program.reads[index]:
            if name == "state":
                field.front.use(unit)
                self._samplers["state", smooth].use(unit)
            else:
                self._by_name[name].texture(name).use(unit)
                self._samplers["target", smooth].use(unit)
        part = program.passes[index]
        for name, count in zip(COUNTERS, (self._count, repeat), strict=True):
            if name in part.program:
                part.program[name] = count
        part.bind()
        part.draw()


class _Tables:
    """A uniform buffer with every table of a rule, made anew when what a maker reads has changed."""

    def __init__(self, context: moderngl.Context, model: Model) -> None:
        self._makers = [MAKERS[maker] for maker in model.tables.values()]
        self._buffer = context.buffer(reserve=16 * sum(m.rows for m in self._makers), dynamic=True)
        self._made_of: list[tuple[float, ...]] = [() for _ in self._makers]

    def use(self, values: Values, scale: float) -> None:
        offset = 0
        for index, maker in enumerate(self._makers):
            read = {name: _number(values[name]) for name in maker.reads}
            key = (scale, *read.values())
            if key != self._made_of[index]:
                self._buffer.write(maker.make(read, scale).tobytes(), offset=offset)
                self._made_of[index] = key
            offset += 16 * maker.rows
        self._buffer.bind_to_uniform_block(TABLES_BLOCK)

    def release(self) -> None:
        self._buffer.release()


def _pass_head(model: Model, index: int) -> str:
    entry = model.passes[index]
    lines = [
        f"#define PASSINDEX {index}",
        f"#define TARGETS {max(len(entry.targets), 1)}",
        "vec4 written[4];",
        "#define gl_FragColor written[0]",
        "#define gl_FragData written",
        "#define main rule_main",
        *(f"uniform int {name};" for name in COUNTERS),
    ]
    if not entry.targets:
        lines.append("#define WRITES_FIELD")
    if model.tables:
        arrays = " ".join(
            f"vec4 {name}[{MAKERS[maker].rows}];" for name, maker in model.tables.items()
        )
        lines.append(f"layout(std140) uniform Tables {{ {arrays} }};")
    return "\n".join(lines) + "\n"


def _repeats(entry: Pass, values: Values) -> int:
    if isinstance(entry.repeat, int):
        return entry.repeat
    return max(round(_number(values[entry.repeat])), 1)


def _number(value: float | Sequence[float]) -> float:
    return value if isinstance(value, (int, float)) else value[0]
