"""Purwins' solitons: a spot glides on and on, away from its trail, and keeps its size."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, run_model

SIZE = 44


def start(rest: float) -> NDArray:
    """One spot, its trail to the left of it."""
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    state = np.full((SIZE, SIZE, 3), rest)
    state[np.hypot(x - 22, y - 22) < 4, 0] = 1.3
    state[np.hypot(x - 19.5, y - 22) < 4, 1] = 1.3
    return state


def place(state: NDArray) -> complex:
    """Where the one spot is, round the field: angles of x and y."""
    weight = np.maximum(state[..., 0], 0)
    turn = np.exp(2j * np.pi * np.arange(SIZE) / SIZE)
    x, y = (weight.sum(axis=a) * turn for a in (0, 1))
    return complex(np.angle(x.sum()), np.angle(y.sum())) * SIZE / (2 * np.pi)


def moved(before: NDArray, after: NDArray) -> complex:
    """The shorter way round the field, in cells: x and y."""
    apart = place(after) - place(before)
    x, y = ((part + SIZE / 2) % SIZE - SIZE / 2 for part in (apart.real, apart.imag))
    return complex(x, y)


def test_a_soliton_lives_and_keeps_gliding(context: moderngl.Context, shaders: Path) -> None:
    model = read_model(shaders / "models" / "dissipative_solitons.fs", shaders)
    state = start(model.rest[0])
    values = default_values(model)
    states = []
    for steps in (1800, 700, 700):  # about 20 times as long as the spot needs for its own width
        state = run_model(context, shaders, model, state, Run(values, 0.035, steps=steps))
        states.append(state)
    sizes = [int((s[..., 0] > 0).sum()) for s in states]
    assert all(12 <= size <= 40 for size in sizes)
    first, second = abs(moved(states[0], states[1])), abs(moved(states[1], states[2]))
    assert first > 4 and second > 4
    assert 0.75 < first / second < 1.33


def test_a_soliton_runs_away_from_its_trail(context: moderngl.Context, shaders: Path) -> None:
    model = read_model(shaders / "models" / "dissipative_solitons.fs", shaders)
    before = start(model.rest[0])
    run = Run(default_values(model), 0.035, steps=1000)
    after = run_model(context, shaders, model, before, run)
    assert moved(before, after).real > 4
    assert abs(moved(before, after).imag) < 0.2
