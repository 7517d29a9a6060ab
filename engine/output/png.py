"""A picture into a PNG file, whole or not at all: the same pixels give the same bytes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import moderngl

from engine.errors import Complaint, MorphogenError
from engine.output.readback import Image, read_image


def write_png(path: Path, picture: moderngl.Framebuffer | Image, effort: int = 6) -> None:
    """Write the picture, a framebuffer or an array (height, width, 3 or 4) of 8 bits from the top.

    It is written beside `path` and then renamed: whoever reads `path` finds the old picture or the
    new one. Alpha is left out. `effort` is zlib's, 0..9. Raises MorphogenError when it cannot be
    written; the old file is then untouched.
    """
    from PIL import Image as Pillow

    pixels = read_image(picture) if isinstance(picture, moderngl.Framebuffer) else picture
    image = Pillow.fromarray(pixels[..., :3].copy())
    draft: str | None = None
    try:
        handle, draft = tempfile.mkstemp(suffix=".part", prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            image.save(file, "PNG", compress_level=effort)
        os.chmod(draft, 0o666 & ~_read_umask())
        os.replace(draft, path)
    except OSError as error:
        if draft is not None:
            Path(draft).unlink(missing_ok=True)
        what = f"the picture could not be written ({error.strerror or error})"
        remedy = "Is the folder there, writable, and the disk not full?"
        raise MorphogenError(Complaint(str(path), what, remedy)) from None


def _read_umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
