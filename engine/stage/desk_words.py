"""What stands between the window and the desk. In: the window's and the desk's messages for one another,
and the pictures' wish to see what is heard. Out: the same, handed on. None of it is the show's.
"""

from __future__ import annotations

from engine.gpu.isf.sounds import Sounds
from engine.house_addresses import SEEN, TO_DESK, TO_WINDOW
from engine.message import Message
from engine.output.surface import Surface

SEEN_NS = 1_000_000_000  # between two wishes to see what is heard


class DeskWords:
    """Owns what waits for the desk."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._waiting: list[Message] = []
        self._next_seen_ns = 0

    def hand_on(self, message: Message) -> bool:
        """Whether it was none for the show: the desk's for the window, or the window's for the desk."""
        if message.address.startswith(TO_WINDOW):
            self._surface.hear(message)
        elif message.address.startswith(TO_DESK):
            self._waiting.append(message)
        else:
            return False
        return True

    def ask_to_see(self, sounds: Sounds, now_ns: int) -> None:
        """Have the wave and the spectrum told while something draws them."""
        if sounds.take_asked() and now_ns >= self._next_seen_ns:
            self._next_seen_ns = now_ns + SEEN_NS
            self._waiting.append(Message(SEEN))

    def take(self) -> list[Message]:
        """What is for the desk since the last time."""
        told, self._waiting = self._waiting, []
        return told
