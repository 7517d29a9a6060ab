"""Two rates carry one state on: each in its own words at its end, a mix of both in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu.field import Field, FieldSpec
from engine.gpu.shelf import Shelf
from engine.gpu.stepping import make_stepper
from engine.gpu.turning import Course, take_over, turn
from engine.show.becoming import can_become, translate
from engine.show.catalogue import Model
from engine.show.sources.source import Variation
from tests.gpu.running import all_models, default_values, random_state, random_values
from tests.gpu.twins import RATES, TWINS
from tests.gpu.twins.grid import Grid

ROOT = Path(__file__).resolve().parents[2]
MODELS = all_models(ROOT / "shaders")
ROWS, COLUMNS = 13, 17
UNVARIED = Variation()
FINE = 256  # steps: as good as the equation itself
PARTNERS = {
    1: ("heat", "allen_cahn"),
    2: ("gray_scott", "wave"),
    3: ("cyclic_competition", "dissipative_solitons"),
    4: ("crystal", "superlattice"),
}


@pytest.fixture(scope="module")
def shelf(context: moderngl.Context, shaders: Path) -> Iterator[Shelf]:
    shelf = Shelf(context, shaders)
    yield shelf
    shelf.release()


class Voice:
    """A model on a field of its own, as a voice has it."""

    def __init__(
        self,
        context: moderngl.Context,
        shelf: Shelf,
        model: Model,
        values: Mapping[str, float],
        *,
        border: str = "periodic",
        outside: tuple[float, ...] = (),
        scale: float = 1.0,
        size: tuple[int, int] = (ROWS, COLUMNS),
    ) -> None:
        rows, columns = size
        spec = FieldSpec(columns, rows, len(model.channels), border, outside)
        self.model, self.values, self.scale = model, values, scale
        self.grid = Grid(border, outside, 1 / scale)
        self.dt = 0.7 * min(model.dt, model.limit.largest_dt(values, scale))
        self.field = Field(context, spec)
        self._program = shelf.step(model, UNVARIED, border)
        self._stepper = make_stepper(context, self._program, spec)

    def course(self, steps: int, dt: float | None = None) -> Course:
        def step(due: int) -> None:
            self._stepper.step(
                self.field,
                self._program,
                self.values,
                dt=dt or self.dt,
                steps=due,
                scale=self.scale,
            )

        return Course(self.model, self.field, steps, step)

    def twin(self, state: NDArray, dt: float) -> NDArray:
        return np.asarray(TWINS[self.model.id].step(state, self.values, dt, self.grid))

    def held(self, state: NDArray) -> NDArray:
        low, high = np.array(self.model.range, np.float32).T
        return np.clip(state, low, high)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.field.release()
        self._stepper.release()


def partner(name: str) -> Model:
    """Another rate of as many channels."""
    return MODELS[next(n for n in PARTNERS[len(MODELS[name].channels)] if n != name)]


@pytest.mark.parametrize("end", ["old", "new"])
@pytest.mark.parametrize("name", RATES)
def test_at_both_ends_the_step_is_that_of_one_model_in_its_own_words(
    context: moderngl.Context, shelf: Shelf, name: str, end: str
) -> None:
    """Its own passes, noise, neighbours, border and cells; and the other reads the same state."""
    model, other = MODELS[name], partner(name)
    random = np.random.default_rng(sum(name.encode()))
    outside = tuple(random.uniform(low / 4, high / 4) for low, high in model.range)
    values = random_values(model, random)
    with (
        Voice(context, shelf, model, values, border="fixed", outside=outside, scale=1.25) as voice,
        Voice(context, shelf, other, default_values(other), scale=0.8) as beside,
    ):
        state = random_state(model, random, (ROWS, COLUMNS), TWINS[name].amplitude)
        state = state.astype(np.float32).astype(np.float64)
        voice.field.write(state)
        take_over(context, shelf, (model, voice.field), (other, beside.field))
        if end == "old":
            turn(shelf, voice.course(1), beside.course(1), 0.0)
        else:
            turn(shelf, beside.course(1), voice.course(1), 1.0)
        found, read = voice.field.read(), beside.field.read()
        expected = voice.held(voice.twin(state, voice.dt))
        assert np.abs(expected - state).max() > 1e-3
        assert np.abs(found - expected).max() <= 1e-5 * np.abs(expected).max()
        translation = translate(model, other)
        if end == "new":
            translation = translate(other, model).back
        expected = beside.held(found * np.array(translation.scale) + translation.shift)
        assert np.abs(read - expected).max() <= 1e-5 * max(np.abs(expected).max(), 1.0)


def test_in_between_each_cell_has_a_mix_of_both_and_the_new_one_spreads(
    context: moderngl.Context, shelf: Shelf
) -> None:
    old, new = MODELS["gray_scott"], MODELS["fitzhugh_nagumo"]
    state = random_state(old, np.random.default_rng(3), (ROWS, COLUMNS), 0.3)
    with (
        Voice(context, shelf, old, default_values(old)) as before,
        Voice(context, shelf, new, default_values(new)) as after,
    ):

        def once(weight: float) -> NDArray:
            before.field.write(state)
            take_over(context, shelf, (old, before.field), (new, after.field))
            turn(shelf, before.course(1), after.course(1), weight)
            return after.field.read()

        first, last = once(0.0), once(1.0)
        apart = np.abs(last - first).min(axis=2) > 1e-3
        means = []
        for weight in (0.3, 0.6):
            moved = once(weight) - first
            shares = (moved / np.where(apart[..., None], last - first, 1.0))[apart]
            assert np.abs(shares[:, 0] - shares[:, 1]).max() < 2e-3  # one weight for all channels
            assert shares.min() > -1e-3 and shares.max() < 1.001
            means.append(shares.mean())
            assert shares.std() > 0.05  # not everywhere at once
    assert apart.sum() > 100 and 0.05 < means[0] < means[1] < 0.98


def shares_of(context: moderngl.Context, shelf: Shelf, weight: float) -> NDArray:
    """The new one's share of each cell: how far two fields go that take no steps but their mix."""
    heat = MODELS["heat"]
    still = {**default_values(heat), "diffusion": 0.0, "cooling": 0.0}
    with (
        Voice(context, shelf, heat, still) as before,
        Voice(context, shelf, heat, still) as after,
    ):
        after.field.fill((1.0,))
        turn(shelf, before.course(1), after.course(1), weight)
        return before.field.read()


def test_every_pair_of_rates_stays_in_range_while_one_turns_into_the_other(
    context: moderngl.Context, shelf: Shelf
) -> None:
    random = np.random.default_rng(6)
    hill = np.kron(random.random((5, 6, 1)), np.ones((3, 3, 1)))[:ROWS, :COLUMNS]
    with ExitStack() as stack:
        olds, news = (
            [
                stack.enter_context(
                    Voice(context, shelf, MODELS[name], random_values(MODELS[name], random))
                )
                for name in RATES
            ]
            for _ in range(2)
        )
        pairs = [(old, new) for old in olds for new in news if can_become(old.model, new.model)]
        for old, new in pairs:
            model = old.model
            old.field.write(model.rest + (np.array(model.brush) - model.rest) * hill)
            take_over(context, shelf, (model, old.field), (new.model, new.field))
            for weight in (0.2, 0.5, 0.8):
                turn(shelf, old.course(4), new.course(4), weight)
            states = [voice.field.read() for voice in (old, new)]
            for voice, state in zip((old, new), states, strict=True):
                assert np.isfinite(state).all() and (state == voice.held(state)).all()
            # One state in two words, wherever the old one has a word for it.
            translation = translate(model, new.model)
            read = new.held(states[0] * np.array(translation.scale) + translation.shift)
            low, high = np.array(model.range, np.float32).T
            sayable = (states[0] > low) & (states[0] < high)
            assert np.abs(read - states[1])[sayable].max() <= 1e-5 * max(np.abs(read).max(), 1.0)
    assert len(pairs) > 350


@pytest.mark.parametrize(
    "names",
    [
        ("gray_scott", "fitzhugh_nagumo"),
        ("wave", "ginzburg_landau"),
        ("cahn_hilliard", "swift_hohenberg"),
        ("schroedinger", "wave"),
    ],
)
def test_mixing_where_both_went_is_mixing_their_rates(
    context: moderngl.Context, shelf: Shelf, names: tuple[str, str]
) -> None:
    """The finer the steps, the nearer to `mix(rate, rate)`: half the step, half the distance."""
    old, new = (MODELS[name] for name in names)
    translation = translate(old, new)
    stretch, shift = np.array(translation.scale), np.array(translation.shift)
    share = shares_of(context, shelf, 0.5)
    smooth = [np.sin(2 * np.pi * np.arange(n) / n + 1) for n in (ROWS, COLUMNS)]
    start = 0.5 + 0.4 * np.outer(*smooth)[..., None]
    start = np.array(old.rest) + (np.array(old.brush) - np.array(old.rest)) * start
    values = [default_values(model) for model in (old, new)]
    with (
        Voice(context, shelf, old, values[0]) as before,
        Voice(context, shelf, new, values[1]) as after,
    ):
        times = [8 * voice.dt for voice in (before, after)]
        state = start * stretch + shift
        for _ in range(FINE):
            theirs = before.twin((state - shift) / stretch, times[0] / FINE) * stretch + shift
            state = theirs + share * (after.twin(state, times[1] / FINE) - theirs)
        away = []
        for parts in (16, 32):
            before.field.write(start)
            take_over(context, shelf, (old, before.field), (new, after.field))
            for _ in range(parts):
                courses = [
                    voice.course(1, time / parts)
                    for voice, time in zip((before, after), times, strict=True)
                ]
                turn(shelf, courses[0], courses[1], 0.5)
            away.append(np.abs(after.field.read() - state).max())
    moved = np.abs(state - (start * stretch + shift)).max()
    assert away[0] < 0.15 * moved and away[1] < 0.6 * away[0]
