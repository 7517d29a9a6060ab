"""PASSES and PERSISTENT_BUFFERS of an ISF header become checked passes. Text only; never calls GL.

A pass's WIDTH and HEIGHT are formulas of $WIDTH and $HEIGHT (the picture's), of any input that is one
number ($size), and of the size of an image ($WIDTH_inputImage, $HEIGHT_inputImage).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import suggest
from engine.gpu.isf.inputs import NAME, is_true
from engine.gpu.isf.shader_file import ShaderFile
from engine.show.expression import Expression, parse_expression

Complain = Callable[..., None]
MOST_TEXELS = 128 * 2**20  # of all targets of a file: 2 GB in 32-bit floats
LARGEST = 8192  # texels across or up, whatever a formula says


@dataclass(frozen=True, slots=True)
class IsfPass:
    """One pass. `target` is "" for the picture itself; without a formula it is as large as that.

    `persistent`: the target keeps its content until it is drawn again, in this frame or a later one.
    `full`: it holds 32-bit floats.
    """

    target: str = ""
    persistent: bool = False
    full: bool = False
    columns: Expression | None = None
    rows: Expression | None = None

    def size(self, picture: tuple[int, int], values: Mapping[str, float]) -> tuple[int, int]:
        """Its size in texels, at least 1 by 1; `values` are of the formulas' names but for WIDTH and
        HEIGHT. A formula without a value counts as the picture's size."""
        return (
            _evaluate(self.columns, picture, values, picture[0]),
            _evaluate(self.rows, picture, values, picture[1]),
        )


def limit_sizes(sizes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sizes of a file's passes, all made smaller alike where they ask for more than MOST_TEXELS
    together: a GPU that has no more memory ends a show."""
    texels = sum(columns * rows for columns, rows in sizes)
    if texels <= MOST_TEXELS:
        return list(sizes)
    part = (MOST_TEXELS / texels) ** 0.5
    return [(max(int(columns * part), 1), max(int(rows * part), 1)) for columns, rows in sizes]


def read_passes(shader: ShaderFile, complain: Complain) -> tuple[IsfPass, ...]:
    """At least one; `complain(key, what, remedy)` hears what is wrong."""
    lasting = _read_persistent_buffers(shader, complain)
    numbers = {p.name for p in shader.parameters if p.components == 1}
    sizes = {f"{side}_{image}" for side in ("WIDTH", "HEIGHT") for image in shader.images}
    known = {"WIDTH", "HEIGHT"} | numbers | sizes
    taken = {*shader.images, *(p.name for p in shader.parameters)}
    taken |= {sound.name for sound in shader.sounds}
    passes = []
    for entry in shader.passes or ({},):
        target = entry.get("TARGET", "")
        if not isinstance(target, str) or (target and not NAME.fullmatch(target)):
            complain("TARGET", f"a TARGET is a GLSL identifier, not {target!r}")
            target = ""
        elif target in taken:
            complain(target, f"'{target}' is an input already", "Call the TARGET something else.")
        kept = lasting.get(target, {})
        passes.append(
            IsfPass(
                target,
                persistent=bool(target)
                and (target in lasting or is_true(entry.get("PERSISTENT", False))),
                full=is_true(entry.get("FLOAT", kept.get("FLOAT", False))),
                columns=_read_size(entry.get("WIDTH", kept.get("WIDTH")), "WIDTH", known, complain),
                rows=_read_size(entry.get("HEIGHT", kept.get("HEIGHT")), "HEIGHT", known, complain),
            )
        )
    return tuple(passes)


def _read_persistent_buffers(
    shader: ShaderFile, complain: Complain
) -> Mapping[str, Mapping[str, Any]]:
    """Version 1: a list of names, or an object of them with WIDTH, HEIGHT, FLOAT."""
    given = shader.header.get("PERSISTENT_BUFFERS", {})
    if isinstance(given, list) and all(isinstance(name, str) for name in given):
        return {name: {} for name in given}
    if isinstance(given, dict):
        return {name: about if isinstance(about, dict) else {} for name, about in given.items()}
    complain("PERSISTENT_BUFFERS", "PERSISTENT_BUFFERS is a list of names, or an object of them")
    return {}


def _read_size(
    value: Any, key: str, known: Collection[str], complain: Complain
) -> Expression | None:
    if value is None or value == "":
        return None
    try:
        formula = parse_expression(str(value))
    except ValueError as error:
        complain(key, f"{key}: {error}")
        return None
    for name in sorted(formula.names - set(known)):
        complain(key, f"{key}: no number '{name}'", suggest(name, known))
        return None
    return formula


def _evaluate(
    formula: Expression | None,
    picture: tuple[int, int],
    values: Mapping[str, float],
    usual: int,
) -> int:
    if formula is None:
        return usual
    try:
        number = formula.evaluate({**values, "WIDTH": picture[0], "HEIGHT": picture[1]})
    except (ArithmeticError, ValueError):
        return usual
    return int(min(max(math.floor(number), 1), LARGEST))
