"""Driver logs in three dialects become the same complaints; other vendors' as text samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.gpu.compile_errors import explain_log
from engine.gpu.source import Place

# The compiled text: two generated lines, five of the shader, three of an include, one generated.
UNDECLARED = {
    "mesa": "GLSL Compiler failed\n\nfragment_shader\n===============\n"
    "0:6(12): error: `fede' undeclared\n",
    "nvidia": '0(6) : error C1503: undefined variable "fede"\n',
    "amd": "ERROR: 0:6: error(#143) Undeclared identifier: fede\n"
    "ERROR: error(#273) 1 compilation errors.  No code generated\n",
    "intel": "ERROR: 0:6: 'fede' : undeclared identifier \n",
    "macos": "ERROR: 0:6: Use of undeclared identifier 'fede'\n",
}
SYNTAX = {
    "mesa": "0:9(1): error: syntax error, unexpected '}', expecting ',' or ';'",
    "nvidia": "0(9) : error C0000: syntax error, unexpected '}', expecting ',' or ';' at token '}'",
    "amd": 'ERROR: 0:9: error(#132) Syntax error: "}" parse error',
    "intel": "ERROR: 0:9: '}' : syntax error syntax error",
    "macos": "ERROR: 0:9: '}' : syntax error: syntax error",
}
TYPES = {
    "mesa": "0:5(20): error: initializer of type vec2 cannot be assigned to variable of type float",
    "nvidia": '0(5) : error C7011: implicit cast from "vec2" to "float" cannot convert',
    "amd": 'ERROR: 0:5: error(#160) Cannot convert from: "vec2" to: "float"',
    "intel": "ERROR: 0:5: '=' : cannot convert from '2-component vector of float' to 'float'",
    "macos": "ERROR: 0:5: Incompatible types (float and vec2) in initialization: can't convert",
}
AGAIN = {
    "mesa": "0:4(7): error: `feed' redeclared",
    "nvidia": '0(4) : error C1038: declaration of "feed" conflicts with previous: already declared',
    "amd": "ERROR: 0:4: error(#167) Redefinition: feed",
    "intel": "ERROR: 0:4: 'feed' : redefinition ",
    "macos": "ERROR: 0:4: Redefinition of 'feed'",
}


@pytest.fixture
def places(tmp_path: Path) -> list[Place]:
    models = tmp_path / "shaders" / "models"
    models.mkdir(parents=True)
    (tmp_path / "shaders" / "lib").mkdir()
    shader, include = models / "some.fs", tmp_path / "shaders" / "lib" / "part.glsl"
    shader.write_text("/*{}*/\n// body\nfloat feed;\nfloat a = vec2(1.0);\nfloat b = fede;\n\n")
    include.write_text("float part() {\n}\n")
    generated: list[Place] = [(None, 1), (None, 2)]
    of_shader: list[Place] = [(shader, line) for line in range(2, 7)]
    of_include: list[Place] = [(include, line) for line in range(1, 4)]
    return [*generated, *of_shader, *of_include]


def explain(log: str, places: list[Place], shaders: Path) -> list[str]:
    return [str(complaint) for complaint in explain_log(log, places, shaders)]


@pytest.mark.parametrize("dialect", UNDECLARED)
def test_an_unknown_name_is_found_in_every_dialect(
    places: list[Place], tmp_path: Path, dialect: str
) -> None:
    (found,) = explain(UNDECLARED[dialect], places, tmp_path / "shaders")
    assert found.startswith("shaders/models/some.fs:5: ")
    assert "fede" in found
    assert "in `float b = fede;`" in found
    assert found.endswith("Declare it, or add it to INPUTS.")


@pytest.mark.parametrize("dialect", SYNTAX)
def test_a_syntax_error_in_an_include_is_found_in_every_dialect(
    places: list[Place], tmp_path: Path, dialect: str
) -> None:
    (found,) = explain(SYNTAX[dialect], places, tmp_path / "shaders")
    assert found.startswith("shaders/lib/part.glsl:2: ")
    assert "in `}`" in found
    assert "missing ';' or bracket" in found


@pytest.mark.parametrize("dialect", TYPES)
def test_a_wrong_type_is_found_in_every_dialect(
    places: list[Place], tmp_path: Path, dialect: str
) -> None:
    (found,) = explain(TYPES[dialect], places, tmp_path / "shaders")
    assert found.startswith("shaders/models/some.fs:4: ")
    assert found.endswith("Make both sides one type: 1.0, not 1.")


@pytest.mark.parametrize("dialect", AGAIN)
def test_declaring_an_input_again_is_explained_in_every_dialect(
    places: list[Place], tmp_path: Path, dialect: str
) -> None:
    (found,) = explain(AGAIN[dialect], places, tmp_path / "shaders")
    assert found.startswith("shaders/models/some.fs:3: ")
    assert "What INPUTS names is declared for you" in found


def test_warnings_and_repeats_are_left_out(places: list[Place], tmp_path: Path) -> None:
    log = (
        "0:5(1): warning: `a' used uninitialized\n"
        '0(5) : warning C7050: "a" might be used before being initialized\n'
        "WARNING: 0:5: extension not supported\n"
        "0:6(12): error: `fede' undeclared\n"
        "0:6(12): error: `fede' undeclared\n"
        "0:4(7): error: `feed' redeclared\n"
    )
    found = explain(log, places, tmp_path / "shaders")
    assert [complaint.split(": ")[0] for complaint in found] == [
        "shaders/models/some.fs:5",
        "shaders/models/some.fs:3",
    ]


def test_a_line_of_ours_is_generated_code(places: list[Place], tmp_path: Path) -> None:
    found = explain("0:2(1): error: something\n0:99(1): error: other", places, tmp_path / "shaders")
    assert found == ["generated code:2: something", "generated code:99: other"]


def test_an_unknown_dialect_comes_back_whole(places: list[Place], tmp_path: Path) -> None:
    log = "shader.cl, near 6\n  fede? never heard of it.\n"
    found = explain(log, places, tmp_path / "shaders")
    assert found == ["shaders/models/some.fs: shader.cl, near 6 fede? never heard of it."]


def test_a_file_that_is_gone_still_gives_its_line(places: list[Place], tmp_path: Path) -> None:
    (tmp_path / "shaders/models/some.fs").unlink()
    (found,) = explain(UNDECLARED["mesa"], places, tmp_path / "shaders")
    assert found == "shaders/models/some.fs:5: `fede' undeclared. Declare it, or add it to INPUTS."
