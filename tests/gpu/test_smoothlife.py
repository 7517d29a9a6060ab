"""SmoothLife does what Rafler (2011) says: fillings are means, the known sets live and move."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from engine.show.kernels import EXACT, SPAN, TERMS, make_lenia, make_smoothlife
from tests.gpu.running import Run, default_values, run_model

GLIDER = {
    "radius": 12.0,
    "birth_low": 0.278,
    "birth_high": 0.365,
    "life_low": 0.267,
    "life_high": 0.445,
    "of_bounds": 1.0,
    "at_once": 1.0,
}
ROWS, COLUMNS = 96, 128


def squares(seed: int) -> NDArray:
    """Squares of a disc's size on a third of the field, as Rafler's program throws them."""
    random = np.random.default_rng(seed)
    state = np.zeros((ROWS, COLUMNS, 2))
    for _ in range(24):
        row, column = random.integers(0, ROWS - 14), random.integers(0, COLUMNS - 14)
        state[row : row + 14, column : column + 14, 0] = 1.0
    return state


def live(
    context: moderngl.Context, shaders: Path, state: NDArray, steps: int, **changed: float
) -> NDArray:
    model = read_model(shaders / "models" / "smoothlife.fs", shaders)
    run = Run({**default_values(model), **changed}, 1.0, steps=steps)
    return run_model(context, shaders, model, state, run)


@pytest.mark.parametrize("level", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("border", ["periodic", "no-flux", "fixed"])
def test_a_uniform_field_fills_disc_and_ring_with_its_own_value(
    context: moderngl.Context, shaders: Path, level: float, border: str
) -> None:
    # With bounds far softer than the field, what is wanted is known wherever the fillings are.
    model = read_model(shaders / "models" / "smoothlife.fs", shaders)
    values = {**default_values(model), "soft_ring": 0.2, "soft_disc": 0.6, "at_once": 1.0}
    state = np.full((ROWS, COLUMNS, 2), level)
    run = Run(values, 1.0, border=border, outside=(level, level))
    found = run_model(context, shaders, model, state, run)[..., 0]

    def s1(x: float, a: float, width: float) -> float:
        return float(1 / (1 + np.exp(-(x - a) * 4 / width)))

    living = s1(level, 0.5, 0.6)
    born = s1(level, 0.257, 0.2) * (1 - s1(level, 0.336, 0.2))
    lives = s1(level, 0.365, 0.2) * (1 - s1(level, 0.549, 0.2))
    assert np.abs(found - (born * (1 - living) + lives * living)).max() < 2e-6


@pytest.mark.parametrize("rule", [{}, GLIDER], ids=["SmoothLifeL", "the discrete glider's"])
def test_the_sets_of_the_literature_live_and_keep_moving(
    context: moderngl.Context, shaders: Path, rule: dict[str, float]
) -> None:
    # Gliders are born of few soups: of eight thrown, three to five.
    shares = []
    for seed in (3, 5):
        late = live(context, shaders, squares(seed), 200, **rule)[..., 0]
        after = live(context, shaders, np.stack([late, late], -1), 20, **rule)[..., 0]
        shares.append((late.mean(), np.abs(after - late).mean()))
    lively = [share for share in shares if 0.01 < share[0] < 0.6 and share[1] > 0.005]
    assert len(lively) == 2, shares


def test_no_birth_no_life(context: moderngl.Context, shaders: Path) -> None:
    rule = {"birth_low": 0.6, "birth_high": 0.1, "life_low": 0.6, "life_high": 0.1}
    assert live(context, shaders, squares(1), 100, **rule)[..., 0].max() == 0.0


@pytest.mark.parametrize("radius", [6.0, 9.7, 13.0, 15.0, 24.0])
def test_the_sums_across_and_down_are_the_kernels(radius: float) -> None:
    values = {"radius": radius, "ring_1": 1.0, "ring_2": 0.5, "ring_3": 0.25}
    values |= {"second_radius": 0.6, "radius_ratio": 3.0}
    for make in (make_smoothlife, make_lenia):
        table = make(values, 1.0).astype(float)
        span = int(table[0, 0])
        across, *down = table[1:].reshape(3, SPAN + 1, TERMS)
        for weights in down:
            kernel = weights @ across.T
            sides = np.where(np.arange(SPAN + 1) > 0, 2.0, 1.0)
            assert sides @ kernel @ sides == pytest.approx(1.0, abs=1e-5)
            assert np.abs(kernel - kernel.T).max() < 20 * EXACT  # round still
            assert not kernel[span + 1 :].any()


def test_no_row_of_texels_is_read_for_nothing() -> None:
    values = {"radius": 8.0, "ring_1": 1.0, "ring_2": 0.0, "ring_3": 0.0}
    values |= {"second_radius": 0.6, "radius_ratio": 3.0}
    # Lenia's ring is nothing at its radius; SmoothLife's has half its weight there.
    for make, reach in ((make_lenia, 7), (make_smoothlife, 8)):
        table = make(values, 1.0)
        assert table[0, 0] == reach
        assert table[0, 1] == -(-(reach + 1) // 4)
