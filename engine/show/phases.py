"""Phases: what goes round as time goes on, so that an edit or a changed rate never makes it jump.

In: time that passes, the values of a moment. Out: `<name>_phase` of each parameter that is a rate, in
turns, 0..1, and `<source>_drift` of each source: how far it has slid, in parts of the field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.show.parameter import Parameter, Value, as_number
from engine.show.sources.source import Source


class Phases:
    """Where they are."""

    def __init__(self, parameters: Iterable[Parameter], sources: Iterable[Source]) -> None:
        self._turns = {p.name: 0.0 for p in parameters if p.phase}
        self._slid = {source.name: (0.0, 0.0) for source in sources}

    def adopt(self, parameters: Iterable[Parameter]) -> None:
        """Go on with these parameters, each from where it was."""
        self._turns = {p.name: self._turns.get(p.name, 0.0) for p in parameters if p.phase}

    @property
    def places(self) -> dict[str, tuple[float, ...]]:
        """Where all are, for one that goes on in their place."""
        turns = {name: (turns,) for name, turns in self._turns.items()}
        return {**turns, **self._slid}

    def go_on(self, places: Mapping[str, Sequence[float]]) -> None:
        """Begin where others were. What is no place of these is left alone."""
        for name, place in places.items():
            if name in self._turns and len(place) == 1:
                self._turns[name] = place[0] % 1.0
            elif name in self._slid and len(place) == 2:
                self._slid[name] = place[0] % 1.0, place[1] % 1.0

    def advance(self, seconds: float, values: dict[str, Value], sources: Sequence[Source]) -> None:
        """Go round for `seconds` and add to `values` where that leads."""
        for name in self._turns:
            self._turns[name] = (self._turns[name] + as_number(values[name]) * seconds) % 1.0
        self.tell(values)
        for source in sources:
            across, up = self._slid[source.name]
            slide = source.drift * seconds
            # Askew, and within one turn: it comes round, and float32 must stay fine for days.
            self._slid[source.name] = (across + slide) % 1.0, (up + 0.618 * slide) % 1.0
            values[f"{source.name}_drift"] = self._slid[source.name]

    def tell(self, values: dict[str, Value]) -> None:
        """Add to `values` where the parameters' phases are."""
        for name, turns in self._turns.items():
            values[f"{name}_phase"] = turns
