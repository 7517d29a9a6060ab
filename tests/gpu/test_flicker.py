"""No field flickers for ever: whatever a model finds in its range, no step takes back the one before.

Explicit steps that are too long for the place where the field stands show so, and only there. Each
model begins at corners of its range, on their edges and within, level or rough, with its own and with
extreme parameters, on fields of the scene's fineness, half and twice of it.
"""

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
from tests.gpu.running import Run, Step, default_values, open_model, random_values
from tests.gpu.twins import RATES, TWINS

ROWS, COLUMNS = 12, 16
TRIALS, STEPS = 24, 300
PATIENCE = 4  # times STEPS
SEEN = 1e-3  # of the range


def anywhere(model: Model, random: np.random.Generator) -> NDArray:
    """A level, of most channels at an end of its range, and noise about it, of any strength."""
    low, high = np.array(model.range).T
    ends, between = random.integers(0, 2, len(low)), random.random(len(low))
    level = np.where(random.random(len(low)) < 0.7, ends, between)
    noise = random.uniform(-1, 1, (ROWS, COLUMNS, len(low))) * random.choice([0.02, 0.3, 1.0])
    return low + (high - low) * np.clip(level + noise, 0, 1)


def parameters(model: Model, number: int, random: np.random.Generator) -> dict[str, float]:
    """By turns the model's own, any, and each at an end of its range."""
    if number % 3 == 0:
        return default_values(model)
    if number % 3 == 1:
        return random_values(model, random)
    ends = ((p.name, (p.minimum[0], p.maximum[0])) for p in model.parameters)
    return {name: float(random.choice(pair)) for name, pair in ends}


def flicker(steps: list[NDArray]) -> float:
    """How far four states in a row, in shares of the range, go to and fro: the least channel-wise
    change that turns over twice, or 0."""
    changes = [after - before for before, after in itertools.pairwise(steps)]
    sizes = np.array([np.sqrt((change**2).mean((0, 1))) for change in changes])
    agree = [(a * b).mean((0, 1)) for a, b in itertools.pairwise(changes)] / np.maximum(
        sizes[1:] * sizes[:-1], 1e-30
    )
    return float(np.where((agree < -0.5).all(0), sizes.min(0), 0.0).max())


def four_in_a_row(step: Step, model: Model, state: NDArray, run: Run) -> list[NDArray]:
    """This state and the next three, as shares of the range."""
    low, high = np.array(model.range).T
    states = [state]
    for _ in range(3):
        states.append(step(states[-1], replace(run, steps=1)))
    return [(state.astype(float) - low) / (high - low) for state in states]


@pytest.mark.parametrize("name", RATES)
def test_no_field_flickers_for_ever_wherever_it_begins(
    context: moderngl.Context, shaders: Path, name: str
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    random = np.random.default_rng(sum(name.encode()))
    with open_model(context, shaders, model, Run({}, 0.0)) as step:
        for number in range(TRIALS):
            values = parameters(model, number, random)
            values |= dict.fromkeys(TWINS[name].stirred_by, 0.0)
            scale = float(random.choice([0.5, 1.0, 2.0]))
            dt = model.limit.largest_dt(values, scale)
            # Waves that nothing damps flip at the very limit by nature: they get the stage's step.
            dt = min(dt, model.dt) if TWINS[name].waves else dt
            run, state = Run(values, dt, STEPS, scale=scale), anywhere(model, random)
            for _ in range(PATIENCE):
                state = step(state, run)
                found = flicker(four_in_a_row(step, model, state, run))
                if found < SEEN:
                    break
            assert found < SEEN, (found, scale, values)


@pytest.mark.parametrize("name", ["ginzburg_landau", "lambda_omega"])
def test_a_swing_that_hardly_turns_comes_back_from_the_corners(
    context: moderngl.Context, shaders: Path, name: str
) -> None:
    # Where nothing but the growth sets the limit.
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    calm = dict.fromkeys(("dispersion", "twist", "pace", "slowing"), 0.0)
    values = {**default_values(model), **calm, "diffusion": 0.1, "growth": 1.5}
    run = Run(values, model.limit.largest_dt(values, 0.5), STEPS, scale=0.5)
    state = np.array(model.range)[:, 1] - np.random.default_rng(1).uniform(0, 0.1, (12, 16, 2))
    with open_model(context, shaders, model, run) as step:
        assert flicker(four_in_a_row(step, model, step(state, run), run)) < SEEN
