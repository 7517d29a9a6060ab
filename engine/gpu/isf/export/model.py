"""A rate model as a plain ISF file: one persistent pass takes one step, the last one colours it.

In: a model and the text of its file. Out: GLSL that knows only what every host of ISF 2.0 gives (no
include, no #version, no function that 1.10 lacks but the model's own); it wraps round at its borders,
takes no longer step than is stable, and seeds itself anew at `reset`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.errors import Complaint, MorphogenError
from engine.gpu.isf.export.formula import to_glsl
from engine.gpu.isf.export.header import write_colour, write_header, write_input
from engine.gpu.isf.export.model_text import (
    EULER_STEP,
    HALF,
    LAST,
    MIDDLE,
    NINE,
    NOISE,
    POTENTIAL_STEP,
    STAGGERED_STEP,
    SYMPLECTIC_STEP,
)
from engine.gpu.isf.shader_file import read_shader
from engine.gpu.program import join_lines
from engine.gpu.source import INCLUDE_WORD
from engine.show.catalogue import LAPLACIAN_EIGENVALUE, PLAY, SAFETY, Limit, Model

STATES = ("float", "vec2", "vec3", "vec4")
LOADS = (".r", ".rg", ".rgb", "")
STORES = (
    "vec4(value, 0.0, 0.0, 1.0)",
    "vec4(value, 0.0, 1.0)",
    "vec4(value, 1.0)",
    "value",
)
SUMS = ("value", "value.x + value.y", "value.x + value.y + value.z", "dot(value, vec4(1.0))")
# Cells across: so few that a pattern is seen to grow at one step a frame.
WIDTH, HEIGHT = "max(floor($WIDTH / 4.0), 16.0)", "max(floor($HEIGHT / 4.0), 16.0)"
PASSES: tuple[Mapping[str, Any], ...] = (
    {"TARGET": "cells", "PERSISTENT": True, "FLOAT": True, "WIDTH": WIDTH, "HEIGHT": HEIGHT},
    {},
)
COLOURS = (
    write_colour("colour_low", "Colour of what is empty", (0.02, 0.03, 0.09)),
    write_colour("colour_middle", "Colour between", (0.72, 0.16, 0.28)),
    write_colour("colour_high", "Colour of what is full", (1.0, 0.87, 0.62)),
)
RESET = {"NAME": "reset", "TYPE": "event", "LABEL": "Begin anew"}


def export_model(model: Model, path: Path) -> str:
    """The text of the file; `path` is the model's own. Raises `MorphogenError`, saying why, for one
    that cannot be plain ISF."""
    reason = _find_reason(model)
    shader = read_shader(path, str(path))
    include = next((line for line in shader.body.split("\n") if INCLUDE_WORD.match(line)), "")
    if include and not reason:
        reason = f"it needs {include.split(chr(34))[1]}, which counts in whole numbers"
    if reason:
        remedy = "Plain ISF has one texture for each pass, and fragments only; try a rate model."
        raise MorphogenError(
            Complaint(str(path), f"this model cannot be exported: {reason}", remedy)
        )
    inputs = [write_input(p) for p in model.parameters if p.name not in PLAY]
    parts = (
        write_header(
            f"{model.title} (exported from Morphogen)",
            shader.credit,
            ["Generator", "Reaction-diffusion"],
            [RESET, *inputs, *COLOURS],
            PASSES,
        ),
        _declare(model),
        NOISE if model.noise else "",
        _own_text(shader.body),
        _step(model),
        LAST,
    )
    return join_lines("\n".join(part for part in parts if part))


def _find_reason(model: Model) -> str:
    if model.agents:
        return "its walkers are drawn as points, each with a memory of its own"
    if model.passes:
        return "it is a rule of several passes that share textures"
    return ""


def _own_text(body: str) -> str:
    """The model's own GLSL; what it reads of the field beside the Laplacian goes round the border."""
    text = re.sub(r"textureOffset\(\s*state\s*,", "beside(", body.strip())
    text = re.sub(r"\btexture\(\s*state\s*,", "texel_at(", text)
    text = re.sub(r"\btextureSize\(\s*state\s*,\s*0\s*\)", "RENDERSIZE", text)
    return text.replace("ivec2(", "vec2(") + "\n"


def _declare(model: Model) -> str:
    count = len(model.channels)
    body = model.shown[0]
    kept = "" if count == 4 else "  // alpha is always 1"
    return f"""
#define STATE {STATES[count - 1]}
const STATE REST = {_state(model.rest)};
const STATE LOW = {_state([low for low, _ in model.range])};
const STATE HIGH = {_state([high for _, high in model.range])};
const STATE BRUSH = {_state(model.brush)};
const vec3 SHOWN = vec3({body[0]!r}, {body[1]!r}, {body[2]!r});
const float stencil_scale = 1.0 / 6.0;
float dt, reaction_room;
vec2 uv;

vec4 texel_at(vec2 place) {{ return IMG_NORM_PIXEL(cells, fract(place)); }}
vec4 beside(vec2 place, vec2 shift) {{ return texel_at(place + shift / RENDERSIZE); }}
STATE cell(vec2 place) {{ return texel_at(place){LOADS[count - 1]}; }}
vec4 stored(STATE value) {{ return {STORES[count - 1]}; }}{kept}
float sum(STATE value) {{ return {SUMS[count - 1]}; }}
"""


def _state(values: Sequence[float]) -> str:
    numbers = ", ".join(repr(float(number)) for number in values)
    return f"{STATES[len(values) - 1]}({numbers})"


def _step(model: Model) -> str:
    """How a cell goes on, in the model's own way of stepping."""
    if model.potential:
        change = NINE.format(of="middle_at", name="change_of")
        step = MIDDLE + change + POTENTIAL_STEP
    elif model.integrator == "staggered":
        step = HALF + NINE.format(of="half_at", name="change_of") + STAGGERED_STEP
    elif model.integrator == "symplectic":
        step = SYMPLECTIC_STEP
    else:
        step = EULER_STEP
    return NINE.format(of="cell", name="laplacian_of") + step + _seed(model) + _longest(model)


def _longest(model: Model) -> str:
    """The step that is stable for these values, as `Limit.largest_dt` has it."""

    def write(part: str) -> str:
        formula = getattr(model.limit, part)
        return f"max({to_glsl(formula.text)}, 0.0)" if formula else "0.0"

    limit: Limit = model.limit
    assert isinstance(limit, Limit)
    return f"""
// The longest stable step for these values; see Morphogen's docs.
void find_step() {{
    float diffusion = {write("diffusion")};
    float steepest = {LAPLACIAN_EIGENVALUE!r};
    float stiffness = diffusion * steepest + {write("bilaplacian")} * steepest * steepest
        + {write("reaction")};
    float swing = {write("wave")} * sqrt(steepest);
    float root = stiffness + sqrt(stiffness * stiffness + 4.0 * swing * swing);
    dt = min({model.dt!r}, {4.0 * SAFETY!r} / max(root, 1e-6));
    reaction_room = max({2.0 * SAFETY!r} / dt - steepest * diffusion, 0.0);
}}
"""


def _seed(model: Model) -> str:
    """Spots of the brush's state at rest, crossed fronts of it (about whose crossings spirals turn), or
    noise everywhere, as its SEED says."""
    count = len(model.channels)
    noisy = model.seed.get("kind") == "noise"
    amplitude = float(model.seed.get("amplitude", 1.0)) if noisy else 1.0
    base = model.seed.get("base")
    rest = _state(base) if isinstance(base, list) and len(base) == count else "REST"
    crossed = model.seed.get("kind") in ("spirals", "fronts")
    parts = [
        f"cloud(place * {9.0 + 3 * n!r}, {17.0 * n + 3.0!r}) - 0.5"
        if noisy
        else f"smoothstep(0.46, 0.54, cloud(place * 2.5, {17.0 * n + 3.0!r}))"
        if crossed
        else f"smoothstep(0.68, 0.76, cloud(place * 7.0 + {0.11 * n!r}, 3.0))"
        for n in range(count)
    ]
    way = _apart(model) if noisy else "BRUSH - REST"
    mixed = parts[0] if count == 1 else f"{STATES[count - 1]}({', '.join(parts)})"
    return f"""
float hash_of(vec2 corner, float salt) {{
    return fract(sin(dot(corner, vec2(127.1, 311.7)) + salt * 74.7) * 43758.5453);
}}

float cloud(vec2 place, float salt) {{
    vec2 corner = floor(place), t = place - corner;
    t = t * t * (3.0 - 2.0 * t);
    return mix(mix(hash_of(corner, salt), hash_of(corner + vec2(1.0, 0.0), salt), t.x),
               mix(hash_of(corner + vec2(0.0, 1.0), salt), hash_of(corner + vec2(1.0, 1.0), salt), t.x), t.y);
}}

STATE seed_at(vec2 at) {{
    vec2 place = at * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0) + fract(TIME) * 7.0;
    return clamp({rest} + {amplitude!r} * ({way}) * ({mixed}), LOW, HIGH);
}}
"""


def _apart(model: Model) -> str:
    """How far noise goes: toward the brush, or, where that is rest itself, by one."""
    pairs = zip(model.brush, model.rest, strict=True)
    return _state([brush - rest if abs(brush - rest) > 1e-6 else 1.0 for brush, rest in pairs])
