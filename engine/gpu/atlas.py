"""The atlas: the engine run over two parameters of a model, cell by cell, to see where it lives.

In: a model, two parameters and their ranges. Out: a map (dead, still or moving at each place, and the
way through what lives), measures, and a thumbnail of each cell. Each cell is a small field of its own
that the engine steps from one seed; the same seed and GPU give the same map.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.assets import Folder
from engine.errors import Complaint, MorphogenError
from engine.gpu.field import Field, FieldSpec
from engine.gpu.layout import LAYOUTS
from engine.gpu.stepping import ModelProgram, ModelStepper, make_program, make_stepper
from engine.show.catalogue import Model
from engine.show.maps.life_map import DEAD, MOVING, STILL, Axis, LifeMap, find_region
from engine.show.maps.map_file import MEASURES
from engine.show.maps.map_path import find_path
from engine.show.presets.preset import Preset
from engine.show.seeds.first_state import make_seed
from engine.show.seeds.seed import ARGUMENTS, SeedSpec
from engine.show.seeds.seed_file import parse_seed

WRITTEN = 192  # rows of the fields that seeds are written for; a cell has fewer
LONGEST = 5.0  # seconds at the model's own pace, where no steps are given
PAUSE = 0.1  # seconds at that pace, between the two states whose difference is the change
LOOKS = 5  # at each cell in the last third, the middle one counts: chaos is even for a moment
# Of what looks see, the body of about 0..1: a pattern deviates by 0.05 to 0.4.
ALIVE = 0.02
MOVES = 0.1  # the body's mean change in a second: a settling pattern's is below 0.05
EVEN = 1e-5  # a field this even stays so

Body = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to compute: `columns` x `rows` cells of `size` x `size`, each for `steps` steps."""

    model: Model
    x: Axis
    y: Axis
    columns: int = 24
    rows: int = 16
    size: int = 64
    steps: int = 0  # 0: as many as five seconds have
    seed: int = 1
    preset: Preset | None = None

    @property
    def length(self) -> int:
        return self.steps or round(LONGEST * self.model.steps)

    def values(self, point: tuple[float, float]) -> dict[str, float]:
        """The parameters at a place of the map: defaults, the preset's, and the two of the axes."""
        values = {p.name: p.default[0] for p in self.model.parameters}
        if self.preset:
            values |= {name: value[0] for name, value in self.preset.values.items()}
        x, y = self.x.value(point[0]), self.y.value(point[1])
        return values | {self.x.parameter.name: x, self.y.parameter.name: y}


@dataclass(frozen=True, slots=True)
class Atlas:
    """`measures` by name, (rows, columns) from the bottom; `bodies` (rows, columns, size, size)."""

    chart: LifeMap
    measures: Mapping[str, NDArray[np.float64]]
    bodies: Body


def compute_atlas(
    context: moderngl.Context,
    shaders: Folder,
    plan: Plan,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Atlas:
    """Run every cell. Raises `MorphogenError` if the model does not compile or nothing lives."""
    model = plan.model
    spec = FieldSpec(plan.size, plan.size, len(model.channels), half=model.half)
    start = make_seed(fit_seed(plan), plan.size, plan.size, plan.seed, model.rest, model.brush)
    program = make_program(context, model, shaders, layout=LAYOUTS["fused4"])
    measures = {name: np.zeros((plan.rows, plan.columns)) for name in MEASURES}
    bodies = np.zeros((plan.rows, plan.columns, plan.size, plan.size), np.float32)
    life = []
    try:
        for row in range(plan.rows):
            letters = ""
            for column in range(plan.columns):
                point = ((column + 0.5) / plan.columns, (row + 0.5) / plan.rows)
                stepper = make_stepper(context, program, spec, plan.seed)
                try:
                    with Field(context, spec) as field:
                        field.write(start)
                        run = _Run(field, program, stepper, plan, plan.values(point))
                        found, body = run.look()
                finally:
                    stepper.release()
                letters += judge(found)
                bodies[row, column] = body
                for name, number in found.items():
                    measures[name][row, column] = number
                progress(row * plan.columns + column + 1, plan.rows * plan.columns)
            life.append(letters)
    finally:
        program.release()
    return Atlas(_chart(plan, tuple(life), measures["detail"]), measures, bodies)


def judge(found: Mapping[str, float]) -> str:
    """The letter for a cell's measures."""
    if not found["deviation"] >= ALIVE:  # also what is no number
        return DEAD
    return MOVING if found["change"] >= MOVES else STILL


def fit_seed(plan: Plan) -> SeedSpec:
    """The seed with marks as large, in cells, as on a field of the usual size, and fewer of them."""
    spec = parse_seed({k: v for k, v in plan.model.seed.items() if k != "grow"}, "SEED")
    if plan.preset and plan.preset.seed:
        spec = plan.preset.seed
    known = {argument.name: argument for argument in ARGUMENTS[spec.kind]}
    arguments = dict(spec.arguments)
    share = min(plan.size / WRITTEN, 1.0)
    for name in {"radius", "size", "width"} & arguments.keys():
        if spec.kind in ("spots", "squares", "rings"):
            arguments[name] = min(arguments[name] / share, known[name].high)
    if "count" in arguments:
        fewer = share if spec.kind == "fronts" else share * share
        arguments["count"] = max(1, round(arguments["count"] * fewer))
    return replace(spec, arguments=arguments)


class _Run:
    """One cell: a field being stepped."""

    def __init__(
        self,
        field: Field,
        program: ModelProgram,
        stepper: ModelStepper,
        plan: Plan,
        values: Mapping[str, float],
    ) -> None:
        self.field, self.program, self.stepper = field, program, stepper
        self.plan, self.values = plan, values
        model = plan.model
        largest = model.limit.largest_dt(values)
        self.substeps = max(1, math.ceil(model.dt / largest - 1e-9))
        self.dt = model.dt / self.substeps

    def step(self, steps: int) -> Body:
        """Go on, and what looks see then."""
        self.stepper.step(
            self.field, self.program, self.values, dt=self.dt, steps=steps * self.substeps
        )
        state = self.field.read()
        first, second, offset = self.plan.model.shown[0]
        body = first * state[..., 0] + np.float32(offset)
        if second and state.shape[2] > 1:
            body += second * state[..., 1]
        return np.asarray(body, np.float32)

    def look(self) -> tuple[dict[str, float], Body]:
        """Run to the end, or until it is even; its measures and its last body."""
        pause = max(1, round(PAUSE * self.plan.model.steps))
        part = max(1, self.plan.length // (3 * LOOKS))
        for _ in range(2 * LOOKS):
            if np.ptp(body := self.step(part)) < EVEN:
                return dict.fromkeys(MEASURES, 0.0) | {"mean": float(body.mean())}, body
        deviations, changes, details = [], [], []
        for _ in range(LOOKS):
            before = self.step(max(1, part - pause))
            body = self.step(pause)
            deviations.append(float(body.std()))
            changes.append(float(np.abs(body - before).mean()) / PAUSE)
            details.append(float(np.abs(np.diff(body)).mean()))
        middle = {"deviation": deviations, "change": changes, "detail": details}
        found = {name: float(np.median(numbers)) for name, numbers in middle.items()}
        return found | {"mean": float(body.mean())}, body


def _chart(plan: Plan, life: tuple[str, ...], richness: NDArray[np.float64]) -> LifeMap:
    model, x, y = plan.model.id, plan.x, plan.y
    name = f"{model}.{x.parameter.name}.{y.parameter.name}"
    try:
        region = find_region(life)
    except ValueError:
        what = f"nothing lives on the map of '{x.parameter.name}' and '{y.parameter.name}'"
        remedy = "Give other ranges, more steps, or a preset whose seed lives."
        raise MorphogenError(Complaint(model, what, remedy)) from None
    return LifeMap(name, model, x, y, life, find_path(region, np.nan_to_num(richness)), region)
