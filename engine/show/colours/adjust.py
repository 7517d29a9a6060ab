"""What the performer does to a palette as a whole: hue, saturation, posterise, reverse.

In: a table of OKLab colours and the values of a voice. Out: another such table; untouched, the same
one. It is done where the table is baked, so that a picture pays nothing for it; shift, contrast and
turning stand in `shaders/lib/palette.glsl`, since they move along the table. Lightness stays as it is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.show.colours.oklab import fit_gamut

HALVINGS = 8  # of chroma, while a knob moves: to 1/256, which nobody sees
Values = Mapping[str, float | tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """`hue` in degrees, `saturation` times the chroma, `posterise` to so many colours (under 2: all)."""

    hue: float = 0.0
    saturation: float = 1.0
    posterise: int = 0
    reverse: bool = False


def read_adjustment(values: Values) -> Adjustment:
    """As the parameters `palette_hue`, ... stand; what a look does not have is left as it is."""
    return Adjustment(
        _number(values, "palette_hue", 0.0),
        _number(values, "palette_saturation", 1.0),
        round(_number(values, "palette_posterise", 0.0)),
        _number(values, "palette_reverse", 0.0) >= 0.5,
    )


def adjust(lab: NDArray[np.float32], wanted: Adjustment) -> NDArray[np.float32]:
    """The table (n + 1, 3), whose last row is the accent, as it is wanted."""
    if wanted == Adjustment():
        return lab
    made = lab.astype(np.float64)
    if wanted.hue or wanted.saturation != 1.0:
        angle = math.radians(wanted.hue)
        across = wanted.saturation * math.cos(angle)
        up = wanted.saturation * math.sin(angle)
        made[:, 1:] = made[:, 1:] @ np.array([[across, up], [-up, across]])
        made = fit_gamut(made, HALVINGS)
    colours = made[:-1]
    if wanted.posterise >= 2:
        size, steps = len(colours), wanted.posterise
        step = np.arange(size) * steps // size
        made[:-1] = colours[np.rint(step * (size - 1) / (steps - 1)).astype(np.intp)]
    if wanted.reverse:
        made[:-1] = made[:-1][::-1].copy()
    return made.astype(np.float32)


def _number(values: Values, name: str, default: float) -> float:
    value = values.get(name, default)
    return value if isinstance(value, (int, float)) else value[0]
