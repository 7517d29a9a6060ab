"""Keller-Segel: where gathering begins, how fast, and that cells are only moved, never lost."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, run_model

GROWTH, DECAY = 0.2, 0.3


def meadow(k: float, cells: int) -> NDArray[np.float64]:
    """The even state u = 1, v = 1 / a with a small wave on both."""
    wave = 1e-3 * np.cos(k * np.arange(cells))
    return np.tile(np.stack([1 + wave, 1 / DECAY + wave], axis=-1), (4, 1, 1))


def fastest(attraction: float, k: float) -> float:
    """The larger eigenvalue of the linearised pair, with D = 1 for both; q(1) = c / 2."""
    # The grid's own k^2 along x.
    k2 = 2 - 2 * np.cos(k)
    matrix = [[-k2 - GROWTH, 0.5 * attraction * k2], [1.0, -k2 - DECAY]]
    return float(np.linalg.eigvals(np.array(matrix)).real.max())


@pytest.mark.parametrize("above", [False, True])
def test_gathering_begins_at_the_threshold(
    context: moderngl.Context, shaders: Path, above: bool
) -> None:
    # Unstable when c / 2 > a + r + 2 sqrt(a r) (D = 1): the determinant at its worst k^2 = sqrt(ar).
    threshold = 2 * (DECAY + GROWTH + 2 * np.sqrt(DECAY * GROWTH))
    model = read_model(shaders / "models" / "keller_segel.fs", shaders)
    values = {**default_values(model), "growth": GROWTH, "decay": DECAY}
    values["attraction"] = threshold * (1.15 if above else 0.85)
    cells = 25
    k = 2 * np.pi * 2 / cells  # k^2 = 0.253, sqrt(a r) = 0.245
    first = run_model(
        context, shaders, model, meadow(k, cells), Run(values, 0.1, steps=200, scale=1.0)
    )
    second = run_model(context, shaders, model, first, Run(values, 0.1, steps=300))
    rate = np.log(np.ptp(second[..., 0]) / np.ptp(first[..., 0])) / 30
    assert (rate > 0) == above
    assert rate == pytest.approx(fastest(values["attraction"], k), abs=0.004)


def test_no_cell_is_lost_while_they_gather(context: moderngl.Context, shaders: Path) -> None:
    model = read_model(shaders / "models" / "keller_segel.fs", shaders)
    # Growth at its least: what it adds is known, and subtracted.
    values = {**default_values(model), "growth": 0.02, "decay": 0.3, "attraction": 6.0}
    state: NDArray = np.random.default_rng(5).uniform(0.5, 1.5, (24, 24, 2))
    dt = model.limit.largest_dt(values)
    state = run_model(context, shaders, model, state, Run(values, dt, steps=100))
    assert state[..., 0].std() > 0.5  # they gather
    born = 0.0
    total = state[..., 0].sum(dtype=float)
    for _ in range(40):
        u = state[..., 0].astype(float)
        born += dt * float((0.02 * u * (1 - u)).sum())
        state = run_model(context, shaders, model, state, Run(values, dt))
    assert state[..., 0].sum(dtype=float) == pytest.approx(total + born, rel=1e-5)


def test_knots_are_born_and_merge_without_end(context: moderngl.Context, shaders: Path) -> None:
    # Painter and Hillen 2011: with growth the pattern does not settle.
    model = read_model(shaders / "models" / "keller_segel.fs", shaders)
    values = default_values(model)
    dt = model.limit.largest_dt(values)
    state: NDArray = np.random.default_rng(6).uniform(0.5, 1.5, (48, 48, 2))
    state = run_model(context, shaders, model, state, Run(values, dt, steps=int(150 / dt)))
    for _ in range(3):
        before = state
        state = run_model(context, shaders, model, state, Run(values, dt, steps=int(50 / dt)))
        assert state[..., 0].std() > 0.3
        assert np.abs(state - before)[..., 0].mean() > 0.1
