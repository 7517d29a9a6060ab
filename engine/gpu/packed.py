"""A packed field: the same cells in another layout, several to a texel, and the passes on it.

In: the plain field. Out: the plain field, some steps later. Between the two it stays packed: it is
gathered anew only when something else has written the plain field, and spread once a frame.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import moderngl

from engine.assets import Folder
from engine.gpu.field import Field, FieldSpec, border_sampler
from engine.gpu.layout import Layout, cells_per_texel
from engine.gpu.packed_source import row_names, write_head, write_pack, write_step, write_unpack
from engine.gpu.program import Program
from engine.gpu.source import Source

NOTHING = Source("", (), (), ())
Values = Mapping[str, float | Sequence[float]]
Compile = Callable[[str, str, Sequence[str]], Program]


class PackedProgram:
    """The passes of one model in one layout and border: pack, step, unpack. Owns the programs."""

    def __init__(
        self,
        context: moderngl.Context,
        shaders: Folder,
        layout: Layout,
        border: str,
        *,
        channels: int,
        mapped: bool,
        compile_step: Compile,
    ) -> None:
        """`compile_step(head, main, samplers)` compiles the model's source between the two."""
        names, head = row_names(layout), write_head(layout)
        self.layout = layout
        self.first_source = len(names)
        kinds = [layout, replace(layout, steps=1)] if layout.steps > 1 else [layout]
        # The longest first: what is left over is done one by one.
        self.steps = [
            (kind.steps, compile_step(head, write_step(kind, channels, border, mapped), names))
            for kind in kinds
        ]
        self.pack = Program(
            context,
            NOTHING,
            shaders,
            head=head,
            tail=write_pack(layout, channels),
            samplers=["plain"],
        )
        self.unpack = Program(
            context,
            NOTHING,
            shaders,
            head="out vec4 next_state;\n",
            tail=write_unpack(layout, channels),
            samplers=names,
        )

    def set(self, values: Values) -> None:
        """Write the blocks of the steps."""
        for _, program in self.steps:
            program.set(values)

    def release(self) -> None:
        for _, program in self.steps:
            program.release()
        self.pack.release()
        self.unpack.release()


class PackedField:
    """Two sets of R textures that ping-pong, and which change of the plain field they hold."""

    def __init__(self, context: moderngl.Context, spec: FieldSpec, layout: Layout) -> None:
        self.layout = layout
        cells = cells_per_texel(spec.channels)
        size = (spec.columns // cells, spec.rows // layout.rows)
        self._sets = [
            [context.texture(size, 4, dtype=spec.dtype) for _ in range(layout.rows)]
            for _ in range(2)
        ]
        self._targets = [context.framebuffer(textures) for textures in self._sets]
        outside = (*spec.border_value, 0.0, 0.0, 0.0, 0.0)[: spec.channels]
        self._sampler = border_sampler(context, spec.border, outside * cells)
        self._present = 0
        self._holds = -1

    def step(self, field: Field, program: PackedProgram, steps: int) -> None:
        """Take `steps` steps from the plain field's present state, and spread the last over it."""
        if self._holds != field.changes:
            field.use(0)
            self._draw(program.pack)
        for length, stepper in program.steps:
            stepper.bind()
            for _ in range(steps // length):
                self._bind()
                self._draw(stepper)
            steps %= length
        field.target.use()
        self._bind()
        program.unpack.draw()
        field.swap()
        self._holds = field.changes

    def _bind(self) -> None:
        for unit, texture in enumerate(self._sets[self._present]):
            texture.use(unit)
            self._sampler.use(unit)

    def _draw(self, program: Program) -> None:
        self._targets[1 - self._present].use()
        program.draw()
        self._present = 1 - self._present

    def release(self) -> None:
        for target in self._targets:
            target.release()
        for textures in self._sets:
            for texture in textures:
                texture.release()
        self._sampler.release()
