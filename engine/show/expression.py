"""Arithmetic written in a shader's header (`floor($WIDTH / 4)`, `max(diffuse_u, diffuse_v)`).

Text comes in, a number goes out. A white list of Python's own syntax tree: names, numbers,
+ - * / % ^, comparisons, `a if b else c` and a fixed table of functions. Nothing else is evaluated,
and all of it in floats, so that no power can grow for minutes.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import CodeType

# Function, and how many arguments it takes: at least, at most.
FUNCTIONS: dict[str, tuple[Callable[..., float], int, int]] = {
    "min": (min, 2, 99),
    "max": (max, 2, 99),
    "floor": (math.floor, 1, 1),
    "ceil": (math.ceil, 1, 1),
    "round": (round, 1, 1),
    "abs": (abs, 1, 1),
    "sqrt": (math.sqrt, 1, 1),
    "pow": (math.pow, 2, 2),
    "exp": (math.exp, 1, 1),
    "log": (math.log, 1, 1),
    "sin": (math.sin, 1, 1),
    "cos": (math.cos, 1, 1),
}
_SCOPE = {"__builtins__": {}, **{name: function for name, (function, _, _) in FUNCTIONS.items()}}
_ALLOWED = (
    *(ast.Expression, ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Load),
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Mod, ast.UAdd, ast.USub),
    *(ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE),
)
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked formula. `names` are the variables that `evaluate` must be given."""

    text: str
    names: frozenset[str]
    code: CodeType

    def evaluate(self, values: Mapping[str, float]) -> float:
        """The number, finite. Raises KeyError for a missing name, ArithmeticError or ValueError as
        math does."""
        scope = {name: float(values[name]) for name in self.names}
        number = float(eval(self.code, _SCOPE, scope))
        if not math.isfinite(number):
            raise OverflowError(f"'{self.text}' is not finite")
        return number


def parse_expression(text: str) -> Expression:
    """Raises ValueError, saying what is not understood."""
    if len(text) > LONGEST:
        raise ValueError(f"a formula has at most {LONGEST} characters")
    source = text.replace("$", "").replace("^", "**")
    try:
        tree = _Floats().visit(ast.parse(source.strip(), mode="eval"))
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError(f"'{text}' is not a formula") from None
    names = set()
    called = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            _check_call(text, node)
            called.add(node.func)
        elif isinstance(node, ast.Name):
            if node not in called:
                names.add(node.id)
        elif isinstance(node, ast.Constant):
            if type(node.value) is not float or not math.isfinite(node.value):
                raise ValueError(f"'{text}': only numbers and names")
        elif not isinstance(node, _ALLOWED):
            raise ValueError(f"'{text}': {type(node).__name__} is not arithmetic")
    if names & FUNCTIONS.keys():
        raise ValueError(f"'{text}': a function wants its arguments in brackets")
    return Expression(text, frozenset(names), compile(tree, "<formula>", "eval"))


def _check_call(text: str, node: ast.Call) -> None:
    if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
        raise ValueError(f"'{text}': only {', '.join(sorted(FUNCTIONS))} can be called")
    _, least, most = FUNCTIONS[node.func.id]
    if not least <= len(node.args) <= most:
        raise ValueError(f"'{text}': wrong number of arguments for {node.func.id}")


class _Floats(ast.NodeTransformer):
    """Whole numbers become floats and `a ^ b` becomes `pow(a, b)`, which stops where floats do."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) is not int:
            return node
        try:
            return ast.copy_location(ast.Constant(float(node.value)), node)
        except OverflowError:
            return ast.copy_location(ast.Constant(math.inf), node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Pow):
            return node
        power = ast.Call(ast.Name("pow", ast.Load()), [node.left, node.right], [])
        return ast.fix_missing_locations(ast.copy_location(power, node))
