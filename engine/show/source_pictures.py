"""What a source that stands still looks like: a `Source` comes in, one number per cell goes out.

Row 0 is the bottom. Files are read from inside the scenes' folder only. Reads no clock.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.show.noise import make_terrain
from engine.show.seed_pictures import draw_image, find_file
from engine.show.source import Source

Map = NDArray[np.float32]
# A slow map needs few cells, it is read smoothly; a picture's edges want more.
ROWS = {"noise": 64, "gradient": 128, "image": 256}


def draw_source(source: Source, aspect: float, number: int, folder: Path | None) -> Map:
    """The picture of a source, (rows, columns), within `source.low`..1.

    `aspect` is the field's width / height, `number` what noise is drawn from, `folder` where files
    lie. Raises MorphogenError for a file that is missing or cannot be read.
    """
    rows = ROWS[source.kind]
    columns = max(round(rows * aspect), 1)
    if source.kind == "noise":
        return make_terrain(rows, columns, number, source.arguments["blobs"])
    if source.kind == "gradient":
        return _draw_gradient(source, rows, columns)
    path = find_file(folder, source.arguments["file"], source.where)
    picture = draw_image(rows, columns, path, source.arguments, source.where)
    return soften(picture, source.arguments["blur"] * rows)


def soften(picture: Map, cells: float) -> Map:
    """Blurred by a Gaussian of `cells` deviation, its edges carried on."""
    if cells < 0.3:
        return picture
    reach = math.ceil(3.0 * cells)
    kernel = np.exp(-((np.arange(-reach, reach + 1) / cells) ** 2) / 2)
    kernel /= kernel.sum()
    for axis in (0, 1):
        pad = [(reach, reach) if a == axis else (0, 0) for a in (0, 1)]
        padded = np.pad(picture, pad, mode="edge")
        picture = np.apply_along_axis(np.convolve, axis, padded, kernel, "valid")
    return np.asarray(picture, dtype=np.float32)


def _draw_gradient(source: Source, rows: int, columns: int) -> Map:
    arguments = source.arguments
    aspect = columns / rows
    x = ((np.arange(columns) + 0.5) / columns - arguments["x"]) * aspect
    y = ((np.arange(rows) + 0.5) / rows - arguments["y"])[:, None]
    if arguments["shape"] == "radial":
        away = np.hypot(x, y) / arguments["radius"]
        return np.asarray((1.0 - 2.0 * away).clip(-1.0, 1.0), dtype=np.float32)
    angle = math.radians(arguments["angle"])
    # From edge to edge of the field along its direction, whatever the direction.
    half = (abs(math.cos(angle)) * aspect + abs(math.sin(angle))) / 2
    along = (x * math.cos(angle) + y * math.sin(angle)) / half
    if arguments["shape"] == "mirror":  # no seam where the field goes round
        along = 1.0 - 2.0 * np.abs((along % 2.0) - 1.0)
    return np.asarray(along.clip(-1.0, 1.0), dtype=np.float32)
