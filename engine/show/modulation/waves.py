"""The forms of modulation: waves, curves and chance. A place in, a number out; remembers nothing."""

from __future__ import annotations

import math
from collections.abc import Callable

PULSE_FALLS = 2.5  # by a factor of e within the width of a pulse
_MASK = (1 << 64) - 1


def sine(turn: float, width: float) -> float:
    return math.sin(2.0 * math.pi * turn)


def triangle(turn: float, width: float) -> float:
    """From 0 up, as a sine begins."""
    return 4.0 * abs((turn - 0.25) % 1.0 - 0.5) - 1.0


def saw(turn: float, width: float) -> float:
    """From -1 up to 1, and back at once."""
    return 2.0 * turn - 1.0


def fall(turn: float, width: float) -> float:
    """From 1 down to -1, and back at once."""
    return 1.0 - 2.0 * turn


def square(turn: float, width: float) -> float:
    """1 for `width` of the turn, then -1."""
    return 1.0 if turn < width else -1.0


def pulse(turn: float, width: float) -> float:
    """A stroke at the beginning that dies away: from 1 towards -1."""
    return 2.0 * math.exp(-PULSE_FALLS * turn / width) - 1.0


# In the order of SHAPES. Each takes a place 0..1 of the turn and a width, and gives -1..1.
WAVES: tuple[Callable[[float, float], float], ...] = (sine, triangle, saw, fall, square, pulse)


def bend_exp(x: float) -> float:
    """Slow at first: x^2, on either side of 0."""
    return x * abs(x)


def bend_log(x: float) -> float:
    """Fast at first: the root, on either side of 0."""
    return math.copysign(math.sqrt(abs(x)), x)


def bend_s(x: float) -> float:
    """Slow at both ends: 3 x^2 - 2 x^3, on either side of 0."""
    far = abs(x)
    return math.copysign(far * far * (3.0 - 2.0 * far), x)


# Each takes 0..1 or -1..1 and gives the same; "inverse" depends on which: see `invert`.
BENDS: dict[str, Callable[[float], float]] = {"exp": bend_exp, "log": bend_log, "s": bend_s}


def invert(x: float, polarity: str) -> float:
    """Turned over: high becomes low."""
    return 1.0 - x if polarity == "uni" else -x


def convert(x: float, natural: str, wanted: str) -> float:
    """A number of one polarity as the other: -1..1 becomes 0..1, or the other way round."""
    if natural == wanted:
        return x
    return (x + 1.0) / 2.0 if wanted == "uni" else 2.0 * x - 1.0


def chance(seed: int, index: int) -> float:
    """-1..1, evenly: the same for the same seed and index, for ever and in any order.

    The mixing is SplitMix64's (Steele, Lea and Flood 2014, DOI 10.1145/2714064.2660195).
    """
    mixed = (seed * 0x9E3779B97F4A7C15 + index * 0xD1B54A32D192ED03 + 0x9E3779B97F4A7C15) & _MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
    mixed ^= mixed >> 31
    return (mixed >> 11) / float(1 << 52) - 1.0
