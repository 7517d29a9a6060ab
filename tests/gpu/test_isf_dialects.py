"""ISF files that speak as other hosts let them: one small file of ours for each way of it."""

from __future__ import annotations

from pathlib import Path

import moderngl
import pytest

from engine.errors import MorphogenError
from engine.gpu.isf.isf_file import read_isf
from tests.isf_host import FILES, SIZE, draw, running, solid, to_light


def first_colour(context: moderngl.Context, shaders: Path, name: str) -> list[float]:
    with running(context, FILES / f"{name}.fs", shaders) as run:
        return [float(value) for value in draw(context, run)[3, 4, :3]]


def in_light(*sent: float) -> object:
    return pytest.approx([to_light(value) for value in sent], abs=2e-4)


def test_names_that_are_words_of_glsl_by_now_are_still_names(
    context: moderngl.Context, shaders: Path
) -> None:
    images = {"texture": solid(to_light(0.5)), "buffer": solid(to_light(0.75))}
    with running(context, FILES / "words.fs", shaders) as run:
        seen = draw(context, run, {"input": 1.0}, images=images)[3, 4, :3]
    assert list(seen) == pytest.approx([to_light(v) for v in (0.5, 0.5, 0.75)], abs=4e-3)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("functions", (0.25, 0.75, 0.5)),
        ("drivers", (1.0, 4.5 / SIZE[0], 0.5)),
        ("own_output", (0.25, 0.5, 0.75)),
        ("fragment_data", (0.25, 0.5, 0.75)),
    ],
)
def test_a_file_in_another_dialect_draws_what_it_says(
    context: moderngl.Context, shaders: Path, name: str, sent: tuple[float, ...]
) -> None:
    assert first_colour(context, shaders, name) == in_light(*sent)


def test_a_header_may_have_comments_nulls_bare_points_and_small_letters(
    context: moderngl.Context, shaders: Path
) -> None:
    path = FILES / "lax.fs"
    effect = read_isf(path, shaders).as_effect()
    assert effect.title == "lax"
    assert [p.label for p in effect.parameters] == ["low", "many", "kind"]
    assert effect.parameters[2].choices == ("Still", "Moving")
    with running(context, path, shaders) as run:
        reds = [float(draw(context, run)[3, 4, 0]) for _ in range(2)]
        assert reds == in_light(0.2, 0.4)
        assert list(draw(context, run)[3, 4, 1:3]) == in_light(0.5, 0.5)


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("no_vertex", 8, "'left_coord' comes from a vertex shader"),
        ("material", 3, "a material of MadMapper"),
    ],
)
def test_what_cannot_be_drawn_says_why_and_where(
    shaders: Path, name: str, line: int, words: str
) -> None:
    with pytest.raises(MorphogenError) as raised:
        read_isf(FILES / f"{name}.fs", shaders)
    (complaint,) = raised.value.complaints
    assert f"{name}.fs:{line}" in complaint.where and words in complaint.what


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ('{"INPUTS": [{"NAME": "TIME", "TYPE": "float"}]}*/', "'TIME' is told to every shader"),
        ('{"INPUTS": [], "IMPORTED": {"p": {"PATH": "data:image/png;base64,AA"}}}*/', "written"),
        ('{"INPUTS": [], "IMPORTED": {"p": {"PATH": "%s"}}}*/' % ("a" * 9000), "too long"),
        ('{"INPUTS": [] }', "the header has no end"),
    ],
)
def test_what_no_host_could_read_is_one_complaint(
    tmp_path: Path, shaders: Path, header: str, words: str
) -> None:
    path = tmp_path / "odd.fs"
    path.write_text(f"/*{header}\nvoid main() {{ gl_FragColor = vec4(1.0); }}\n")
    with pytest.raises(MorphogenError) as raised:
        read_isf(path, shaders)
    (complaint,) = raised.value.complaints
    assert words in complaint.what and ":1" in complaint.where
