"""LIMIT of a model's header becomes formulas, of which its largest stable step comes. Text only; never GL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.errors import suggest
from engine.gpu.rule_headers import Complain
from engine.show.catalogue import Limit
from engine.show.expression import Expression, parse_expression
from engine.show.parameter import Parameter

LIMITS = ("DIFFUSION", "BILAPLACIAN", "WAVE", "REACTION")


def read_limit(
    table: Mapping[str, Any], parameters: Sequence[Parameter], complain: Complain
) -> Limit:
    """Formulas of the model's own parameters. What is wrong goes to `complain`."""
    limit = table.get("LIMIT")
    if not isinstance(limit, dict):
        complain("LIMIT", "a model states its LIMIT", 'For instance {"DIFFUSION": "diffusion"}.')
        return Limit()
    numbers = {p.name: p for p in parameters if p.components == 1}
    formulas: dict[str, Expression] = {}
    for key, text in limit.items():
        if key not in LIMITS:
            complain(key, f"unknown key '{key}' in LIMIT", suggest(key, LIMITS))
            continue
        try:
            formula = parse_expression(str(text))
        except ValueError as error:
            complain(key, f"LIMIT: {error}")
            continue
        unknown = sorted(formula.names - numbers.keys())
        for name in unknown:
            complain(key, f"LIMIT: no parameter '{name}'", suggest(name, numbers))
        if not unknown:
            _try_formula(key, formula, numbers, complain)
            formulas[key.lower()] = formula
    return Limit(**formulas)


def _try_formula(
    key: str, formula: Expression, numbers: Mapping[str, Parameter], complain: Complain
) -> None:
    """A formula must have a value wherever the knobs stand: try their defaults and both ends."""
    for part in ("default", "minimum", "maximum"):
        values = {name: getattr(numbers[name], part)[0] for name in formula.names}
        try:
            formula.evaluate(values)
        except (ArithmeticError, ValueError) as error:
            at = ", ".join(f"{name} = {value:g}" for name, value in sorted(values.items()))
            complain(key, f"LIMIT: '{formula.text}' has no value at {at} ({error})")
            return
