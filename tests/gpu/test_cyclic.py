"""The cyclic automaton does what Fisch, Gravner and Griffeath (1991) say: debris, then demons that
turn for ever with the period of the circle of colours; too high a threshold, and all stands still."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, run_model

ROWS, COLUMNS = 96, 128


def colours(
    context: moderngl.Context, shaders: Path, start: NDArray, turns: int, **changed: float
) -> NDArray:
    model = read_model(shaders / "models" / "cyclic.fs", shaders)
    values = {**default_values(model), "pause": 1.0, **changed}
    state = np.zeros((ROWS, COLUMNS, 4))
    state[..., 2] = start
    return run_model(context, shaders, model, state, Run(values, 1.0, steps=turns))[..., 2]


def test_fourteen_colours_end_in_demons_that_turn_with_a_period_of_fourteen(
    context: moderngl.Context, shaders: Path
) -> None:
    rule = {"states": 14.0, "range": 1.0, "threshold": 1.0, "diamond": 1.0}
    start = np.random.default_rng(1).integers(0, 14, (ROWS, COLUMNS))
    early = colours(context, shaders, start, 10, **rule)
    moved = colours(context, shaders, early, 1, **rule) != early
    assert moved.mean() < 0.5  # debris
    late = colours(context, shaders, early, 1500, **rule)
    after = colours(context, shaders, late, 1, **rule)
    assert (after != late).mean() > 0.99
    assert (after == (late + 1) % 14).mean() > 0.99
    assert (colours(context, shaders, after, 13, **rule) == late).mean() > 0.99


def test_a_threshold_that_nobody_reaches_freezes_the_field(
    context: moderngl.Context, shaders: Path
) -> None:
    start = np.random.default_rng(4).integers(0, 8, (ROWS, COLUMNS))
    rule = {"states": 8.0, "range": 1.0, "threshold": 9.0}
    assert (colours(context, shaders, start, 20, **rule) == start).all()


def test_a_cleared_field_is_thrown_anew(context: moderngl.Context, shaders: Path) -> None:
    model = read_model(shaders / "models" / "cyclic.fs", shaders)
    state = np.broadcast_to(np.array(model.rest), (ROWS, COLUMNS, 4))
    found = run_model(context, shaders, model, state, Run(default_values(model), 1.0))
    assert (np.bincount(found[..., 2].astype(int).ravel(), minlength=8) > 1200).all()
