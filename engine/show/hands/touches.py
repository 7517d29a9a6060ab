"""Touches that wait for the next frame: on the field, on the drawn sources, and whether it is cleared.

In: splats and marks, at any time. Out: once a frame, those of it. A frame holds no more than MOST_SPLATS
of each, so that no flood of messages costs a picture.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.show.frame import Splat

MOST_SPLATS = 64  # in a frame


class Touches:
    """What touches one voice next."""

    def __init__(self) -> None:
        self._splats: list[Splat] = []
        self._marks: list[Splat] = []
        self._clears = False

    @property
    def room(self) -> int:
        """How many more touches the next frame holds."""
        return max(MOST_SPLATS - len(self._splats), 0)

    def make_room(self, touches: int) -> int:
        """Give up the newest touches so that `touches` more fit; how many there were."""
        lost = max(len(self._splats) + touches - MOST_SPLATS, 0)
        if lost:
            del self._splats[-lost:]
        return lost

    def splat(self, splat: Splat) -> bool:
        """Touch the field in the next frame; False if that frame holds no more."""
        if not self.room:
            return False
        self._splats.append(splat)
        return True

    def mark(self, mark: Splat) -> bool:
        """Draw into the drawn sources in the next frame; False if that frame holds no more."""
        if len(self._marks) >= MOST_SPLATS:
            return False
        self._marks.append(mark)
        return True

    def nudge(self, splats: Iterable[Splat]) -> None:
        """Touch the field in the next frame, however many touches there are: the guard of life's few."""
        self._splats += splats

    def clear(self) -> None:
        """Put the field back to rest in the next frame."""
        self._clears = True

    def take(self) -> tuple[tuple[Splat, ...], tuple[Splat, ...], bool]:
        """The splats, the marks and whether to clear, for this frame: the next one begins without."""
        taken = tuple(self._splats), tuple(self._marks), self._clears
        self._splats, self._marks, self._clears = [], [], False
        return taken
