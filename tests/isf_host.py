"""What tests of the ISF host share: a file run for some frames, its last picture read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import moderngl
import numpy as np
from numpy.typing import NDArray

from engine.gpu.isf.isf_file import read_isf
from engine.gpu.isf.run import Clock, IsfRun
from engine.gpu.shelf import Shelf

FILES = Path(__file__).parent / "isf"
SIZE = (8, 6)
Picture = NDArray[np.float32]


@contextmanager
def running(
    context: moderngl.Context, path: Path, shaders: Path, size: tuple[int, int] = SIZE
) -> Iterator[IsfRun]:
    """One file, ready to draw."""
    shelf = Shelf(context, shaders)
    run = None
    try:
        run = IsfRun(context, shelf, read_isf(path, shaders).as_effect(), size)
        yield run
    finally:
        if run:
            run.release()
        shelf.release()


def draw(
    context: moderngl.Context,
    run: IsfRun,
    values: Mapping[str, float | Sequence[float]] | None = None,
    *,
    images: Mapping[str, Picture] | None = None,
    size: tuple[int, int] = SIZE,
    clock: Clock | None = None,
    **options: Any,
) -> Picture:
    """One frame: (rows, columns, 4) in linear light, row 0 at the bottom."""
    texture = context.texture(size, 4, dtype="f4")
    target = context.framebuffer([texture])
    given = {name: upload(context, picture) for name, picture in (images or {}).items()}
    run.draw(values or {}, given, target, clock or Clock(0.1), **options)
    picture = np.frombuffer(target.read(components=4, dtype="f4"), np.float32)
    for part in (target, texture, *given.values()):
        part.release()
    return picture.reshape(size[1], size[0], 4)


def solid(light: float) -> Picture:
    """A grey picture, opaque."""
    picture = np.full((SIZE[1], SIZE[0], 4), light, np.float32)
    picture[..., 3] = 1.0
    return picture


def upload(context: moderngl.Context, picture: Picture) -> moderngl.Texture:
    """A picture (rows, columns, 4) as a texture."""
    rows, columns, _ = picture.shape
    return context.texture((columns, rows), 4, picture.astype("f4").tobytes(), dtype="f4")


def to_light(sent: float) -> float:
    """What a value that a screen is sent is in linear light: IEC 61966-2-1."""
    return sent / 12.92 if sent <= 0.04045 else ((sent + 0.055) / 1.055) ** 2.4
