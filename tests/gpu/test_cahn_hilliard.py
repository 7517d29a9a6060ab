"""Cahn-Hilliard keeps its mass and loses energy, as the equation promises."""

from __future__ import annotations

import itertools
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, run_model

VALUES = {"tension": 0.5, "parting": 0.3, "pull": 0.0, "balance": 0.0}


def start() -> NDArray:
    return np.random.default_rng(5).uniform(-0.4, 0.5, (33, 35, 1)).astype(np.float32)


def energy(state: NDArray) -> float:
    """Sum of r (u^2 - 1)^2 / 4 + e |grad u|^2 / 2, with the gradient's own nine-point form."""
    u = state[..., 0].astype(float)
    bulk = VALUES["parting"] * ((u**2 - 1) ** 2).sum() / 4

    def steps(rows: int, columns: int) -> float:
        return float(((np.roll(u, (rows, columns), (0, 1)) - u) ** 2).sum())

    edges = (4 * (steps(0, 1) + steps(1, 0)) + steps(1, 1) + steps(1, -1)) / 6
    return float(bulk + VALUES["tension"] * edges / 2)


@pytest.mark.parametrize("border", ["periodic", "no-flux", "fixed"])
def test_mass_is_conserved_over_1000_steps(
    context: moderngl.Context, shaders: Path, border: str
) -> None:
    model = read_model(shaders / "models" / "cahn_hilliard.fs", shaders)
    run = Run(VALUES, 0.1, steps=1000, border=border, outside=(0.8,))
    found = run_model(context, shaders, model, start(), run)
    assert found.std() > 0.5  # the liquids have parted
    # Each step rounds each cell by at most 6e-8; errors of either sign add up to far less.
    assert found.mean(dtype=float) == pytest.approx(start().mean(dtype=float), abs=2e-6)


def test_energy_falls_all_the_way(context: moderngl.Context, shaders: Path) -> None:
    model = read_model(shaders / "models" / "cahn_hilliard.fs", shaders)
    state, energies = start(), [energy(start())]
    for _ in range(10):
        state = run_model(context, shaders, model, state, Run(VALUES, 0.1, steps=100))
        energies.append(energy(state))
    assert all(after < before for before, after in itertools.pairwise(energies))
    assert energies[-1] < 0.5 * energies[0]


@pytest.mark.parametrize("share", [0.9, 1.05, 1.15, 1.3, 1.45])
def test_more_of_a_liquid_than_can_part_lies_still(
    context: moderngl.Context, shaders: Path, share: float
) -> None:
    # Mass is kept, so that it stays where the potential is steepest.
    model = read_model(shaders / "models" / "cahn_hilliard.fs", shaders)
    rough = np.random.default_rng(2).uniform(-0.05, 0.05, (24, 24, 1))
    for values in (VALUES, {**VALUES, "parting": 0.6, "tension": 0.1}):
        run = Run(values, model.limit.largest_dt(values), steps=1000)
        for side in (-1, 1):
            state = np.clip(side * share + rough, -1.5, 1.5)
            found = run_model(context, shaders, model, state, run)
            assert np.ptp(found) < 1e-3
            assert found.mean(dtype=float) == pytest.approx(state.mean(), abs=1e-5)
