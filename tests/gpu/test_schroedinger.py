"""A quantum wave loses nothing, wherever it runs; a shore takes it away."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, run_model

ROWS, COLUMNS = 33, 47


def packet(speed: float) -> NDArray:
    """A Gaussian in the middle, that runs to the right at `speed` radians a cell."""
    y, x = np.mgrid[0:ROWS, 0:COLUMNS].astype(float)
    height = np.exp(-((x - COLUMNS / 2) ** 2 + (y - ROWS / 2) ** 2) / 50)
    psi = height * np.exp(1j * speed * x)
    return np.stack([psi.real, psi.imag], axis=-1)


def run(
    context: moderngl.Context, shaders: Path, border: str, steps: int, **values: float
) -> NDArray:
    model = read_model(shaders / "models" / "schroedinger.fs", shaders)
    everything = {**default_values(model), **values}
    dt = 0.5 * model.limit.largest_dt(everything)
    return run_model(
        context, shaders, model, packet(0.6), Run(everything, dt, steps=steps, border=border)
    ).astype(float)


@pytest.mark.parametrize("border", ["periodic", "no-flux", "fixed"])
def test_the_norm_is_kept_over_4000_steps(
    context: moderngl.Context, shaders: Path, border: str
) -> None:
    # What the staggered step keeps to the last digit is re(t) squared + im before x im after;
    # the plain norm swings about it by dt times the energy, and never drifts.
    start = (packet(0.6) ** 2).sum()
    for steps in (1000, 4000):
        found = run(context, shaders, border, steps, trap=0.1, ground=-0.05)
        assert np.abs(found - packet(0.6)).max() > 0.3
        assert (found**2).sum() == pytest.approx(start, rel=0.02)


def test_a_shore_lets_a_wave_run_out_and_a_border_alone_does_not(
    context: moderngl.Context, shaders: Path
) -> None:
    start = (packet(0.6) ** 2).sum()
    kept = (run(context, shaders, "no-flux", 1500) ** 2).sum()
    left = (run(context, shaders, "no-flux", 1500, shore=0.2) ** 2).sum()
    assert kept == pytest.approx(start, rel=0.02)
    assert left < 0.2 * start


def test_a_bowl_brings_a_packet_back_that_free_would_run_apart(
    context: moderngl.Context, shaders: Path
) -> None:
    # V = 4 trap r^2 over the height: a period of pi / sqrt(D 4 trap) heights, in cells below.
    model = read_model(shaders / "models" / "schroedinger.fs", shaders)
    values = {**default_values(model), "dispersion": 0.5, "trap": 0.5}
    swing = 2 * np.sqrt(0.5 * 4 * 0.5) / ROWS
    dt = 0.25 * model.limit.largest_dt(values)
    steps = round(2 * np.pi / swing / dt)
    start = packet(0.0)

    def after(trap: float) -> float:
        everything = {**values, "trap": trap}
        found = run_model(context, shaders, model, start, Run(everything, dt, steps=steps))
        psi = found[..., 0] + 1j * found[..., 1]
        return float(abs((psi * start[..., 0]).sum()) / (start**2).sum())

    assert after(0.5) > 0.9
    assert after(0.0) < 0.6
