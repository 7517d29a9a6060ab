"""IMPORTED pictures of an ISF file: read from beside it, handed to the GPU. Never within a frame."""

from __future__ import annotations

from pathlib import Path

import moderngl

from engine.errors import Complaint, MorphogenError

MOST_TEXELS = 64_000_000


def load_picture(context: moderngl.Context, path: Path, where: str) -> moderngl.Texture:
    """A texture of four 8-bit channels as the file has them, its first row at the bottom.

    Raises `MorphogenError` if the file is no picture, or one above 64 million pixels.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as opened:
            if opened.width * opened.height > MOST_TEXELS:
                raise MorphogenError(Complaint(where, f"'{path.name}' is too large", "Shrink it."))
            picture = ImageOps.flip(ImageOps.exif_transpose(opened).convert("RGBA"))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        what = f"'{path.name}' cannot be read as a picture ({error})"
        raise MorphogenError(Complaint(where, what, "Try a PNG.")) from error
    return context.texture(picture.size, 4, picture.tobytes())
