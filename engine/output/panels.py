"""What the performer reads: words, macros, what plays and moves, drawn into small pictures by Pillow.

In: a panel's content and the size of its text. Out: its pixels, premultiplied RGBA. Never touches
GL, so that a thread may draw while the picture goes on; Pillow is imported by the first panel
drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.output.keys import Row, list_rows
from engine.output.surface import MacroRow
from engine.show.hands.glance import Knob, Playing

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

    Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

# Dark and translucent: the picture shows through, the words stay legible on white.
GROUND = (12, 13, 16, 212)
WORDS = (236, 231, 220, 255)  # off-white
QUIET = (160, 156, 148, 255)  # what is read second
CAP = (52, 52, 54, 228)  # a key's face, a bar's track
LIGHT = (232, 176, 96, 255)  # the one accent: what is chosen


SMALL = 0.85  # of the text, where it comes and goes all the time


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text; the first is a heading where `headed`."""

    lines: tuple[str, ...]
    width: int = 60  # in widths of an "n", where longer lines are folded


@dataclass(frozen=True, slots=True)
class Macros:
    """The eight macros: name and value 0..1 of each, where a knob is that has not met the value yet,
    and the chosen one, 1..8.
    """

    rows: tuple[MacroRow, ...]
    chosen: int


@dataclass(frozen=True, slots=True)
class Now:
    """What plays: the scene, its palette with a strip of its colours."""

    playing: Playing


@dataclass(frozen=True, slots=True)
class Moving:
    """A knob that moves: name, value, a slim bar. Always of one size, so that only its pixels change."""

    knob: Knob


@dataclass(frozen=True, slots=True)
class Help:
    """The table of keys."""


Panel = Words | Macros | Now | Moving | Help


@dataclass(frozen=True, slots=True)
class Pixels:
    """RGBA, premultiplied, 8 bits, rows from the top."""

    size: tuple[int, int]
    rgba: bytes


def draw_panel(panel: Panel, text: int) -> Pixels:
    """Draw the panel with text of so many pixels."""
    from PIL import Image, ImageFont

    if isinstance(panel, Now | Moving):
        text = max(round(text * SMALL), 10)
    font = ImageFont.load_default(size=text)
    match panel:
        case Words():
            image = _draw_words(panel, text, font)
        case Macros():
            image = _draw_macros(panel, text, font)
        case Now():
            image = _draw_now(panel.playing, text, font)
        case Moving():
            image = _draw_knob(panel.knob, text, font)
        case Help():
            image = _draw_help(list_rows(), text, font)
    alpha = image.getchannel("A")
    opaque = Image.composite(image, Image.new("RGBA", image.size), alpha)
    opaque.putalpha(alpha)
    return Pixels(image.size, opaque.tobytes())


def fold(line: str, font: Font, width: float) -> list[str]:
    """The line in pieces of at most `width` pixels, cut at spaces where there are any."""
    folded: list[str] = []
    current = ""
    for word in line.split(" "):
        while font.getlength(word) > width and len(word) > 1:
            keep = next(
                n
                for n in range(len(word) - 1, 0, -1)
                if n == 1 or font.getlength(word[:n]) <= width
            )
            if current:
                folded.append(current)
            folded.append(word[:keep])
            word, current = word[keep:], ""
        longer = f"{current} {word}" if current else word
        if current and font.getlength(longer) > width:
            folded.append(current)
            current = word
        else:
            current = longer
    return [*folded, current]


def _start(size: tuple[float, float], text: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    from PIL import Image, ImageDraw

    whole = (max(1, round(size[0])), max(1, round(size[1])))
    image = Image.new("RGBA", whole)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, whole[0] - 1, whole[1] - 1), radius=text * 0.5, fill=GROUND)
    return image, draw


def _draw_words(panel: Words, text: int, font: Font) -> Image.Image:
    width = panel.width * font.getlength("n")
    lines = [piece for line in panel.lines for piece in fold(line, font, width)]
    leading, margin = text * 1.4, text * 0.8
    longest = max((font.getlength(line) for line in lines), default=0)
    image, draw = _start((longest + 2 * margin, leading * len(lines) + margin * 1.2), text)
    for n, line in enumerate(lines):
        draw.text((margin, margin * 0.6 + leading * (n + 0.5)), line, WORDS, font, anchor="lm")
    return image


def _draw_macros(panel: Macros, text: int, font: Font) -> Image.Image:
    leading, margin = text * 1.45, text * 0.8
    number = text * 1.1
    name = max((font.getlength(name) for name, _, _ in panel.rows), default=0) + text
    bar, value = text * 7, text * 2.6
    image, draw = _start(
        (2 * margin + number + name + bar + value, leading * len(panel.rows) + margin * 1.2), text
    )
    for n, (label, amount, knob) in enumerate(panel.rows, 1):
        chosen = n == panel.chosen
        ink = WORDS if chosen else QUIET
        y = margin * 0.6 + leading * (n - 0.5)
        draw.text((margin, y), str(n), LIGHT if chosen else QUIET, font, anchor="lm")
        draw.text((margin + number, y), label, ink, font, anchor="lm")
        left, thick = margin + number + name, max(2, round(text * (0.22 if chosen else 0.14)))
        top = round(y - thick / 2)
        filled = left + bar * min(1.0, max(0.0, amount))
        draw.rectangle((left, top, left + bar, top + thick - 1), fill=CAP)
        if filled > left:
            draw.rectangle((left, top, filled, top + thick - 1), fill=LIGHT if chosen else QUIET)
        if knob is not None:
            x, half = left + bar * knob, max(2, round(text * 0.3))
            draw.rectangle((x - 1, y - half, x + 1, y + half), fill=WORDS)
        draw.text((left + bar + value, y), f"{amount:.2f}", ink, font, anchor="rm")
    return image


def _draw_now(playing: Playing, text: int, font: Font) -> Image.Image:
    leading, margin = text * 1.4, text * 0.7
    heading = f"{playing.layer}: {playing.scene}" if playing.layer else playing.scene
    width = max(font.getlength(heading), font.getlength(playing.palette), text * 9)
    image, draw = _start((width + 2 * margin, leading * 2 + margin * 1.2 + text * 0.6), text)
    draw.text((margin, margin * 0.6 + leading * 0.5), heading, WORDS, font, anchor="lm")
    draw.text((margin, margin * 0.6 + leading * 1.5), playing.palette, QUIET, font, anchor="lm")
    rows = [playing.stops[at : at + 4] for at in range(0, len(playing.stops), 4)]
    top, thick = round(margin * 0.6 + leading * 2 + text * 0.2), max(2, round(text * 0.25))
    for x in range(round(width)):
        draw.rectangle(
            (margin + x, top, margin + x, top + thick - 1), fill=_mix_stops(rows, x / width)
        )
    return image


def _mix_stops(rows: Sequence[Sequence[float]], place: float) -> tuple[int, int, int, int]:
    """The colour there: near enough, for a strip as high as a finger is thin."""
    after = next((n for n, row in enumerate(rows) if row[0] >= place), len(rows) - 1)
    low, high = rows[max(after - 1, 0)], rows[after]
    t = (place - low[0]) / (high[0] - low[0]) if high[0] > low[0] else 1.0
    red, green, blue = (
        round(255 * (a + (b - a) * t)) for a, b in zip(low[1:], high[1:], strict=True)
    )
    return red, green, blue, 255


def _draw_knob(knob: Knob, text: int, font: Font) -> Image.Image:
    leading, margin, width = text * 1.4, text * 0.7, text * 15
    image, draw = _start((width + 2 * margin, leading + margin * 1.2 + text * 0.5), text)
    y = margin * 0.6 + leading * 0.5
    room = width - font.getlength(knob.value) - text
    name = knob.name
    while font.getlength(name) > room and len(name) > 2:
        name = name[:-2].rstrip() + "\u2026"
    draw.text((margin, y), name, QUIET, font, anchor="lm")
    draw.text((margin + width, y), knob.value, WORDS, font, anchor="rm")
    if knob.place is None:
        return image
    top, thick = round(margin * 0.6 + leading), max(2, round(text * 0.16))
    filled = margin + width * min(max(knob.place, 0.0), 1.0)
    draw.rectangle((margin, top, margin + width, top + thick - 1), fill=CAP)
    if filled > margin:
        draw.rectangle((margin, top, filled, top + thick - 1), fill=LIGHT)
    if knob.ghost is not None:
        x, half = margin + width * knob.ghost, max(2, round(text * 0.3))
        draw.rectangle((x - 1, top - half, x + 1, top + half), fill=WORDS)
    return image


def _draw_help(rows: Sequence[Row], text: int, font: Font) -> Image.Image:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    names = list(groups)
    heights = [len(groups[name]) + 1.6 for name in names]
    # The two columns as even as whole groups allow.
    cut = min(range(1, len(names)), key=lambda n: abs(sum(heights[:n]) - sum(heights[n:])))
    columns = [names[:cut], names[cut:]]
    leading, margin, gap = text * 1.75, text * 1.4, text * 2.2
    caps = [
        max(_measure_caps(row, text, font) for name in column for row in groups[name]) + text
        for column in columns
    ]
    widths = [
        face + max(font.getlength(row.means) for name in column for row in groups[name])
        for column, face in zip(columns, caps, strict=True)
    ]
    tallest = max(sum(len(groups[n]) + 1.6 for n in column) for column in columns)
    image, draw = _start(
        (
            sum(widths) + gap * (len(widths) - 1) + 2 * margin,
            (tallest - 0.6) * leading + 2 * margin,
        ),
        text,
    )
    x = margin
    for column, face, width in zip(columns, caps, widths, strict=True):
        y = margin
        for name in column:
            draw.text((x, y + leading / 2), name, LIGHT, font, anchor="lm")
            y += leading
            for row in groups[name]:
                _draw_caps(draw, (x, y + leading / 2), row, text, font)
                draw.text((x + face, y + leading / 2), row.means, WORDS, font, anchor="lm")
                y += leading
            y += leading * 0.6
        x += width + gap
    return image


def _measure_caps(row: Row, text: int, font: Font) -> float:
    widths = [
        font.getlength(cap)
        if cap in _BETWEEN
        else max(text * 1.5, font.getlength(cap) + text * 0.8)
        for cap in row.caps
    ]
    return sum(widths) + text * 0.35 * (len(widths) - 1)


def _draw_caps(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], row: Row, text: int, font: Font
) -> None:
    x, y = at
    for cap in row.caps:
        if cap in _BETWEEN:
            draw.text((x, y), cap, QUIET, font, anchor="lm")
            x += font.getlength(cap) + text * 0.35
            continue
        width = max(text * 1.5, font.getlength(cap) + text * 0.8)
        box = (x, y - text * 0.72, x + width, y + text * 0.72)
        draw.rounded_rectangle(box, radius=text * 0.3, fill=CAP)
        draw.text((x + width / 2, y), cap, WORDS, font, anchor="mm")
        x += width + text * 0.35


_BETWEEN = ("to",)  # a word between two caps, not a cap
