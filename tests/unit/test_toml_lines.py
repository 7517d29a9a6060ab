"""Lines of keys in TOML texts, checked against texts whose lines are counted by eye."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from engine.errors import MorphogenError
from engine.toml_lines import index_lines, line_of, read_toml

TEXT = '''# seed = "not me"
title = "Coral # still the title"
about = """
[seed]
count = 3
"""
model.name = "gray_scott"

[seed]   # the start
kind = 'spots'
"odd key" = 1
count = 12

[[layer]]
look = "relief"
[layer.map]
gain = 2

[[layer]]
look = "flat"
macros = [
    # first
    { name = "a]", to = ["x",
                         "y"] },
    { name = "b" },
]
[layer.map]
gain = 3
when = 1979-05-27 07:32:00
after = { deep.er = [[1, 2], [3,
  4]] }
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("about",), 3),
        (("model",), 7),
        (("model", "name"), 7),
        (("seed",), 9),
        (("seed", "kind"), 10),
        (("seed", "odd key"), 11),
        (("seed", "count"), 12),
        (("layer", 0, "look"), 15),
        (("layer", 0, "map", "gain"), 17),
        (("layer", 1), 19),
        (("layer", 1, "look"), 20),
        (("layer", 1, "macros", 0, "to", 1), 24),
        (("layer", 1, "macros", 1, "name"), 25),
        (("layer", 1, "map", "gain"), 28),
        (("layer", 1, "map", "when"), 29),
        (("layer", 1, "map", "after", "deep", "er", 1, 1), 31),
    ],
)
def test_a_key_is_found_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(TEXT, path) == line
    assert line_of(TEXT.replace("\n", "\r\n"), path) == line


def test_a_missing_key_is_blamed_on_its_table() -> None:
    assert line_of(TEXT, ("seed", "radius")) == 9
    assert line_of(TEXT, ("layer", 1, "palette")) == 19
    assert line_of(TEXT, ("nothing",)) == 1


def paths_of(value: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    pairs: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    return {p for key, v in pairs for p in {(*path, key), *paths_of(v, (*path, key))}}


def test_every_path_that_tomllib_reads_has_a_line_and_no_other_has() -> None:
    assert set(index_lines(TEXT)) == paths_of(tomllib.loads(TEXT))


def test_broken_text_still_comes_back() -> None:
    for broken in ("= 3", "[[", "a = [1, {", "a = {b", "]", 'a = "x', "[a]]\n]"):
        assert line_of(broken, ("a",)) >= 1


def test_broken_toml_names_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text('title = "x"\nstops = [1, 2\nkind = 3\n')
    with pytest.raises(MorphogenError, match=r"bad\.toml:3: not TOML"):
        read_toml(file)
    file.write_text('title = "x"\nstops = [1, 2\n\n')
    with pytest.raises(MorphogenError, match=r"bad\.toml:2: not TOML"):
        read_toml(file)
    file.write_bytes(b"title = '\xff'\n")
    with pytest.raises(MorphogenError, match="not UTF-8"):
        read_toml(file)
    with pytest.raises(MorphogenError, match="no such file"):
        read_toml(tmp_path / "none.toml")
