"""Rules whatever is played: no parameter, no splat and no broken texel leaves anything but a field
within its range."""

from __future__ import annotations

import math
from pathlib import Path

import moderngl
import numpy as np
import pytest

from engine.gpu.field import Field, FieldSpec
from engine.gpu.headers import read_model
from engine.gpu.stepping import make_program, make_stepper
from tests.gpu.running import Run, default_values, random_state, random_values, run_model
from tests.gpu.twins import RULES

ROWS, COLUMNS = 18, 24


@pytest.mark.parametrize("name", RULES)
def test_a_rule_stays_finite_and_in_range_while_every_knob_jumps_at_every_frame(
    context: moderngl.Context, shaders: Path, name: str
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    random = np.random.default_rng(sum(name.encode()))
    low, high = np.array(model.range).T
    program = make_program(context, model, shaders)
    for border in ("periodic", "no-flux", "fixed"):
        spec = FieldSpec(COLUMNS, ROWS, len(model.rest), border, model.rest)
        stepper = make_stepper(context, program, spec, int(random.integers(2**31)))
        with Field(context, spec) as field:
            field.write(random.uniform(low, high, (ROWS, COLUMNS, len(low))))
            for frame in range(60):
                values = random_values(model, random)
                if frame % 20 == 7:
                    field.write(random_state(model, random, (ROWS, COLUMNS)))
                scale = float(random.choice([0.5, 1.0, 2.0]))
                stepper.step(field, program, values, dt=model.dt, steps=3, scale=scale)
                state = field.read()
                assert np.isfinite(state).all(), values
                assert (state >= low - 1e-6).all() and (state <= high + 1e-6).all(), values
        stepper.release()
    program.release()


@pytest.mark.parametrize("broken", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("name", RULES)
def test_broken_texels_of_a_rule_are_gone_after_one_step(
    context: moderngl.Context, shaders: Path, name: str, broken: float
) -> None:
    model = read_model(shaders / "models" / f"{name}.fs", shaders)
    once = Run(default_values(model), model.dt)
    state = random_state(model, np.random.default_rng(1), (ROWS, COLUMNS), 0.3)
    state[6, 9] = broken
    assert np.isfinite(run_model(context, shaders, model, state, once)).all()
    state[:] = broken
    assert np.isfinite(run_model(context, shaders, model, state, once)).all()
