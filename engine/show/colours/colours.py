"""The colours in use: one palette, or the way from one to another, mixed in OKLab, as it is adjusted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.show.colours.adjust import Adjustment, Values, adjust, read_adjustment
from engine.show.colours.palette import Palette, bake, lut_to_linear


class Colours:
    """Owns the table the looks read. `version` rises whenever `lut` or `accent` change."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        self.version = 1
        self._from = self._to = self._present = _bake(palette)
        self._gone = self._seconds = 0.0
        self._adjustment = Adjustment()
        self._publish()

    def go(self, palette: Palette, seconds: float) -> None:
        """Fade to a palette from whatever is shown now."""
        self.palette = palette
        self._from, self._to = self._present, _bake(palette)
        self._gone, self._seconds = 0.0, max(seconds, 1e-6)

    def jump(self) -> None:
        """End a fade now: for a beginning, where nothing was shown yet."""
        if self._seconds > 0.0:
            self.advance(self._seconds)

    def advance(self, seconds: float) -> None:
        if self._seconds <= 0.0:
            return
        self._gone += seconds
        t = min(self._gone / self._seconds, 1.0)
        self._present = (self._from + (self._to - self._from) * (t * t * (3 - 2 * t))).astype(
            np.float32
        )
        if t >= 1.0:
            self._present, self._seconds = self._to, 0.0
        self._publish()
        self.version += 1

    def adjust(self, values: Values) -> None:
        """Follow the parameters that change the table as a whole."""
        wanted = read_adjustment(values)
        if wanted != self._adjustment:
            self._adjustment = wanted
            self._publish()
            self.version += 1

    def _publish(self) -> None:
        linear = lut_to_linear(adjust(self._present, self._adjustment))
        self.lut: NDArray[np.float32] = linear[:-1]
        self.accent: NDArray[np.float32] = linear[-1]


def _bake(palette: Palette) -> NDArray[np.float32]:
    """The palette's table with the accent as one more row: (257, 3) OKLab."""
    return np.vstack([bake(palette), np.array([palette.accent], np.float32)])
