"""Two rates as one: the step of a field while one model's equation turns into another's.

In: two models, with what their scenes add to them. Out: a program whose rate is a mix of both. The
old model's source keeps its own words: whatever it declares is called `old_...` here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import moderngl

from engine.gpu.field import Field
from engine.gpu.headers import STEP
from engine.gpu.isf import read_shader
from engine.gpu.mapping import (
    STRETCH,
    Values,
    base_values,
    bind_sources,
    least_room,
    map_fields,
)
from engine.gpu.program import Program
from engine.gpu.source import COMMENT, Source, name_path, resolve_includes
from engine.gpu.stepper import STEP_FIELDS, state_head
from engine.show.becoming import Becoming, four, translate
from engine.show.catalogue import Model
from engine.show.source import Variation

OLD = "old_"
DEFINED = re.compile(r"^\s*#\s*define\s+(\w+)", re.MULTILINE)
DIRECTIVE = re.compile(r"^\s*#.*$", re.MULTILINE)
BRACKETS = re.compile(r"([][(){};])")
HILLS = "lib/hills.glsl"
# How the two are mixed: the old rate sees the state as its own model would have it. Halfway between
# two reactions there is often nothing alive, so the new one spreads over the field hill by hill,
# with a wide seam, instead of everywhere at once.
RATE = """
float mix_here() {
    vec2 size = vec2(textureSize(state, 0));
    float late = hills(uv, 3.0, size.x / size.y);
    return clamp((mix_weight * 1.5 - late) * 2.0, 0.0, 1.0);
}

STATE mixed_rate(STATE here, STATE change) {
#ifdef old_SOURCES
    old_SOURCES_AT(uv);
#endif
    STATE stretch = LOAD(translate_scale);
    STATE before = old_rate((here - LOAD(translate_shift)) / stretch, change * mix_stencil / stretch);
    return mix(mix_pace * stretch * before, rate(here, change), mix_here());
}
"""
MIX_FIELDS = [
    ("old_reaction_room", "float"),
    ("mix_stencil", "float"),
    ("mix_pace", "float"),
    ("mix_weight", "float"),
    ("translate_scale", "vec4"),
    ("translate_shift", "vec4"),
]


class MixedProgram:
    """The step between two models, which `can_become` has allowed. Owns its program."""

    def __init__(
        self,
        context: moderngl.Context,
        shaders: Path,
        old: tuple[Model, Variation],
        new: tuple[Model, Variation],
    ) -> None:
        """Each model with what its scene adds to it. Raises `MorphogenError`."""
        self.old, self.new = old, new
        sources = []
        stretch = (STRETCH,) if new[1].anisotropy else ()
        for (model, _), after in zip((old, new), ((), (HILLS, *stretch, STEP)), strict=True):
            path = shaders / "models" / f"{model.id}.fs"
            shader = read_shader(path, name_path(path, shaders))
            sources.append(resolve_includes(shader, shaders, after=after))
        before, after_ = map_fields(*old), map_fields(*new)
        names = {name for name, _ in before.fields} | set(before.samplers)
        names |= {*_declared(sources[0].text), *_declared(before.defines), "reaction_room"}
        rest = _rename(before.defines, names)
        self.program = Program(
            context,
            _join(_renamed(sources[0], names), sources[1]),
            shaders,
            head=(
                "out vec4 next_state;\n#define MIXED\n"
                + state_head(new[0])
                + "STATE mixed_rate(STATE here, STATE change);\n"
                + after_.defines
                + rest
            ),
            tail=RATE,
            fields=[
                *after_.fields,
                *STEP_FIELDS,
                *((OLD + name, glsl) for name, glsl in before.fields),
                *MIX_FIELDS,
            ],
            samplers=["state", *after_.samplers, *(OLD + name for name in before.samplers)],
        )
        self.files = self.program.files

    def step(
        self,
        context: moderngl.Context,
        field: Field,
        values: Values,
        becoming: Becoming,
        *,
        dt: float,
        steps: int,
        scale: float,
        sources: Mapping[str, moderngl.Texture],
        old_sources: Mapping[str, moderngl.Texture],
    ) -> None:
        """Advance the new voice's field, in its own model's time; see `Stepper.step`."""
        (old, old_variation), (new, variation) = self.old, self.new
        translation = translate(old, new)
        theirs = {**becoming.values, **base_values(old_variation, becoming.values)}
        old_dt = max(dt * becoming.pace, 1e-9)
        self.program.set(
            {
                **values,
                **base_values(variation, values),
                **{OLD + name: value for name, value in theirs.items()},
                "dt": dt,
                "reaction_room": least_room(new, variation, values, dt, scale),
                "stencil_scale": scale * scale / 6.0,
                "old_reaction_room": least_room(
                    old, old_variation, becoming.values, old_dt, becoming.scale
                ),
                "mix_stencil": (becoming.scale / scale) ** 2,
                "mix_pace": becoming.pace,
                "mix_weight": becoming.weight,
                "translate_scale": four(translation.scale, 1.0),
                "translate_shift": four(translation.shift, 0.0),
            }
        )
        bind_sources(context, variation, sources, 1)
        bind_sources(context, old_variation, old_sources, 1 + len(variation.sources))
        self.program.bind()
        for _ in range(steps):
            field.target.use()
            field.use(0)
            self.program.draw()
            field.swap()

    def release(self) -> None:
        self.program.release()


def _declared(text: str) -> set[str]:
    """Every name that is declared outside of all brackets: functions, variables, types, macros."""
    bare = COMMENT.sub(" ", text).replace("\\\n", " ")
    names = set(DEFINED.findall(bare))
    depth, statement = 0, ""
    for part in BRACKETS.split(DIRECTIVE.sub(" ", bare)):
        depth += (part in ("(", "[", "{")) - (part in (")", "]", "}"))
        body_ends = part == "}" and statement.split()[:1] != ["struct"]
        if depth == 0 and (part == ";" or body_ends):
            names |= _declared_in(statement)
            statement = ""
        elif depth == 0:
            statement += part.strip("()[]{}") + " "
    return names


def _declared_in(statement: str) -> set[str]:
    """The names of one declaration, whose brackets are empty: `const float a = b, c`."""
    first, *more = (
        [*re.findall(r"[A-Za-z_]\w*", part.partition("=")[0]), ""] for part in statement.split(",")
    )
    if len(first) < 3 or first[0] == "precision":
        return set()
    types = {first[1]} if first[0] == "struct" else set()
    return {first[-2], *types, *(words[0] for words in more)} - {""}


def _rename(text: str, names: Iterable[str]) -> str:
    words = re.compile(rf"(?<![\w.])({'|'.join(sorted(map(re.escape, names), key=len))})\b")
    return words.sub(lambda found: OLD + found.group(1), text)


def _renamed(source: Source, names: Iterable[str]) -> Source:
    return Source(_rename(source.text, names), source.places, source.files, source.parameters)


def _join(first: Source, second: Source) -> Source:
    return Source(
        f"{first.text}\n{second.text}",
        (*first.places, *second.places),
        (*first.files, *(file for file in second.files if file not in first.files)),
        (*first.parameters, *second.parameters),
    )
