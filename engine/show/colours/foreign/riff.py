"""Microsoft's palette, `.pal` (RIFF). In: bytes. Out: swatches, in the file's order.

Format: "Multimedia Programming Interface and Data Specifications 1.0" (IBM, Microsoft, 1991), RIFF PAL.
"""

from __future__ import annotations

from engine.show.colours.foreign.binary import Bytes
from engine.show.colours.foreign.swatches import Swatches, Unreadable, from_bytes, take_colours


def read_riff(data: bytes) -> list[Swatches]:
    """The `data` chunk: a version, how many, and four bytes a colour: red, green, blue, flags."""
    source = Bytes(data, little=True)
    if source.take(4) != b"RIFF" or len(source.take(4)) < 4 or source.take(4) != b"PAL ":
        raise Unreadable("is no RIFF file of palettes", "Is it a .pal file?")
    while source.left >= 8:
        name, length = source.take(4), source.number("I")
        if name != b"data":
            source.take(min(length + length % 2, source.left))
            continue
        _, count = source.read("HH")
        rows = [source.take(4) for _ in range(count)]
        return [take_colours("", [from_bytes(row[:3]) for row in rows])]
    raise Unreadable("has no chunk 'data'", "Is the file whole?")
