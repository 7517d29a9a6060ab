"""What hands wish of the stage: the tape, a film, a still. A director can only pass it on.

In: words, from routes. Out: the same words, once, in order. Only so many wait: a flood is no hand.
"""

from __future__ import annotations

MOST = 16


class Wishes:
    """Use it from one thread. `tape_loops`: whether a tape that is played begins again at its end."""

    def __init__(self) -> None:
        self.tape_loops = False
        self._waiting: list[tuple[str, str]] = []

    def add(self, what: str, deed: str) -> None:
        """Wish for a deed: "tape" and "record", "stop", "play" or "toggle"; "record" (a film) and "start",
        "stop" or "toggle"; "still" and "".
        """
        if len(self._waiting) < MOST:
            self._waiting.append((what, deed))

    def take(self) -> list[tuple[str, str]]:
        """What has been wished for since the last time."""
        taken, self._waiting = self._waiting, []
        return taken
