"""Which layout of the cells is the quickest here: a short measurement, kept per GPU and driver.

In: a GL context. Out: a `Layout`. It compiles, steps and waits for the GPU: at the start only.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from statistics import median

import moderngl

from engine.assets import Folder
from engine.errors import MorphogenError
from engine.gpu.field import Field, FieldSpec
from engine.gpu.layout import LAYOUTS, PLAIN, Layout
from engine.gpu.stepper import Stepper, StepProgram
from engine.show.catalogue import Model

SPEC = FieldSpec(512, 288, 2)  # as many cells as a scene has
STEPS, ROUNDS = 16, 5  # a frame's worth, gathered and spread as in a frame
MARGIN = 1.05  # times as quick as the plain one, or it is not worth its compiling


def choose_layout(
    context: moderngl.Context,
    shaders: Folder,
    model: Model,
    kept: Path | None,
    spec: FieldSpec = SPEC,
) -> Layout:
    """The layout that was the quickest when `kept` was written for this GPU and driver, or is now.

    `kept` is a JSON file, made or added to; one that cannot be read or written does not matter.
    `spec` is the field that is measured with.
    """
    key = " | ".join(str(context.info[name]) for name in ("GL_VENDOR", "GL_RENDERER", "GL_VERSION"))
    choices = _read(kept)
    found = LAYOUTS.get(choices.get(key, ""))
    if found is None:
        found = measure_layouts(context, shaders, model, spec)
        if kept:
            _write(kept, {**choices, key: found.id})
    return found


def measure_layouts(
    context: moderngl.Context, shaders: Folder, model: Model, spec: FieldSpec = SPEC
) -> Layout:
    """Step a field of each in turns, and take the quickest; a layout that a driver refuses is none."""
    values = {p.name: p.default[0] for p in model.parameters}
    runs: list[tuple[Layout, Field, StepProgram, Stepper, list[float]]] = []
    for layout in LAYOUTS.values():
        try:
            program = StepProgram(context, model, shaders, layout=layout)
        except MorphogenError:
            if layout.plain:
                raise
            continue
        field = Field(context, spec)
        field.fill(model.brush)
        runs.append((layout, field, program, Stepper(context, program, spec), []))
    try:
        for _ in range(ROUNDS + 1):
            for _, field, program, stepper, seconds in runs:
                context.finish()
                began = time.perf_counter()
                stepper.step(field, program, values, dt=model.dt, steps=STEPS)
                context.finish()
                seconds.append(time.perf_counter() - began)
    finally:
        for _, field, program, stepper, _ in runs:
            for part in (field, program, stepper):
                part.release()
    taken = {layout.id: median(seconds[1:]) for layout, *_, seconds in runs}
    best = min(taken, key=lambda name: taken[name])
    return LAYOUTS[best] if taken[best] * MARGIN < taken[PLAIN.id] else PLAIN


def _read(path: Path | None) -> dict[str, str]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in kept.items()} if isinstance(kept, dict) else {}


def _write(path: Path, choices: dict[str, str]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(choices, indent=1), encoding="utf-8")
        fresh.replace(path)
    except OSError:
        return
