"""Anisotropy: diffusion that runs faster along a direction than across it. Data and its limit.

    [anisotropy]          # without `by`: one direction everywhere
    by = "terrain"        # a source
    follow = "value"      # turned by the source's value; or along, across: the source's slope

How strong is the parameter `anisotropy`, the direction `anisotropy_angle`, and how far a source of
value 1 turns it `anisotropy_turn`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from engine.show.catalogue import LAPLACIAN_EIGENVALUE
from engine.show.parameter import Parameter

FOLLOW = ("value", "along", "across")
KEYS = ("by", "follow")
STRENGTH, ANGLE, TURN = "anisotropy", "anisotropy_angle", "anisotropy_turn"


@dataclass(frozen=True, slots=True)
class Anisotropy:
    """`by` is a source's name, or empty for one direction everywhere."""

    by: str = ""
    follow: str = "value"


def anisotropy_parameters(anisotropy: Anisotropy | None) -> list[Parameter]:
    if anisotropy is None:
        return []
    found = [
        Parameter(STRENGTH, "float", (0.6,), (0.0,), (0.95,), label="Anisotropy"),
        Parameter(ANGLE, "float", (0.0,), (-180.0,), (180.0,), label="Direction", unit="degrees"),
    ]
    if anisotropy.by and anisotropy.follow == "value":
        found.append(
            Parameter(TURN, "float", (0.5,), (-2.0,), (2.0,), label="Turned by", unit="half turns")
        )
    return found


def find_stretch(anisotropy: Anisotropy, values: Mapping[str, float]) -> tuple[float, float]:
    """s (cos 2t, sin 2t): how far diffusion along t is faster, where no source turns it."""
    twice = 2.0 * math.radians(values[ANGLE] + (90.0 if anisotropy.follow == "across" else 0.0))
    return values[STRENGTH] * math.cos(twice), values[STRENGTH] * math.sin(twice)


def stretched_eigenvalue(strength: float) -> float:
    """The most negative eigenvalue of the turned stencil at unit spacing, whatever its direction:
    that of the 9-point Laplacian, until the waves along one axis, 4 (1 + s), are worse."""
    return max(LAPLACIAN_EIGENVALUE, 4.0 * (1.0 + strength))
