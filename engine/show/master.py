"""What lies over everything: brightness, blackout and freeze."""

from __future__ import annotations

BLACKOUT_SECONDS = 0.3
GLIDE_SECONDS = 0.15


class Master:
    """`light` 0..1 is what the last pass multiplies by; it glides, so no switch is a flash."""

    def __init__(self) -> None:
        self.brightness = 1.0
        self.blackout = False
        self.freeze = False
        self._dim = 0.0
        self._brightness = 1.0

    @property
    def light(self) -> float:
        return self._brightness * (1.0 - self._dim)

    def jump(self) -> None:
        """End all glides now: for a beginning, where nothing was shown yet."""
        self._dim, self._brightness = float(self.blackout), self.brightness

    def advance(self, seconds: float) -> None:
        self._dim = _toward(self._dim, float(self.blackout), seconds / BLACKOUT_SECONDS)
        self._brightness = _toward(self._brightness, self.brightness, seconds / GLIDE_SECONDS)


def _toward(value: float, goal: float, step: float) -> float:
    return value + min(max(goal - value, -step), step)
