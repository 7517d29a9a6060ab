"""What is to be saved, until whoever writes takes it. In: kinds, ids, texts. Never touches a file."""

from __future__ import annotations

from engine.keep import WAITING, Saving
from engine.show.parameter import Refused


class Savings:
    """The wishes of one frame. Offline nobody takes them: a film saves nothing."""

    def __init__(self) -> None:
        self._asked: list[Saving] = []

    def ask(self, kind: str, name: str, text: str) -> None:
        """Save a text as a thing of a kind (see `keep.PLACES`). Raises `Refused` for a bad id, or for
        too many at once."""
        try:
            saving = Saving(kind, name, text)
        except ValueError as error:
            raise Refused(str(error)) from None
        if len(self._asked) >= WAITING:
            raise Refused("too many to save at once")
        self._asked.append(saving)

    def take(self) -> list[Saving]:
        """What was asked for since the last call."""
        asked, self._asked = self._asked, []
        return asked
