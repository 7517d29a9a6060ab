"""Cell updates a second: the engine's own Gray-Scott step in each layout, bare ping-pongs of the same
stencil, NumPy; and what a step of each model costs.

All in one process and in turns, so that what the machine does besides falls on each alike.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

import moderngl
import numpy as np

from engine.assets import find_assets
from engine.gpu.field import Field, FieldSpec
from engine.gpu.layout import LAYOUTS, Layout
from engine.gpu.layout_choice import measure_layouts
from engine.gpu.mixer import Mixer
from engine.gpu.shelf import Shelf
from engine.gpu.stepping import make_program, make_stepper
from engine.library import Library, read_library
from engine.show.catalogue import Catalogue, Model
from engine.show.director import Director
from engine.show.pace import Pace
from engine.show.seeds.first_state import make_seed
from engine.show.seeds.seed_file import parse_seed

STEPS, ROUNDS = 32, 9
MODEL_SPEC, MODEL_STEPS = (384, 216), 8
FEED, KILL, DIFFUSE_U, DIFFUSE_V = 0.037, 0.06, 0.2097, 0.105

VERTEX = """#version 330 core
out vec2 place;
void main() {
    vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
    place = corner;
    gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}"""
FRAGMENT = """#version 330 core
uniform sampler2D state;
uniform float feed, kill, diffuse_u, diffuse_v;
in vec2 place;
out vec4 next;
%s
void main() {
    vec2 here = AT(0, 0);
    vec2 edges = AT(1, 0) + AT(-1, 0) + AT(0, 1) + AT(0, -1);
    vec2 corners = AT(1, 1) + AT(-1, -1) + AT(1, -1) + AT(-1, 1);
    vec2 laplacian = (4.0 * edges + corners - 20.0 * here) / 6.0;
    float reaction = here.x * here.y * here.y;
    vec2 rate = vec2(diffuse_u * laplacian.x - reaction + feed * (1.0 - here.x),
                     diffuse_v * laplacian.y + reaction - (feed + kill) * here.y);
    next = vec4(here + rate, 0.0, 1.0);
}"""
TEXTURE = "#define AT(x, y) texture(state, place + vec2(x, y) / vec2(textureSize(state, 0))).rg"
TEXEL_FETCH = """#define AT(x, y) texelFetch(state, \\
    (ivec2(gl_FragCoord.xy) + ivec2(x, y) + textureSize(state, 0)) % textureSize(state, 0), 0).rg"""


def measure_steps(context: moderngl.Context, sizes: tuple[int, ...]) -> dict[str, dict[str, float]]:
    """Medians in million cells a second, by size and formulation."""
    results: dict[str, dict[str, float]] = {}
    for size in sizes:
        works = {
            **{layout: _engine(context, size, layout) for layout in LAYOUTS},
            "bare_texture": _bare(context, size, TEXTURE),
            "bare_texelfetch": _bare(context, size, TEXEL_FETCH),
            "numpy": _numpy(size),
        }
        seconds: dict[str, list[float]] = {name: [] for name in works}
        order, chance = list(works.items()), random.Random(size)
        for _ in range(ROUNDS + 1):  # the first round warms up
            chance.shuffle(order)  # whoever comes after NumPy finds cold caches
            for name, work in order:
                context.finish()
                began = time.perf_counter()
                steps = work()
                context.finish()
                seconds[name].append((time.perf_counter() - began) / steps)
        results[str(size)] = {
            name: round(size * size / median(taken[1:]) / 1e6, 2) for name, taken in seconds.items()
        }
    return results


def measure_models(context: moderngl.Context) -> dict[str, float]:
    """What a step of each model costs, in steps of Gray-Scott on as many cells: medians of turns."""
    library = read_library(find_assets())
    models = library.catalogue.models
    layout = measure_layouts(context, library.assets.shaders, models["gray_scott"])
    works = {name: _model(context, library, model, layout) for name, model in models.items()}
    seconds: dict[str, list[float]] = {name: [] for name in works}
    order, chance = list(works.items()), random.Random(1)
    for _ in range(ROUNDS + 1):
        chance.shuffle(order)
        for name, work in order:
            context.finish()
            began = time.perf_counter()
            work()
            context.finish()
            seconds[name].append(time.perf_counter() - began)
    cost = {name: median(taken[1:]) for name, taken in seconds.items()}
    return {name: round(taken / cost["gray_scott"], 2) for name, taken in cost.items()}


def _model(
    context: moderngl.Context, library: Library, model: Model, layout: Layout
) -> Callable[[], None]:
    columns, rows = MODEL_SPEC
    spec = FieldSpec(columns, rows, len(model.channels), half=model.half)
    program = make_program(context, model, library.assets.shaders, layout=layout)
    stepper = make_stepper(context, program, spec)
    field = Field(context, spec)
    seed = parse_seed({k: v for k, v in model.seed.items() if k != "grow"}, model.id)
    field.write(make_seed(seed, rows, columns, 1, model.rest, model.brush, library.assets.scenes))
    values = {p.name: p.default if p.components > 1 else p.default[0] for p in model.parameters}

    def work() -> None:
        stepper.step(field, program, values, dt=model.dt, steps=MODEL_STEPS)

    return work


def _engine(context: moderngl.Context, size: int, layout: str) -> Callable[[], int]:
    """A stage's frame, as the mixer steps it: block write, 32 steps, trail."""
    library = read_library(find_assets())
    catalogue = library.catalogue
    scene = replace(
        catalogue.scenes["coral"],
        rows=size,
        sources=(),
        macros=(),
        values={},
        drifts=(),
        grow=0,
    )
    own = Catalogue(
        catalogue.models, catalogue.looks, catalogue.finish, catalogue.palettes, {scene.id: scene}
    )
    director = Director(own, scene.id, pace=Pace(aspect=1.0))
    shelf = Shelf(context, library.assets.shaders, LAYOUTS[layout])
    mixer = Mixer(context, shelf, (size, size), catalogue.models, library.assets.scenes)

    def work() -> int:
        frame = director.advance(33_333_333)
        layer = frame.layers[0]
        voice = replace(layer.voices[0], steps=STEPS, splats=())
        mixer.step(replace(frame, layers=(replace(layer, voices=(voice,)),)))
        return STEPS

    return work


def _bare(context: moderngl.Context, size: int, access: str) -> Callable[[], int]:
    """What one writes by hand: two textures, two framebuffers, a program, a loop."""
    program = context.program(vertex_shader=VERTEX, fragment_shader=FRAGMENT % access)
    program["feed"], program["kill"] = FEED, KILL
    program["diffuse_u"], program["diffuse_v"] = DIFFUSE_U, DIFFUSE_V
    textures = [context.texture((size, size), 2, _seed(size).tobytes(), dtype="f4") for _ in "ab"]
    for texture in textures:
        texture.filter = (moderngl.NEAREST, moderngl.NEAREST)
    targets = [context.framebuffer([texture]) for texture in textures]
    triangle = context.vertex_array(program, [])

    def work() -> int:
        for step in range(STEPS):
            targets[1 - step % 2].use()
            textures[step % 2].use(0)
            triangle.render(moderngl.TRIANGLES, vertices=3)
        return STEPS

    return work


def _numpy(size: int) -> Callable[[], int]:
    """The same step with padded slices, in place where NumPy can."""
    state = np.pad(_seed(size), ((1, 1), (1, 1), (0, 0)), mode="wrap")
    u, v = (np.ascontiguousarray(state[..., channel]) for channel in (0, 1))

    def laplacian(field: np.ndarray) -> np.ndarray:
        edges = field[:-2, 1:-1] + field[2:, 1:-1] + field[1:-1, :-2] + field[1:-1, 2:]
        edges *= 4
        edges += field[:-2, :-2]
        edges += field[:-2, 2:]
        edges += field[2:, :-2]
        edges += field[2:, 2:]
        edges -= 20 * field[1:-1, 1:-1]
        edges /= 6
        return edges

    def work() -> int:
        for _ in range(4):
            here_u, here_v = u[1:-1, 1:-1], v[1:-1, 1:-1]
            reaction = here_u * here_v * here_v
            next_u = here_u + DIFFUSE_U * laplacian(u) - reaction + FEED * (1 - here_u)
            next_v = here_v + DIFFUSE_V * laplacian(v) + reaction - (FEED + KILL) * here_v
            for field, fresh in ((u, next_u), (v, next_v)):
                field[1:-1, 1:-1] = fresh
                field[0], field[-1] = field[-2], field[1]
                field[:, 0], field[:, -1] = field[:, -2], field[:, 1]
        return 4

    return work


def _seed(size: int) -> np.ndarray:
    state = np.zeros((size, size, 2), np.float32)
    state[..., 0] = 1.0
    state[size // 3 : size // 2, size // 3 : size // 2] = (0.5, 0.25)
    return state
