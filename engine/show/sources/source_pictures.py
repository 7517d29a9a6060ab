"""What a source that stands still looks like: a `Source` comes in, one number per cell goes out.

Row 0 is the bottom. Files are read from inside the scenes' folder only. Reads no clock.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.assets import Folder
from engine.show.seeds.noise import make_terrain
from engine.show.seeds.pictures import draw_image, draw_text, find_file
from engine.show.sources.source import Source

Map = NDArray[np.float32]
Offsets = NDArray[np.float64]
# A slow map needs few cells, it is read smoothly; a picture's edges want more.
ROWS = {"noise": 64, "gradient": 128, "image": 256, "text": 384, "shape": 256}


def draw_source(source: Source, aspect: float, number: int, folder: Folder | None) -> Map:
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
    arguments = source.arguments
    if source.kind == "image":
        path = find_file(folder, arguments["file"], source.where)
        picture = draw_image(rows, columns, path, arguments, source.where)
    elif source.kind == "text":
        name = arguments["font"]
        font = find_file(folder, name, source.where) if name else None
        picture = draw_text(rows, columns, font, arguments, source.where)
        if arguments["bold"] > 0.0:
            # Out to where the blurred edge of a stroke has sunk to a tenth: 1.28 deviations.
            spread = soften(picture, arguments["bold"] * rows / 1.28)
            picture = ((spread - 0.1) * 20.0 + 0.5).clip(0.0, 1.0)
    else:
        picture = _draw_shape(source, rows, columns)
    if arguments["invert"] and source.kind != "image":  # an image's own light is inverted
        picture = 1.0 - picture
    return soften(picture, arguments["blur"] * rows)


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


def _offsets(source: Source, rows: int, columns: int) -> tuple[Offsets, Offsets]:
    """How far each cell is from the middle of what is drawn, across and up, in heights."""
    x = ((np.arange(columns) + 0.5) / columns - source.arguments["x"]) * columns / rows
    y = ((np.arange(rows) + 0.5) / rows - source.arguments["y"])[:, None]
    return x, y


def _draw_shape(source: Source, rows: int, columns: int) -> Map:
    """Inside 1, outside 0, its edge one cell wide."""
    arguments = source.arguments
    x, y = _offsets(source, rows, columns)
    away, radius = np.hypot(x, y), arguments["radius"]
    if arguments["shape"] == "ring":
        inside = arguments["width"] / 2 - np.abs(away - radius)
    elif arguments["shape"] == "disc":
        inside = radius - away
    else:
        # Within the wedge about the nearest corner: below the line from there to the next notch.
        wedge = math.pi / arguments["corners"]
        turn = np.arctan2(y, x) - math.radians(arguments["angle"] + 90.0)
        turn = np.abs((turn + wedge) % (2.0 * wedge) - wedge)
        notch = radius * (math.cos(wedge) if arguments["shape"] == "polygon" else 0.45)
        corner, end = np.array([radius, 0.0]), notch * np.array([math.cos(wedge), math.sin(wedge)])
        normal = np.array([end[1], corner[0] - end[0]])
        normal /= np.hypot(*normal)
        u, v = away * np.cos(turn), away * np.sin(turn)
        inside = (corner[0] - u) * normal[0] - v * normal[1]
    return np.asarray((inside * rows + 0.5).clip(0.0, 1.0), dtype=np.float32)


def _draw_gradient(source: Source, rows: int, columns: int) -> Map:
    arguments = source.arguments
    aspect = columns / rows
    x, y = _offsets(source, rows, columns)
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
