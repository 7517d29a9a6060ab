"""The stencil of the step: the Laplacian of a linear ramp is zero; of x^2 + y^2 it is 4."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, run_model, write_model

# The field becomes u + (lap u - u), which is its own Laplacian.
ITSELF = "float rate(float state, float laplacian) { return laplacian - state; }\n"


@pytest.fixture
def own_shaders(shaders: Path, tmp_path: Path) -> Path:
    return write_model(shaders, tmp_path, "laplacian", ITSELF)


def laplacian_inside(
    context: moderngl.Context, shaders: Path, state: NDArray, scale: float = 1.0
) -> NDArray:
    """The Laplacian as the step sees it, without the outermost cells."""
    model = read_model(shaders / "models" / "laplacian.fs", shaders)
    run = Run({}, 1.0, border="no-flux", scale=scale)
    return run_model(context, shaders, model, state[..., None], run)[1:-1, 1:-1, 0]


def coordinates() -> tuple[NDArray, NDArray]:
    y, x = np.mgrid[0:13, 0:17].astype(float)
    return x - 8, y - 6


def test_the_laplacian_of_a_linear_ramp_is_zero(
    context: moderngl.Context, own_shaders: Path
) -> None:
    x, y = coordinates()
    for ramp in (x, y, 3 * x - 2 * y + 5):
        assert laplacian_inside(context, own_shaders, ramp) == pytest.approx(0.0, abs=1e-5)


def test_the_laplacian_of_x_squared_plus_y_squared_is_4(
    context: moderngl.Context, own_shaders: Path
) -> None:
    x, y = coordinates()
    assert laplacian_inside(context, own_shaders, x**2 + y**2) == pytest.approx(4.0, abs=1e-4)
    assert laplacian_inside(context, own_shaders, x**2) == pytest.approx(2.0, abs=1e-4)
    assert laplacian_inside(context, own_shaders, x * y) == pytest.approx(0.0, abs=1e-4)


def test_a_finer_field_has_a_steeper_laplacian(
    context: moderngl.Context, own_shaders: Path
) -> None:
    x, y = coordinates()
    found = laplacian_inside(context, own_shaders, (x / 2) ** 2 + (y / 2) ** 2, scale=2.0)
    assert found == pytest.approx(4.0, abs=1e-4)
