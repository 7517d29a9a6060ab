"""Files that are edited while it plays: what is sound is taken, what is broken stays as it was.

In: edits, read beside the frame. Out: the library that is played by; programs, mixer and director that
follow it; complaints. Never reads a file itself.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Self

from engine.gpu.mixer import Mixer
from engine.gpu.shelf import Shelf
from engine.library import Library
from engine.show.director import Director
from engine.stage.edits import Edits
from engine.stage.last_good import find_moved, follow_edits, leave_out
from engine.stage.opening import Opened
from engine.stage.saying import Saying


class Reloading:
    """Owns the watch over the files. `library` is what is played by now."""

    def __init__(self, opened: Opened) -> None:
        self.library: Library = opened.library
        self._shelf: Shelf = opened.shelf
        self._mixer: Mixer = opened.mixer
        self._saying: Saying = opened.saying
        self._edits = Edits(opened.library.assets)

    def take(self) -> tuple[Collection[Path], Library] | None:
        """The files that were edited and everything as it now reads; mostly nothing."""
        return self._edits.take()

    def adopt(self, changes: Collection[Path], fresh: Library, director: Director) -> None:
        """Play on with what was edited. It compiles: the frame in which it is called takes longer."""
        before, complaints = self.library, list(fresh.complaints)
        self.library, held = follow_edits(before, fresh, director)
        models = self.library.catalogue.models.values()
        complaints += self._shelf.replace(models, changes, held)
        complaints += self._shelf.move(find_moved(before, self.library))
        if self._shelf.stale:
            sound = leave_out(before, fresh, self._shelf.stale)
            self.library, _ = follow_edits(before, sound, director)
        catalogue, shows = self.library.catalogue, self.library.shows
        self._mixer.adopt(catalogue.models, catalogue.laid)
        playlist = director.playlist
        director.adopt(catalogue, shows.get(playlist.id) if playlist else None)
        self._saying.keep_only(complaints)
        self._saying.say_new(complaints)

    def close(self) -> None:
        self._edits.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
