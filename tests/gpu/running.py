"""Runs a model on a field of a given state, the short way; writes models that only a test needs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.gpu.field import Field, FieldSpec
from engine.gpu.headers import read_model
from engine.gpu.layout import PLAIN, Layout
from engine.gpu.stepping import make_program, make_stepper
from engine.show.catalogue import Model
from engine.show.sources.anisotropy import Anisotropy
from engine.show.sources.source import Source, vary


def all_models(shaders: Path) -> dict[str, Model]:
    paths = sorted((shaders / "models").glob("*.fs"))
    return {path.stem: read_model(path, shaders) for path in paths}


def default_values(model: Model) -> dict[str, float]:
    return {parameter.name: parameter.default[0] for parameter in model.parameters}


def random_values(model: Model, random: np.random.Generator) -> dict[str, float]:
    """Each parameter anywhere in its range; one in three at an end of it."""
    values = {}
    for parameter in model.parameters:
        low, high = parameter.minimum[0], parameter.maximum[0]
        ends = [low, high, random.uniform(low, high)]
        values[parameter.name] = float(
            ends[random.integers(3)] if random.random() < 0.5 else ends[2]
        )
    return values


def random_state(
    model: Model, random: np.random.Generator, size: tuple[int, int], amplitude: float = 0.8
) -> NDArray:
    """Rough noise, at most `amplitude` from the rest state. `size` is rows, columns."""
    channels = []
    for rest, (low, high) in zip(model.rest, model.range, strict=True):
        bottom = max(low, rest - amplitude)
        top = min(high, rest + amplitude)
        channels.append(random.uniform(bottom, top, size))
    return np.stack(channels, axis=-1)


Step = Callable[[NDArray, "Run"], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Run:
    """How to step: everything but the model and the state."""

    values: Mapping[str, float | Sequence[float]]
    dt: float
    steps: int = 1
    border: str = "periodic"
    outside: tuple[float, ...] = ()
    scale: float = 1.0
    half: bool = False
    layout: Layout = PLAIN
    sources: tuple[Source, ...] = ()
    anisotropy: Anisotropy | None = None
    textures: Mapping[str, moderngl.Texture] = field(default_factory=dict)


def run_model(
    context: moderngl.Context, shaders: Path, model: Model, state: NDArray, run: Run
) -> NDArray[np.float32]:
    """The state after `run.steps` steps from `state` (rows, columns, channels)."""
    with open_model(context, shaders, model, run) as step:
        return step(state, run)


@contextmanager
def open_model(
    context: moderngl.Context, shaders: Path, model: Model, first: Run
) -> Iterator[Step]:
    """As `run_model`, for many runs of one program: of the border, layout and sources of `first`."""
    variation = vary(first.sources, first.anisotropy)
    layout, border = first.layout, first.border
    program = make_program(context, model, shaders, variation, layout=layout, border=border)

    def step(state: NDArray, run: Run) -> NDArray[np.float32]:
        assert (vary(run.sources, run.anisotropy), run.layout, run.border) == (
            variation,
            layout,
            border,
        )
        rows, columns, channels = state.shape
        spec = FieldSpec(columns, rows, channels, border, run.outside, run.half)
        stepper = make_stepper(context, program, spec)
        try:
            with Field(context, spec) as made:
                made.write(state)
                stepper.step(
                    made,
                    program,
                    run.values,
                    dt=run.dt,
                    steps=run.steps,
                    scale=run.scale,
                    sources=run.textures,
                )
                return made.read()
        finally:
            stepper.release()

    try:
        yield step
    finally:
        program.release()


def write_model(
    shaders: Path,
    folder: Path,
    name: str,
    code: str,
    *,
    inputs: Sequence[Mapping[str, Any]] = (),
    **morphogen: Any,
) -> Path:
    """A shaders folder below `folder`: the house's own `lib/` and one model. Returns it."""
    made = folder / "shaders"
    if not made.exists():
        shutil.copytree(shaders / "lib", made / "lib")
        (made / "models").mkdir()
    stated = {"KIND": "model", "CHANNELS": ["u"], "LIMIT": {"DIFFUSION": "1"}, **morphogen}
    header = {"ISFVSN": "2", "INPUTS": list(inputs), "MORPHOGEN": stated}
    path = made / "models" / f"{name}.fs"
    path.write_text(f"/*{json.dumps(header, indent=1)}*/\n{code}", encoding="utf-8")
    return made
