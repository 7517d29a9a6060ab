"""How a scene's field is fitted to the machine: what it carries, the rows it gets, its steps a second.

In: a pace, a scene's rows, what a cell costs. Out: whole numbers of rows and columns. Never measures
anything: whoever knows the machine says what it carries.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from engine.show.catalogue import Model
from engine.show.parameter import Value, as_number

COARSEST = 0.7  # of the scene's rows: with fewer a pattern shows the grid; rather slower time
PRUDENCE = 0.7  # of the machine: hands will ask for more than a scene's own pace
ROWS_OF, COLUMNS_OF = 8, 4  # whatever way the cells are packed, a field can be cut so


@dataclass(frozen=True, slots=True)
class Pace:
    """What the machine can carry: the picture's shape (width / height), the most rows of a field,
    and the most cell updates a frame at `fps` (None: as many as are due, for offline rendering).
    `grain`: times as many rows as all that would give; what is afforded does not change with it."""

    aspect: float = 16 / 9
    rows: int | None = None
    cells_per_frame: float | None = None
    fps: float = 60.0
    grain: float = 1.0


def fit_rows(rows: int, pace: Pace) -> int:
    """The scene's rows, or as many as a field may have, however fast it would be stepped."""
    return max(min(rows, pace.rows or rows) // ROWS_OF * ROWS_OF, 16)


def afford_rows(rows: int, pace: Pace, updates: float) -> int:
    """As many of these rows as the machine steps in time, but no fewer than COARSEST.

    `updates`: of each cell, in a second.
    """
    if pace.cells_per_frame is None:
        return rows
    affordable = PRUDENCE * pace.cells_per_frame * pace.fps / updates
    affordable_rows = int((affordable / pace.aspect) ** 0.5) // ROWS_OF * ROWS_OF
    return max(min(rows, affordable_rows), math.ceil(rows * COARSEST / ROWS_OF) * ROWS_OF)


def refine_rows(rows: int, pace: Pace) -> int:
    """So many rows in the grain that is asked for."""
    return max(round(rows * pace.grain / ROWS_OF) * ROWS_OF, 16)


def fit_columns(rows: int, pace: Pace) -> int:
    """The columns that give a field of so many rows the picture's shape."""
    return max(round(rows * pace.aspect / COLUMNS_OF) * COLUMNS_OF, 16)


def steps_a_second(
    model: Model, values: Mapping[str, Value], bpm: float, slowest: float = 0.0
) -> float:
    """The model's own steps, or, where a beat is worth some, by the tempo; `slowest`: as if the speed
    were no less than that."""
    a_beat = as_number(values.get("steps_per_beat", 0.0))
    steps = a_beat * bpm / 60.0 if a_beat > 0.0 else model.steps
    return steps * max(as_number(values["speed"]), slowest)
