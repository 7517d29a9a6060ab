"""KPZ growth roughens as its exponents say, and the held mean stays where it is."""

from __future__ import annotations

import math
from pathlib import Path

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, run_model

CELLS = 8192


def grow(context: moderngl.Context, shaders: Path, growth: float, time: float) -> NDArray:
    """A line of cells from flat ground, its mean let run."""
    model = read_model(shaders / "models" / "kpz.fs", shaders)
    values = {"smoothing": 0.4, "growth": growth, "rough": 0.5, "hold": 0.0}
    run = Run(values, 0.25, steps=round(time / 0.25))
    found = run_model(context, shaders, model, np.zeros((1, CELLS, 2)), run)
    return found[0, :, 0].astype(float)


def skewness(heights: NDArray) -> float:
    apart = heights - heights.mean()
    return float((apart**3).mean() / apart.std() ** 3)


def test_width_grows_by_the_known_powers_of_time(context: moderngl.Context, shaders: Path) -> None:
    # On a line the width grows as t^(1/4) without growth along the slope (Edwards-Wilkinson), and
    # as t^(1/3) with it (KPZ 1986), which a run as short as this comes near from below.
    powers, skews = {}, {}
    for growth in (0.0, 4.0):
        early = grow(context, shaders, growth, 48.0)
        late = grow(context, shaders, growth, 192.0)
        powers[growth] = math.log(late.std() / early.std()) / math.log(4)
        skews[growth] = skewness(late)
    assert 0.23 < powers[0.0] < 0.27
    assert 0.285 < powers[4.0] < 0.345
    # Hills are broad and clefts narrow; the known skewness is 0.29 (Praehofer and Spohn 2000).
    assert skews[4.0] > 0.15 and abs(skews[0.0]) < 0.15


def test_the_mean_height_is_held_while_the_surface_grows(
    context: moderngl.Context, shaders: Path
) -> None:
    model = read_model(shaders / "models" / "kpz.fs", shaders)
    values = {**default_values(model), "hold": 0.05}
    start = np.zeros((24, 24, 2))
    early = run_model(context, shaders, model, start, Run(values, 0.5, steps=1000))
    late = run_model(context, shaders, model, start, Run(values, 0.5, steps=6000))
    drift = late[..., 1].mean()
    assert drift > 0.02  # unheld it would have risen by 3000 times as much
    assert abs(early[..., 0].mean()) < 0.5 and abs(late[..., 0].mean()) < 0.5
    assert late[..., 0].std() > 0.1
