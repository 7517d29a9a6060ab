"""Colours by name and in hex, as CSS and X11 know them. In: a word. Out: OKLab."""

from __future__ import annotations

import re

from engine.show.colours.colour import Lab
from engine.show.colours.foreign.swatches import Unreadable, from_bytes, from_srgb

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE | re.ASCII)


def find_name(word: str) -> Lab:
    """The colour of a name or of `#rgb`, `#rrggbb`; an alpha behind is laid over black. Raises
    `Unreadable`."""
    if found := _HEX.fullmatch(word):
        digits = found[1] if len(found[1]) > 4 else "".join(d + d for d in found[1])
        red, green, blue, *alpha = bytes.fromhex(digits)
        seen = alpha[0] / 255 if alpha else 1.0
        return from_srgb(red * seen, green * seen, blue * seen, 255)
    from PIL.ImageColor import colormap  # the 148 names of CSS

    name = word.lower()
    if name == "transparent":
        return 0.0, 0.0, 0.0
    known = colormap.get(name) or colormap.get(name.replace("gray", "grey"))
    if not isinstance(known, str):
        raise Unreadable(f"'{word[:32]}' is no colour", 'Write "#rrggbb" or a name of CSS.')
    return from_bytes(bytes.fromhex(known[1:7]))
