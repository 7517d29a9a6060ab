"""What is wrong, said while it plays: on stderr and over the picture, each mistake once.

In: complaints, from the start, from edited files, from the GPU. Out: lines and notices. Never raises.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable

from engine.errors import Complaint
from engine.output.surface import Surface

NOTICE_S = 8.0


class Saying:
    """Owns the memory of what was said."""

    def __init__(self, surface: Surface, said: Iterable[Complaint] = ()) -> None:
        """`said`: what was said before there was a picture."""
        self._surface = surface
        self._said = tuple(said)

    def say(self, complaint: Complaint) -> None:
        """Now, whether or not it was said before."""
        print(complaint, file=sys.stderr)
        self._surface.notice(str(complaint), NOTICE_S)

    def say_new(self, complaints: Iterable[Complaint]) -> None:
        """What has not been said yet."""
        for complaint in complaints:
            if complaint not in self._said:
                self._said += (complaint,)
                self.say(complaint)

    def keep_only(self, complaints: Collection[Complaint]) -> None:
        """What was mended is forgotten, so that the same mistake made again is said again."""
        self._said = tuple(complaint for complaint in self._said if complaint in complaints)
