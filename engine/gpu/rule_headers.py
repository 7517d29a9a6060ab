"""PASSES and TABLES of a rule's header become facts. Text only; never GL.

    "PASSES": [
      {"TARGET": "across", "FLOAT": true, "CHANNELS": 2},
      {"TARGET": "pressure", "FLOAT": true, "CHANNELS": 1, "PERSISTENT": true, "REPEAT": 20},
      {"TARGETS": ["low", "high"], "FLOAT": true, "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 2"},
      {}
    ]

TARGET, PERSISTENT, FLOAT, WIDTH and HEIGHT are ISF's; TARGETS (up to four textures at once),
CHANNELS (1, 2 or 4) and REPEAT (a number, or the name of a parameter) are ours. The last pass has
no target: it writes the field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.errors import suggest
from engine.gpu.isf.inputs import NAME, RESERVED
from engine.gpu.isf.shader_file import ShaderFile
from engine.show.catalogue import Pass
from engine.show.expression import Expression, parse_expression
from engine.show.kernels import MAKERS
from engine.show.parameter import Parameter

MOST_PASSES, MOST_TARGETS, MOST_TEXTURES, MOST_REPEATS = 16, 4, 16, 256
# What the code around a rule declares itself, beside what the step does.
RULE_TAKEN = frozenset(
    (
        "scale outside written whole state_smooth step_index repeat_index rule_main "
        "pass_0 pass_1 pass_2 pass_3 TARGETS WRITES_FIELD"
    ).split()
)
_SAMPLE = {"WIDTH": 320.0, "HEIGHT": 180.0}
Complain = Callable[..., None]


def read_passes(
    shader: ShaderFile, parameters: Sequence[Parameter], complain: Complain
) -> tuple[Pass, ...]:
    """The passes in the order in which they are drawn. What is wrong goes to `complain`."""
    if not 1 <= len(shader.passes) <= MOST_PASSES:
        what = f"a rule has 1 to {MOST_PASSES} PASSES"
        complain("PASSES", what, "The last, without a TARGET, writes the field: {}.")
        return ()
    taken = {parameter.name for parameter in parameters}
    passes = []
    for number, entry in enumerate(shader.passes, 1):
        last = number == len(shader.passes)
        made = _read_pass(entry, number, parameters, complain)
        if last and made.targets:
            complain(made.targets[0], "the last pass has a TARGET", "It writes the field: {}.")
        if last and (made.persistent or made.repeat != 1):
            complain("PASSES", "the last pass, which writes the field, is drawn once")
        if not last and not made.targets:
            remedy = "Only the last pass writes the field."
            complain("PASSES", f"pass {number} has no TARGET", remedy)
        for name in made.targets:
            if not NAME.fullmatch(name) or name in RESERVED | RULE_TAKEN or "__" in name:
                complain(name, f"a TARGET is a GLSL identifier not yet taken, not {name!r}")
            elif name in taken or name.removesuffix("_smooth") in taken:
                complain(name, f"two things are called '{name}'", "Choose another name.")
            taken.add(name)
        passes.append(made)
    if sum(len(entry.targets) for entry in passes) > MOST_TEXTURES:
        complain("PASSES", f"a rule has at most {MOST_TEXTURES} targets in all")
    return tuple(passes)


def read_tables(
    shader: ShaderFile, parameters: Sequence[Parameter], complain: Complain
) -> Mapping[str, str]:
    """Name in the code to name of the maker, whose parameters the rule must have."""
    tables = shader.morphogen.get("TABLES", {})
    if not isinstance(tables, dict):
        complain("TABLES", "TABLES must be an object", 'For instance {"weights": "smoothlife"}.')
        return {}
    known = {parameter.name for parameter in parameters}
    for name, maker in tables.items():
        if not NAME.fullmatch(name) or name in RESERVED | RULE_TAKEN | known:
            complain(name, f"a table is a GLSL identifier not yet taken, not {name!r}")
        if maker not in MAKERS:
            complain(name, f"no table '{maker}'", suggest(str(maker), MAKERS))
            continue
        for wanted in MAKERS[maker].reads:
            if wanted not in known:
                what = f"table '{maker}' wants a parameter '{wanted}'"
                complain(name, what, suggest(wanted, known))
    return {str(name): str(maker) for name, maker in tables.items()}


def _read_pass(
    entry: Mapping[str, Any], number: int, parameters: Sequence[Parameter], complain: Complain
) -> Pass:
    listed = entry.get("TARGETS", [entry["TARGET"]] if "TARGET" in entry else [])
    if not isinstance(listed, list) or len(listed) > MOST_TARGETS or not all(
        isinstance(name, str) for name in listed
    ):  # fmt: skip
        complain("TARGETS", f"TARGETS wants up to {MOST_TARGETS} names")
        listed = []
    if "TARGET" in entry and "TARGETS" in entry:
        complain("TARGETS", f"pass {number} has TARGET and TARGETS", "Keep one of them.")
    channels = entry.get("CHANNELS", 4)
    if channels not in (1, 2, 4) or isinstance(channels, bool):
        complain("CHANNELS", f"a target has 1, 2 or 4 CHANNELS, not {channels}")
        channels = 4
    if listed and entry.get("FLOAT") is not True:
        remedy = 'Say "FLOAT": true: bytes would round the state.'
        complain(listed[0], f"target '{listed[0]}' is not FLOAT", remedy)
    return Pass(
        targets=tuple(listed),
        channels=int(channels),
        persistent=entry.get("PERSISTENT", False) is True,
        repeat=_read_repeat(entry.get("REPEAT", 1), parameters, complain),
        columns=_read_size(entry, "WIDTH", complain),
        rows=_read_size(entry, "HEIGHT", complain),
    )


def _read_repeat(value: Any, parameters: Sequence[Parameter], complain: Complain) -> int | str:
    if isinstance(value, str):
        found = {p.name: p for p in parameters if p.kind in ("int", "float")}
        if value not in found:
            complain("REPEAT", f"REPEAT: no number parameter '{value}'", suggest(value, found))
            return 1
        ends = found[value].minimum[0], found[value].maximum[0]
        if min(ends) < 1 or max(ends) > MOST_REPEATS:
            what = f"REPEAT: '{value}' runs over {min(ends):g}..{max(ends):g}"
            complain("REPEAT", what, f"It lies between 1 and {MOST_REPEATS}.")
        return value
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_REPEATS:
        complain("REPEAT", f"REPEAT is {value!r}", f"It lies between 1 and {MOST_REPEATS}.")
        return 1
    return value


def _read_size(entry: Mapping[str, Any], key: str, complain: Complain) -> Expression | None:
    if key not in entry:
        return None
    try:
        formula = parse_expression(str(entry[key]))
        unknown = sorted(formula.names - _SAMPLE.keys())
        if not unknown:
            formula.evaluate(_SAMPLE)
    except (ValueError, ArithmeticError) as error:
        complain(key, f"{key}: {error}")
        return None
    for name in unknown:
        complain(key, f"{key}: no size '{name}'", "It knows $WIDTH and $HEIGHT, the field's.")
    return None if unknown else formula
