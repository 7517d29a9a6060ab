"""How many messages a frame takes. In: how long those of each frame took. Out: the most for the next.

A flood may take SHARE of a frame's time; what is beyond it waits for the next frames, and if there is
ever more, the pipe's writer drops from the busiest address. Never reads a clock.
"""

from __future__ import annotations

SHARE = 0.5
LEAST, MOST = 256, 4096
FEW = 64  # tell nothing of the time that one takes
NEWS = 0.2  # part of the latest frame in the mean


class Intake:
    """`most` messages are taken in the next frame."""

    def __init__(self, fps: float) -> None:
        self.most = MOST
        self._room_ns = SHARE * 1e9 / fps
        self._each_ns = self._room_ns / MOST

    def took(self, messages: int, nanoseconds: int) -> None:
        """So many messages took so long."""
        if messages >= FEW:
            self._each_ns += NEWS * (nanoseconds / messages - self._each_ns)
            self.most = min(max(int(self._room_ns / max(self._each_ns, 1.0)), LEAST), MOST)
