"""Allen-Cahn: a straight wall runs as fast as the exact travelling front; a round one shrinks."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, run_model


def wall(columns: int, width: float) -> NDArray[np.float64]:
    """The exact front -tanh((x - x0) / width), +1 on the left."""
    x = np.arange(columns) - columns / 3
    return np.tile(-np.tanh(x / width), (4, 1))[..., None]


@pytest.mark.parametrize(
    ("diffusion", "parting", "bias"), [(1.0, 0.2, 0.3), (1.0, 0.4, -0.2), (2.0, 0.3, 0.5)]
)
def test_a_wall_runs_as_fast_as_the_exact_front(
    context: moderngl.Context, shaders: Path, diffusion: float, parting: float, bias: float
) -> None:
    # u_t = D u'' + k (1 - u^2) (u + b) has u = -tanh((x - c t) / w), w = sqrt(2 D / k),
    # c = b sqrt(2 k D): put it in.
    model = read_model(shaders / "models" / "allen_cahn.fs", shaders)
    values = {**default_values(model), "diffusion": diffusion, "parting": parting, "bias": bias}
    values["agitation"] = 0.0
    width = np.sqrt(2 * diffusion / parting)
    run = Run(values, 0.05, steps=400, border="no-flux")
    first = run_model(context, shaders, model, wall(96, width), run)
    second = run_model(context, shaders, model, first, run)
    speed = (second.sum() - first.sum()) / 2 / 4 / (400 * 0.05)
    assert speed == pytest.approx(bias * np.sqrt(2 * parting * diffusion), rel=0.05)


def test_a_drop_shrinks_by_its_curvature(context: moderngl.Context, shaders: Path) -> None:
    # Allen and Cahn 1979: a wall moves by D times its curvature, so the area falls by 2 pi D t.
    model = read_model(shaders / "models" / "allen_cahn.fs", shaders)
    values = {**default_values(model), "diffusion": 1.0, "parting": 0.6, "bias": 0.0}
    values["agitation"] = 0.0
    y, x = np.mgrid[0:64, 0:64] - 31.5
    start = np.tanh((20 - np.hypot(x, y)) / np.sqrt(2 / 0.6))[..., None]
    first = run_model(context, shaders, model, start, Run(values, 0.1, steps=100))
    second = run_model(context, shaders, model, first, Run(values, 0.1, steps=600))
    lost = (first.sum() - second.sum()) / 2
    assert lost == pytest.approx(2 * np.pi * 1.0 * 60, rel=0.05)


def test_quiver_alone_keeps_the_walls_rough(context: moderngl.Context, shaders: Path) -> None:
    model = read_model(shaders / "models" / "allen_cahn.fs", shaders)
    values = {**default_values(model), "agitation": 0.3}
    start = wall(48, 2.0).repeat(12, axis=0)
    run = Run(values, 0.2, steps=200, border="no-flux")
    quiet = run_model(context, shaders, model, start, Run({**values, "agitation": 0.0}, 0.2, 200))
    rough = run_model(context, shaders, model, start, run)
    assert np.ptp(quiet, axis=0).max() < 1e-5
    along = np.ptp((rough > 0).sum(axis=1))
    assert along >= 1
    assert (rough > 0).mean() == pytest.approx((start > 0).mean(), abs=0.15)
