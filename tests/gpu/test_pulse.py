"""The pulse of a field: the numbers are NumPy's, they come a few frames late, and are judged right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.field import Field, FieldSpec
from engine.gpu.headers import read_model
from engine.gpu.pulse import BUFFERS, LATE, Pulses
from engine.gpu.shelf import Shelf
from engine.show.catalogue import Model
from engine.show.life.life import Judge, Pulse
from tests.gpu.running import Run, all_models, default_values, random_state, run_model

SIZES = [(13, 17), (54, 96), (41, 131), (1, 3)]  # rows, columns


@dataclass(frozen=True, slots=True)
class Bench:
    """What takes a pulse."""

    context: moderngl.Context
    pulses: Pulses
    shaders: Path

    def model(self, name: str) -> Model:
        return read_model(self.shaders / "models" / f"{name}.fs", self.shaders)

    def feel(self, model: Model, *states: NDArray, half: bool = False) -> list[Pulse]:
        """One pulse for each state of a voice."""
        rows, columns, channels = states[0].shape
        found = []
        with Field(self.context, FieldSpec(columns, rows, channels, half=half)) as field:
            for state in states:
                field.write(state)
                self.pulses.ask(1, model, field)
                for _ in range(LATE):
                    found += self.pulses.take()
        self.pulses.keep(())
        return found

    def judge(self, model: Model, *states: NDArray) -> str:
        judge = Judge()
        for pulse in self.feel(model, *states):
            judge.feel(pulse, steps=600)
        return judge.condition


@pytest.fixture
def bench(context: moderngl.Context, shaders: Path) -> Iterator[Bench]:
    shelf = Shelf(context, shaders)
    pulses = Pulses(context, shelf)
    yield Bench(context, pulses, shaders)
    pulses.release()
    shelf.release()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["heat", "gray_scott", "crystal"])
def test_the_numbers_are_those_of_the_whole_field(
    bench: Bench, name: str, size: tuple[int, int]
) -> None:
    model = bench.model(name)
    state = random_state(model, np.random.default_rng(1), size).astype(np.float32)
    (pulse,) = bench.feel(model, state)
    cells = state.reshape(-1, state.shape[2]).astype(np.float64)
    assert pulse.mean == pytest.approx(cells.mean(axis=0), abs=1e-6)
    assert pulse.deviation == pytest.approx(cells.std(axis=0), rel=1e-4, abs=1e-6)
    assert pulse.low == tuple(cells.min(axis=0)) and pulse.high == tuple(cells.max(axis=0))
    first_two = np.pad(cells, ((0, 0), (0, 1)))[:, :2]
    for (a, b, c), found in zip(model.shown, (pulse.body, pulse.light), strict=True):
        shown = np.clip(first_two @ np.array([a, b]) + c, 0.0, 1.0)
        assert found[:2] == pytest.approx((shown.mean(), shown.std()), rel=1e-4, abs=1e-5)
    assert pulse.broken == 0 and pulse.change is None


def test_of_a_large_field_enough_is_seen(bench: Bench) -> None:
    model = bench.model("gray_scott")
    y, x = np.mgrid[0:900, 0:1600] / 900
    state = np.stack([0.5 + 0.3 * np.sin(40 * x + 9 * y), 0.2 + 0.1 * np.cos(31 * y)], axis=-1)
    (pulse,) = bench.feel(model, state)
    assert pulse.mean == pytest.approx(state.mean(axis=(0, 1)), abs=2e-3)
    assert pulse.deviation == pytest.approx(state.std(axis=(0, 1)), rel=0.02)


def test_a_half_precision_field_is_felt_as_well(bench: Bench) -> None:
    model = bench.model("gray_scott")
    state = random_state(model, np.random.default_rng(1), (36, 64))
    (pulse,) = bench.feel(model, state, half=True)
    assert pulse.mean == pytest.approx(state.mean(axis=(0, 1)), abs=1e-3)


def test_an_even_field_has_no_deviation_at_all(bench: Bench) -> None:
    model = bench.model("gray_scott")
    (pulse,) = bench.feel(model, np.full((40, 70, 2), (0.7, 0.3)))
    assert pulse.deviation == (0.0, 0.0) and pulse.structure < 1e-9


def test_broken_cells_are_counted_and_left_out(bench: Bench) -> None:
    model = bench.model("gray_scott")
    state = np.full((40, 70, 2), (0.7, 0.3))
    state[3, 5, 0], state[20, 35, 1], state[39, 69] = np.nan, np.inf, -np.inf
    (pulse,) = bench.feel(model, state)
    assert pulse.broken == 3
    assert pulse.mean == pytest.approx((0.7, 0.3)) and pulse.deviation == (0.0, 0.0)


def test_cells_at_an_end_count_but_not_where_that_end_is_rest(bench: Bench) -> None:
    model = bench.model("gray_scott")  # u from 0 to 1.5, v from 0 (its rest) to 4
    state = np.full((10, 10, 2), (0.5, 0.0))
    state[:5, :, 0] = 0.0
    state[:3, :, 1] = 4.0
    (pulse,) = bench.feel(model, state)
    assert pulse.ends == (0.5, 0.3) and pulse.full == pytest.approx(0.3)


def test_a_channel_that_no_look_shows_may_stand_at_an_end(bench: Bench) -> None:
    model = bench.model("crystal")  # warmth and age are not shown
    state = np.full((10, 10, 4), (0.4, 0.5, 3.0, 1.2))
    state[:4, :, :2] = (1.5, 1.2)
    (pulse,) = bench.feel(model, state)
    assert pulse.ends == (0.4, 0.4, 0.0, 0.0) and pulse.full == pytest.approx(0.4)


def test_the_change_is_that_of_what_is_seen(bench: Bench) -> None:
    model = bench.model("heat")
    draw = np.random.default_rng(2)
    before, now = draw.uniform(0.0, 1.0, (2, 90, 160, 1))
    first, second, third = bench.feel(model, before, now, now)
    assert first.change is None and third.change == 0.0
    assert second.change == pytest.approx(np.abs(now - before).mean(), rel=0.1)


def test_a_pulse_comes_the_same_number_of_frames_later_and_a_voice_that_left_has_none(
    bench: Bench,
) -> None:
    model, pulses = bench.model("heat"), bench.pulses
    with Field(bench.context, FieldSpec(32, 18, 1)) as field:
        for key in (1, 2):
            pulses.ask(key, model, field)
        pulses.keep({2})
        assert [len(pulses.take()) for _ in range(LATE + 1)] == [0] * (LATE - 1) + [1, 0]
        for key in range(BUFFERS + 3):  # more than there are buffers: passed over, nothing breaks
            pulses.ask(key, model, field)
        assert sum(len(pulses.take()) for _ in range(LATE)) == BUFFERS
        pulses.ask(1, model, field)
        assert sum(len(pulses.take()) for _ in range(LATE)) == 1


def living(bench: Bench, model: Model, steps: int) -> NDArray[np.float32]:
    """Gray-Scott spots, `steps` after their seed."""
    state = np.tile(np.array(model.rest), (36, 64, 1))
    state[np.random.default_rng(3).random((36, 64)) < 0.1] = (0.5, 0.5)
    values = {**default_values(model), "feed": 0.037, "kill": 0.06}
    return run_model(bench.context, bench.shaders, model, state, Run(values, 1.0, steps))


@pytest.fixture
def spots(bench: Bench) -> NDArray[np.float32]:
    return living(bench, bench.model("gray_scott"), 1000)


def test_a_living_field_is_alive(bench: Bench, spots: NDArray) -> None:
    model = bench.model("gray_scott")
    assert bench.judge(model, spots, living(bench, model, 1600)) == "alive"


def test_a_field_that_dies_is_dead(bench: Bench, spots: NDArray) -> None:
    model = bench.model("gray_scott")
    starved = {**default_values(model), "feed": 0.0, "kill": 0.075}
    dying = [
        run_model(bench.context, bench.shaders, model, spots, Run(starved, 1.0, steps))
        for steps in (600, 1200)
    ]
    assert bench.judge(model, *dying) == "dead"


def test_a_saturated_field_is_saturated(bench: Bench) -> None:
    model = bench.model("gray_scott")
    full = np.tile(np.array((0.0, 4.0)), (36, 64, 1))
    full[::5] = (0.3, 0.2)
    assert bench.judge(model, full, full) == "saturated"


def test_a_field_that_stands_is_frozen(bench: Bench, spots: NDArray) -> None:
    assert bench.judge(bench.model("gray_scott"), spots, spots) == "frozen"


def test_a_nan_makes_a_field_sick_until_the_step_has_healed_it(
    bench: Bench, spots: NDArray
) -> None:
    model = bench.model("gray_scott")
    hurt = spots.copy()
    hurt[7, 9] = np.nan
    assert bench.judge(model, spots, hurt) == "sick"
    values = {**default_values(model), "feed": 0.037, "kill": 0.06}
    healed = run_model(bench.context, bench.shaders, model, hurt, Run(values, 1.0, 60))
    assert bench.judge(model, spots, hurt, healed) == "alive"


def test_every_model_at_rest_is_dead_and_its_seeded_field_is_not(bench: Bench) -> None:
    for name, model in all_models(bench.shaders).items():
        rest = np.tile(np.array(model.rest), (24, 40, 1))
        assert bench.judge(model, rest, rest) in ("dead", "saturated"), name
        rough = random_state(replace(model, brush=model.brush), np.random.default_rng(1), (24, 40))
        smooth = random_state(model, np.random.default_rng(2), (24, 40))
        assert bench.judge(model, rough, smooth) == "alive", name
