"""Golden pictures: how they are painted, kept and compared.

Made by llvmpipe, Mesa's renderer on the processor, and compared on llvmpipe only. Measured here: the
same to the bit with vectors of 128 and of 256 bits and without fused multiply-add; on SSE2 alone
single pixels differ (the worst scene: mean 0.5, 98 % within 3, of 255), for patterns amplify the last
bit. Each picture tells in its PNG which renderer made it, so:

- the very renderer: mean difference at most 1/255, 99.9 % of the values within 3/255;
- another Mesa or processor: the structure. Both are shrunk to means of 6 x 6 pixels; mean difference
  at most 3/255, 99 % of the values within 16/255.
"""

from __future__ import annotations

from pathlib import Path

import moderngl
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from engine.library import Library
from engine.message import Message
from tests.painting import Picture, paint

SIZE = (192, 108)
SECONDS = 2.0
BLOCK = 6
RENDERER = "llvmpipe"


def name_renderer(context: moderngl.Context) -> str:
    return f"{context.info['GL_RENDERER']}, {context.info['GL_VERSION']}"


def paint_golden(
    context: moderngl.Context, library: Library, scene: str, *messages: Message
) -> Picture:
    return paint(context, library, scene, moments=(SECONDS,), size=SIZE, messages=messages)[0]


def save_golden(path: Path, picture: Picture, renderer: str) -> None:
    notes = PngInfo()
    notes.add_text("renderer", renderer)
    Image.fromarray(picture).save(path, pnginfo=notes, optimize=True)


def load_golden(path: Path) -> tuple[Picture, str]:
    """The picture, and the renderer that made it."""
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB")), str(image.info.get("renderer", ""))


def find_differences(golden: Picture, picture: Picture, strict: bool) -> str:
    """What is wrong, in words; nothing if the pictures are alike."""
    if golden.shape != picture.shape:
        return f"its shape is {picture.shape}, not {golden.shape}"
    if strict:
        return _differ(golden.astype(float), picture.astype(float), 1.0, 0.999, 3.0)
    return _differ(_shrink(golden), _shrink(picture), 3.0, 0.99, 16.0)


def _differ(
    golden: NDArray[np.float64], picture: NDArray[np.float64], mean: float, part: float, far: float
) -> str:
    away = np.abs(golden - picture)
    near = float((away <= far).mean())
    if away.mean() <= mean and near >= part:
        return ""
    return (
        f"the mean difference is {away.mean():.2f} of 255 (at most {mean:g}), "
        f"{near:.2%} lie within {far:g} (at least {part:.1%})"
    )


def _shrink(picture: Picture) -> NDArray[np.float64]:
    rows, columns = picture.shape[0] // BLOCK, picture.shape[1] // BLOCK
    blocks = picture[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK, 3)
    return blocks.mean(axis=(1, 3))
