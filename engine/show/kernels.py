"""Kernels: the arrays of weights that a rule's code reads, made from its parameters.

In: native values and 1/dx. Out: rows of four numbers, a `vec4` array in the code. Pure; a maker is
asked again only when what it reads has changed, so it must be done in about a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Maker:
    """How a table is made: `make` gets the values of the parameters in `reads`, and 1/dx, and
    returns an array of shape (`rows`, 4)."""

    make: Callable[[Mapping[str, float], float], Table]
    reads: tuple[str, ...]
    rows: int


MAKERS: Mapping[str, Maker] = {}
