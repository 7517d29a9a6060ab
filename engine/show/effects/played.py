"""An effect or a transition that is played: its values, gliding, and the phases of its rates.

In: values to go to, time that passes. Out: the values of a frame. Knows nothing of messages or GL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.show.bank import Bank
from engine.show.catalogue import Effect
from engine.show.parameter import Parameter, Value, clamp_value


class Played:
    """The parameters of one effect, played by hand. `between`: where knobs stand between two steps."""

    def __init__(self, effect: Effect, values: Mapping[str, Sequence[float]]) -> None:
        self.effect = effect
        self.bank = Bank(effect.knobs, _fit(effect, values))
        self.between: dict[str, float] = {}
        self._phases = {p.name: 0.0 for p in effect.knobs if p.phase}

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        return self.bank.parameters

    def wanted(self) -> dict[str, tuple[float, ...]]:
        """Where every parameter is going (or is)."""
        return {name: self.bank.wanted(name) for name in self.parameters}

    def adopt(self, effect: Effect) -> None:
        """Go on with an edited header: values stay, as far as they still fit."""
        if effect != self.effect:
            kept, phases = self.wanted(), self._phases
            self.effect = effect
            self.bank = Bank(effect.knobs, _fit(effect, kept))
            self._phases = {p.name: phases.get(p.name, 0.0) for p in effect.knobs if p.phase}

    def advance(self, seconds: float) -> dict[str, Value]:
        """Let time pass; the values of the frame."""
        self.bank.advance(seconds)
        values = self.bank.values()
        for name, phase in self._phases.items():
            rate = values[name]
            assert isinstance(rate, float)
            self._phases[name] = (phase + rate * seconds) % 1.0
            values[f"{name}_phase"] = self._phases[name]
        return values


def _fit(effect: Effect, values: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, ...]]:
    """The values that the effect has parameters for, held within their ranges."""
    known = {p.name: p for p in effect.knobs}
    return {
        name: clamp_value(known[name], value)
        for name, value in values.items()
        if name in known and len(value) == known[name].components
    }
