"""Which machinery runs a model: the step for a rate, passes for a rule, or agents.

The one place that asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.assets import Folder
from engine.gpu.agents import AgentProgram, AgentStepper
from engine.gpu.field import Field, FieldSpec
from engine.gpu.layout import PLAIN, Layout
from engine.gpu.mapping import Values
from engine.gpu.rule import RuleProgram, RuleStepper
from engine.gpu.stepper import NONE, UNVARIED, Stepper, StepProgram
from engine.show.catalogue import Model
from engine.show.sources.source import Variation

ModelProgram = StepProgram | RuleProgram | AgentProgram


class ModelStepper(Protocol):
    """What runs steps on one field: `Stepper`, `RuleStepper` or `AgentStepper`."""

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
    context: moderngl.Context,
    model: Model,
    shaders: Folder,
    variation: Variation = UNVARIED,
    *,
    layout: Layout = PLAIN,
    border: str = "periodic",
) -> ModelProgram:
    """Compile a model; a rate also in `layout`, for one `border`, where it can be packed. Raises
    `MorphogenError`.
    """
    if model.agents:
        return AgentProgram(context, model, shaders, variation)
    if model.passes:
        return RuleProgram(context, model, shaders, variation)
    return StepProgram(context, model, shaders, variation, layout=layout, border=border)


def make_stepper(
    context: moderngl.Context,
    program: ModelProgram,
    spec: FieldSpec,
    seed: int = 0,
    agents: NDArray[np.float32] | None = None,
) -> ModelStepper:
    """What steps a field with this program, or with another of the same model and layout. `agents`:
    where they begin, if that is known already."""
    if isinstance(program, AgentProgram):
        return AgentStepper(context, spec, seed, agents)
    if isinstance(program, RuleProgram):
        return RuleStepper(context, program.model, spec, seed)
    return Stepper(context, program, spec, seed)
