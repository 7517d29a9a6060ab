"""Adobe's palettes: swatch exchange `.ase`, Photoshop's swatches `.aco` and colour table `.act`.

In: bytes. Out: swatches; an `.ase` gives one palette for each of its groups. Formats: "Adobe Photoshop
File Formats Specification" (colour swatches, colour table); `.ase` as described by its readers, since
Adobe has published nothing. CMYK is read without a profile.
"""

from __future__ import annotations

from engine.show.colours.colour import Lab
from engine.show.colours.foreign.binary import Bytes
from engine.show.colours.foreign.swatches import (
    MOST_PALETTES,
    Swatches,
    Unreadable,
    from_bytes,
    from_cielab,
    from_cmyk,
    from_hsv,
    from_srgb,
    take_colours,
)

GROUP, GROUP_END, COLOUR = 0xC001, 0xC002, 0x0001


def read_ase(data: bytes) -> list[Swatches]:
    """Adobe swatch exchange: colours, alone and in named groups."""
    source = Bytes(data)
    if source.take(4) != b"ASEF":
        raise Unreadable("does not begin with 'ASEF'", "Is it an .ase file?")
    source.read("HH")  # its version
    groups: list[tuple[str, list[Lab]]] = [("", [])]
    for _ in range(source.number("I")):
        kind, length = source.read("HI")
        block = Bytes(source.take(length))
        if kind == GROUP:
            groups.append((block.text(block.number()), []))
        elif kind == GROUP_END:
            groups.append(("", []))
        elif kind == COLOUR:
            block.text(block.number())
            groups[-1][1].append(_read_ase_colour(block))
    found = [take_colours(name, colours) for name, colours in groups if colours]
    if not found:
        raise Unreadable("there is no colour in it")
    if len(found) > MOST_PALETTES:
        raise Unreadable(f"there are more than {MOST_PALETTES} palettes in it")
    return found


def _read_ase_colour(block: Bytes) -> Lab:
    model = block.take(4)
    match model:
        case b"RGB ":
            return from_srgb(*block.read("fff"))
        case b"CMYK":
            return from_cmyk(*block.read("ffff"))
        case b"LAB " | b"Lab ":
            lightness, a, b = block.read("fff")
            return from_cielab(100.0 * lightness, a, b)
        case b"Gray" | b"GRAY":
            (grey,) = block.read("f")
            return from_srgb(grey, grey, grey)
    raise Unreadable(f"has a colour of the unknown model {model!r}", "Save it as RGB.")


def read_aco(data: bytes) -> list[Swatches]:
    """Photoshop's swatches: the first version, which every file has."""
    source = Bytes(data)
    version, count = source.read("HH")
    if version not in (1, 2):
        raise Unreadable(f"is of the unknown version {version}", "Is it an .aco file?")
    colours = []
    for _ in range(count):
        space, *parts = source.read("HHHHH")
        colours.append(_read_aco_colour(space, parts))
        if version == 2:
            source.text(source.number("I"))
    return [take_colours("", colours)]


def _read_aco_colour(space: int, parts: list[int]) -> Lab:
    signed = [part - 65536 if part > 32767 else part for part in parts]
    match space:
        case 0:
            return from_srgb(parts[0], parts[1], parts[2], 65535)
        case 1:
            return from_hsv(parts[0] / 65536, parts[1] / 65535, parts[2] / 65535)
        case 2:
            cyan, magenta, yellow, black = (1.0 - part / 65535 for part in parts)
            return from_cmyk(cyan, magenta, yellow, black)
        case 7:
            return from_cielab(parts[0] / 100, signed[1] / 100, signed[2] / 100)
        case 8:
            return from_srgb(*(1.0 - parts[0] / 10000,) * 3)
        case 9:
            cyan, magenta, yellow, black = (part / 10000 for part in parts)
            return from_cmyk(cyan, magenta, yellow, black)
    raise Unreadable(f"has a colour of the unknown kind {space}", "Save it as RGB.")


def read_act(data: bytes) -> list[Swatches]:
    """Photoshop's colour table: 256 colours, and perhaps how many of them count."""
    if len(data) not in (768, 772):
        raise Unreadable(
            f"has {len(data)} bytes where 768 or 772 are wanted", "Is it an .act file?"
        )
    count = int.from_bytes(data[768:770], "big") if len(data) == 772 else 256
    count = count if 0 < count <= 256 else 256
    return [take_colours("", [from_bytes(data[3 * n : 3 * n + 3]) for n in range(count)])]
