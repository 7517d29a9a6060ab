"""Agents: walkers that read a field and write into it, run beside the step, which runs rates.

In: a model of agents, the values of its parameters, how many steps. Out: the field's next state; the
field is the walkers' trail. They live in a texture of their own, four floats each: x and y in cells
from the bottom left, heading in turns, caste 0..1. Fragment passes and points only, no compute.
Nothing here knows any model by name.

    [each agent senses, turns, moves] -> [each adds its mark to its cell] -> [the field spreads] -> swap
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.assets import Folder, as_folders
from engine.errors import Complaint, MorphogenError
from engine.gpu.field import Field, FieldSpec
from engine.gpu.headers import AGENTS
from engine.gpu.isf.shader_file import read_shader
from engine.gpu.mapping import Values, base_values, bind_sources, map_fields
from engine.gpu.program import Program
from engine.gpu.source import name_path, resolve_includes
from engine.gpu.stepper import NOISE_PERIOD, NONE, UNVARIED, state_head
from engine.show.catalogue import Model
from engine.show.sources.source import Variation

# Beside the parameters: 1/dx, 1 where the field ends at its border, how far one spreading reaches.
AGENT_FIELDS = [(n, "float") for n in ("dt", "scale", "walls", "spread_part")]
SAMPLERS = ["state", "agent_states"]
# The model's functions stand before those that they call.
HEAD = """uniform int repeat_index;
vec2 agent_pixel;
STATE sense(vec2 place);
float chance(int which);
"""
WRITES = "out vec4 next_state;\n"
GOLDEN = 0.6180339887498949


class AgentProgram:
    """The three compiled passes of a model of agents, its parameters driven by a scene's sources:
    each agent's as they stand where it stands. Owns its programs.
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
        source = resolve_includes(shader, shaders, after=(AGENTS,))
        mapped = map_fields(model, variation)
        state = state_head(model) + HEAD + mapped.defines
        self.model = model
        self.variation = variation
        self.first_source = len(SAMPLERS)
        self.move, self.mark, self.spread = (
            Program(
                context,
                source,
                shaders,
                head=head + state,
                fields=mapped.fields + AGENT_FIELDS,
                samplers=SAMPLERS + mapped.samplers,
                points=points,
            )
            for head, points in (
                (f"{WRITES}#define AGENTS_MOVE\n", False),
                ("#define AGENTS_MARK\n", True),
                (WRITES, False),
            )
        )
        self.files = source.files
        if "state" in self.mark.program:  # what is drawn into may not be read as well
            self.release()
            where = name_path(path, shaders)
            what = "mark() reads the field, into which it is drawn"
            raise MorphogenError(Complaint(where, what, "Read it in move() or in spread()."))

    def release(self) -> None:
        for program in (self.move, self.mark, self.spread):
            program.release()


class AgentStepper:
    """Runs steps of agents on one field; owns their textures, with room for one agent a cell."""

    def __init__(
        self,
        context: moderngl.Context,
        spec: FieldSpec,
        seed: int = 0,
        start: NDArray[np.float32] | None = None,
    ) -> None:
        """`seed` says where the agents begin, unless `start` does, and which way they turn when they
        cannot decide."""
        self._context = context
        self._size = spec.columns, spec.rows
        self._walls = float(spec.border != "periodic")
        self._noise_step = seed % NOISE_PERIOD
        # Whole floats even for a field of half ones: those keep no place of a wide field.
        self._textures = [context.texture(self._size, 4, dtype="f4") for _ in range(2)]
        self._targets = [context.framebuffer([texture]) for texture in self._textures]
        # The texture's own, and never filtered; one sampler for both of them.
        self._sampler = context.sampler(filter=(moderngl.NEAREST, moderngl.NEAREST))
        self._present = 0
        start = scatter_agents(spec.columns, spec.rows, seed) if start is None else start
        for _ in range(2):  # both: who waits is not copied from one to the other
            self._present = 1 - self._present
            self.write(start)

    def step(
        self,
        field: Field,
        program: AgentProgram,
        values: Values,
        *,
        dt: float,
        steps: int,
        scale: float = 1.0,
        sources: Mapping[str, moderngl.Texture] = NONE,
    ) -> None:
        """Take `steps` steps. `scale` is 1/dx: all ways grow with it. A step is whole: no `dt`.

        `values` and `sources` as in `Stepper.step`.
        """
        if steps < 1:
            return
        count = self.count(values)
        # A 3 x 3 mean reaches one cell: on a finer field it is drawn several times.
        spreadings = max(math.ceil(scale * scale - 1e-9), 1)
        everything = {
            **values,
            **base_values(program.variation, values),
            "dt": program.model.dt,
            "scale": scale,
            "walls": self._walls,
            "spread_part": scale * scale / spreadings,
        }
        for part in (program.move, program.mark, program.spread):
            part.set(everything)
        bind_sources(self._context, program.variation, sources, program.first_source)
        self._sampler.use(1)
        for _ in range(steps):
            self._move(field, program.move, count)
            self._mark(field, program.mark, count)
            for index in range(spreadings):
                if "repeat_index" in program.spread.program:
                    program.spread.program["repeat_index"] = index
                field.target.use()
                field.use(0)
                program.spread.bind()
                program.spread.draw()
                field.swap()
        self._sampler.clear(1)

    def count(self, values: Values) -> int:
        """How many agents walk: `population` of each cell. The others wait."""
        population = values["population"]
        share = population if isinstance(population, (int, float)) else population[0]
        cells = self._size[0] * self._size[1]
        return min(max(round(share * cells), 0), cells)

    def clear(self) -> None:
        """The field has been put back to rest. The agents live on, and lay their trails anew."""

    def read(self) -> NDArray[np.float32]:
        """All agents, walking or waiting, (cells, 4). Waits for the GPU: for tests and tools."""
        return np.frombuffer(self._textures[self._present].read(), np.float32).reshape(-1, 4)

    def write(self, agents: NDArray[np.floating]) -> None:
        """Set all agents, (cells, 4)."""
        columns, rows = self._size
        if agents.shape != (columns * rows, 4):
            raise ValueError(f"agents of {columns} x {rows} cells have no shape {agents.shape}")
        self._textures[self._present].write(agents.astype(np.float32).tobytes())

    def release(self) -> None:
        for target in self._targets:
            target.release()
        for texture in self._textures:
            texture.release()
        self._sampler.release()

    def _move(self, field: Field, move: Program, count: int) -> None:
        if "noise_step" in move.program:
            move.program["noise_step"] = self._noise_step
        self._noise_step = (self._noise_step + 1) % NOISE_PERIOD
        target = self._targets[1 - self._present]
        target.viewport = (0, 0, self._size[0], -(-count // self._size[0]))
        target.use()
        field.use(0)
        self._textures[self._present].use(1)
        move.bind()
        move.draw()
        self._present = 1 - self._present

    def _mark(self, field: Field, mark: Program, count: int) -> None:
        field.present.use()
        self._textures[self._present].use(1)
        mark.bind()
        self._context.enable(moderngl.BLEND)
        self._context.blend_func = moderngl.ONE, moderngl.ONE
        mark.draw_points(count)
        self._context.disable(moderngl.BLEND)
        self._context.blend_func = moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA


def scatter_agents(columns: int, rows: int, seed: int) -> NDArray[np.float32]:
    """One agent for each cell, (cells, 4), anywhere and facing anywhere.

    Castes are evenly spread over any number of them: the golden section's multiples.
    """
    random = np.random.default_rng(seed)
    agents = random.random((rows * columns, 4), np.float32)
    agents[:, :2] *= np.array([columns, rows], np.float32) - np.float32(0.001)
    agents[:, 3] = np.arange(rows * columns) * GOLDEN % 1.0
    return agents
