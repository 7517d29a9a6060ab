"""Stated limits: whatever the knobs say, a step of `largest_dt` keeps every model sane."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from engine.show.catalogue import Model
from tests.gpu.running import (
    Run,
    Step,
    all_models,
    default_values,
    open_model,
    random_values,
    run_model,
)
from tests.gpu.twins import RATES, TWINS

ROWS, COLUMNS = 18, 24
STEPS = 2000


def marks(model: Model, random: np.random.Generator) -> NDArray:
    """Squares between rest and brush, as splats leave them, and a little noise."""
    rest, brush = np.array(model.rest), np.array(model.brush)
    share = np.kron(random.random((6, 8, 1)), np.ones((3, 3, 1)))
    noise = random.uniform(-0.1, 0.1, (ROWS, COLUMNS, len(rest)))
    return clamped(model, rest + (brush - rest) * share + noise)


def bump(model: Model) -> NDArray:
    """One smooth hill: an undamped wave keeps for ever what is rough at the start."""
    y, x = np.mgrid[0:ROWS, 0:COLUMNS]
    height = np.exp(-((x - 12) ** 2 + (y - 9) ** 2) / 12)[..., None]
    return np.array(model.rest) + (np.array(model.brush) - np.array(model.rest)) * height


def clamped(model: Model, state: NDArray) -> NDArray:
    return np.clip(state, [low for low, _ in model.range], [high for _, high in model.range])


def share_at_clamp(model: Model, state: NDArray) -> float:
    """The share of cells that stand at an end of the range which is not the rest state."""
    worst = 0.0
    for channel, (rest, ends) in enumerate(zip(model.rest, model.range, strict=True)):
        for end in ends:
            if end != rest:
                worst = max(worst, float((state[..., channel] == np.float32(end)).mean()))
    return worst


def flip(steps: list[NDArray]) -> float:
    """How two changes in a row agree: 1 is a smooth course, -1 a field that flips at every step."""
    first, second = (after.astype(float) - before for before, after in itertools.pairwise(steps))
    if np.sqrt((first**2).mean()) < 1e-4:
        return 1.0
    return float((first * second).sum() / (first**2).sum())


def trial(model: Model, random: np.random.Generator, border: str) -> Run:
    scale = float(random.choice([0.5, 1.0, 2.0]))
    values = random_values(model, random)
    for name, least in TWINS[model.id].fed.items():
        values[name] = max(values[name], least)
    dt = model.limit.largest_dt(values, scale)
    return Run(values, dt, border=border, outside=model.rest, scale=scale)


def three_in_a_row(step: Step, model: Model, state: NDArray, run: Run) -> list[NDArray]:
    """This state and the next two; with noise, once it has died away: noise flips by nature."""
    stirred_by = TWINS[model.id].stirred_by
    if stirred_by:
        run = replace(run, values={**run.values, **dict.fromkeys(stirred_by, 0.0)})
        state = step(state, replace(run, steps=100))
    after = step(state, run)
    return [state, after, step(after, run)]


@pytest.mark.parametrize("border", ["periodic", "no-flux", "fixed"])
@pytest.mark.parametrize("name", RATES)
def test_the_largest_step_keeps_the_field_sane_for_any_parameters(
    context: moderngl.Context, shaders: Path, name: str, border: str
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    waves = TWINS[name].waves
    random = np.random.default_rng([sum(name.encode()), len(border)])
    with open_model(context, shaders, model, Run({}, 0.0, border=border)) as step:
        for _ in range(4):
            run = trial(model, random, border)
            start = bump(model) if waves else marks(model, random)
            half_way = step(start, replace(run, steps=STEPS // 2))
            if not waves:
                half_way[4:9, 4:9] = model.brush  # a splat in the middle of it
            state = step(half_way, replace(run, steps=STEPS // 2))
            course = three_in_a_row(step, model, state, run)
            assert np.isfinite(state).all(), run.values
            # A fixed border feeds its neighbours without end: the rim may stand at the clamp.
            inner = state[2:-2, 2:-2] if border == "fixed" else state
            assert share_at_clamp(model, inner) == 0, run.values
            if waves:  # a wave may swing as fast as it likes
                assert np.abs(state).max() < 3.0, run.values
            else:
                assert flip(course) > 0.0, run.values


@pytest.mark.parametrize("name", [name for name, twin in TWINS.items() if twin.calms_down])
def test_a_field_anywhere_in_its_range_calms_down_again(
    context: moderngl.Context, shaders: Path, name: str
) -> None:
    # What one set of parameters piles up, the next finds as its start.
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    random = np.random.default_rng(8)
    low, high = np.array(model.range).T
    with open_model(context, shaders, model, Run({}, 0.0)) as step:
        for _ in range(4):
            run = trial(model, random, "periodic")
            start = random.uniform(low, high, (ROWS, COLUMNS, len(low)))
            state = step(start, replace(run, steps=STEPS // 2))
            course = three_in_a_row(step, model, state, run)
            assert share_at_clamp(model, state) < 0.01, run.values
            assert flip(course) > 0.0, run.values


def test_default_parameters_need_no_sub_steps(shaders: Path) -> None:
    for model in all_models(shaders).values():
        assert model.limit.largest_dt(default_values(model)) >= model.dt, model.id


@pytest.mark.parametrize("name", ["heat", "wave"])
def test_the_limit_is_not_absurdly_conservative(
    context: moderngl.Context, shaders: Path, name: str
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    values = default_values(model)
    start = clamped(
        model, np.random.default_rng(1).normal(0, 0.05, (ROWS, COLUMNS, len(model.rest)))
    )
    run = Run(values, 2.5 * model.limit.largest_dt(values), steps=300)
    assert share_at_clamp(model, run_model(context, shaders, model, start, run)) > 0.5


@pytest.mark.parametrize("damping,spring", [(0.0, 0.05), (0.1, 0.0), (0.1, 0.05)])
def test_a_slow_wave_with_damping_or_spring_stays_bounded_on_a_coarse_field(
    context: moderngl.Context, shaders: Path, damping: float, spring: float
) -> None:
    # Here damping and spring, not the wave, set the limit.
    model = read_model(shaders / "models" / "wave.fs", shaders)
    values = {"wave_speed": 0.05, "damping": damping, "spring": spring}
    values = {**default_values(model), **values}
    dt = model.limit.largest_dt(values, 0.5)
    state = run_model(context, shaders, model, bump(model), Run(values, dt, steps=STEPS, scale=0.5))
    assert np.abs(state).max() < 3.0
