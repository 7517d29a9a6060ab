"""Colour tables of GMT and the maps of the world, `.cpt`. In: text. Out: swatches with positions.

    0  black   1000  34/139/34     a slice: from z and its colour to z and its colour
    0  0 0 0   1000  34 139 34
    B  black                       below, above, no data: passed over

Colours are R/G/B or R G B, H-S-V or H S V where `COLOR_MODEL` says so, a grey, `#rrggbb` or a name.
Format: the GMT documentation, "Color palette tables". Slices of one colour stay steps.
"""

from __future__ import annotations

import math
import re

from engine.show.colours.colour import Lab
from engine.show.colours.foreign.names import find_name
from engine.show.colours.foreign.swatches import (
    Swatches,
    Unreadable,
    from_hsv,
    from_srgb,
    take_colours,
)

REMEDY = "Write: z colour z colour."
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def read_cpt(text: str) -> list[Swatches]:
    """One table. Its range of z becomes 0..1."""
    hsv = False
    places: list[float] = []
    colours: list[Lab] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#"):
            if "COLOR_MODEL" in line:
                hsv = "HSV" in line.upper()
            continue
        words = line.partition(";")[0].split()
        if words and re.fullmatch(r"[LUB]", words[-1]) and len(words) > 4:
            words.pop()  # how GMT annotates the slice
        if not words or words[0] in ("B", "F", "N"):
            continue
        try:
            slices = _read_slice(words, hsv)
        except Unreadable as error:
            raise Unreadable(error.what, error.remedy, number) from None
        for place, colour in slices:
            if places and place < places[-1]:
                raise Unreadable("z falls", "Sort the lines by z.", number)
            if not (places and place == places[-1] and colour == colours[-1]):
                places.append(place)
                colours.append(colour)
    if len(set(places)) < 2:
        raise Unreadable("there is no slice of colours in it", REMEDY)
    low, high = places[0], places[-1]
    return [take_colours("", colours, [(place - low) / (high - low) for place in places])]


def _read_slice(words: list[str], hsv: bool) -> list[tuple[float, Lab]]:
    """Both ends of a slice, or a single point as newer tables have them."""
    if len(words) == 8:
        first, second = words[:4], words[4:]
    elif len(words) == 4:
        first, second = words[:2], words[2:]
    elif len(words) == 2:
        first, second = words, []
    else:
        raise Unreadable(f"'{' '.join(words)[:32]}' is no slice of colours", REMEDY)
    return [(_read_z(end[0]), _read_colour(end[1:], hsv)) for end in (first, second) if end]


def _read_z(word: str) -> float:
    z = float(word) if _NUMBER.fullmatch(word) else math.nan
    if not math.isfinite(z) or abs(z) > 1e100:
        raise Unreadable(f"'{word[:24]}' is no number", REMEDY)
    return z


def _read_colour(words: list[str], hsv: bool) -> Lab:
    if len(words) == 1:
        word = words[0]
        if word.count("/") == 2:
            words = word.split("/")
        elif word.count("-") == 2 and word[0].isdecimal():
            words, hsv = word.split("-"), True
        elif _NUMBER.fullmatch(word):
            words, hsv = [word] * 3, False
        else:
            return find_name(word)
    if len(words) != 3 or not all(map(_NUMBER.fullmatch, words)):
        raise Unreadable(f"'{' '.join(words)[:24]}' is no colour", REMEDY)
    a, b, c = map(float, words)
    return from_hsv(a / 360.0, b, c) if hsv else from_srgb(a, b, c, 255)
