"""Which layout of the cells is the quickest here: a short measurement, kept per GPU and driver.

In: a GL context. Out: a `Layout`. It compiles, steps and waits for the GPU: at the start only.
"""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import moderngl

from engine.assets import Folder
from engine.errors import MorphogenError
from engine.gpu.field import Field, FieldSpec
from engine.gpu.known_machines import keep_known, name_gpu, read_known
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
    gpu = name_gpu(context)
    found = LAYOUTS.get(read_known(kept, gpu)) if kept else None
    if found is None:
        found = measure_layouts(context, shaders, model, spec)
        if kept:
            keep_known(kept, gpu, found.id)
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
