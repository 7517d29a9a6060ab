"""Arithmetic written in a shader's header (`floor($WIDTH / 4)`, `max(diffuse_u, diffuse_v)`).

Text comes in, a number goes out. A white list of Python's own syntax tree: names, numbers,
+ - * / % ^, comparisons, `a if b else c` and a fixed table of functions. Nothing else is evaluated.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import CodeType

FUNCTIONS: dict[str, Callable[..., float]] = {
    "min": min,
    "max": max,
    "floor": math.floor,
    "ceil": math.ceil,
    "round": round,
    "abs": abs,
    "sqrt": math.sqrt,
    "pow": math.pow,
    "exp": math.exp,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
}
_ALLOWED = (
    ast.Expression,
    ast.BinOp,
    ast.UnaryOp,
    ast.Compare,
    ast.IfExp,
    ast.operator,
    ast.unaryop,
    ast.cmpop,
    ast.expr_context,
)
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked formula. `names` are the variables that `evaluate` must be given."""

    text: str
    names: frozenset[str]
    code: CodeType

    def evaluate(self, values: Mapping[str, float]) -> float:
        """The number. Raises KeyError for a missing name, ArithmeticError or ValueError as math does."""
        scope = {name: values[name] for name in self.names}
        return float(eval(self.code, {"__builtins__": {}, **FUNCTIONS}, scope))


def parse_expression(text: str) -> Expression:
    """Raises ValueError, saying what is not understood."""
    if len(text) > LONGEST:
        raise ValueError(f"a formula has at most {LONGEST} characters")
    source = text.replace("$", "").replace("^", "**")
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError(f"'{text}' is not a formula") from None
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
                raise ValueError(f"'{text}': only {', '.join(sorted(FUNCTIONS))} can be called")
        elif isinstance(node, ast.Name):
            if node.id not in FUNCTIONS:
                names.add(node.id)
        elif isinstance(node, ast.Constant):
            if type(node.value) not in (int, float):
                raise ValueError(f"'{text}': only numbers and names")
        elif not isinstance(node, _ALLOWED):
            raise ValueError(f"'{text}': {type(node).__name__} is not arithmetic")
    return Expression(text, frozenset(names), compile(tree, "<formula>", "eval"))
