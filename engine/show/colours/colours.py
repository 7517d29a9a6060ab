"""The colours in use: one palette, or the way from one to another, mixed in OKLab, as it is adjusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.show.colours.adjust import Adjustment, Values, adjust, read_adjustment
from engine.show.colours.edit import Numbers, tell_palette
from engine.show.colours.palette import Palette, bake, lut_to_linear

EDIT_FADE = 0.3  # seconds, to what a file says now
MOST_TABLES = 8


class Colours:
    """Owns the table the looks read. `version` rises whenever `lut` or `accent` change.

    `palette` is what is gone to, as it was edited; `kept` the same as it is written down.
    """

    def __init__(self, palette: Palette) -> None:
        self.palette = self.kept = palette
        self.mixture: tuple[tuple[str, float], ...] = ()  # ids and weights, where several are mixed
        self.version = 1
        self._from = self._to = self._present = _bake(palette)
        self._gone = self._seconds = 0.0
        self._tables: dict[Palette, NDArray[np.float32]] = {}
        self._adjustment = Adjustment()
        self._stale = False  # edited, and not baked yet
        self._told = (palette, tell_palette(palette))
        self._publish()

    @property
    def is_edited(self) -> bool:
        return self.palette is not self.kept

    @property
    def told(self) -> tuple[Numbers, Numbers]:
        """The stops and the accent as the state tells them."""
        if self._told[0] is not self.palette:
            self._told = (self.palette, tell_palette(self.palette))
        return self._told[1]

    def go(self, palette: Palette, seconds: float) -> None:
        """Fade to a palette from whatever is shown now."""
        self._settle()
        self.palette = self.kept = palette
        self.mixture = ()
        self._fade_to(_bake(palette), seconds)

    def mix(self, parts: Sequence[tuple[Palette, float]], seconds: float) -> None:
        """Fade to several palettes at once, by their weights, 1 together; nothing changes nothing."""
        names = {palette.id for palette, _ in parts}
        if len(names) == 1 and (parts[0][0] != self.palette or self.mixture):
            self.go(parts[0][0], seconds)
        elif len(names) > 1:
            self._settle()
            self.palette = self.kept = max(parts, key=lambda part: part[1])[0]
            self.mixture = tuple((palette.id, weight) for palette, weight in parts)
            whole = sum(self._table(palette) * np.float32(weight) for palette, weight in parts)
            self._fade_to(np.asarray(whole, np.float32), seconds)

    def _table(self, palette: Palette) -> NDArray[np.float32]:
        """Its table, kept for as long as it is mixed: a finger asks a hundred times a second."""
        if palette not in self._tables:
            if len(self._tables) >= MOST_TABLES:
                self._tables.clear()
            self._tables[palette] = _bake(palette)
        return self._tables[palette]

    def _fade_to(self, table: NDArray[np.float32], seconds: float) -> None:
        self._from, self._to = self._present, table
        self._gone, self._seconds = 0.0, max(seconds, 1e-6)

    def edit(self, palette: Palette) -> None:
        """Show it so from the next frame on; a fade that is under way ends in it."""
        if palette is not self.palette:
            same = tell_palette(palette) == tell_palette(self.kept)
            self.palette, self._stale = self.kept if same else palette, True
            self.mixture = ()

    def keep(self, palette: Palette) -> None:
        """It was written down as it is, perhaps by another name."""
        self.palette = self.kept = palette

    def follow(self, palettes: Mapping[str, Palette]) -> None:
        """Take what its file says now; but an edit in the hand stays."""
        written = palettes.get(self.palette.id)
        if written is None or written == self.kept:
            return
        if self.is_edited:
            self.kept = written
        else:
            self.go(written, EDIT_FADE)

    def jump(self) -> None:
        """End a fade now: for a beginning, where nothing was shown yet."""
        if self._seconds > 0.0:
            self.advance(self._seconds)

    def advance(self, seconds: float) -> None:
        if self._seconds > 0.0:
            self._settle()
            self._gone += seconds
            t = min(self._gone / self._seconds, 1.0)
            self._present = (self._from + (self._to - self._from) * (t * t * (3 - 2 * t))).astype(
                np.float32
            )
            if t >= 1.0:
                self._present, self._seconds = self._to, 0.0
        elif self._stale:
            self._settle()
        else:
            return
        self._publish()
        self.version += 1

    def _settle(self) -> None:
        """Bake what was edited: once, however often within a frame."""
        if self._stale:
            self._stale, self._to = False, _bake(self.palette)
            if self._seconds <= 0.0:
                self._present = self._to

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
