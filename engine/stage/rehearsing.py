"""What the other scenes need, made ready between frames in the order in which they will come.

In: a director, and whether there is time. Out: compiled programs on the shelf. Never more than a small share
of the time: a piece may cost several frames, so the next one waits.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Self

from engine.assets import Assets
from engine.gpu.effect_rehearsal import rehearse_effects, take_turns
from engine.gpu.rehearsal import rehearse
from engine.show.director import Director
from engine.stage.opening import Opened

SHARE = 0.05  # of the time
DONE = object()


class Rehearsing:
    """Owns the pieces that are left, and says when the next may come."""

    def __init__(self, opened: Opened, director: Director) -> None:
        self._context, self._shelf = opened.surface.context, opened.shelf
        self._assets: Assets = opened.library.assets
        self._pieces = self._plan(director)
        self._next_s = 0.0  # when more of the later scenes may be compiled

    def begin_anew(self, director: Director) -> None:
        """After an edit: what was ready may be so no more."""
        self._pieces.close()
        self._pieces = self._plan(director)

    def is_due(self, now_s: float) -> bool:
        """Whether there may be another piece, by `time.monotonic`."""
        return now_s >= self._next_s

    def go_on(self, now_s: float) -> tuple[bool, float]:
        """Make one piece ready. Whether there was one, and the seconds it took."""
        worked = next(self._pieces, DONE) is not DONE
        took = time.monotonic() - now_s
        self._next_s = now_s + took / SHARE
        return worked, took

    def finish(self) -> None:
        """All that is left, however long it takes: for measurements of what comes after."""
        for _ in self._pieces:
            pass

    def close(self) -> None:
        self._pieces.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _plan(self, director: Director) -> Generator[None]:
        order, catalogue = director.order, director.catalogue
        present = director.layers[1].voice.scene.id
        at = order.index(present) + 1 if present in order else 0
        scenes = dict.fromkeys((*order[at:], *order[:at], *catalogue.scenes))
        seeds = self._assets.both("scenes")
        return take_turns(
            rehearse(self._context, self._shelf, catalogue, scenes, seeds),
            rehearse_effects(self._context, self._shelf, catalogue.laid.values()),
        )
