"""The bank: the present and the wanted value of each parameter, and the glide between the two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from engine.show.parameter import Parameter

GLIDE = (
    0.06  # seconds to 63 % of the way: no zipper noise from 7-bit knobs, still in the next frame
)


class Bank:
    """One float per component, all of them moved at once."""

    def __init__(
        self, parameters: Iterable[Parameter], initial: Mapping[str, Sequence[float]]
    ) -> None:
        """Values not in `initial` begin at the parameter's default."""
        self.parameters = {parameter.name: parameter for parameter in parameters}
        self._slots: dict[str, slice] = {}
        start: list[float] = []
        for name, parameter in self.parameters.items():
            value = initial.get(name, parameter.default)
            self._slots[name] = slice(len(start), len(start) + parameter.components)
            start += value
        self._wanted = np.array(start, np.float64)
        self._present = self._wanted.copy()
        self._glide = np.full(len(start), GLIDE)
        widths = (
            abs(a - b)
            for p in self.parameters.values()
            for a, b in zip(p.minimum, p.maximum, strict=True)
        )
        self._arrived = np.fromiter(widths, np.float64, len(start)) * 1e-5

    def want(self, name: str, value: Sequence[float], seconds: float = 0.0) -> None:
        """Glide to a native value; `seconds` is how long the move should take (0: the usual glide)."""
        slot = self._slots[name]
        self._wanted[slot] = value
        self._glide[slot] = max(GLIDE, seconds / 4)
        if not self.parameters[name].is_smooth:
            self._present[slot] = value

    def wanted(self, name: str) -> tuple[float, ...]:
        """Where a parameter is going (or is)."""
        return tuple(self._wanted[self._slots[name]].tolist())

    def jump(self) -> None:
        """End all glides now: for a beginning, where nothing was shown yet."""
        self._present[:] = self._wanted

    def advance(self, seconds: float) -> None:
        """Move every value along its glide."""
        rest = self._wanted - self._present
        self._present += rest * -np.expm1(-seconds / self._glide)
        near = np.abs(rest) < self._arrived
        self._present[near] = self._wanted[near]

    def values(self) -> dict[str, float | tuple[float, ...]]:
        """The present native values: a float, or a tuple for points and colours."""
        present = self._present.tolist()
        return {
            name: present[slot.start] if slot.stop - slot.start == 1 else tuple(present[slot])
            for name, slot in self._slots.items()
        }
