"""How a layer is laid on the others: opacity, blend, solo, bypass, its side, its rack of effects.

What hands want, and the glides toward it. It is a layer's for good: a scene comes and goes in it.
"""

from __future__ import annotations

from engine.show.effects.rack import Rack

GLIDE_SECONDS = 0.1  # from nothing to all: opacity may be a pad
BUSES = ("off", "a", "b")
USUAL = (1.0, "normal", False, False, "off")
_SIDES = {"off": (1.0, 1.0), "a": (1.0, 0.0), "b": (0.0, 1.0)}


class Manner:
    """Told before the layer plays, it waits for it."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.opacity = self._opacity = 1.0
        self.blend = "normal"
        self.solo = False
        self.bypass = False
        self.bus = "off"
        self.rack = Rack(f"layer {number}")
        self.stays = True  # once its layer has left
        self._shown = 1.0
        self._sides = _SIDES["off"]

    @property
    def amount(self) -> float:
        """Of the layer in the picture now, by its opacity and by what hides it."""
        return self._opacity * self._shown

    @property
    def sides(self) -> tuple[float, float]:
        """How much of it is in the two pictures that the crossfader mixes."""
        return self._sides

    def is_hidden(self, soloed: bool) -> bool:
        """Whether hands want it out of the picture; `soloed`: some layer is solo."""
        return self.bypass or (soloed and not self.solo)

    def is_seen(self, soloed: bool, crossfader: float) -> bool:
        """Whether anything of it is in the picture, or is about to be."""
        wanted = self.opacity > 0.0 and not self.is_hidden(soloed)
        a, b = self._sides
        wanted_a, wanted_b = _SIDES[self.bus]
        return (wanted or self.amount > 0.0) and (
            max(a, wanted_a) * (1.0 - crossfader) + max(b, wanted_b) * crossfader > 0.0
        )

    def advance(self, seconds: float, soloed: bool) -> None:
        step = seconds / GLIDE_SECONDS
        self._opacity = _toward(self._opacity, self.opacity, step)
        self._shown = _toward(self._shown, float(not self.is_hidden(soloed)), step)
        a, b = (_toward(n, w, step) for n, w in zip(self._sides, _SIDES[self.bus], strict=True))
        self._sides = a, b

    def jump(self, soloed: bool) -> None:
        """End all glides now: for a beginning."""
        self._opacity, self._shown = self.opacity, float(not self.is_hidden(soloed))
        self._sides = _SIDES[self.bus]
        self.rack.jump()

    def forget(self) -> None:
        """Be as a fresh one, by its glides, and gone with its layer."""
        self.stays = False
        self.opacity, self.blend, self.solo, self.bypass, self.bus = USUAL
        self.rack = Rack(f"layer {self.number}")


def _toward(value: float, goal: float, step: float) -> float:
    return value + min(max(goal - value, -step), step)
