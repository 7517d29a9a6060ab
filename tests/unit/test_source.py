"""Includes: each once, from the shaders folder only; every line still knows where it is from."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import MorphogenError
from engine.gpu.isf.shader_file import read_shader
from engine.gpu.program import join_lines
from engine.gpu.source import Source, name_path, resolve_includes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shaders"
    (made / "lib").mkdir(parents=True)
    (made / "looks").mkdir()
    return made


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def join(folder: Path, body: str, after: tuple[str, ...] = ()) -> Source:
    path = write(folder, "looks/some.fs", f'/*{{"ISFVSN": "2"}}*/\n{body}')
    return resolve_includes(read_shader(path, name_path(path, folder)), folder, after)


def complaints(folder: Path, body: str) -> list[str]:
    with pytest.raises(MorphogenError) as caught:
        join(folder, body)
    return [str(complaint) for complaint in caught.value.complaints]


def lines_of(source: Source) -> list[tuple[str, str, int]]:
    """(text, file, line) of every line that is not empty."""
    lines = source.text.split("\n")
    assert len(lines) == len(source.places)
    return [
        (line, path.name if path else "", number)
        for line, (path, number) in zip(lines, source.places, strict=True)
        if line.strip()
    ]


def test_an_include_takes_the_place_of_its_line(folder: Path) -> None:
    write(folder, "lib/one.glsl", "float one() {\n    return 1.0;\n}")
    source = join(folder, 'float a;\n#include "lib/one.glsl"\nfloat b;')
    assert lines_of(source) == [
        ("float a;", "some.fs", 2),
        ("float one() {", "one.glsl", 1),
        ("    return 1.0;", "one.glsl", 2),
        ("}", "one.glsl", 3),
        ("float b;", "some.fs", 4),
    ]
    assert [path.name for path in source.files] == ["some.fs", "one.glsl"]


def test_every_line_of_the_text_is_the_line_it_says_it_is(folder: Path, shaders: Path) -> None:
    for path in sorted((shaders / "looks").glob("*.fs")):
        source = resolve_includes(read_shader(path, path.name), shaders, ("lib/step.glsl",))
        for text, (place, number) in zip(source.text.split("\n"), source.places, strict=True):
            assert place is not None
            # The first line of a body is what is left of the line where its header ends.
            assert place.read_text(encoding="utf-8").split("\n")[number - 1].endswith(text)


def test_a_file_is_included_once_however_often_and_deep(folder: Path) -> None:
    write(folder, "lib/one.glsl", "float one;")
    write(folder, "lib/two.glsl", '#include "lib/one.glsl"\n#include "lib/two.glsl"\nfloat two;')
    body = '#include "lib/one.glsl"\n#include "lib/two.glsl"\n#include "lib/../lib/one.glsl"\n'
    found = lines_of(join(folder, body, after=("lib/two.glsl",)))
    assert [text for text, _, _ in found] == ["float one;", "float two;"]


def test_a_file_that_includes_itself_or_its_includer_ends(folder: Path) -> None:
    write(folder, "lib/ping.glsl", '#include "lib/pong.glsl"\nfloat ping;')
    write(folder, "lib/pong.glsl", '#include "lib/ping.glsl"\nfloat pong;')
    found = lines_of(join(folder, '#include "looks/some.fs"\n#include "lib/ping.glsl"\nfloat a;'))
    assert [text for text, _, _ in found] == ["float pong;", "float ping;", "float a;"]


def test_what_stands_behind_comes_last(folder: Path) -> None:
    write(folder, "lib/step.glsl", "void main() {}")
    found = lines_of(join(folder, "float rate;", after=("lib/step.glsl",)))
    assert found[-1] == ("void main() {}", "step.glsl", 1)


def test_inputs_of_an_include_are_inputs_of_the_shader(folder: Path) -> None:
    entry = '{"NAME": "glow", "TYPE": "float"}'
    write(folder, "lib/glow.glsl", f'\ufeff/* {{\n"INPUTS": [{entry}]}}*/\nfloat lit;')
    source = join(folder, '#include "lib/glow.glsl"\n')
    assert [p.name for p in source.parameters] == ["glow"]
    assert lines_of(source) == [("float lit;", "glow.glsl", 3)]


def test_an_include_in_a_comment_is_none_and_one_before_a_comment_is_one(folder: Path) -> None:
    write(folder, "lib/one.glsl", "float one;")
    body = '/* Use it so:\n#include "lib/none.glsl"\n*/\n// #include "lib/none.glsl"\n'
    found = lines_of(join(folder, body + '#include "lib/one.glsl" // for one\nfloat a;'))
    assert ("float one;", "one.glsl", 1) in found
    assert found[-1] == ("float a;", "some.fs", 7)


def test_every_bad_include_is_named_at_once_with_its_line(folder: Path) -> None:
    write(folder.parent, "secret.glsl", "float secret;")
    write(folder, "lib/bent.glsl", '/*{"INPUTS": [}*/')
    (folder / "lib/latin.glsl").write_bytes(b"// caf\xe9")
    (folder / "link.glsl").symlink_to(folder.parent / "secret.glsl")
    found = complaints(
        folder,
        '#include "lib/nothing.glsl"\n'
        '#include "../secret.glsl"\n'
        '#include "/etc/hostname"\n'
        '#include "link.glsl"\n'
        '#include "lib"\n'
        "#include <lib/nothing.glsl>\n"
        "float caf\u00e9;\n"
        "float a;\0\n"
        '#include "lib/bent.glsl"\n'
        '#include "lib/latin.glsl"\n',
    )
    expected = [
        ("shaders/looks/some.fs:2: no file 'lib/nothing.glsl'. Includes are named from"),
        ("shaders/looks/some.fs:3: '../secret.glsl' lies outside"),
        ("shaders/looks/some.fs:4: '/etc/hostname' lies outside"),
        ("shaders/looks/some.fs:5: 'link.glsl' lies outside"),
        ("shaders/looks/some.fs:6: no file 'lib'"),
        ("shaders/looks/some.fs:7: this include names no file"),
        ("shaders/looks/some.fs:8: only ASCII"),
        ("shaders/looks/some.fs:9: a control character"),
        ("shaders/lib/bent.glsl:1: header"),
        ("shaders/lib/latin.glsl: cannot be read"),
    ]
    assert len(found) == len(expected)
    for complaint, start in zip(found, expected, strict=True):
        assert complaint.startswith(start)


def test_lines_that_go_on_behind_a_backslash_are_one_and_the_rest_keep_their_numbers() -> None:
    text = "#define A 1 \\\n  + 2 \\\n  + 3\nfloat b;\n#define C 4\n"
    joined = join_lines(text).split("\n")
    assert joined[0].split() == ["#define", "A", "1", "+", "2", "+", "3"]
    assert joined[1:3] == ["", ""]
    assert joined[3:] == text.split("\n")[3:]
