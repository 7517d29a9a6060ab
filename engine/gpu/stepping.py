"""Which machinery runs a model: the step for a rate, the passes for a rule. The one place that asks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import moderngl

from engine.gpu.field import Field, FieldSpec
from engine.gpu.mapping import Values
from engine.gpu.rule import RuleProgram, RuleStepper
from engine.gpu.stepper import NONE, PLAIN, Stepper, StepProgram
from engine.show.catalogue import Model
from engine.show.source import Variation

ModelProgram = StepProgram | RuleProgram


class ModelStepper(Protocol):
    """What runs steps on one field: `Stepper` or `RuleStepper`."""

    def step(
        self,
        field: Field,
        program: Any,
        values: Values,
        *,
        dt: float,
        steps: int,
        scale: float = 1.0,
        sources: Mapping[str, moderngl.Texture] = NONE,
    ) -> None: ...

    def clear(self) -> None: ...

    def release(self) -> None: ...


def make_program(
    context: moderngl.Context, model: Model, shaders: Path, variation: Variation = PLAIN
) -> ModelProgram:
    """Compile a model. Raises `MorphogenError`."""
    kind = RuleProgram if model.passes else StepProgram
    return kind(context, model, shaders, variation)


def make_stepper(
    context: moderngl.Context, model: Model, spec: FieldSpec, seed: int = 0
) -> ModelStepper:
    """What steps a field of this model; it wants the program that `make_program` compiled."""
    kind = RuleStepper if model.passes else Stepper
    return kind(context, model, spec, seed)
