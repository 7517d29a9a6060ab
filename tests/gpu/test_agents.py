"""Agents: each step against its twin; none is ever lost; every mark arrives; what Jones saw."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import MorphogenError
from engine.gpu.agents import AgentProgram, AgentStepper, scatter_agents
from engine.gpu.field import Field, FieldSpec
from engine.gpu.headers import read_model
from engine.show.catalogue import BORDERS, Model
from engine.show.presets.preset_file import load_presets
from engine.show.sources.source import Source, vary
from tests.gpu import agents_twin
from tests.gpu.running import default_values, random_values, write_model
from tests.gpu.twins.grid import Grid

ROWS, COLUMNS = 13, 17
SINGLE = 1e-5
SURE = 1e-3  # of a cell, or of a smell: nearer to even, single floats may choose otherwise
OUTSIDE = (0.75, 0.25, 1.5)


@pytest.fixture(scope="module")
def model(shaders: Path) -> Model:
    return read_model(shaders / "models" / "physarum.fs", shaders)


@pytest.fixture(scope="module")
def program(context: moderngl.Context, shaders: Path, model: Model) -> Iterator[AgentProgram]:
    made = AgentProgram(context, model, shaders)
    yield made
    made.release()


@dataclasses.dataclass
class Crowd:
    """A field and its agents, to be looked at between steps."""

    field: Field
    stepper: AgentStepper
    program: AgentProgram

    def walk(self, values: Mapping[str, float], steps: int = 1, scale: float = 1.0) -> None:
        self.stepper.step(self.field, self.program, values, dt=1.0, steps=steps, scale=scale)

    def release(self) -> None:
        self.field.release()
        self.stepper.release()


def gather(
    context: moderngl.Context,
    program: AgentProgram,
    size: tuple[int, int] = (ROWS, COLUMNS),
    border: str = "periodic",
    seed: int = 7,
) -> Crowd:
    """A crowd on an empty field of (rows, columns)."""
    spec = FieldSpec(size[1], size[0], 3, border, OUTSIDE)
    field = Field(context, spec)
    field.fill((0.0, 0.0, 0.0))
    return Crowd(field, AgentStepper(context, spec, seed), program)


def sure_agents(
    trail: NDArray, values: Mapping[str, float], grid: Grid, seed: int
) -> tuple[NDArray, NDArray, NDArray]:
    """Agents none of which stands before an even choice, with the trail and agents that follow."""
    cells = ROWS * COLUMNS
    agents = scatter_agents(COLUMNS, ROWS, seed).astype(np.float64)
    for again in range(1, 200):
        count = min(max(round(values["population"] * cells), 0), cells)
        walking = agents[:count]
        after, moved, sure = agents_twin.step(trail, walking, values, grid, seed)
        doubtful = np.flatnonzero(sure < SURE)
        if not len(doubtful):
            return agents, after, moved
        fresh = scatter_agents(COLUMNS, ROWS, 1000 * seed + again)
        agents[doubtful] = fresh[doubtful]
    raise AssertionError("no sure agents found")


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("scale", [0.75, 1.0, 1.5])
def test_one_step_of_agents_and_trail_agrees_with_the_twin(
    context: moderngl.Context, model: Model, program: AgentProgram, border: str, scale: float
) -> None:
    random = np.random.default_rng(len(border))
    grid = Grid(border, OUTSIDE, 1 / scale)
    for seed in (3, 4, 5):
        values = random_values(model, random) | {"second": 0.4, "third": 0.3}
        values["taste_own"], values["decay"] = random.choice([-0.8, 0.6]), 0.3
        trail = random.uniform(0, 2, (ROWS, COLUMNS, 3)).astype(np.float32).astype(np.float64)
        agents, expected, moved = sure_agents(trail, values, grid, seed)
        crowd = gather(context, program, border=border, seed=seed)
        crowd.field.write(trail)
        crowd.stepper.write(agents)
        crowd.walk(values, scale=scale)
        found = crowd.stepper.read()[: len(moved)]
        assert np.abs(found[:, :2] - moved[:, :2]).max() <= SINGLE * COLUMNS
        turned = np.abs(found[:, 2] - moved[:, 2])
        assert np.minimum(turned, 1 - turned).max() <= SINGLE
        assert np.array_equal(found[:, 3], agents[: len(moved), 3].astype(np.float32))
        assert np.abs(crowd.field.read() - expected).max() <= SINGLE * expected.max()
        crowd.release()


def test_the_mark_of_every_agent_arrives_even_where_all_stand_in_one_cell(
    context: moderngl.Context, model: Model, program: AgentProgram
) -> None:
    # Halves and quarters: sums of them are exact in any order.
    values = default_values(model) | {"population": 1.0, "decay": 0.5, "diffusion": 0.0}
    values |= {"stride": 0.1, "deposit": 1.0, "second": 0.5}
    crowd = gather(context, program)
    for crowded in (False, True):
        agents = scatter_agents(COLUMNS, ROWS, 5)
        if crowded:
            agents[:, :2] = 6.5, 4.5
        crowd.stepper.write(agents)
        crowd.field.fill((0.0, 0.0, 0.0))
        crowd.walk(values)
        trail = crowd.field.read()
        second = int((agents[:, 3] < 0.5).sum())
        wanted = [0.25 * (ROWS * COLUMNS - second), 0.25 * second, 0.0]
        assert trail.sum(axis=(0, 1)).tolist() == wanted
        assert (trail[4, 6].tolist() == wanted) == crowded
    crowd.release()


@pytest.mark.parametrize("border", BORDERS)
def test_no_agent_is_lost_in_thousands_of_steps_whatever_is_played(
    context: moderngl.Context, model: Model, program: AgentProgram, border: str
) -> None:
    random = np.random.default_rng(len(border))
    crowd = gather(context, program, border=border)
    castes = crowd.stepper.read()[:, 3].copy()
    for _ in range(100):
        values = random_values(model, random)
        crowd.walk(values, steps=30, scale=float(random.choice([0.5, 1.0, 2.0])))
        agents = crowd.stepper.read()
        assert np.isfinite(agents).all(), values
        assert (agents[:, :3] >= 0).all(), values
        assert (agents[:, :3] < [COLUMNS, ROWS, 1]).all(), values
        # Whoever is lost begins anew with another caste.
        assert np.array_equal(agents[:, 3], castes), values
        assert np.isfinite(crowd.field.read()).all(), values
    crowd.release()


def test_an_agent_or_a_trail_that_is_no_number_comes_back(
    context: moderngl.Context, model: Model, program: AgentProgram
) -> None:
    crowd = gather(context, program)
    agents = scatter_agents(COLUMNS, ROWS, 5)
    agents[3], agents[4, 0], agents[5, 2] = np.nan, np.inf, -np.inf
    trail = np.zeros((ROWS, COLUMNS, 3))
    trail[2, 3], trail[7, 7, 1] = np.nan, np.inf
    crowd.stepper.write(agents)
    crowd.field.write(trail)
    crowd.walk(default_values(model) | {"population": 1.0}, steps=2)
    after = crowd.stepper.read()
    assert np.isfinite(after).all()
    assert (after[:, :2] >= 0).all() and (after[:, :2] < [COLUMNS, ROWS]).all()
    assert np.isfinite(crowd.field.read()).all()
    crowd.release()


def test_who_is_not_in_the_population_waits_and_leaves_no_mark(
    context: moderngl.Context, model: Model, program: AgentProgram
) -> None:
    crowd = gather(context, program)
    before = crowd.stepper.read().copy()
    values = default_values(model) | {"population": 0.25, "deposit": 1.0, "decay": 0.5}
    count = crowd.stepper.count(values)
    assert count == round(0.25 * ROWS * COLUMNS)
    crowd.walk(values)
    assert crowd.field.read().sum() == pytest.approx(0.25 * count, rel=1e-5)
    waiting = slice(COLUMNS * -(-count // COLUMNS), None)
    assert np.array_equal(crowd.stepper.read()[waiting], before[waiting])
    crowd.release()


def test_where_nothing_smells_they_walk_straight(
    context: moderngl.Context, model: Model, program: AgentProgram
) -> None:
    crowd = gather(context, program)
    before = crowd.stepper.read().astype(np.float64)
    crowd.walk(default_values(model) | {"population": 1.0, "deposit": 0.0, "stride": 0.8}, 100)
    after = crowd.stepper.read()
    way = 80.0 * np.stack([np.cos(2 * np.pi * before[:, 2]), np.sin(2 * np.pi * before[:, 2])], 1)
    off = np.abs(before[:, :2] + way - after[:, :2])
    off = np.abs(off - np.array([COLUMNS, ROWS]) * np.round(off / [COLUMNS, ROWS]))
    assert off.max() < 1e-3
    crowd.release()


def crowding(trail: NDArray) -> float:
    """The share of the cells that holds half of the trail: 0.5 where it lies evenly."""
    heights = np.sort(trail.sum(axis=2).ravel())[::-1]
    return float((np.cumsum(heights) < heights.sum() / 2).mean())


def test_those_who_like_their_trail_gather_into_veins_and_those_who_smell_nothing_do_not(
    context: moderngl.Context, model: Model, program: AgentProgram
) -> None:
    # Jones 2010, 3.1: a network forms and thins out to fewer, thicker paths.
    shares = {}
    for taste in (1.0, 0.0):
        crowd = gather(context, program, (60, 80))
        course = []
        for _ in range(3):
            crowd.walk(
                default_values(model) | {"taste_own": taste, "sense_distance": 9.0, "wander": 0.1},
                steps=120,
            )
            course.append(crowding(crowd.field.read()))
        shares[taste] = course
        crowd.release()
    assert shares[1.0][0] > shares[1.0][2]
    assert shares[1.0][2] < 0.15
    assert min(shares[0.0]) > 0.3


def test_every_preset_gathers_them_and_keeps_them_moving(
    context: moderngl.Context, shaders: Path, model: Model, program: AgentProgram
) -> None:
    presets, complaints = load_presets(shaders / "models" / "physarum.presets.toml", model)
    assert not complaints and len(presets) >= 8
    for preset in presets:
        values = default_values(model) | {n: v[0] for n, v in preset.values.items()}
        crowd = gather(context, program, (72, 128))
        crowd.walk(values, steps=300)
        before = crowd.field.read()
        crowd.walk(values, steps=10)
        after = crowd.field.read()
        assert crowding(after) < 0.27, preset.id
        assert np.abs(after - before).sum() > 0.05 * before.sum(), preset.id
        crowd.release()


def test_two_kinds_that_shun_each_other_part(
    context: moderngl.Context, model: Model, program: AgentProgram
) -> None:
    shared = {}
    for shun in (0.0, -1.0):
        crowd = gather(context, program, (60, 80))
        values = default_values(model) | {"second": 0.5, "sense_distance": 9.0}
        crowd.walk(values | {"taste_next": shun, "taste_last": shun}, steps=300)
        first, second, third = np.moveaxis(crowd.field.read(), 2, 0)
        assert third.max() == 0.0
        shared[shun] = np.minimum(first, second).sum() / (first + second).sum()
        crowd.release()
    assert shared[-1.0] < 0.6 * shared[0.0]


def test_a_touch_draws_them_near(
    context: moderngl.Context, model: Model, program: AgentProgram
) -> None:
    crowd = gather(context, program, (60, 80))
    y, x = np.mgrid[0:60, 0:80]
    near = np.hypot(x - 40, y - 30) < 6
    trail = np.where(near[..., None], model.brush, 0.0)
    crowd.field.write(trail)
    crowd.walk(default_values(model) | {"deposit": 0.0, "decay": 0.005, "sense_distance": 8.0}, 120)
    agents = crowd.stepper.read()[: crowd.stepper.count(default_values(model))]
    inside = np.hypot(agents[:, 0] - 40, agents[:, 1] - 30) < 12
    assert inside.mean() > 2 * np.pi * 144 / 4800
    crowd.release()


def test_the_same_seed_gives_the_same_crowd_and_another_seed_another(
    context: moderngl.Context, model: Model, program: AgentProgram
) -> None:
    found = []
    for seed in (3, 3, 4):
        crowd = gather(context, program, seed=seed)
        crowd.walk(default_values(model) | {"wander": 0.5}, steps=50)
        found.append(crowd.field.read())
        crowd.release()
    assert np.array_equal(found[0], found[1])
    assert not np.array_equal(found[0], found[2])


def test_a_source_drives_each_agent_as_it_stands_where_the_agent_is(
    context: moderngl.Context, shaders: Path, model: Model
) -> None:
    heights = np.tile(np.linspace(0, 1, COLUMNS, dtype=np.float32), (ROWS, 1))
    texture = context.texture((COLUMNS, ROWS), 1, heights.tobytes(), dtype="f4")
    texture.repeat_x = texture.repeat_y = False
    made = AgentProgram(
        context, model, shaders, vary((Source("lamp", "noise", {}, {"stride": 0.0}),))
    )
    crowd = gather(context, made)
    agents = scatter_agents(COLUMNS, ROWS, 5)
    agents[:, 2] = 0.25  # all upwards, along the bottom row
    agents[:, :2] = np.stack([np.arange(len(agents)) % COLUMNS + 0.5, np.full(len(agents), 2.0)], 1)
    crowd.stepper.write(agents)
    values = default_values(model) | {"stride_lamp": 2.0, "lamp_drift": (0.0, 0.0), "stride": 0.5}
    crowd.stepper.step(
        crowd.field, made, values | {"population": 1.0}, dt=1.0, steps=1, sources={"lamp": texture}
    )
    climbed = crowd.stepper.read()[:COLUMNS, 1] - 2.0
    assert climbed == pytest.approx(0.5 + 2.0 * heights[0], abs=1e-5)
    crowd.release()
    made.release()
    texture.release()


def test_outside_a_mask_their_trail_does_not_last(
    context: moderngl.Context, shaders: Path, model: Model
) -> None:
    cover = np.zeros((60, 80), np.float32)
    cover[:, :40] = 1.0
    texture = context.texture((80, 60), 1, cover.tobytes(), dtype="f4")
    made = AgentProgram(context, model, shaders, vary((Source("mask", "shape", {}),)))
    crowd = gather(context, made, (60, 80))
    values = default_values(model) | {"mask_amount": 1.0, "mask_drift": (0.0, 0.0)}
    crowd.stepper.step(crowd.field, made, values, dt=1.0, steps=200, sources={"mask": texture})
    trail = crowd.field.read().sum(axis=2)
    assert trail[:, 45:75].mean() < 0.1 * trail[:, 5:35].mean()
    crowd.release()
    made.release()
    texture.release()


def test_a_name_that_the_agents_need_is_refused_as_a_parameter(
    shaders: Path, tmp_path: Path
) -> None:
    inputs = [{"NAME": "walls", "TYPE": "float", "DEFAULT": 0.5}]
    made = write_model(shaders, tmp_path, "some", "", inputs=inputs, KIND="agents")
    with pytest.raises(MorphogenError) as caught:
        read_model(made / "models" / "some.fs", made)
    said = [str(complaint) for complaint in caught.value.complaints]
    assert any("'walls' is a name of the step's own" in line for line in said), said
    assert any("LIMIT" in line for line in said), said  # a key that agents have not


READING = """STATE mark(vec4 agent) { return 0.5 * sense(agent.xy); }
vec4 move(vec4 agent) { return agent; }
STATE spread(STATE here, STATE mean) { return mean; }
"""


def test_a_mark_that_reads_the_field_it_is_drawn_into_is_refused(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    inputs = [{"NAME": "population", "TYPE": "float", "MIN": 0, "MAX": 1, "DEFAULT": 0.5}]
    made = write_model(shaders, tmp_path, "some", READING, inputs=inputs, KIND="agents", LIMIT=0)
    path = made / "models" / "some.fs"
    path.write_text(re.sub(r'"LIMIT": 0,?', "", path.read_text()).replace(",\n }", "\n }"))
    model = read_model(path, made)
    with pytest.raises(MorphogenError, match="mark\\(\\) reads the field"):
        AgentProgram(context, model, made)
