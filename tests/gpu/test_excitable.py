"""Excitable media do what chemists and hearts do: spirals turn, pulses run, meet and are gone."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.headers import read_model
from tests.gpu.running import Run, default_values, run_model


def crossed_fronts(cells: int, active: tuple[float, ...]) -> NDArray[np.float64]:
    """The first channel up on the left, the second below: one spiral in the middle."""
    state = np.zeros((cells, cells, 2))
    state[:, : cells // 2, 0] = active[0]
    state[: cells // 2, :, 1] = active[1]
    return state


def upward_crossings(values: NDArray, level: float) -> int:
    return int(((values[:-1] < level) & (values[1:] >= level)).sum())


def test_a_barkley_spiral_keeps_turning(context: moderngl.Context, shaders: Path) -> None:
    model = read_model(shaders / "models" / "barkley.fs", shaders)
    values = {**default_values(model), "duration": 0.75, "threshold": 0.06, "epsilon": 0.02}
    values |= {"diffusion": 2.0}
    state: NDArray = crossed_fronts(64, model.brush)
    state = run_model(context, shaders, model, state, Run(values, 0.02, 5000, "no-flux"))
    seen = []
    for _ in range(48):  # after 100 units of time: some twenty turns
        state = run_model(context, shaders, model, state, Run(values, 0.02, 25, "no-flux"))
        seen.append(state[[8, 8, 56, 56], [8, 56, 8, 56], 0])
    for probe in np.transpose(seen):
        assert 4 <= upward_crossings(probe, 0.5) <= 9
        assert probe.min() < 0.05 and probe.max() > 0.9
    # One arm: the four corners are lit one after another, never all at once.
    assert max(int((corners > 0.5).sum()) for corners in seen) < 4


@pytest.mark.parametrize(("height", "lives"), [(0.03, False), (0.5, True)])
def test_barkley_answers_a_push_only_above_its_threshold(
    context: moderngl.Context, shaders: Path, height: float, lives: bool
) -> None:
    model = read_model(shaders / "models" / "barkley.fs", shaders)
    values = default_values(model)  # b / a = 0.053 is what a wide push must exceed
    state = np.zeros((4, 96, 2))
    state[:, :16, 0] = height
    found = run_model(context, shaders, model, state, Run(values, 0.02, 120, "no-flux"))
    assert (found[..., 0].max() > 0.9) == lives
    assert found[:, 24:, 0].max() > 0.9 or not lives  # and the answer travels


def test_a_late_recovery_tears_spirals_apart(context: moderngl.Context, shaders: Path) -> None:
    # Baer and Eiswirth 1993: with a = 0.84, b = 0.07 a spiral holds at e = 0.04 and breaks at 0.08.
    model = read_model(shaders / "models" / "barkley.fs", shaders)
    tips = {}
    for epsilon in (0.04, 0.08):
        values = {"duration": 0.84, "threshold": 0.07, "epsilon": epsilon, "late": 1.0}
        values = {**default_values(model), **values, "diffusion": 2.0}
        start = crossed_fronts(96, (1.0, 0.4))
        run = Run(values, 0.04, 1500, "no-flux")
        found = run_model(context, shaders, model, start, run)
        tips[epsilon] = count_tips(found - np.array([0.5, 0.84 / 2 - 0.07]))
    assert 1 <= tips[0.04] <= 2
    assert tips[0.08] >= 6


def count_tips(state: NDArray) -> int:
    """Cells round which the angle of (u, v) about their middle goes through a whole turn."""
    angle = np.arctan2(state[..., 1], state[..., 0])
    corners = [angle[:-1, :-1], angle[:-1, 1:], angle[1:, 1:], angle[1:, :-1]]
    turn = np.zeros_like(corners[0])
    for here, there in zip(corners, corners[1:] + corners[:1], strict=True):
        turn += (there - here + np.pi) % (2 * np.pi) - np.pi
    return int((np.abs(turn) > np.pi).sum())


def oregonator_values(stoichiometry: float) -> dict[str, float]:
    return {
        "epsilon": 0.03,
        "stoichiometry": stoichiometry,
        "scarcity": 0.002,
        "diffuse_acid": 8.0,
        "diffuse_catalyst": 4.0,
    }


@pytest.mark.parametrize(
    ("stoichiometry", "ticks"), [(1.0, True), (1.6, True), (2.8, False), (3.4, False)]
)
def test_a_stirred_dish_ticks_below_one_plus_root_two(
    context: moderngl.Context, shaders: Path, stoichiometry: float, ticks: bool
) -> None:
    # Tyson and Fife 1980: for quick fronts it oscillates while 1/2 < f < 1 + sqrt 2.
    model = read_model(shaders / "models" / "oregonator.fs", shaders)
    values = oregonator_values(stoichiometry)
    state: NDArray = np.full((2, 2, 2), 0.1)
    state = run_model(context, shaders, model, state, Run(values, 0.008, 1500))
    acid = []
    for _ in range(20):
        state = run_model(context, shaders, model, state, Run(values, 0.008, 60))
        acid.append(float(state[0, 0, 0]))
    if ticks:
        assert max(acid) > 50 * min(acid)
    else:  # at the steady state q (f + 1) / (f - 1), but for q's own square
        rest = 0.002 * (stoichiometry + 1) / (stoichiometry - 1)
        assert acid == pytest.approx([rest] * 20, rel=0.05)


def pulses(
    context: moderngl.Context, shaders: Path, diffusion: float, times: tuple[int, ...]
) -> list[NDArray]:
    """The acid along a strip, after as many steps, lit at its left end and at its right."""
    model = read_model(shaders / "models" / "oregonator.fs", shaders)
    values = {**oregonator_values(3.0), "diffuse_acid": diffusion, "diffuse_catalyst": 0.0}
    state: NDArray = np.full((2, 240, 2), 0.004)
    state[:, :8, 0] = state[:, -8:, 0] = 0.8
    found, before = [], 0
    for now in times:
        run = Run(values, 0.006, now - before, "no-flux")
        state, before = run_model(context, shaders, model, state, run), now
        found.append(state[0, :, 0])
    return found


def front(acid: NDArray) -> float:
    """How far the left pulse has come, in cells."""
    half = acid[: len(acid) // 2]
    last = int(np.flatnonzero(half > 0.1)[-1])
    return last + float((half[last] - 0.1) / (half[last] - half[last + 1]))


def test_pulses_run_at_one_pace_meet_and_are_gone(context: moderngl.Context, shaders: Path) -> None:
    first, second, third, late = pulses(context, shaders, 8.0, (300, 450, 600, 2600))
    pace = front(second) - front(first)
    assert pace > 10
    assert front(third) - front(second) == pytest.approx(pace, rel=0.03)
    assert late.max() < 0.02  # neither went through the other


def test_a_pulse_is_twice_as_fast_with_four_times_the_diffusion(
    context: moderngl.Context, shaders: Path
) -> None:
    slow = pulses(context, shaders, 4.0, (150, 300))
    fast = pulses(context, shaders, 16.0, (150, 300))
    ratio = (front(fast[1]) - front(fast[0])) / (front(slow[1]) - front(slow[0]))
    assert ratio == pytest.approx(2.0, rel=0.05)
