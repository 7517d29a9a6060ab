"""Arithmetic written down by somebody: in a shader's header (`floor($WIDTH / 4)`), in a scene's modulator
(`0.5 * sin(time) + bass`).

Text comes in, a number goes out. A white list of Python's own syntax tree: names, numbers,
+ - * / % ^, comparisons, `a if b else c` and a fixed table of functions. Each node of it becomes one small
function of ours; nothing is ever handed to Python to run, and all of it is in floats, so that no
power can grow for minutes.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Values = Mapping[str, float]
Step = Callable[[Values], float]


def clamp(x: float, low: float, high: float) -> float:
    """`x`, held within low..high."""
    return min(max(x, low), high)


def mix(a: float, b: float, t: float) -> float:
    """From `a` at 0 to `b` at 1, as GLSL means it."""
    return a + (b - a) * t


def smoothstep(low: float, high: float, x: float) -> float:
    """0 up to `low`, 1 from `high` on, and smooth between, as GLSL means it; a step where both are one."""
    if low == high:
        return 1.0 if x >= low else 0.0
    t = min(max((x - low) / (high - low), 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)


def fract(x: float) -> float:
    """What stands behind the point, counted from the whole number below."""
    return x - math.floor(x)


def sign(x: float) -> float:
    """-1, 0 or 1."""
    return float((x > 0.0) - (x < 0.0))


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
    "tan": (math.tan, 1, 1),
    "fract": (fract, 1, 1),
    "sign": (sign, 1, 1),
    "clamp": (clamp, 3, 3),
    "mix": (mix, 3, 3),
    "smoothstep": (smoothstep, 3, 3),
}
_PAIRS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
    ast.Pow: math.pow,  # which stops where floats do
}
_TESTS: dict[type[ast.AST], Callable[[float, float], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
LONGEST = 400
DEEPEST = 250  # of brackets and sums within each other


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked formula. `names` are the variables that `evaluate` must be given."""

    text: str
    names: frozenset[str]
    step: Step = field(compare=False, repr=False)  # read again, it is the same formula

    def evaluate(self, values: Values) -> float:
        """The number, finite. Raises KeyError for a missing name, ArithmeticError or ValueError as
        math does."""
        number = float(self.step(values))
        if not math.isfinite(number):
            raise OverflowError(f"'{self.text}' is not finite")
        return number


def parse_expression(text: str) -> Expression:
    """Raises ValueError, saying what is not understood."""
    if len(text) > LONGEST:
        raise ValueError(f"a formula has at most {LONGEST} characters")
    source = text.replace("$", "").replace("^", "**")
    builder = _Builder(text)
    try:
        step = builder.build(ast.parse(source.strip(), mode="eval").body, 0)
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError(f"'{text}' is not a formula") from None
    return Expression(text, frozenset(builder.names), step)


class _Builder:
    """Turns a syntax tree into functions; `names` gathers the variables met."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.names: set[str] = set()

    def build(self, node: ast.expr, depth: int) -> Step:
        """Raises ValueError for whatever is not on the list."""
        if depth > DEEPEST:
            raise ValueError(f"'{self._text}' is too deep")
        parts = self._parts(node)
        steps = [self.build(part, depth + 1) for part in parts]
        match node:
            case ast.Constant():
                return self._constant(node)
            case ast.Name():
                return self._variable(node.id)
            case ast.Call():
                return _join(FUNCTIONS[node.func.id][0], steps)  # type: ignore[attr-defined]
            case ast.BinOp():
                return _pair(_PAIRS[type(node.op)], *steps)
            case ast.UnaryOp():
                (one,) = steps
                return one if isinstance(node.op, ast.UAdd) else lambda values: -one(values)
            case ast.IfExp():
                test, then, other = steps
                return lambda values: then(values) if test(values) else other(values)
            case ast.Compare():
                return _chain([_TESTS[type(each)] for each in node.ops], steps)
        raise self._refuse(node)

    def _parts(self, node: ast.expr) -> list[ast.expr]:
        """What a node is made of; it has been checked then."""
        match node:
            case ast.Constant() | ast.Name():
                return []
            case ast.Call():
                self._check_call(node)
                return node.args
            case ast.BinOp() if type(node.op) in _PAIRS:
                return [node.left, node.right]
            case ast.UnaryOp() if isinstance(node.op, (ast.UAdd, ast.USub)):
                return [node.operand]
            case ast.IfExp():
                return [node.test, node.body, node.orelse]
            case ast.Compare() if all(type(each) in _TESTS for each in node.ops):
                return [node.left, *node.comparators]
        raise self._refuse(getattr(node, "op", node))

    def _constant(self, node: ast.Constant) -> Step:
        value = node.value
        if type(value) not in (int, float):
            raise ValueError(f"'{self._text}': only numbers and names")
        try:
            number = float(value)  # type: ignore[arg-type]
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise ValueError(f"'{self._text}': only numbers and names")
        return lambda values: number

    def _variable(self, name: str) -> Step:
        if name in FUNCTIONS:
            raise ValueError(f"'{self._text}': a function wants its arguments in brackets")
        self.names.add(name)
        return lambda values: values[name]

    def _check_call(self, node: ast.Call) -> None:
        if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
            known = ", ".join(sorted(FUNCTIONS))
            raise ValueError(f"'{self._text}': only {known} can be called")
        _, least, most = FUNCTIONS[node.func.id]
        if not least <= len(node.args) <= most:
            raise ValueError(f"'{self._text}': wrong number of arguments for {node.func.id}")

    def _refuse(self, node: ast.AST) -> ValueError:
        return ValueError(f"'{self._text}': {type(node).__name__} is not arithmetic")


def _pair(does: Callable[[float, float], float], left: Step, right: Step) -> Step:
    return lambda values: does(left(values), right(values))


def _join(does: Callable[..., float], steps: list[Step]) -> Step:
    if len(steps) == 1:
        (one,) = steps
        return lambda values: float(does(one(values)))
    return lambda values: float(does(*[step(values) for step in steps]))


def _chain(tests: list[Callable[[float, float], bool]], steps: list[Step]) -> Step:
    """`a < b <= c`, each looked at once, as far as it holds."""

    def chain(values: Values) -> float:
        left = steps[0](values)
        for test, step in zip(tests, steps[1:], strict=True):
            right = step(values)
            if not test(left, right):
                return 0.0
            left = right
        return 1.0

    return chain
