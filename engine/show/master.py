"""What lies over everything: brightness, blackout and freeze, and the sleep of a show that is closed."""

from __future__ import annotations

BLACKOUT_SECONDS = 0.3
GLIDE_SECONDS = 0.15


class Master:
    """`light` 0..1 is what the last pass multiplies by; it glides, so no switch is a flash."""

    def __init__(self) -> None:
        self.brightness = 1.0
        self.blackout = False
        self.freeze = False
        self.asleep = False  # outside opening hours
        self._dim = self._sleep = 0.0
        self._dusk = BLACKOUT_SECONDS
        self._brightness = 1.0

    @property
    def light(self) -> float:
        dark = self._sleep * self._sleep * (3.0 - 2.0 * self._sleep)
        return self._brightness * (1.0 - self._dim) * (1.0 - dark)

    @property
    def stands(self) -> bool:
        """Whether nothing moves: frozen, or dark because it sleeps."""
        return self.freeze or self._sleep >= 1.0

    def sleep(self, asleep: bool, seconds: float) -> None:
        """Go dark, or be lit again, in `seconds`."""
        self.asleep, self._dusk = asleep, max(seconds, GLIDE_SECONDS)

    def jump(self) -> None:
        """End all glides now: for a beginning, where nothing was shown yet."""
        self._sleep = float(self.asleep)
        self._dim, self._brightness = float(self.blackout), self.brightness

    def advance(self, seconds: float) -> None:
        self._dim = _toward(self._dim, float(self.blackout), seconds / BLACKOUT_SECONDS)
        self._sleep = _toward(self._sleep, float(self.asleep), seconds / self._dusk)
        self._brightness = _toward(self._brightness, self.brightness, seconds / GLIDE_SECONDS)


def _toward(value: float, goal: float, step: float) -> float:
    return value + min(max(goal - value, -step), step)
