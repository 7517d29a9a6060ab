"""A palette as the text of its file. In: a palette. Out: TOML that `load_palette` reads back."""

from __future__ import annotations

import tomli_w

from engine.show.colours import oklab
from engine.show.colours.colour import Lab
from engine.show.colours.palette import GROUP, Palette

LONGEST = 80  # characters of a title


def format_palette(palette: Palette) -> str:
    """Positions to four places, colours in OKLCH: within 1e-4 of what they were."""
    head = {"title": _line(palette.title) or palette.id, "about": _line(palette.about)}
    if palette.kind != "glow":
        head["kind"] = palette.kind
    if palette.group != GROUP:
        head["group"] = palette.group
    stops = [
        f'    [{stop.position:.4f}, "{write_colour(stop.colour)}"],\n' for stop in palette.stops
    ]
    accent = f'accent = "{write_colour(palette.accent)}"\n'
    return f"{tomli_w.dumps(head)}stops = [\n{''.join(stops)}]\n{accent}"


def write_colour(lab: Lab) -> str:
    """`oklch(L C H)`."""
    lightness, chroma, hue = oklab.oklab_to_oklch(lab)
    return f"oklch({min(max(lightness, 0.0), 1.0):.4f} {min(chroma, 0.4):.4f} {hue:.2f})"


def _line(words: str) -> str:
    """On one line, of what can be printed."""
    return "".join(sign if sign.isprintable() else " " for sign in words)[:LONGEST].strip()
