"""Edits: files that were changed while the show plays, and the library read again beside the frame.

In: the assets. Out: which files changed, and everything as it now reads. Never touches what plays.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.assets import Assets
from engine.library import Library, read_library
from engine.watch import Watch

# What a library reads; controller maps are the desk's, and snapshots are written while they play.
READ = ("shaders", "scenes", "config/palettes", "config/shows", "config/maps")


class Edits:
    """Owns the watch and one thread that reads."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets
        self._watch = Watch(root for name in READ for root in assets.both(name).roots)
        self._reader = ThreadPoolExecutor(1, "edits")
        self._changes: set[Path] = set()
        self._reading: Future[Library] | None = None

    def take(self) -> tuple[set[Path], Library] | None:
        """The files changed since the last time and the library as it is now; mostly nothing."""
        changes = self._watch.take_changes()
        if changes:
            self._changes |= changes
            self._reading = self._reader.submit(read_library, self._assets)
        if self._reading is None or not self._reading.done():
            return None
        library, self._reading = self._reading.result(), None
        changes, self._changes = self._changes, set()
        return changes, library

    def close(self) -> None:
        self._watch.close()
        self._reader.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
