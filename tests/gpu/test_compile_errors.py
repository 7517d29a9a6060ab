"""Broken shaders through a real compiler: the complaint names file, line, source and remedy."""

from __future__ import annotations

import re
from pathlib import Path

import moderngl
import pytest

from engine.errors import MorphogenError
from engine.gpu.headers import read_model
from engine.gpu.isf.shader_file import read_shader
from engine.gpu.program import Program, block_fields
from engine.gpu.source import name_path, resolve_includes
from engine.gpu.stepping import make_program
from engine.show.sources.source import Source, Variation, vary
from tests.gpu.running import write_model

FEED = {"NAME": "feed", "TYPE": "float", "DEFAULT": 0.5}


def driven(names: tuple[str, ...]) -> Variation:
    """These parameters driven over the field by one source."""
    return vary((Source("lamp", "noise", {}, dict.fromkeys(names, 0.0)),))


def compile_model(context: moderngl.Context, shaders: Path, mapped: tuple[str, ...] = ()) -> None:
    model = read_model(shaders / "models" / "broken.fs", shaders)
    make_program(context, model, shaders, driven(mapped)).release()


def complaints(context: moderngl.Context, shaders: Path, mapped: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(MorphogenError) as caught:
        compile_model(context, shaders, mapped)
    return [str(complaint) for complaint in caught.value.complaints]


def line_in(shaders: Path, name: str, text: str) -> int:
    return (shaders / name).read_text().split("\n").index(text) + 1


@pytest.mark.parametrize(
    "line,what,remedy",
    [
        ("    return feed * fede;", "fede", "Declare it, or add it to INPUTS."),
        ("    return feed", "unexpected", "missing ';'"),
        ("    return vec2(1.0);", "return", ""),
        ("    float a = vec2(1.0); return a;", "vec2", "Make both sides one type"),
        ("    return sqrt(1.0, 2.0);", "sqrt", "Check the number and the types"),
        ("    return nothing(1.0);", "nothing", "Check the number and the types"),
        ("    feed = 2.0; return feed;", "feed", "use another name"),
        ("#nonsense", "", ""),
    ],
)
def test_a_mistake_is_named_by_file_line_source_and_remedy(
    context: moderngl.Context, shaders: Path, tmp_path: Path, line: str, what: str, remedy: str
) -> None:
    code = f"float rate(float state, float laplacian) {{\n{line}\n}}\n"
    made = write_model(shaders, tmp_path, "broken", code, inputs=[FEED])
    number = line_in(made, "models/broken.fs", line)
    found = complaints(context, made)
    # A missing ';' is only noticed at the next line.
    numbers = (number, number + 1)
    assert any(f"shaders/models/broken.fs:{n}: " in found[0] for n in numbers), found
    assert what in found[0]
    assert remedy in found[0]
    assert "`" in found[0]


def test_a_mistake_in_an_include_is_named_there_even_behind_a_long_macro(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    code = '#include "lib/part.glsl"\nfloat rate(float state, float laplacian) { return part(); }\n'
    made = write_model(shaders, tmp_path, "broken", code)
    part = "/* A\n   comment. */\n#define LONG(a) ( \\\n    (a) \\\n    + 1.0)\n"
    (made / "lib" / "part.glsl").write_text(part + "float part() {\n    return LONG(missing);\n}\n")
    found = complaints(context, made)  # Mesa adds that a return of an error is one, too
    assert all(complaint.startswith("shaders/lib/part.glsl:7: ") for complaint in found)
    assert "in `return LONG(missing);`" in found[0]


@pytest.mark.parametrize(
    "line",
    [
        "float feed = 0.1;",
        "uniform float feed;",
        "const float feed = 0.1;",
        "vec2 feed() { return vec2(1.0); }",
        "vec2 uv = vec2(0.5);",
    ],
)
def test_declaring_what_is_declared_already_says_what_to_do(
    context: moderngl.Context, shaders: Path, tmp_path: Path, line: str
) -> None:
    code = f"{line}\nfloat rate(float state, float laplacian) {{ return 1.0; }}\n"
    made = write_model(shaders, tmp_path, "broken", code, inputs=[FEED])
    number = line_in(made, "models/broken.fs", line)
    found = complaints(context, made)
    assert all(complaint.startswith(f"shaders/models/broken.fs:{number}: ") for complaint in found)
    assert "What INPUTS names is declared for you" in found[0]


def test_a_model_without_its_rate_hears_what_is_wanted(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    for code in ("", "vec2 rate(vec2 state, vec2 laplacian) { return state; }\n"):
        made = write_model(shaders, tmp_path, "broken", code)
        found = complaints(context, made)
        assert any("A model has rate(state, laplacian)" in complaint for complaint in found), found


def test_a_bracket_left_open_points_at_the_file_that_left_it_open(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    code = "float rate(float state, float laplacian) {\n    return 1.0;\n"
    found = complaints(context, write_model(shaders, tmp_path, "broken", code))
    assert "does shaders/models/broken.fs close all it opens?" in found[0]


@pytest.mark.parametrize(
    "code",
    [
        "float rate(float state, float laplacian) { vec2 uv = vec2(state); return uv.x; }",
        "float at(vec2 uv) { return uv.x; }\nfloat rate(float s, float l) { return at(uv); }",
        "float rate(float state, float laplacian) { vec2 uv = uv * 2.0; return uv.y; }",
        "struct Place { vec2 uv; };\nfloat rate(float s, float l) { return Place(uv).uv.x; }",
        "precision mediump float;\nfloat rate(float s, float l) { return s; }",
        "#define PI 3.14\n#ifndef PI\n#error\n#endif\nfloat rate(float s, float l) { return PI; }",
        "float rate(float s, float l) { return isf_FragNormCoord.x + vv_FragNormCoord.y; }",
    ],
)
@pytest.mark.parametrize("mapped", [(), ("feed",)])
def test_what_shaders_commonly_do_compiles(
    context: moderngl.Context, shaders: Path, tmp_path: Path, code: str, mapped: tuple[str, ...]
) -> None:
    compile_model(context, write_model(shaders, tmp_path, "broken", code, inputs=[FEED]), mapped)


@pytest.mark.parametrize("inputs", [[], [FEED]])
def test_a_picture_with_or_without_inputs_compiles(
    context: moderngl.Context, tmp_path: Path, inputs: list[dict[str, object]]
) -> None:
    path = tmp_path / "shaders" / "looks" / "plain.fs"
    path.parent.mkdir(parents=True)
    header = str(inputs).replace("'", '"')
    path.write_text(f'/*{{"INPUTS": {header}}}*/\nvoid main() {{ colour = vec4(uv, 0.0, 1.0); }}\n')
    shaders = tmp_path / "shaders"
    source = resolve_includes(read_shader(path, name_path(path, shaders)), shaders)
    fields = block_fields(source.parameters)
    Program(context, source, shaders, head="out vec4 colour;\n", fields=fields).release()


def test_every_model_compiles_with_every_float_mapped(
    context: moderngl.Context, shaders: Path
) -> None:
    for path in sorted((shaders / "models").glob("*.fs")):
        model = read_model(path, shaders)
        code = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        floats = [p.name for p in model.parameters if p.kind == "float"]
        names = [name for name in floats if re.search(rf"\b{name}\b", code)]
        make_program(context, model, shaders, driven(tuple(names))).release()


def test_our_shaders_convert_nothing_silently(shaders: Path) -> None:
    # NVIDIA and Mesa differ on what `float x = 1;` may do; ours never ask.
    silent = re.compile(r"\b(float|vec[234])\s+\w+\s*=\s*-?\d+\s*;")
    for path in sorted([*shaders.rglob("*.fs"), *shaders.rglob("*.glsl")]):
        code = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        assert not silent.search(code), path.name


def test_a_call_that_fits_no_overload_is_one_complaint_not_one_for_each_that_there_is(
    context: moderngl.Context, shaders: Path, tmp_path: Path
) -> None:
    code = "float rate(float state, float laplacian) { return mix(state, laplacian, vec3(1.0)); }\n"
    found = complaints(context, write_model(shaders, tmp_path, "broken", code))
    assert 1 <= len(found) <= 2 and "mix" in found[0]
