"""An image or a word becomes coverage 0..1 of a field, fitted, centred and anti-aliased.

Files are read from inside the assets only; a scene's file may name none outside. Row 0 of what goes
out is the bottom. Pillow is loaded on first use: most scenes need none.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.assets import Folder, as_folders
from engine.errors import Complaint, MorphogenError

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageFont import FreeTypeFont, ImageFont

Coverage = NDArray[np.float32]

_MAX_PIXELS = 64_000_000
_TRIAL = 100  # font size at which a text is measured
_WIDEST = 0.92  # of the field's width


def find_file(folder: Folder | None, name: str, where: str) -> Path:
    """The file `name` inside `folder`, the user's before the engine's. Raises MorphogenError if it is
    not there, or outside."""
    if folder is None:
        raise MorphogenError(Complaint(where, f"no folder to look for '{name}' in"))
    folders = as_folders(folder).resolve()
    path, named = folders.find(name).resolve(), " or ".join(map(str, as_folders(folder).roots))
    if not any(path.is_relative_to(root) for root in folders.roots):
        raise MorphogenError(Complaint(where, f"'{name}' leads out of {named}", "Move it inside."))
    if not path.is_file():
        raise MorphogenError(Complaint(where, f"there is no file '{name}' in {named}"))
    return path


def draw_image(
    rows: int, columns: int, path: Path, arguments: Mapping[str, Any], where: str
) -> Coverage:
    """The lightness of a picture, times its opacity: (rows, columns); nothing beside it.

    `fit` is contain (all of it is seen) or cover (all of the field is covered); `size` then scales.
    Raises MorphogenError if the file is no picture, or one above 64 million pixels.
    """
    from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as opened:
            if opened.width * opened.height > _MAX_PIXELS:
                raise MorphogenError(Complaint(where, f"'{path.name}' is too large", "Shrink it."))
            picture = ImageOps.exif_transpose(opened).convert("LA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise MorphogenError(
            Complaint(where, f"'{path.name}' cannot be read as a picture ({error})", "Try a PNG.")
        ) from error
    scales = (columns / picture.width, rows / picture.height)
    scale = (min if arguments["fit"] == "contain" else max)(scales) * arguments["size"]
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    # Only what will be seen is enlarged: a 'cover' of a long strip would be huge otherwise.
    seen = (min(size[0], columns), min(size[1], rows))
    left, top = (size[0] - seen[0]) / 2 / scale, (size[1] - seen[1]) / 2 / scale
    box = (
        max(0.0, left),
        max(0.0, top),
        min(picture.width, left + seen[0] / scale),
        min(picture.height, top + seen[1] / scale),
    )
    light, opacity = picture.split()
    # Multiplied before it is resized, else the edge of what is cut out would be eaten away.
    shade = ImageChops.multiply(ImageOps.invert(light) if arguments["invert"] else light, opacity)
    covered = np.asarray(shade.resize(seen, Image.Resampling.LANCZOS, box), dtype=np.float32) / 255
    cover = np.zeros((rows, columns), dtype=np.float32)
    first, low = (columns - seen[0]) // 2, (rows - seen[1]) // 2
    cover[low : low + seen[1], first : first + seen[0]] = covered[::-1]
    return cover


def draw_text(
    rows: int, columns: int, font: Path | None, arguments: Mapping[str, Any], where: str
) -> Coverage:
    """A word or a few lines, (rows, columns): `size` of the height, or less to fit the width.

    Raises MorphogenError if the font file cannot be read or the text has nothing to draw.
    """
    from PIL import Image

    trial = _write(arguments["text"], _open_font(font, where), where)
    scale = min(arguments["size"] * rows / trial.height, _WIDEST * columns / trial.width)
    face = _open_font(font, where, max(1.0, _TRIAL * scale))
    word = _write(arguments["text"], face, where)
    picture = Image.new("L", (columns, rows))
    picture.paste(word, (round((columns - word.width) / 2), round((rows - word.height) / 2)))
    return np.asarray(picture, dtype=np.float32)[::-1] / np.float32(255)


def _write(text: str, face: FreeTypeFont | ImageFont, where: str) -> Image.Image:
    """The text in white, cut to its ink: Pillow's own box also has the room beside the letters."""
    from PIL import Image, ImageDraw

    brush = ImageDraw.Draw(Image.new("L", (1, 1)))
    left, top, right, bottom = brush.multiline_textbbox((0, 0), text, face, align="center")
    size = (max(1, math.ceil(right - left) + 2), max(1, math.ceil(bottom - top) + 2))
    picture = Image.new("L", size)
    place = (1 - left, 1 - top)
    ImageDraw.Draw(picture).multiline_text(place, text, fill=255, font=face, align="center")
    ink = picture.getbbox()
    if ink is None:
        raise MorphogenError(Complaint(where, f"there is nothing to draw in the text {text!r}"))
    return picture.crop(ink)


def _open_font(path: Path | None, where: str, size: float = _TRIAL) -> FreeTypeFont | ImageFont:
    from PIL import ImageFont

    if path is None:
        return ImageFont.load_default(size)
    try:
        return ImageFont.truetype(str(path), size)
    except OSError as error:
        complaint = Complaint(where, f"'{path.name}' cannot be read as a font ({error})")
        raise MorphogenError(complaint) from error
