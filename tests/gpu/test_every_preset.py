"""Every preset, from its own seed or its model's, and every model as it begins: found alive on the stage.

The guard of life finds it neither blank, nor at the ends of its range, nor broken, once it has grown
and gone on for a second; at rest only where its file does not say that it never is. Short: a small
field, and growth cut short. Long: larger, fully grown, and ten seconds more.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import moderngl
import pytest

from engine.gpu.field import Field, FieldSpec
from engine.gpu.headers import read_model
from engine.gpu.layout import LAYOUTS
from engine.gpu.pulse import LATE, Pulses
from engine.gpu.shelf import Shelf
from engine.gpu.stepping import make_stepper
from engine.show.catalogue import Model
from engine.show.life.life import Judge
from engine.show.presets.preset import Preset
from engine.show.presets.preset_file import SUFFIX, load_presets
from engine.show.seeds.first_state import make_seed
from engine.show.seeds.seed_file import parse_seed
from engine.show.sources.source import Variation
from tests.gpu.running import default_values
from tests.gpu.test_presets_live import TOLD

ROOT = Path(__file__).resolve().parents[2]
SHADERS = ROOT / "shaders"
ROWS, LARGE = 64, 128
ENOUGH = 800  # steps of growth, in the short form
SLOW = [("brusselator", "spots")]  # just above the onset nothing is seen for thousands of steps
LONGER = 10.0  # seconds
# Warmth spreads out, a damped membrane comes to rest, a crystal uses its bath up: as they begin by
# themselves, without the rain and the drifts of a scene.
COMES_TO_REST = ("heat", "wave", "crystal")
# Orbium's twenty cells are the part of the height that its seed says on a field of so many rows only.
EXACT = {"lenia": 112}
# test_gray_scott_presets.py, test_agents.py, test_presets_live.py
GROWN_ELSEWHERE = ("gray_scott", "physarum"), [(model.id, preset.id) for model, preset in TOLD]


def presets() -> list[tuple[Model, Preset]]:
    found = []
    for path in sorted((SHADERS / "models").glob("*.fs")):
        model = read_model(path, SHADERS)
        found += [(model, preset) for preset in load_presets(path.with_suffix(SUFFIX), model)[0]]
        found.append((model, Preset("its own", model.title, "", {})))
    return found


ALL = presets()
SHORT = [
    (model, preset)
    for model, preset in ALL
    if model.id not in GROWN_ELSEWHERE[0] and (model.id, preset.id) not in GROWN_ELSEWHERE[1]
]


class Nursery:
    """Grows presets one after the other, and has them judged as the stage does."""

    def __init__(self, context: moderngl.Context) -> None:
        self.context = context
        self.shelf = Shelf(context, SHADERS, LAYOUTS["fused4"])
        self.pulses = Pulses(context, self.shelf)

    def judge(self, model: Model, preset: Preset, *, long: bool = False) -> str:
        """What the guard of life says of it once it has grown and a second has passed."""
        values = {**default_values(model), **{n: v[0] for n, v in preset.values.items()}}
        parts = max(1, math.ceil(model.dt / model.limit.largest_dt(values) - 1e-9))
        seed, grow = preset.seed, preset.grow
        if seed is None:
            table = dict(model.seed)
            grow = int(table.pop("grow", 0))
            seed = parse_seed(table, preset.id)
        rows = EXACT.get(model.id, LARGE if long else ROWS)
        if long:
            grow += round(LONGER * model.steps)
        elif (model.id, preset.id) not in SLOW:
            grow = min(grow, ENOUGH)
        spec = FieldSpec(rows, rows, len(model.channels))
        program = self.shelf.step(model, Variation())
        stepper = make_stepper(self.context, program, spec, 1)
        judge, second = Judge(), round(model.steps)
        with Field(self.context, spec) as field:
            folder = ROOT / "scenes"
            field.write(make_seed(seed, rows, rows, 1, model.rest, model.brush, folder))
            for steps in (grow, second):
                stepper.step(field, program, values, dt=model.dt / parts, steps=steps * parts)
                self.pulses.ask(1, model, field)
                for pulse in [pulse for _ in range(LATE) for pulse in self.pulses.take()]:
                    judge.feel(pulse, steps=steps)
        self.pulses.keep(())
        stepper.release()
        return judge.condition

    def release(self) -> None:
        self.pulses.release()
        self.shelf.release()


@pytest.fixture(scope="module")
def nursery(context: moderngl.Context) -> Iterator[Nursery]:
    made = Nursery(context)
    yield made
    made.release()


def hold(preset: Preset, condition: str, *, long: bool = False) -> None:
    """What the guard of life found against what the preset's file says."""
    if preset.state == "dies":  # in the short form it may not have come to that yet
        living = () if long else ("alive", "waking")
        assert condition in ("dead", "saturated", *living), condition
    elif preset.state == "alive":
        assert condition == "alive", condition
    else:
        assert condition in ("alive", "frozen", "waking"), condition


@pytest.mark.parametrize(("model", "preset"), SHORT, ids=[f"{m.id}-{p.id}" for m, p in SHORT])
def test_it_is_alive_when_it_has_grown(nursery: Nursery, model: Model, preset: Preset) -> None:
    hold(preset, nursery.judge(model, preset))


@pytest.mark.long
@pytest.mark.parametrize(("model", "preset"), ALL, ids=[f"{m.id}-{p.id}" for m, p in ALL])
def test_it_is_so_ten_seconds_later(nursery: Nursery, model: Model, preset: Preset) -> None:
    condition = nursery.judge(model, preset, long=True)
    if preset.id == "its own" and model.id in COMES_TO_REST:
        assert condition == "dead"
    else:
        hold(preset, condition, long=True)
