"""Lenia does what Chan (2019) says: Orbium glides for a thousand steps, whole and at its pace."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from engine.show.seeds.cells import read_cells
from tests.gpu.running import Run, default_values, run_model

SIDE = 64


def centre(life: NDArray) -> NDArray:
    """Where the middle of the mass lies on the torus, in cells: across, up."""
    turns = np.exp(2j * np.pi * np.arange(SIDE) / SIDE)
    sums = [(life.sum(axis=axis) * turns).sum() for axis in (0, 1)]
    return np.angle(sums) * SIDE / (2 * np.pi)


def way(before: NDArray, after: NDArray) -> float:
    """The shortest distance of two places on the torus, in cells."""
    apart = (centre(after) - centre(before) + SIDE / 2) % SIDE - SIDE / 2
    return float(np.hypot(*apart))


def glide(
    context: moderngl.Context, shaders: Path, state: NDArray, steps: int, **changed: float
) -> NDArray:
    model = read_model(shaders / "models" / "lenia.fs", shaders)
    run = Run({**default_values(model), **changed}, 1.0, steps=steps)
    return run_model(context, shaders, model, state, run)


def orbium(scenes: Path) -> NDArray:
    state = np.zeros((SIDE, SIDE, 2))
    state[22:42, 22:42, 0] = read_cells(scenes / "seeds" / "orbium.cells", "here")
    return state


def test_orbium_still_glides_after_a_thousand_steps(
    context: moderngl.Context, shaders: Path, scenes: Path
) -> None:
    state = orbium(scenes)
    masses = []
    for _ in range(10):
        before = glide(context, shaders, state, 90)
        state = glide(context, shaders, before, 10)
        masses.append(float(state[..., 0].sum()))
        # 0.63 cells a step, as in float64 with the plain sums
        assert 6.0 < way(before[..., 0], state[..., 0]) < 6.6
    assert min(masses) > 70 and max(masses) < 78
    middle = np.roll(
        state[..., 0], tuple((SIDE // 2 - centre(state[..., 0])[::-1]).astype(int)), (0, 1)
    )
    assert middle[12:52, 12:52].sum() > 0.999 * state[..., 0].sum()  # one body, nothing left behind


def test_orbium_dies_where_it_wants_more_company_than_it_has(
    context: moderngl.Context, shaders: Path, scenes: Path
) -> None:
    assert glide(context, shaders, orbium(scenes), 100, mu=0.3)[..., 0].max() == 0.0
