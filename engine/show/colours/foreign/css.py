"""Gradients of CSS: `linear-gradient(90deg, #012 0%, gold 40% 60%, oklch(0.9 0.1 90))`.

In: text that holds one or more of them, linear, radial or conic, in any style sheet. Out: swatches with
positions; where the gradient points, and in which space it would be mixed, is passed over: here all is
mixed in OKLab. An alpha is laid over black, the wall. From: CSS Images 3, 3.4 (how positions that
are not written are found, and hints); CSS Color 4.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from engine.show.colours import oklab
from engine.show.colours.colour import Lab
from engine.show.colours.foreign.names import find_name
from engine.show.colours.foreign.swatches import (
    MOST,
    MOST_PALETTES,
    Swatches,
    Unreadable,
    from_srgb,
    take_colours,
)

_BEGIN = re.compile(r"(?:linear|radial|conic)-gradient\(", re.IGNORECASE)
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
_VALUE = re.compile(rf"({_NUMBER})([a-z%]*)", re.IGNORECASE | re.ASCII)
_CALL = re.compile(r"([a-z]+)\((.*)\)", re.IGNORECASE | re.DOTALL | re.ASCII)
_TURNS = {"deg": 360.0, "grad": 400.0, "rad": 2.0 * math.pi, "turn": 1.0}
_NOT_STOPS = re.compile(r"(to|at|in|from|circle|ellipse|closest|farthest)\b", re.IGNORECASE)
REMEDY = 'Write linear-gradient(#012 0%, gold 40%, "#fff").'.replace('"', "")
Stop = tuple[Lab | None, float | None]  # no colour: a hint


def read_css(text: str) -> list[Swatches]:
    """Every gradient of a text."""
    found = []
    for start, inside in _find_gradients(text):
        line = text.count("\n", 0, start) + 1
        try:
            found.append(_read_gradient(inside))
        except Unreadable as error:
            raise Unreadable(error.what, error.remedy or REMEDY, line) from None
        if len(found) > MOST_PALETTES:
            raise Unreadable(f"there are more than {MOST_PALETTES} gradients in it", "", line)
    if not found:
        raise Unreadable("there is no gradient in it", REMEDY)
    return found


def _find_gradients(text: str) -> Iterator[tuple[int, str]]:
    """Where each begins, and what stands between its brackets."""
    for begin in _BEGIN.finditer(text):
        depth = 1
        for at in range(begin.end(), len(text)):
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            if depth == 0:
                yield begin.start(), text[begin.end() : at]
                break
        else:
            line = text.count("\n", 0, begin.start()) + 1
            raise Unreadable("a gradient has no closing bracket", REMEDY, line)


def _read_gradient(inside: str) -> Swatches:
    parts = _split(inside, ",")
    if len(parts) > MOST:
        raise Unreadable(f"there are more than {MOST} colours in it")
    stops: list[Stop] = []
    for number, part in enumerate(parts):
        if number == 0 and _is_direction(part):
            continue
        stops += _read_stop(part)
    if not stops or stops[0][0] is None or stops[-1][0] is None:
        raise Unreadable("a gradient begins and ends with a colour")
    colours, places = _settle(stops)
    low, high = min(places[0], 0.0), max(places[-1], 1.0)
    # One that repeats, or begins outside, is taken as far as it goes.
    return take_colours("", colours, [(place - low) / (high - low) for place in places])


def _is_direction(part: str) -> bool:
    value = _VALUE.fullmatch(part)
    return bool(_NOT_STOPS.match(part)) or bool(value and value[2].lower() in _TURNS)


def _read_stop(part: str) -> list[Stop]:
    """A colour with no, one or two positions; or a position alone, which is a hint."""
    words = _split(part, " ")
    places = [_read_place(word) for word in words[1:]] if len(words) <= 3 else []
    if not words or len(words) > 3:
        raise Unreadable(f"'{part[:32]}' is no stop of a gradient")
    if len(words) == 1 and _VALUE.fullmatch(words[0]):
        return [(None, _read_place(words[0]))]
    colour = read_css_colour(words[0])
    return [(colour, place) for place in places] or [(colour, None)]


def _read_place(word: str) -> float:
    found = _VALUE.fullmatch(word)
    unit = found[2].lower() if found else ""
    number = float(found[1]) if found else math.nan
    if unit == "%":
        return _check(number / 100.0, word)
    if unit in _TURNS:
        return _check(number / _TURNS[unit], word)
    if number == 0.0:
        return 0.0
    raise Unreadable(f"'{word[:24]}' is no position that can be read", "Write positions in %.")


def _check(number: float, word: str) -> float:
    if not abs(number) <= 1e6:
        raise Unreadable(f"'{word[:24]}' is no position that can be read", "Write positions in %.")
    return number


def _settle(stops: list[Stop]) -> tuple[list[Lab], list[float]]:
    """Positions for all, none before another, as the specification fills them in; hints become the
    colour half-way, where they stand."""
    places = [place for _, place in stops]
    places[0] = 0.0 if places[0] is None else places[0]
    places[-1] = 1.0 if places[-1] is None else places[-1]
    known: list[float | None] = []
    highest = -math.inf
    for place in places:
        highest = highest if place is None else max(place, highest)
        known.append(None if place is None else highest)
    fixed = [at for at, place in enumerate(known) if place is not None]
    settled = [place or 0.0 for place in known]
    for left, right in pairwise(fixed):
        for at in range(left + 1, right):
            share = (at - left) / (right - left)
            settled[at] = settled[left] + (settled[right] - settled[left]) * share
    colours: list[Lab] = []
    for at, (colour, _) in enumerate(stops):
        if colour is None:
            before, after = stops[at - 1][0], stops[at + 1][0]
            if before is None or after is None:
                raise Unreadable("a hint stands between two colours")
            a, b, c = ((x + y) / 2 for x, y in zip(before, after, strict=True))
            colour = (a, b, c)
        colours.append(colour)
    return colours, settled


def _split(text: str, mark: str) -> list[str]:
    """The parts between marks that stand in no brackets, without blanks around them."""
    parts, depth, start = [], 0, 0
    text = " ".join(text.split())
    for at, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == mark and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return [part.strip() for part in (*parts, text[start:]) if part.strip()]


def read_css_colour(word: str) -> Lab:
    """A colour of CSS Color 4: hex, a name, rgb, hsl, hwb, oklab, oklch. Raises `Unreadable`."""
    call = _CALL.fullmatch(word)
    if not call:
        return find_name(word)
    model = call[1].lower().removesuffix("a") if call[1].lower() != "oklab" else "oklab"
    inside, _, behind = call[2].partition("/")
    parts = inside.replace(",", " ").split()
    if not behind and len(parts) == 4:
        behind = parts.pop()
    if model not in _MODELS or len(parts) != 3:
        what = f"'{word[:32]}' is no colour that can be read"
        raise Unreadable(what, "Write it in hex, or as rgb, hsl, hwb, oklab or oklch.")
    lab = _MODELS[model](parts)
    alpha = min(max(_read_part(behind.strip(), 1.0), 0.0), 1.0) if behind.strip() else 1.0
    return (lab[0] * alpha, lab[1] * alpha, lab[2] * alpha)


def _read_part(word: str, whole: float) -> float:
    """A number, or a percentage of `whole`; `none` is 0; a hue may have its unit."""
    if word.lower() == "none":
        return 0.0
    found = _VALUE.fullmatch(word)
    unit = found[2].lower() if found else "?"
    if found and abs(float(found[1])) <= 1e6:
        if unit == "%":
            return float(found[1]) / 100.0 * whole
        if unit == "":
            return float(found[1])
        if unit in _TURNS:
            return float(found[1]) / _TURNS[unit] * 360.0
    raise Unreadable(f"'{word[:24]}' is no number of a colour")


def _read_rgb(parts: list[str]) -> Lab:
    red, green, blue = (_read_part(part, 255.0) for part in parts)
    return from_srgb(red, green, blue, 255)


def _read_hsl(parts: list[str]) -> Lab:
    hue, saturation, lightness = (_read_part(part, 100.0) for part in parts)
    s, high = _held(saturation / 100.0), _held(lightness / 100.0)
    swing = s * min(high, 1.0 - high)
    steps = ((n + hue / 30.0) % 12.0 for n in (0.0, 8.0, 4.0))
    return from_srgb(*(high - swing * max(-1.0, min(k - 3.0, 9.0 - k, 1.0)) for k in steps))


def _read_hwb(parts: list[str]) -> Lab:
    hue, white, black = (_read_part(part, 100.0) for part in parts)
    w, b = _held(white / 100.0), _held(black / 100.0)
    if w + b >= 1.0:
        return from_srgb(*(w / (w + b),) * 3)
    pure = (abs((hue / 60.0 - at + 3.0) % 6.0 - 3.0) for at in (0.0, 2.0, 4.0))
    return from_srgb(*(_held(2.0 - part) * (1.0 - w - b) + w for part in pure))


def _read_oklab(parts: list[str]) -> Lab:
    return _fit([_read_part(parts[0], 1.0), _read_part(parts[1], 0.4), _read_part(parts[2], 0.4)])


def _read_oklch(parts: list[str]) -> Lab:
    lightness, chroma = _read_part(parts[0], 1.0), max(_read_part(parts[1], 0.4), 0.0)
    return _fit(oklab.oklch_to_oklab([lightness, chroma, _read_part(parts[2], 360.0)]))


def _fit(lab: oklab.Colours | list[float]) -> Lab:
    fitted = oklab.fit_gamut(lab)
    return float(fitted[0]), float(fitted[1]), float(fitted[2])


def _held(share: float) -> float:
    return min(max(share, 0.0), 1.0)


_MODELS = {
    "rgb": _read_rgb,
    "hsl": _read_hsl,
    "hwb": _read_hwb,
    "oklab": _read_oklab,
    "oklch": _read_oklch,
}
