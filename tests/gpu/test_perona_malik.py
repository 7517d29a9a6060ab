"""Perona-Malik melts what lies inside outlines, and keeps the outlines that heat would lose."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, run_model

SIZE = 32
EDGE = SIZE // 2


def half_and_half() -> NDArray:
    """Dark on the left, light on the right, a little noise over both; the source is the clean one."""
    state = np.zeros((SIZE, SIZE, 2))
    state[:, EDGE:] = 1.0
    state[..., 0] += np.random.default_rng(3).normal(0, 0.05, (SIZE, SIZE))
    return state


def run(
    context: moderngl.Context, shaders: Path, name: str, state: NDArray, **values: float
) -> NDArray:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    how = Run(values, 0.5, steps=200, border="no-flux")
    return run_model(context, shaders, model, state, how)[..., 0].astype(float)


def step_over_the_edge(picture: NDArray) -> float:
    return float((picture[:, EDGE] - picture[:, EDGE - 1]).mean())


def test_an_edge_stays_that_heat_would_lose_while_the_noise_melts_as_well(
    context: moderngl.Context, shaders: Path
) -> None:
    start = half_and_half()
    values = {"diffusion": 0.3, "contrast": 0.1, "feed": 0.0, "grit": 0.0}
    melted = run(context, shaders, "perona_malik", start, **values)
    warm = run(context, shaders, "heat", start[..., :1], diffusion=0.3, cooling=0.0)
    assert step_over_the_edge(warm) < 0.1
    assert step_over_the_edge(melted) > 0.75
    assert melted[:, : EDGE - 6].std() < 0.2 * start[:, : EDGE - 6, 0].std()


def test_the_source_feeds_the_picture_again(context: moderngl.Context, shaders: Path) -> None:
    start = half_and_half()
    start[..., 0] = 0.5  # all melted away
    values = {"diffusion": 0.02, "contrast": 0.02, "feed": 0.05, "grit": 0.0}
    found = run(context, shaders, "perona_malik", start, **values)
    assert step_over_the_edge(found) > 0.9
