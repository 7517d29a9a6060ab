"""The guard: a texel that is no number turns back into rest in one step and infects nobody."""

from __future__ import annotations

import math
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from engine.show.catalogue import Model
from tests.gpu.running import Run, default_values, random_state, run_model
from tests.gpu.twins import RATES

ROW, COLUMN = 6, 9


def near(model: Model) -> NDArray[np.bool_]:
    """The cells whose next value depends on (ROW, COLUMN): the stencil, twice with two passes."""
    reach = 2 if model.potential or model.integrator == "staggered" else 1
    mask = np.zeros((13, 17), bool)
    mask[ROW - reach : ROW + reach + 1, COLUMN - reach : COLUMN + reach + 1] = True
    return mask


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("broken", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("name", RATES)
def test_a_broken_texel_is_gone_after_one_step_and_nothing_spreads(
    context: moderngl.Context, shaders: Path, name: str, broken: float, half: bool
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    whole = random_state(model, np.random.default_rng(1), (13, 17), 0.3)
    for channel in range(len(model.channels)):
        state = whole.copy()
        state[ROW, COLUMN, channel] = broken
        once = Run(
            default_values(model), 0.5 * model.limit.largest_dt(default_values(model)), half=half
        )
        found = run_model(context, shaders, model, state, once)
        expected = run_model(context, shaders, model, whole, once)
        assert np.isfinite(found).all()
        if model.integrator != "staggered":  # its second pass already steps on from rest
            rest = np.array(model.rest, np.float32)
            assert np.allclose(found[ROW, COLUMN], rest, rtol=1e-3 if half else 0.0, atol=0.0)
        assert np.array_equal(found[~near(model)], expected[~near(model)])


@pytest.mark.parametrize("name", RATES)
def test_a_field_of_nothing_but_broken_texels_comes_back_to_rest(
    context: moderngl.Context, shaders: Path, name: str
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    state = np.full((13, 17, len(model.channels)), math.nan)
    found = run_model(context, shaders, model, state, Run(default_values(model), 0.1))
    assert (found == np.array(model.rest, np.float32)).all()
