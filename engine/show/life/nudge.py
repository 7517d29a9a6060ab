"""A nudge: a few soft touches, one after the other, so that a field which stands moves again.

In: a source of randomness, then time that passes. Out: splats. Each swells in a fifth of a second:
slower, and a stiff field undoes it as it comes; at once, and it is seen as a jump.
"""

from __future__ import annotations

import math
import random

from engine.show.frame import Splat

TOUCHES = 6  # by turns toward the brush state and back to rest
APART, LASTS = 0.5, 0.2  # seconds from one to the next, seconds of each
PULL = 25.0  # 1/s: 34 % of the way in a frame at 60 fps
RADII = (0.03, 0.08)  # of the height


class Nudge:
    """One nudge."""

    def __init__(self, source: random.Random) -> None:
        self._gone = 0.0
        self._touches = [
            (source.random(), source.random(), source.uniform(*RADII), 1.0 if i % 2 else -1.0)
            for i in range(TOUCHES)
        ]

    @property
    def is_over(self) -> bool:
        return self._gone >= TOUCHES * APART

    def touch(self, seconds: float) -> list[Splat]:
        """What touches the field in a frame of `seconds`."""
        index, within = divmod(self._gone, APART)
        self._gone += seconds
        lasting = min(seconds, LASTS - within)
        if lasting <= 0.0 or index >= TOUCHES:
            return []
        x, y, radius, sign = self._touches[int(index)]
        return [Splat(x, y, radius, sign * -math.expm1(-PULL * lasting))]
