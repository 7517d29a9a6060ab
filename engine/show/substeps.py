"""A model's limit: how many sub-steps a step is cut into, so that it holds anywhere on the field.

In: a model, a scene, the values of a moment, the field's scale. Out: a count and a `dt` in model time.
Where as many as there may be do not suffice, time slows down instead: `dt` is never past the limit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.show.catalogue import Model
from engine.show.parameter import Parameter, Value, as_number
from engine.show.scene import Scene
from engine.show.sources.anisotropy import STRENGTH, stretched_eigenvalue
from engine.show.sources.reach import extremes

SUBSTEPS = 64  # more than this a step, and time slows down instead


class Substeps:
    """What the limit of one scene's model reads, and what moves that over the field."""

    def __init__(self, model: Model, scene: Scene) -> None:
        self._model = model
        self._turned = scene.anisotropy is not None
        self._names = model.limit.names
        self._moved = tuple(
            m for m in scene.variation.moved if not self._names.isdisjoint(m.parameters)
        )
        moving = [(n, f"{n}_{m.source}") for m in self._moved for n in m.parameters]
        self._read = (*self._names, *(n for pair in moving for n in pair))

    def cut(
        self,
        values: Mapping[str, Value],
        parameters: Mapping[str, Parameter],
        scale: float,
        fineness: float,
    ) -> tuple[int, float]:
        """How many sub-steps a step needs on a field of this scale, and the `dt` of each.

        `fineness`: times as fine as a field that may need SUBSTEPS; this one may need more.
        """
        largest = self._largest_dt(values, parameters, scale)
        needed = max(1, math.ceil(self._model.dt / largest - 1e-9))
        substeps = min(needed, math.ceil(SUBSTEPS * fineness**2))
        return substeps, min(self._model.dt / substeps, largest)

    def _largest_dt(
        self, values: Mapping[str, Value], parameters: Mapping[str, Parameter], scale: float
    ) -> float:
        """The largest stable step anywhere on a field of this scale, in model time."""
        numbers = {n: as_number(values[n]) for n in self._read}
        strength = as_number(values[STRENGTH]) if self._turned else 0.0
        eigenvalue = stretched_eigenvalue(strength)
        limit = self._model.limit
        if not self._moved:
            return limit.largest_dt(numbers, scale, eigenvalue)
        return min(
            limit.largest_dt(there, scale, eigenvalue)
            for there in extremes(self._names, self._moved, parameters, numbers)
        )
