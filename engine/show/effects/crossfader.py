"""The crossfader: a picture of the layers of side a, one of side b, and how far it is from one to the other.

The two are mixed in linear light, so in the middle the wall is as bright as the mean of both.
"""

from __future__ import annotations

GLIDE_SECONDS = 0.1  # from side to side: a pad is no cut


class Crossfader:
    """`wanted` is where hands have it: 0 is side a, 1 side b."""

    def __init__(self) -> None:
        self.wanted = 0.0
        self.present = 0.0

    def jump(self) -> None:
        """End its glide now."""
        self.present = self.wanted

    def advance(self, seconds: float) -> None:
        step = seconds / GLIDE_SECONDS
        self.present += min(max(self.wanted - self.present, -step), step)
