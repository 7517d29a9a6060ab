"""What is exported runs through the host as any other's file, and is alive there."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest

from engine.assets import find_assets
from engine.commands.export_isf import export
from engine.errors import MorphogenError
from engine.gpu.isf.export.formula import to_glsl
from engine.gpu.isf.isf_file import read_isf
from engine.gpu.shelf import Shelf
from engine.library import Library, read_library
from tests.isf_host import draw, running

SIZE = (96, 64)


@pytest.fixture(scope="module")
def library(repository: Path) -> Library:
    return read_library(find_assets(repository))


@pytest.mark.parametrize(
    "name", ["gray_scott", "schnakenberg", "cahn_hilliard", "schroedinger", "oregonator", "kpz"]
)
def test_an_exported_model_grows_a_pattern_that_moves(
    context: moderngl.Context, shaders: Path, library: Library, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"{name}.fs"
    export(library, name, path)
    file = read_isf(path, shaders)
    assert (file.kind, file.shader.ours) == ("generator", False)
    assert "#include" not in path.read_text() and path.read_text().isascii()
    with running(context, path, shaders, SIZE) as run:
        pictures = [draw(context, run, size=SIZE)[..., :3] for _ in range(24)]
        values = [c for p in pictures for c in (p.min(), p.max())]
        assert np.isfinite(values).all()
        assert pictures[-1].std() > 0.02
        assert np.abs(pictures[-1] - pictures[-12]).mean() > 1e-4
        anew = draw(context, run, {"reset": 1.0}, size=SIZE)[..., :3]
        assert np.abs(anew - pictures[-1]).mean() > 1e-3


def test_an_exported_look_draws_what_lies_under_it(
    context: moderngl.Context, shaders: Path, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "relief.fs"
    export(library, "relief", path)
    assert read_isf(path, shaders).kind == "effect"
    ramp = np.ones((SIZE[1], SIZE[0], 4), np.float32)
    ramp[..., :3] = (np.indices(SIZE[::-1])[1] / SIZE[0])[..., None] ** 2.2
    with running(context, path, shaders, SIZE) as run:
        for _ in range(2):
            drawn = draw(context, run, images={"inputImage": ramp}, size=SIZE)
    assert drawn[32, 80, :3].sum() > 2 * drawn[32, 8, :3].sum() > 0.0


def test_every_look_and_rate_model_can_be_exported_and_compiles(
    context: moderngl.Context, shaders: Path, library: Library, tmp_path: Path
) -> None:
    shelf = Shelf(context, shaders)
    refused = set()
    for name in (*library.catalogue.models, *library.catalogue.looks):
        path = tmp_path / f"{name}.fs"
        try:
            export(library, name, path)
        except MorphogenError as error:
            assert "cannot be exported: " in str(error)
            refused.add(name)
        else:
            shelf.isf(read_isf(path, shaders).as_effect())
    shelf.release()
    models = library.catalogue.models.values()
    assert refused - {"crystal"} == {m.id for m in models if m.passes or m.agents}


@pytest.mark.parametrize(
    "text,glsl",
    [
        ("2 * x + 1", "((2.0 * float(x)) + 1.0)"),
        ("x ^ 2", "pow(float(x), 2.0)"),
        ("max(a, b, 3)", "max(max(float(a), float(b)), 3.0)"),
        ("a if b > 1 else -c", "((float(b) > 1.0) ? float(a) : (-float(c)))"),
    ],
)
def test_a_formula_is_the_same_in_glsl(text: str, glsl: str) -> None:
    assert to_glsl(text) == glsl


def test_a_formula_without_a_word_in_glsl_is_refused() -> None:
    with pytest.raises(ValueError, match="no word"):
        to_glsl("round(x)")
