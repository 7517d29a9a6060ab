"""The fluid: it keeps its volume, carries its dye, never gains by itself, and answers a touch."""

from __future__ import annotations

import itertools
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from engine.show.catalogue import Model
from tests.gpu.running import Run, default_values, run_model

ROWS, COLUMNS = 48, 64
STILL = {"stir": 0.0, "pour": 0.0, "warm": 0.0, "fade": 0.0, "cooling": 0.0, "drag": 0.0}
STILL |= {"swirl": 0.0, "buoyancy": 0.0, "swell": 0.0}


@pytest.fixture(scope="module")
def model(shaders: Path) -> Model:
    return read_model(shaders / "models" / "fluid.fs", shaders)


def divergence(state: NDArray) -> NDArray:
    """What flows out of each cell: across lies on its left face, up on its lower one."""
    across, up = state[..., 0].astype(float), state[..., 1].astype(float)
    return np.roll(across, -1, axis=1) - across + np.roll(up, -1, axis=0) - up


def energy(state: NDArray) -> float:
    return float((state[..., :2].astype(float) ** 2).sum())


def hill(x: float, y: float, width: float) -> NDArray:
    rows, columns = np.mgrid[0:ROWS, 0:COLUMNS]
    return np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / width**2)


def eddies(seed: int) -> NDArray:
    """A smooth random velocity that is anything but free of sources, and no dye."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:ROWS, 0:COLUMNS]
    state = np.zeros((ROWS, COLUMNS, 4))
    for _ in range(12):
        often = random.integers(-6, 7, 2)
        angle = 2 * np.pi * (often[0] * x / COLUMNS + often[1] * y / ROWS + random.random())
        state[..., :2] += random.normal(0, 0.2, 2) * np.sin(angle)[..., None]
    return state


@pytest.mark.parametrize(("rounds", "left"), [(16, 0.25), (60, 0.08)])
def test_pressure_takes_the_divergence_away(
    context: moderngl.Context, shaders: Path, model: Model, rounds: int, left: float
) -> None:
    values = default_values(model) | STILL | {"rounds": rounds}
    start = eddies(1)
    state = run_model(context, shaders, model, start, Run(values, 1e-3))
    assert np.abs(divergence(start)).mean() > 0.05
    assert np.abs(divergence(state)).std() < left * np.abs(divergence(start)).std()
    later = run_model(context, shaders, model, start, Run(values, 1e-3, steps=40))
    assert np.abs(divergence(later)).std() < 0.2 * left * np.abs(divergence(start)).std()


def test_an_even_flow_carries_dye_whole_to_where_it_should_be(
    context: moderngl.Context, shaders: Path, model: Model
) -> None:
    start = np.zeros((ROWS, COLUMNS, 4))
    start[..., 0], start[..., 1] = 1.25, -0.5
    start[..., 2] = hill(20, 30, 5)
    for scale in (1.0, 0.5):
        run = Run(default_values(model) | STILL, 1.0, steps=16, scale=scale)
        state = run_model(context, shaders, model, start, run)
        assert state[..., :2] == pytest.approx(start[..., :2], abs=1e-4)
        expected = hill(20 + 20 * scale, 30 - 8 * scale, 5)
        assert np.abs(state[..., 2] - expected).max() < 0.06
        assert state[..., 2].sum() == pytest.approx(expected.sum(), rel=0.01)


def test_left_alone_it_never_gains_and_with_drag_it_comes_to_rest(
    context: moderngl.Context, shaders: Path, model: Model
) -> None:
    values, state = default_values(model) | STILL, eddies(2)
    found = []
    for _ in range(8):
        state = run_model(context, shaders, model, state, Run(values, 1.0, steps=10))
        found.append(energy(state))
    assert all(after < before for before, after in itertools.pairwise(found))
    run = Run(values | {"drag": 0.1}, 1.0, steps=100)
    assert energy(run_model(context, shaders, model, state, run)) < 1e-6 * found[-1]


def test_confinement_keeps_eddies_turning(
    context: moderngl.Context, shaders: Path, model: Model
) -> None:
    spins = []
    for swirl in (0.0, 0.1):
        run = Run(default_values(model) | STILL | {"swirl": swirl}, 1.0, steps=60)
        state = run_model(context, shaders, model, eddies(3), run).astype(float)
        up, across = state[..., 1], state[..., 0]
        spins.append(
            np.abs(up - np.roll(up, 1, axis=1) - across + np.roll(across, 1, axis=0)).mean()
        )
    assert spins[1] > 2 * spins[0]


def test_a_touch_pushes_to_all_sides_and_then_rises(
    context: moderngl.Context, shaders: Path, model: Model
) -> None:
    start = np.array(model.brush) * hill(32, 24, 6)[..., None]
    values = default_values(model) | STILL | {"swell": 0.1, "rounds": 60}
    state = run_model(context, shaders, model, start, Run(values, 1.0, steps=3))
    # Faces at equal distances on the four sides: all away from the middle.
    sides = [state[24, 41, 0], -state[24, 24, 0], state[33, 32, 1], -state[16, 32, 1]]
    assert min(sides) > 0.02
    assert max(sides) < 1.3 * min(sides)
    warm = values | {"swell": 0.0, "buoyancy": 0.05}
    state = run_model(context, shaders, model, start, Run(warm, 1.0, steps=40))
    rows = np.arange(ROWS)[:, None]
    assert (state[..., 2] * rows).sum() / state[..., 2].sum() > 28


def test_it_stirs_itself_for_ever(context: moderngl.Context, shaders: Path, model: Model) -> None:
    state, found = np.zeros((ROWS, COLUMNS, 4)), []
    for turn in range(6):
        values = default_values(model) | {"stir_pace_phase": turn / 6}
        state = run_model(context, shaders, model, state, Run(values, 1.0, steps=150))
        found.append((energy(state) / (ROWS * COLUMNS), state[..., 2].std()))
    assert min(speed for speed, _ in found) > 0.02
    assert max(speed for speed, _ in found) < 25.0
    assert min(dye for _, dye in found) > 0.03
