"""A palette edited in the hand: stops moved, recoloured, put in and taken out; and told as numbers.

In: a palette and numbers. Out: another palette; the colours come and go as stored sRGB 0..1, as every
panel has them. Raises `Refused` for what would be no palette. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.show.colours import oklab
from engine.show.colours.colour import Lab
from engine.show.colours.palette import MAX_STOPS, Palette, Stop
from engine.show.parameter import Refused

CLOSE = 1e-3  # between two stops
SAME = 2e-4  # of a number that was told and comes back
Numbers = tuple[float, ...]


def tell_palette(palette: Palette) -> tuple[Numbers, Numbers]:
    """Its stops and its accent."""
    return tell_stops(palette), tell_colour(palette.accent)


def tell_stops(palette: Palette) -> Numbers:
    """Position, red, green, blue of each stop, one behind the other."""
    colours = [stop.colour for stop in palette.stops]
    stored = oklab.encode_srgb(oklab.oklab_to_linear(colours)).clip(0.0, 1.0).tolist()
    rows = zip((stop.position for stop in palette.stops), stored, strict=True)
    return tuple(round(number, 5) for place, row in rows for number in (place, *row))


def tell_colour(colour: Lab) -> Numbers:
    """Red, green, blue, stored sRGB 0..1."""
    stored = oklab.encode_srgb(oklab.oklab_to_linear(colour)).clip(0.0, 1.0)
    return tuple(round(float(part), 5) for part in stored)


def place_stop(palette: Palette, number: int, position: float, colour: Lab) -> Palette:
    """With stop `number` (from 1) elsewhere and of another colour. The first stays at 0 and the last
    at 1, the others between their neighbours; of a cyclic palette both ends have one colour."""
    stops, at = list(palette.stops), number - 1
    if not 0 <= at < len(stops):
        raise Refused(f"stops are 1 to {len(stops)}")
    if 0 < at < len(stops) - 1:
        low, high = stops[at - 1].position + CLOSE, stops[at + 1].position - CLOSE
        position = min(max(position, low), high) if low < high else stops[at].position
    else:
        position = stops[at].position
    stops[at] = Stop(position, colour)
    if palette.kind == "cyclic" and at in (0, len(stops) - 1):
        stops[-1 - at] = replace(stops[-1 - at], colour=colour)
    return replace(palette, stops=tuple(stops))


def add_stop(palette: Palette, position: float, colour: Lab) -> Palette:
    """With one stop more, between the ends."""
    near = min(abs(position - stop.position) for stop in palette.stops)
    if len(palette.stops) >= MAX_STOPS:
        raise Refused(f"a palette has {MAX_STOPS} stops at most")
    if not (0.0 < position < 1.0 and near >= CLOSE):
        raise Refused("a stop is there already")
    stops = (*palette.stops, Stop(position, colour))
    return replace(palette, stops=tuple(sorted(stops, key=lambda stop: stop.position)))


def remove_stop(palette: Palette, number: int) -> Palette:
    """Without stop `number`, which is none of the ends."""
    if not 1 < number < len(palette.stops):
        raise Refused("only a stop between the ends can go")
    return replace(palette, stops=palette.stops[: number - 1] + palette.stops[number:])


def set_stops(palette: Palette, told: Sequence[float]) -> Palette:
    """With all stops as `tell_stops` tells them; the same palette if they are what it has."""
    count, rest = divmod(len(told), 4)
    if rest or not 2 <= count <= MAX_STOPS:
        raise Refused(f"position, red, green, blue of 2 to {MAX_STOPS} stops wanted")
    known = tell_stops(palette)
    if len(known) == len(told) and np.allclose(known, told, rtol=0.0, atol=SAME):
        return palette
    rows = [told[4 * n : 4 * n + 4] for n in range(count)]
    places = [row[0] for row in rows]
    if places[0] != 0.0 or places[-1] != 1.0 or min(np.diff(places)) <= 0.0:
        raise Refused("stops rise from 0 to 1")
    stops = [Stop(row[0], read_colour(row[1:])) for row in rows]
    if palette.kind == "cyclic":
        stops[-1] = replace(stops[-1], colour=stops[0].colour)
    return replace(palette, stops=tuple(stops))


def set_accent(palette: Palette, colour: Lab) -> Palette:
    """With another accent; the same palette if it is what it has."""
    if np.allclose(tell_colour(palette.accent), tell_colour(colour), rtol=0.0, atol=SAME):
        return palette
    return replace(palette, accent=colour)


def read_colour(stored: Sequence[float]) -> Lab:
    """Red, green, blue, each held within 0..1, in OKLab."""
    held = [min(max(part, 0.0), 1.0) for part in stored]
    lab = oklab.linear_to_oklab(oklab.decode_srgb(held))
    return float(lab[0]), float(lab[1]), float(lab[2])
