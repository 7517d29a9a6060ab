"""Slow twins of the models: one step in float64 NumPy, written from the equations of the sources.

Never read from the shaders: a slip there must not be repeated here. A file per model, of its name:
`step(state, p, dt, grid)` gives the next state, (rows, columns, channels). A twin may also state

    AMPLITUDE   of the rough noise it is tried with, about the rest state (0.8)
    HALF        how far half floats may be off, relative (1e-3)
    CALMS_DOWN  from a field anywhere in its range it comes back from the clamps (False)
    WAVES       it swings for ever, and keeps whatever is rough: tried with a smooth hill (False)
    STIRRED_BY  the parameters that are strengths of noise ()
    RULE        it is one of several passes, without a limit of its own: test_rule_models.py (False)
    FED         parameters held away from where the field has a true end at a clamp ({name: least})
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from tests.gpu.twins.grid import Array, Grid, Parameters

Step = Callable[[Array, Parameters, float, Grid], Array]


@dataclass(frozen=True, slots=True)
class Twin:
    """A model's slow step, and what a test has to know about it."""

    step: Step
    amplitude: float = 0.8
    half: float = 1e-3
    calms_down: bool = False
    waves: bool = False
    stirred_by: tuple[str, ...] = ()
    rule: bool = False
    fed: Mapping[str, float] = field(default_factory=dict)


def load_twins() -> dict[str, Twin]:
    """Every twin of this folder, by the name of its model."""
    facts = ("AMPLITUDE", "HALF", "CALMS_DOWN", "WAVES", "STIRRED_BY", "RULE", "FED")
    twins = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem in ("__init__", "grid"):
            continue
        module = import_module(f"tests.gpu.twins.{path.stem}")
        stated = {n.lower(): getattr(module, n) for n in facts if hasattr(module, n)}
        twins[path.stem] = Twin(module.step, **stated)
    return twins


TWINS = load_twins()
RATES = [name for name, twin in TWINS.items() if not twin.rule]
RULES = [name for name, twin in TWINS.items() if twin.rule]
