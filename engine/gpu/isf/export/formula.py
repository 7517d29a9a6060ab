"""A formula of a header as GLSL: the same arithmetic, all of it in floats. Text in, text out."""

from __future__ import annotations

import ast

OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
COMPARISONS = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
SAME_NAME = "min max floor ceil abs sqrt pow exp log sin cos tan sign clamp mix fract".split()


def to_glsl(text: str) -> str:
    """Raises ValueError for what GLSL 1.10 has no word for."""
    tree = ast.parse(text.replace("$", "").replace("^", "**").strip(), mode="eval")
    return _write(tree.body)


def _write(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=int() | float() as number):
            return repr(float(number))
        case ast.Name(id=name):
            return f"float({name})"
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return f"(-{_write(inner)})"
        case ast.UnaryOp(op=ast.UAdd(), operand=inner):
            return _write(inner)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return f"pow({_write(left)}, {_write(right)})"
        case ast.BinOp(left=left, op=ast.Mod(), right=right):
            return f"mod({_write(left)}, {_write(right)})"
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return f"({_write(left)} {OPERATORS[type(op)]} {_write(right)})"
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in COMPARISONS:
            return f"({_write(left)} {COMPARISONS[type(op)]} {_write(right)})"
        case ast.IfExp(test=test, body=first, orelse=second):
            return f"({_write(test)} ? {_write(first)} : {_write(second)})"
        case ast.Call(func=ast.Name(id=("min" | "max") as name), args=[first, *rest]) if rest:
            written = _write(first)
            for other in rest:
                written = f"{name}({written}, {_write(other)})"
            return written
        case ast.Call(func=ast.Name(id=name), args=arguments) if name in SAME_NAME:
            return f"{name}({', '.join(_write(argument) for argument in arguments)})"
    raise ValueError(f"'{ast.unparse(node)}' has no word in GLSL 1.10")
