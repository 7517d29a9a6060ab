"""Palettes that are text, a colour a line: GIMP's `.gpl`, `.hex`, Paint Shop Pro's `.pal` (JASC).

In: text. Out: swatches, in the file's order. Formats: the GIMP's devel-docs/gpl.txt; lospec.com's
hex files; "JASC-PAL" as Paint Shop Pro writes it.
"""

from __future__ import annotations

import re

from engine.show.colours.colour import Lab
from engine.show.colours.foreign.swatches import (
    Swatches,
    Unreadable,
    from_bytes,
    from_srgb,
    take_colours,
)

_NUMBERS = re.compile(r"\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,]|$)")
_HEX = re.compile(r"#?(?:0x)?(?:[0-9a-fA-F]{2})?([0-9a-fA-F]{6})", re.ASCII)


def read_gpl(text: str) -> list[Swatches]:
    """A GIMP palette."""
    lines = text.splitlines()
    if not lines or not lines[0].startswith("GIMP Palette"):
        raise Unreadable("does not begin with 'GIMP Palette'", "Is it a .gpl file?", 1)
    name, colours = "", []
    for number, line in enumerate(lines[1:], 2):
        stripped = line.strip()
        if stripped.startswith("Name:"):
            name = stripped[5:].strip()
        elif stripped and not stripped.startswith(("#", "Columns:")):
            colours.append(_read_numbers(line, number))
    return [take_colours(name, colours)]


def read_hex(text: str) -> list[Swatches]:
    """Six hex digits a line, with or without `#`; eight have an alpha in front, as paint.net writes
    them. What stands behind `;` is a remark."""
    colours = []
    for number, line in enumerate(text.splitlines(), 1):
        word = line.partition(";")[0].strip()
        if not word:
            continue
        found = _HEX.fullmatch(word)
        if not found:
            raise Unreadable(f"'{word[:24]}' is no colour", "Write rrggbb in hex.", number)
        colours.append(from_bytes(bytes.fromhex(found[1])))
    return [take_colours("", colours)]


def read_jasc(text: str) -> list[Swatches]:
    """Paint Shop Pro's: a head of three lines, then a colour a line."""
    lines = text.splitlines()
    if not lines or lines[0].strip() != "JASC-PAL":
        raise Unreadable("does not begin with 'JASC-PAL'", "Is it a .pal file?", 1)
    rows = [(number, line) for number, line in enumerate(lines, 1) if line.strip()][3:]
    count = lines[2].strip() if len(lines) > 2 else ""
    colours = [_read_numbers(line, number) for number, line in rows]
    if not (count.isdecimal() and len(count) <= 6 and int(count) <= len(colours)):
        what = f"line 3 promises '{count[:12]}' colours, {len(colours)} follow"
        raise Unreadable(what, "Is the file whole?", 3)
    return [take_colours("", colours[: int(count)])]


def _read_numbers(line: str, number: int) -> Lab:
    found = _NUMBERS.match(line)
    if not found or max(map(int, found.groups())) > 255:
        raise Unreadable(
            f"'{line.strip()[:24]}' is no colour", "Write R G B, 0 to 255 each.", number
        )
    red, green, blue = map(int, found.groups())
    return from_srgb(red, green, blue, 255)
