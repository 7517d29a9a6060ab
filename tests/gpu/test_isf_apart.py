"""Without a GPU each pass of an ISF file is a program of its own: it draws what all in one do."""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.gpu import shelf as shelves
from engine.gpu.isf.isf_file import read_isf
from engine.gpu.isf.run import Clock, IsfRun
from engine.gpu.pool import make_picture, release_picture
from engine.gpu.shelf import Shelf
from tests.isf_host import FILES

SIZE = 64, 36
SHADERS = Path(__file__).parents[2] / "shaders"
FRAMES = 3


def files_of_several_passes() -> list[Path]:
    shipped = (SHADERS / folder for folder in ("effects", "transitions", "generators"))
    paths = [path for folder in (*shipped, FILES) for path in sorted(folder.glob("*.fs"))]
    return [path for path in paths if '"PASSES"' in path.read_text(encoding="utf-8")]


def draw_frames(context: moderngl.Context, shaders: Path, path: Path) -> NDArray[np.float32]:
    shelf = Shelf(context, shaders)
    run = IsfRun(context, shelf, read_isf(path, shaders).as_effect(), SIZE)
    noise = np.random.default_rng(7).random((SIZE[1], SIZE[0], 4)).astype("f4")
    image = context.texture(SIZE, 4, noise.tobytes(), dtype="f4")
    target = make_picture(context, SIZE)
    for _ in range(FRAMES):
        run.draw({}, {}, target, Clock(0.04), other=image)
    drawn = np.frombuffer(target.read(components=4, dtype="f4"), "f4").reshape(noise.shape)
    for part in (run, shelf, image):
        part.release()
    release_picture(target)
    return drawn


@pytest.mark.parametrize("path", files_of_several_passes(), ids=lambda path: path.stem)
def test_passes_apart_draw_what_they_draw_together(
    path: Path, context: moderngl.Context, shaders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    for software in (True, False):
        monkeypatch.setattr(shelves, "is_software", lambda _, software=software: software)
        drawn.append(draw_frames(context, shaders, path))
    apart, together = drawn
    assert np.allclose(apart, together, atol=2e-3), float(np.abs(apart - together).max())


def test_without_a_gpu_a_file_of_several_passes_is_as_many_programs(
    context: moderngl.Context, shaders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = SHADERS / "effects" / "bloom.fs"
    compiled = []
    for software in (True, False):
        monkeypatch.setattr(shelves, "is_software", lambda _, software=software: software)
        shelf = Shelf(context, shaders)
        program = shelf.isf(read_isf(path, shaders).as_effect())
        compiled.append((program.count, len(program.file.passes)))
        shelf.release()
    assert compiled == [(10, 10), (1, 10)]
