"""A colour as a person writes it becomes OKLab: `"#rrggbb"` or `"oklch(L C H)"`, nothing else."""

from __future__ import annotations

import re

from engine.show.colours import oklab

Lab = tuple[float, float, float]

HOW_TO_WRITE = 'Write a colour as "#rrggbb" or "oklch(L C H)", such as "oklch(0.62 0.15 40)".'

_HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
_NUMBER = r"([+-]?(?:\d+\.?\d*|\.\d+))"
_OKLCH = re.compile(
    rf"oklch\(\s*{_NUMBER}(%?)[\s,]+{_NUMBER}[\s,]+{_NUMBER}(?:deg)?\s*\)", re.IGNORECASE
)


def parse_colour(written: object) -> Lab:
    """The OKLab colour (L, a, b) of `"#rrggbb"` or `"oklch(L C H)"`.

    L is 0..1 or 0 %..100 %, C 0..0.4, H in degrees. A colour that sRGB cannot show comes back with
    as much chroma as it can. Raises ValueError with a sentence for the reader of the file.
    """
    if not isinstance(written, str):
        raise ValueError(f"{written!r} is not a colour")
    text = written.strip()
    if found := _HEX.fullmatch(text):
        stored = [int(part, 16) / 255.0 for part in found.groups()]
        return _triple(oklab.linear_to_oklab(oklab.decode_srgb(stored)))
    if not (found := _OKLCH.fullmatch(text)):
        raise ValueError(f"'{written}' is not a colour")
    lightness = float(found[1]) / (100.0 if found[2] else 1.0)
    chroma, hue = float(found[3]), float(found[4])
    if not 0.0 <= lightness <= 1.0:
        raise ValueError(f"'{written}' has a lightness outside 0..1")
    if not 0.0 <= chroma <= 0.4:
        raise ValueError(f"'{written}' has a chroma outside 0..0.4")
    return _triple(oklab.fit_gamut(oklab.oklch_to_oklab([lightness, chroma, hue])))


def _triple(lab: oklab.Colours) -> Lab:
    return (float(lab[0]), float(lab[1]), float(lab[2]))
