"""The watch on the assets: tells when files have been edited, once they have come to rest.

A file counts as edited when its size and time differ from what was last told, it is not empty, and
two looks in a row saw it the same: a half-written file never does. One that is gone counts, too, if
two looks in a row missed it: editors take a file away for a moment. Its own thread; only `stat`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

SUFFIXES = (".fs", ".vs", ".glsl", ".toml")
PERIOD = 0.15  # seconds between two looks

Stamp = tuple[int, int]


class Watch:
    """Looks at folders until closed. `take_changes` may be called from any thread, never waits."""

    def __init__(self, folders: Iterable[Path], period: float = PERIOD) -> None:
        self._folders = tuple(folders)
        self._period = period
        self._told = self._look_at_all()
        self._seen = dict(self._told)
        self._changes: set[Path] = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def take_changes(self) -> set[Path]:
        """The files edited since the last call, and those that are gone."""
        if not self._changes:
            return set()
        with self._lock:
            changes, self._changes = self._changes, set()
        return changes

    def look(self) -> None:
        """One look, as the thread takes one every `period`; not from two threads at a time."""
        try:
            now = self._look_at_all()
        except OSError:  # a folder that went while it was read
            return
        # All at rest, or none is told: a reader of one must not meet another half-written.
        at_rest, self._seen = now == self._seen, now
        if not at_rest:
            return
        rested = {
            path: stamp
            for path, stamp in now.items()
            if stamp[0] > 0 and stamp != self._told.get(path)
        }
        gone = self._told.keys() - now.keys()
        if rested or gone:
            self._told = {path: s for path, s in self._told.items() if path not in gone} | rested
            with self._lock:
                self._changes |= rested.keys() | gone

    def close(self) -> None:
        self._stop.set()
        self._thread.join(timeout=2.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _run(self) -> None:
        while not self._stop.wait(self._period):
            self.look()

    def _look_at_all(self) -> dict[Path, Stamp]:
        found: dict[Path, Stamp] = {}
        for folder in self._folders:
            for path in folder.rglob("*"):
                if path.suffix in SUFFIXES and not path.name.startswith("."):  # an editor's own
                    try:
                        status = path.stat()
                    except OSError:  # gone between the listing and the look
                        continue
                    found[path] = (status.st_size, status.st_mtime_ns)
        return found
