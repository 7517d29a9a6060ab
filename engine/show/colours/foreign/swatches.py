"""What is read from a foreign file: colours in a row, and where they stand if the file says so.

A reader takes text or bytes and gives `Swatches`, or raises `Unreadable`, and nothing else, whatever
it is given.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engine.show.colours import oklab
from engine.show.colours.colour import Lab

MOST = 4096  # colours in one palette
MOST_PALETTES = 64  # in one file


class Unreadable(Exception):
    """A file that is not what it seems. `line` is from 1; 0 where there are no lines."""

    def __init__(self, what: str, remedy: str = "", line: int = 0) -> None:
        super().__init__(what)
        self.what, self.remedy, self.line = what, remedy, line


@dataclass(frozen=True, slots=True)
class Swatches:
    """Colours in OKLab. `positions` never fall, and are as many as the colours; none: just a list."""

    name: str
    colours: tuple[Lab, ...]
    positions: tuple[float, ...] = ()


def from_srgb(red: float, green: float, blue: float, most: float = 1.0) -> Lab:
    """Stored sRGB, 0..`most` each, in OKLab; what is beyond is held. Raises `Unreadable` for NaN."""
    stored = (red / most, green / most, blue / most)
    if not all(math.isfinite(part) for part in stored):
        raise Unreadable("a colour is not a number")
    held = [min(max(part, 0.0), 1.0) for part in stored]
    lab = oklab.linear_to_oklab(oklab.decode_srgb(held))
    return float(lab[0]), float(lab[1]), float(lab[2])


def from_bytes(stored: Sequence[int]) -> Lab:
    """Three numbers, 0..255."""
    red, green, blue = stored
    return from_srgb(red, green, blue, 255)


def from_cmyk(cyan: float, magenta: float, yellow: float, black: float) -> Lab:
    """0..1 each (1 is all ink), without a profile: each ink takes away its own."""
    return from_srgb(*((1.0 - ink) * (1.0 - black) for ink in (cyan, magenta, yellow)))


def from_hsv(hue: float, saturation: float, value: float) -> Lab:
    """Hue in turns, the others 0..1."""
    if not all(math.isfinite(part) for part in (hue, saturation, value)):
        raise Unreadable("a colour is not a number")
    s, v = min(max(saturation, 0.0), 1.0), min(max(value, 0.0), 1.0)
    parts = (abs((hue % 1.0 * 6.0 - at + 3.0) % 6.0 - 3.0) for at in (0.0, 2.0, 4.0))
    return from_srgb(*(v * (1.0 - s * min(max(part - 1.0, 0.0), 1.0)) for part in parts))


def from_cielab(lightness: float, a: float, b: float) -> Lab:
    """CIE L*a*b* of D50, L* 0..100, in OKLab, within sRGB.

    CIE 15:2004; the matrix is XYZ of D50 to linear sRGB (Bradford), http://www.brucelindbloom.com.
    """
    if not all(math.isfinite(part) for part in (lightness, a, b)):
        raise Unreadable("a colour is not a number")
    fy = (min(max(lightness, 0.0), 100.0) + 16.0) / 116.0
    white = (0.96422, 1.0, 0.82521)
    roots = (fy + min(max(a, -128.0), 128.0) / 500.0, fy, fy - min(max(b, -128.0), 128.0) / 200.0)
    x, y, z = (
        w * (f**3 if f > 6.0 / 29.0 else (f - 16.0 / 116.0) * 3.0 * (6.0 / 29.0) ** 2)
        for w, f in zip(white, roots, strict=True)
    )
    light = [
        3.1338561 * x - 1.6168667 * y - 0.4906146 * z,
        -0.9787684 * x + 1.9161415 * y + 0.0334540 * z,
        0.0719453 * x - 0.2289914 * y + 1.4052427 * z,
    ]
    lab = oklab.fit_gamut(oklab.linear_to_oklab(light))
    return float(lab[0]), float(lab[1]), float(lab[2])


def take_colours(name: str, colours: Sequence[Lab], positions: Sequence[float] = ()) -> Swatches:
    """As swatches. Raises `Unreadable` for none, or for more than anybody needs."""
    if not colours:
        raise Unreadable("there is no colour in it")
    if len(colours) > MOST:
        raise Unreadable(f"there are more than {MOST} colours in it", "Is it a palette?")
    if not all(math.isfinite(position) for position in positions):
        raise Unreadable("a position is not a number")
    return Swatches(name, tuple(colours), tuple(positions))
