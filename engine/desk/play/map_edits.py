"""Controller maps as they are edited: files in, the maps to play by out. Only a file that changed is read.

A broken edit keeps the last good map and is said; a map whose file is gone is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Self

from engine.assets import Folder, as_folders
from engine.desk.play.controllers import ControllerMap, read_map, sort_maps
from engine.errors import Complaint
from engine.watch import Watch

PERIOD = 0.5  # seconds between two looks


class MapEdits:
    """Owns the watch on the folder of maps. Use it from one thread."""

    def __init__(
        self, folder: Folder, say: Callable[[Complaint], None], period: float = PERIOD
    ) -> None:
        """Read all maps. `say` hears what is wrong with a file, whenever it is read."""
        self._folders, self._say = as_folders(folder), say
        self._watch = Watch(self._folders.roots, period)
        self._maps: dict[str, ControllerMap] = {}  # by file name
        self._read({path.name for path in self._folders.files("*.toml")})

    @property
    def maps(self) -> list[ControllerMap]:
        """The maps as they are now, in the order in which they count."""
        return sort_maps(self._maps.values())

    def take(self) -> list[ControllerMap] | None:
        """All maps, if one of them is another since the last call; mostly None."""
        changes = self._watch.take_changes()
        return self.maps if changes and self._read({path.name for path in changes}) else None

    def close(self) -> None:
        self._watch.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read(self, names: set[str]) -> bool:
        """Take these files as they are now; whether that changed a map."""
        before = dict(self._maps)
        for name in sorted(names):
            path = self._folders.find(name)
            if not path.is_file():
                self._maps.pop(name, None)
                continue
            found, complaints = read_map(path)
            for complaint in complaints:
                self._say(complaint)
            if found:
                self._maps[name] = found
        return self._maps != before
