"""Two coupled Brusselators: each layer its own wavelength, and twinkling eyes where they resonate."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, run_model

SIZE = 96


def fastest_wavelength(supply: float, turnover: float, x: float, y: float) -> float:
    """Of one Brusselator about its rest state, by linear theory; x and y are the diffusions."""
    square = np.linspace(1e-3, 4, 8000)
    activator, inhibitor = turnover - 1 - x * square, -(supply**2) - y * square
    trace, determinant = activator + inhibitor, activator * inhibitor + supply**2 * turnover
    growth = trace / 2 + np.sqrt(np.maximum(trace**2 / 4 - determinant, 0))
    return float(2 * np.pi / np.sqrt(square[growth.argmax()]))


def wavelength(channel: NDArray) -> float:
    """Of the strongest ring of the spectrum."""
    power = np.abs(np.fft.fft2(channel - channel.mean())) ** 2
    waves = np.fft.fftfreq(SIZE) * SIZE
    ring = np.rint(np.hypot(waves[:, None], waves)).astype(int)
    total = np.bincount(ring.ravel(), power.ravel())[: SIZE // 2]
    strong = total > 0.3 * total.max()
    waves_across = (total * np.arange(len(total)))[strong].sum() / total[strong].sum()
    return float(SIZE / waves_across)


def run(
    context: moderngl.Context,
    shaders: Path,
    size: int,
    steps: int,
    state: NDArray | None = None,
    **values: float,
) -> NDArray:
    """The field `steps` steps on, from `state` or from noise."""
    model = read_model(shaders / "models" / "superlattice.fs", shaders)
    everything = {**default_values(model), **values}
    dt = model.limit.largest_dt(everything)
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (size, size, 4))
    start = np.array(model.rest) + noise if state is None else state
    return run_model(context, shaders, model, start, Run(everything, dt, steps=steps))


def test_each_layer_alone_has_the_wavelength_of_linear_theory(
    context: moderngl.Context, shaders: Path
) -> None:
    # Yang 2002, figure 1, at dx = 1.7: diffusions 5, 14 and 54.9, 159.8.
    layers = {"fine_x": 1.73, "fine_y": 4.84, "broad_x": 19.0, "broad_y": 55.3}
    values = {"turnover": 9.0, "supply": 3.0, "coupling": 0.0, **layers}
    found = run(context, shaders, SIZE, 1200, **values)
    for channel, name in enumerate(("fine", "broad")):
        expected = fastest_wavelength(3.0, 9.0, layers[f"{name}_x"], layers[f"{name}_y"])
        assert wavelength(found[..., channel]) == pytest.approx(expected, rel=0.1)


def test_eyes_twinkle_in_a_lattice_that_stands(context: moderngl.Context, shaders: Path) -> None:
    # Yang 2002, figure 4: in the spots of the broad layer the fine one swings without end.
    state = run(context, shaders, 48, 5500)
    moments = []
    for _ in range(8):
        state = run(context, shaders, 48, 45, state)
        moments.append(state)
    swing = np.std(moments, axis=0)
    assert state[..., 1].std() > 0.4  # the lattice
    assert swing[..., 0].max() > 0.4  # its eyes
    assert np.median(swing[..., 0]) < 0.15 * swing[..., 0].max()
    assert swing[..., 1].max() < 0.5 * swing[..., 0].max()
