"""An atlas drawn: every cell's thumbnail in the colour of its judgement, axes, and the way through.

In: an atlas. Out: tiles in grey that are kept beside the map, and a picture for eyes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from engine.gpu.atlas import Body
from engine.show.maps.life_map import DEAD, MOVING, STILL, Axis, LifeMap

TILE, SEEN = 28, 42  # pixels of a thumbnail, and of how many cells of the field, about its middle
LEFT, RIGHT, TOP, BOTTOM = 92, 24, 52, 68
TICKS = 6
PAPER, INK, FAINT = (13, 14, 18), (226, 226, 220), (120, 122, 128)
OUTLINE, WAY = (250, 236, 190), (255, 255, 255)
# From the darkest to the lightest of a thumbnail, by judgement.
COLOURS = {
    DEAD: ((22, 23, 28), (52, 54, 60)),
    STILL: ((16, 34, 66), (132, 214, 228)),
    MOVING: ((60, 16, 30), (255, 190, 92)),
}


def draw_tiles(bodies: Body) -> NDArray[np.uint8]:
    """All thumbnails side by side, in grey: (rows * TILE, columns * TILE), from the top."""
    rows, columns, size = bodies.shape[:3]
    seen = min(size, SEEN)
    first = (size - seen) // 2
    sheet = np.zeros((rows * TILE, columns * TILE), np.uint8)
    for row in range(rows):
        for column in range(columns):
            body = bodies[row, column, first : first + seen, first : first + seen]
            grey = np.nan_to_num(body[::-1]).clip(0.0, 1.0) * 255.0
            tile = Image.fromarray(grey.astype(np.uint8)).resize((TILE, TILE), Image.Resampling.BOX)
            top = (rows - 1 - row) * TILE
            sheet[top : top + TILE, column * TILE : (column + 1) * TILE] = np.asarray(tile)
    # Sixteen greys: a third of the bytes, and as legible at this size.
    return np.asarray(sheet // 17 * 17, np.uint8)


def draw_atlas(chart: LifeMap, tiles: NDArray[np.uint8], note: str) -> NDArray[np.uint8]:
    """The picture, (height, width, 3) from the top. `note` says how it was computed."""
    rows, columns = len(chart.life), len(chart.life[0])
    width, height = columns * TILE, rows * TILE
    picture = Image.new("RGB", (LEFT + width + RIGHT, TOP + height + BOTTOM), PAPER)
    picture.paste(Image.fromarray(_colour(chart, tiles)), (LEFT, TOP))
    brush = ImageDraw.Draw(picture)
    _draw_outline(brush, chart)
    line = [(LEFT + x * width, TOP + (1.0 - y) * height) for x, y in chart.path]
    brush.line(line, fill=WAY, width=2, joint="curve")
    for point, radius in ((line[0], 4), (line[-1], 6)):
        box = (point[0] - radius, point[1] - radius, point[0] + radius, point[1] + radius)
        brush.ellipse(box, fill=PAPER, outline=WAY, width=2)
    _draw_axes(brush, chart, width, height)
    large, small = ImageFont.load_default(18), ImageFont.load_default(12)
    brush.text((10, 6), chart.model, INK, large)
    brush.text((10 + large.getlength(chart.model) + 14, 12), note, FAINT, small)
    foot = TOP + height + BOTTOM - 18
    for index, (letter, word) in enumerate(((DEAD, "dead"), (STILL, "still"), (MOVING, "moving"))):
        place = 10 + 64 * index
        brush.rectangle((place, foot, place + 11, foot + 11), fill=COLOURS[letter][1])
        brush.text((place + 16, foot - 1), word, INK, small)
    return np.asarray(picture)


def _colour(chart: LifeMap, tiles: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Thumbnails in the colours of their judgements, each stretched to its own darkest and lightest."""
    rows, columns = len(chart.life), len(chart.life[0])
    coloured = np.zeros((*tiles.shape, 3), np.uint8)
    for row, letters in enumerate(reversed(chart.life)):
        for column, letter in enumerate(letters):
            place = np.s_[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
            tile = tiles[place].astype(np.float64)
            span = np.ptp(tile) if letter != DEAD else 0.0
            t = (tile - tile.min()) / span if span else tile / 255.0
            low, high = np.array(COLOURS[letter], np.float64)
            coloured[place] = low + (high - low) * t[..., None]
    assert (rows * TILE, columns * TILE) == tiles.shape
    return coloured


def _draw_outline(brush: ImageDraw.ImageDraw, chart: LifeMap) -> None:
    """A line where the playable region ends."""
    region = chart.region
    inside = np.pad(region.alive, 1)
    for row in range(region.rows):
        for column in range(region.columns):
            if not region.alive[row, column]:
                continue
            left, top = LEFT + column * TILE, TOP + (region.rows - 1 - row) * TILE
            right, bottom = left + TILE, top + TILE
            for beyond, side in (
                (inside[row + 2, column + 1], (left, top, right, top)),
                (inside[row, column + 1], (left, bottom, right, bottom)),
                (inside[row + 1, column], (left, top, left, bottom)),
                (inside[row + 1, column + 2], (right, top, right, bottom)),
            ):
                if not beyond:
                    brush.line(side, fill=OUTLINE, width=2)


def _draw_axes(brush: ImageDraw.ImageDraw, chart: LifeMap, width: int, height: int) -> None:
    small, large = ImageFont.load_default(12), ImageFont.load_default(15)
    brush.rectangle((LEFT, TOP, LEFT + width, TOP + height), outline=FAINT)
    for index in range(TICKS):
        share = index / (TICKS - 1)
        x, y = LEFT + share * width, TOP + (1.0 - share) * height
        brush.line((x, TOP + height, x, TOP + height + 6), fill=FAINT)
        brush.line((LEFT - 6, y, LEFT, y), fill=FAINT)
        brush.text((x, TOP + height + 9), f"{chart.x.value(share):.4g}", INK, small, anchor="ma")
        brush.text((LEFT - 9, y), f"{chart.y.value(share):.4g}", INK, small, anchor="rm")
    brush.text((LEFT + width / 2, TOP + height + 32), _name(chart.x), INK, large, anchor="ma")
    brush.text((10, TOP - 22), _name(chart.y), INK, large)


def _name(axis: Axis) -> str:
    unit = f" ({axis.parameter.unit})" if axis.parameter.unit else ""
    return axis.parameter.name + unit
