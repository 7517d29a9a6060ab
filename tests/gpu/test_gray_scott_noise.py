"""Lesmes 2003: at a point where a lone spot stands for ever, noise divides it, and more the faster."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np

from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, run_model

SIZE = 64


def covered(context: moderngl.Context, shaders: Path, noise: float) -> float:
    """The share of the field that spots cover, long after one was sown in the middle."""
    model = read_model(shaders / "models" / "gray_scott_noise.fs", shaders)
    values = {**default_values(model), "feed": 0.05, "kill": 0.0655, "noise": noise}
    start = np.zeros((SIZE, SIZE, 2))
    start[..., 0] = 1.0
    start[29:35, 29:35] = 0.5
    found = run_model(context, shaders, model, start, Run(values, 0.8, steps=3000))
    return float((found[..., 1] > 0.15).mean())


def test_noise_divides_a_spot_that_would_stand_alone(
    context: moderngl.Context, shaders: Path
) -> None:
    alone, little, more = (covered(context, shaders, noise) for noise in (0.0, 0.01, 0.02))
    assert 0.01 < alone < 0.03  # it lives, and is one
    assert little > 2.5 * alone
    assert more > 2 * little
