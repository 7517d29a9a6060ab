"""ISF headers: what is read, what is forgiven, and every mistake at once with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import MorphogenError
from engine.gpu.isf.shader_file import ShaderFile, parse_shader, read_shader
from engine.show.parameter import Parameter

WHERE = "shaders/looks/some.fs"


def parse(text: str) -> ShaderFile:
    return parse_shader(text, Path("some.fs"), WHERE)


def parse_inputs(*inputs: dict[str, Any], **keys: Any) -> tuple[Parameter, ...]:
    header = {"ISFVSN": "2", "INPUTS": list(inputs), **keys}
    return parse(f"/*{json.dumps(header)}*/\nvoid main() {{}}\n").parameters


def complaints(text: str) -> list[str]:
    with pytest.raises(MorphogenError) as caught:
        parse(text)
    return [str(complaint) for complaint in caught.value.complaints]


def input_complaints(*inputs: Any, **keys: Any) -> list[str]:
    header = {"ISFVSN": "2", "INPUTS": list(inputs), "MORPHOGEN": {}, **keys}
    return complaints(f"/*{json.dumps(header)}*/")


def test_a_file_is_read_from_its_header_to_its_body(tmp_path: Path) -> None:
    path = tmp_path / "glow.fs"
    path.write_text('/*{"DESCRIPTION": "Glow", "CREDIT": "me"\n}*/\nvoid main() {}\n')
    shader = read_shader(path, "glow.fs")
    assert (shader.name, shader.description) == ("glow", "Glow")
    assert (shader.body, shader.body_line) == ("\nvoid main() {}\n", 2)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"/*{}"])
def test_a_file_that_cannot_be_read_is_one_complaint(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "broken.fs"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(MorphogenError, match=r"^broken\.fs"):
        read_shader(path, "broken.fs")


def test_types_have_the_defaults_of_the_specification() -> None:
    found = parse_inputs(
        {"NAME": "a", "TYPE": "float"},
        {"NAME": "b", "TYPE": "bool", "DEFAULT": True},
        {"NAME": "c", "TYPE": "event"},
        {"NAME": "d", "TYPE": "point2D"},
        {"NAME": "e", "TYPE": "color"},
        {"NAME": "f", "TYPE": "long", "VALUES": [0, 1, 2], "LABELS": ["x", "y", "z"], "DEFAULT": 1},
        {"NAME": "g", "TYPE": "long", "MIN": 2, "MAX": 9},
        {"NAME": "h", "TYPE": "float", "MIN": 1, "MAX": 3},
    )
    by_name = {p.name: (p.kind, p.default, p.minimum, p.maximum) for p in found}
    assert by_name == {
        "a": ("float", (0.0,), (0.0,), (1.0,)),
        "b": ("bool", (1.0,), (0.0,), (1.0,)),
        "c": ("event", (0.0,), (0.0,), (1.0,)),
        "d": ("point", (0.0, 0.0), (0.0, 0.0), (1.0, 1.0)),
        "e": ("colour", (0.0, 0.0, 0.0, 1.0), (0.0,) * 4, (1.0,) * 4),
        "f": ("int", (1.0,), (0.0,), (2.0,)),
        "g": ("int", (2.0,), (2.0,), (9.0,)),
        "h": ("float", (1.0,), (1.0,), (3.0,)),
    }
    assert found[5].choices == ("x", "y", "z")


def test_what_community_files_do_is_forgiven() -> None:
    found = parse_inputs(
        {"NAME": "a", "TYPE": "bool", "DEFAULT": "true"},
        {"NAME": "b", "TYPE": "bool", "DEFAULT": 1},
        {"NAME": "c", "TYPE": "float", "MIN": "0.5", "MAX": "2", "DEFAULT": "1.5"},
        {"NAME": "d", "TYPE": "float", "MIN": 2, "MAX": 0, "DEFAULT": 1},
        {"NAME": "e", "TYPE": "color", "DEFAULT": [1, 0, 0]},
        {"NAME": "f", "TYPE": "float", "DEFAULT": 5},
        {"NAME": "g", "TYPE": "long", "VALUES": [1, 4, 8], "LABELS": ["a", "b", "c"], "DEFAULT": 4},
        {"NAME": "rate", "TYPE": "float"},
        {"NAME": "h", "TYPE": "point2D", "DEFAULT": [320, 240]},
    )
    by_name = {p.name: p for p in found}
    assert by_name["a"].default == by_name["b"].default == (1.0,)
    assert by_name["c"].default == (1.5,)
    assert (by_name["d"].minimum, by_name["d"].maximum) == ((2.0,), (0.0,))
    assert by_name["e"].default == (1.0, 0.0, 0.0, 1.0)
    assert by_name["f"].maximum == (5.0,)
    assert (by_name["g"].values, by_name["g"].default) == ((1.0, 4.0, 8.0), (4.0,))
    assert by_name["h"].maximum == (320.0, 240.0)


COMMUNITY = """
/*{
\t"ISFVSN": "2",
\t"DESCRIPTION": "Edge\tblur",
\t"CREDIT": "somebody",
\t"CATEGORIES": ["Blur",],
\t"TAGS": "only some hosts know these",
\t"INPUTS": [
\t\t{"NAME": "inputImage", "TYPE": "image"},
\t\t{"NAME": "spectrum", "TYPE": "audioFFT", "MAX": 64},
\t\t{"NAME": "amount", "TYPE": "float", "MIN": 0.0, "MAX": 12.0, "DEFAULT": 4.0, "IDENTITY": 0.0,},
\t],
\t"PASSES": [
\t\t{"TARGET": "half", "WIDTH": "floor($WIDTH/2.0)", "HEIGHT": "floor($HEIGHT/2.0)"},
\t\t{"TARGET": "last", "PERSISTENT": true, "FLOAT": true},
\t\t{}
\t]
}*/

void main() {
    gl_FragColor = IMG_THIS_PIXEL(inputImage) * amount;
}
"""


@pytest.mark.parametrize("start", ["", "\ufeff", "\ufeff\n\n"])
def test_a_community_file_with_tabs_trailing_commas_and_a_bom_parses(
    tmp_path: Path, start: str
) -> None:
    path = tmp_path / "edge.fs"
    path.write_text(start + COMMUNITY.lstrip(), encoding="utf-8")
    shader = read_shader(path, "edge.fs")
    assert shader.images == ("inputImage",)
    assert [sound.name for sound in shader.sounds] == ["spectrum"]
    assert [p.name for p in shader.parameters] == ["amount"]
    assert [entry.get("TARGET") for entry in shader.passes] == ["half", "last", None]
    line = path.read_text(encoding="utf-8").split("\n").index("}*/") + 1
    assert shader.body_line == line


def test_a_comma_in_a_text_is_no_trailing_comma() -> None:
    shader = parse('/*{"DESCRIPTION": "left, ] and right, }", "INPUTS": [],}*/')
    assert shader.description == "left, ] and right, }"


def test_every_mistake_is_found_at_once_with_its_line() -> None:
    text = """/*{
  "ISFVSN": "2",
  "INPUT": [],
  "INPUTS": [
    {"NAME": "feed", "TYPE": "flaot", "DEFAULT": 0.5},
    {"NAME": "kill", "TYPE": "float", "MIM": 0.0, "MAX": 1.0},
    {"NAME": "ink", "TYPE": "float", "MIM": 0.0, "MAX": 1.0, "DEFAULT": 2.0},
    {"NAME": "sample", "TYPE": "float"},
    {"NAME": "kill", "TYPE": "float"},
    {"NAME": "2nd", "TYPE": "float"}
  ],
  "PASSES": [{"TARGET": "a", "PERSISTANT": true}],
  "MORPHOGEN": {
    "UNITS": {"fed": "1/t"},
    "CURVES": {"kill": "log"},
    "PHASES": ["inc"]
  }
}*/"""
    found = complaints(text)
    expected = [
        (3, "'INPUT'", "INPUTS"),
        (5, "flaot", "Did you mean 'float'?"),
        (6, "'MIM'", "Did you mean 'MIN'?"),
        (7, "'MIM'", "Did you mean 'MIN'?"),
        (7, "DEFAULT", ""),
        (8, "'sample'", "another name"),
        (9, "two inputs", ""),
        (10, "2nd", ""),
        (12, "PERSISTANT", "Did you mean 'PERSISTENT'?"),
        (14, "'fed'", ""),
        (15, "'log'", "0 < MIN"),
        (16, "'inc'", "Did you mean 'ink'?"),
    ]
    for line, word, remedy in expected:
        at = [c for c in found if c.startswith(f"{WHERE}:{line}:") and word in c]
        assert len(at) == 1, (line, word, found)
        assert remedy in at[0]
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    "text,line",
    [
        ("", 1),
        ("void main() {}", 1),
        ("/* only a comment", 1),
        ("/*{\n \"INPUTS\": [\n  {'NAME': 1}\n ]}*/", 3),
        ('/*{\n\n "INPUTS": [}*/', 3),
        ("/*[1, 2]*/", 1),
        ("/*/", 1),
        ('\n/*{"ISFVSN": nope}*/', 2),
    ],
)
def test_a_header_that_is_no_json_is_one_complaint_with_a_line(text: str, line: int) -> None:
    found = complaints(text)
    assert len(found) == 1
    assert found[0].startswith(f"{WHERE}:{line}:")


@pytest.mark.parametrize(
    "entry",
    [
        "feed",
        None,
        7,
        {},
        {"NAME": 7, "TYPE": "float"},
        {"NAME": "a b", "TYPE": "float"},
        {"NAME": "gl_a", "TYPE": "float"},
        {"NAME": "a__b", "TYPE": "float"},
        {"NAME": "while", "TYPE": "float"},
        {"NAME": "a"},
        {"NAME": "a", "TYPE": ["float"]},
        {"NAME": "a", "TYPE": "float", "MIN": "low"},
        {"NAME": "a", "TYPE": "float", "MIN": None},
        {"NAME": "a", "TYPE": "float", "MAX": {}},
        {"NAME": "a", "TYPE": "float", "MAX": "nan"},
        {"NAME": "a", "TYPE": "float", "DEFAULT": [1, 2]},
        {"NAME": "a", "TYPE": "color", "DEFAULT": [1, 2]},
        {"NAME": "a", "TYPE": "color", "DEFAULT": [2, 0, 0, 1], "MIN": [0] * 4, "MAX": [1] * 4},
        {"NAME": "a", "TYPE": "long", "VALUES": []},
        {"NAME": "a", "TYPE": "long", "VALUES": 3},
        {"NAME": "a", "TYPE": "long", "VALUES": ["x"]},
        {"NAME": "a", "TYPE": "long", "VALUES": [1, 2], "LABELS": ["one"]},
        {"NAME": "a", "TYPE": "long", "VALUES": [1, 2], "LABELS": 7},
        {"NAME": "a", "TYPE": "long", "VALUES": [1, 4], "DEFAULT": 3},
    ],
)
def test_a_wrong_input_is_a_complaint_not_a_crash(entry: Any) -> None:
    found = input_complaints(entry)
    assert len(found) == 1 and found[0].startswith(WHERE)


@pytest.mark.parametrize(
    "keys",
    [
        {"INPUTS": {}},
        {"PASSES": {}},
        {"PASSES": [1]},
        {"MORPHOGEN": []},
        {"MORPHOGEN": {"UNITS": []}},
        {"MORPHOGEN": {"CURVES": 3}},
        {"MORPHOGEN": {"PHASES": {"a": 1}}},
        {"MORPHOGEN": {"PHASES": [["a"]]}},
        {"MORPHOGEN": {"CURVES": {"a": ["log"]}}},
    ],
)
def test_a_key_of_the_wrong_shape_is_a_complaint_not_a_crash(keys: dict[str, Any]) -> None:
    header = {"INPUTS": [{"NAME": "a", "TYPE": "float"}], "MORPHOGEN": {}, **keys}
    assert complaints(f"/*{json.dumps(header)}*/")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(number: str) -> None:
    entry = f'{{"NAME": "a", "TYPE": "float", "MAX": {number}}}'
    assert complaints(f'/*{{"INPUTS": [{entry}]}}*/')


def test_our_own_keys_give_units_curves_and_phases() -> None:
    (found,) = parse_inputs(
        {"NAME": "pace", "TYPE": "float", "MIN": 0.1, "MAX": 10, "DEFAULT": 1, "LABEL": "Pace"},
        MORPHOGEN={"UNITS": {"pace": "turns/s"}, "CURVES": {"pace": "log"}, "PHASES": ["pace"]},
    )
    assert (found.unit, found.curve, found.phase, found.label) == ("turns/s", "log", True, "Pace")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)
KEYS = st.sampled_from(["NAME", "TYPE", "MIN", "MAX", "DEFAULT", "VALUES", "LABELS", "LABEL"])
TYPES = st.sampled_from(["float", "long", "bool", "event", "point2D", "color", "image"])
INPUT = st.builds(
    lambda kind, rest: {"NAME": "some", "TYPE": kind, **rest}, TYPES, st.dictionaries(KEYS, JSON)
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["INPUTS", "PASSES", "MORPHOGEN", "ISFVSN", "DESCRIPTION"]),
        JSON | st.lists(INPUT | JSON, max_size=3),
    )
)
def test_no_header_whatever_crashes_the_parser(header: dict[str, Any]) -> None:
    text = f"/*{json.dumps(header)}*/"
    try:
        parse(text)
    except MorphogenError as error:
        assert error.complaints


@pytest.mark.parametrize("kind", ["model", "look", "pass"])
def test_what_our_kinds_do_not_play_is_refused_with_its_line_and_a_remedy(kind: str) -> None:
    text = f"""/*{{
  "INPUTS": [
    {{"NAME": "mask", "TYPE": "image"}}
  ],
  "IMPORTED": {{"grain": {{"PATH": "grain.png"}}}},
  "PASSES": [{{"TARGET": "first"}}, {{}}],
  "MORPHOGEN": {{"KIND": "{kind}"}}
}}*/
void main() {{}}
"""
    with pytest.raises(MorphogenError) as caught:
        parse_shader(text, Path("some.fs"), "some.fs")
    assert sorted(c.where for c in caught.value.complaints) == [
        "some.fs:3",
        "some.fs:5",
        "some.fs:6",
    ]
    assert all(c.remedy for c in caught.value.complaints)


def test_one_plain_pass_is_what_every_shader_is_drawn_in() -> None:
    text = '/*{"INPUTS": [], "PASSES": [{}], "MORPHOGEN": {"KIND": "look"}}*/ void main() {}'
    assert parse_shader(text, Path("some.fs"), "some.fs").passes == ({},)


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 100_000], ids=["long", "deep"])
def test_a_header_beyond_what_json_can_hold_is_a_complaint_not_a_crash(value: str) -> None:
    said = complaints(f'/*{{"ISFVSN": "2", "LIMIT": {value}}}*/\nvoid main() {{}}\n')
    assert len(said) == 1 and "header" in said[0]
