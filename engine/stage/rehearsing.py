"""What the other scenes need, made ready between frames in the order in which they will come.

In: a director, and whether there is time. Out: compiled programs on the shelf. Never more than a small share
of the time, and only what an understudy has done before: a piece that the driver does not know yet may cost
many frames.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path
from typing import Self

from platformdirs import user_cache_dir

from engine.assets import Assets
from engine.gpu.known_machines import name_gpu
from engine.gpu.rehearsal import rehearse_all
from engine.show.director import Director
from engine.stage.opening import Opened
from engine.stage.understudy import Part, Understudy

SHARE = 0.05  # of the time
CALM_S = 2.0  # the first picture comes before all that
DONE = object()


class Rehearsing:
    """Owns the pieces that are left, and says when the next may come."""

    def __init__(self, opened: Opened, director: Director) -> None:
        self._context, self._shelf = opened.surface.context, opened.shelf
        self._assets: Assets = opened.library.assets
        self._scenes: tuple[str, ...] = ()
        self._pieces = self._plan(director)
        self._done = 0
        self._understudy: Understudy | None = None
        self._next_s = time.monotonic() + CALM_S  # when more of the later scenes may be compiled

    def begin_anew(self, director: Director) -> None:
        """After an edit: what was ready may be so no more."""
        self._pieces.close()
        self._pieces = self._plan(director)
        self._done = 0

    def is_due(self, now_s: float) -> bool:
        """Whether there may be another piece, by `time.monotonic`."""
        if now_s < self._next_s or self._understudy is None:
            return False
        return self._understudy.has_done(self._done)

    def call_understudy(self, now_s: float) -> None:
        """Have one begin, once the show has; it needs no time of ours."""
        if self._understudy is None and now_s >= self._next_s:
            part = Part(self._assets, self._shelf.layout.id, self._scenes, name_gpu(self._context))
            kept = Path(user_cache_dir("morphogen")) / "rehearsed.json"
            self._understudy = Understudy(part, kept)

    def go_on(self, now_s: float) -> tuple[bool, float]:
        """Make one piece ready. Whether there was one, and the seconds it took."""
        worked = next(self._pieces, DONE) is not DONE
        self._done += worked
        took = time.monotonic() - now_s
        self._next_s = now_s + took / SHARE
        return worked, took

    def finish(self) -> None:
        """All that is left, however long it takes: for measurements of what comes after."""
        for _ in self._pieces:
            pass

    def close(self) -> None:
        self._pieces.close()
        if self._understudy:
            self._understudy.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _plan(self, director: Director) -> Generator[None]:
        order, catalogue = director.order, director.catalogue
        present = director.layers[1].voice.scene.id
        at = order.index(present) + 1 if present in order else 0
        self._scenes = tuple(dict.fromkeys((*order[at:], *order[:at], *catalogue.scenes)))
        seeds = self._assets.both("scenes")
        return rehearse_all(self._context, self._shelf, catalogue, self._scenes, seeds)
