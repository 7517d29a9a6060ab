"""Rain: touches that fall by themselves, as many a second as the scene's `rain` says.

In: time that passes, the values of a moment. Out: splats. All chance is passed in.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from engine.show.frame import Splat
from engine.show.parameter import Value, as_number


class Rain:
    """What has gathered and not fallen yet."""

    def __init__(self, source: random.Random) -> None:
        self._source = source
        self._drops = 0.0

    def fall(self, seconds: float, values: Mapping[str, Value]) -> Iterator[Splat]:
        """The drops of a frame of `seconds`: place, size about `rain_radius`, amount."""
        self._drops += as_number(values["rain"]) * seconds
        while self._drops >= 1.0:
            self._drops -= 1.0
            size = as_number(values["rain_radius"]) * self._source.uniform(0.6, 1.4)
            place = self._source.random(), self._source.random()
            yield Splat(*place, size, as_number(values["rain_amount"]))
