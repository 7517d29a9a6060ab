"""Cells: a creature's own cells, from a text file, set here and there on the field.

The text is the run-length code of Chan's catalogue: `.` for 0, `A` to `X` for 1 to 24, then `pA` on
for 25 to 255, `$` ends a row, `!` the whole; a number before repeats. Lines that begin with # are
words. In: a file and arguments. Out: coverage 0..1, as for every other kind of seed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import Complaint, MorphogenError

Coverage = NDArray[np.float32]
TOKEN = re.compile(r"(\d*)([.b$!o]|[p-y]?[A-X])")
MOST = 512  # cells on a side, and times that a code may repeat


def draw_cells(
    rows: int,
    columns: int,
    draw: np.random.Generator,
    path: Path,
    arguments: Mapping[str, Any],
    where: str,
) -> Coverage:
    """`count` copies, each `size` heights tall, turned by quarters and mirrored, spread evenly."""
    cells = read_cells(path, where)
    count = arguments["count"]
    across = max(round((count * columns / rows) ** 0.5), 1)
    up = -(-count // across)
    cover = np.zeros((rows, columns), dtype=np.float32)
    places = draw.permutation(across * up)[:count]
    for place in places:
        jitter = (draw.random(2) - 0.5) * arguments["jitter"]
        turned = np.rot90(cells, int(draw.integers(4)))
        turned = turned[:, ::-1] if draw.random() < 0.5 else turned
        x = (place % across + 0.5 + jitter[0]) / across * columns
        y = (place // across + 0.5 + jitter[1]) / up * rows
        _stamp(cover, turned, (x, y), cells.shape[0] / (arguments["size"] * rows))
    return cover


def read_cells(path: Path, where: str) -> NDArray[np.float64]:
    """The cells of a file, (rows, columns), 0..1, row 0 at the bottom. Raises MorphogenError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise MorphogenError(Complaint(where, f"'{path.name}' cannot be read ({error})")) from None
    code = "".join(line for line in lines if not line.startswith("#")).replace(" ", "")
    try:
        return decode_cells(code)
    except ValueError as error:
        raise MorphogenError(Complaint(where, f"'{path.name}': {error}")) from None


def decode_cells(code: str) -> NDArray[np.float64]:
    """Run-length code to cells. Raises ValueError for what is no such code."""
    rows: list[list[int]] = [[]]
    at = 0
    while at < len(code):
        found = TOKEN.match(code, at)
        if not found:
            raise ValueError(f"'{code[at : at + 8]}' is no run of cells")
        at = found.end()
        times, letter = int(found[1] or 1), found[2]
        if times > MOST or len(rows) > MOST or len(rows[-1]) > MOST:
            raise ValueError(f"more than {MOST} cells on a side")
        if letter == "!":
            break
        if letter == "$":
            rows += [[] for _ in range(times)]
        else:
            rows[-1] += [_value(letter)] * times
    width = max(len(row) for row in rows)
    if width == 0:
        raise ValueError("it has no cells")
    cells = np.zeros((len(rows), width))
    for index, row in enumerate(rows):
        cells[len(rows) - 1 - index, : len(row)] = row
    return cells / 255.0


def _value(letter: str) -> int:
    if letter in ".b":
        return 0
    if letter == "o":
        return 255
    last = ord(letter[-1]) - ord("A") + 1
    return last if len(letter) == 1 else 24 * (ord(letter[0]) - ord("p") + 1) + last


def _stamp(
    cover: Coverage, cells: NDArray[np.float64], place: tuple[float, float], shrink: float
) -> None:
    """Lay the cells about a place, in cells of the field; `shrink` of theirs make one of its."""
    rows, columns = cover.shape
    axes = []
    for middle, size, length in zip(place, cells.shape[::-1], (columns, rows), strict=True):
        first = round(middle - size / shrink / 2)
        steps = np.arange(min(round(size / shrink), length))
        # Where each lies among the cells: at the same pace and size, on them exactly.
        axes.append(((first + steps) % length, (steps + 0.5) * shrink - 0.5))
    (x, from_x), (y, from_y) = axes
    drawn = _between(_between(cells, from_y, 0), from_x, 1)
    cover[np.ix_(y, x)] = np.maximum(cover[np.ix_(y, x)], drawn)


def _between(
    cells: NDArray[np.float64], places: NDArray[np.float64], axis: int
) -> NDArray[np.float64]:
    """The cells read linearly between their middles along one axis, held at the ends."""
    held = np.clip(places, 0, cells.shape[axis] - 1)
    low = np.floor(held).astype(int)
    high = np.minimum(low + 1, cells.shape[axis] - 1)
    share = np.expand_dims(held - low, 1 - axis)
    return np.asarray(np.take(cells, low, axis) * (1 - share) + np.take(cells, high, axis) * share)
