"""Addresses that edit the palette of a layer while it plays, and save it.

Colours are red, green, blue 0..1 as stored, or the four bytes of OSC's own. What is edited lasts until
another palette is gone to; `/palette/revert` takes it back, `/palette/save NAME` keeps it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.show.colours.colour import Lab
from engine.show.colours.edit import (
    add_stop,
    place_stop,
    read_colour,
    remove_stop,
    set_accent,
    set_stops,
)
from engine.show.colours.palette_text import format_palette
from engine.show.parameter import Refused, finite_numbers
from engine.show.routes.arguments import Arguments, fires, read_whole

if TYPE_CHECKING:
    from engine.show.director import Director

OWN = "own"  # the group of what is saved


def stop(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Its number from 1, position, colour."""
    colours = director.layer(number).voice.colours
    which = read_whole(arguments[:1], 1, len(colours.palette.stops))
    (position,) = _read_position(arguments[1:2])
    colours.edit(place_stop(colours.palette, which, position, _read_colour(arguments[2:])))


def add(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Position, colour."""
    colours = director.layer(number).voice.colours
    (position,) = _read_position(arguments[:1])
    colours.edit(add_stop(colours.palette, position, _read_colour(arguments[1:])))


def remove(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Its number from 1."""
    colours = director.layer(number).voice.colours
    which = read_whole(arguments, 1, len(colours.palette.stops))
    colours.edit(remove_stop(colours.palette, which))


def stops(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """All of them: position, red, green, blue, and so on. So the state tells them, too."""
    colours = director.layer(number).voice.colours
    colours.edit(set_stops(colours.palette, finite_numbers(arguments)))


def accent(director: Director, number: int, _: str, arguments: Arguments) -> None:
    colours = director.layer(number).voice.colours
    colours.edit(set_accent(colours.palette, _read_colour(arguments)))


def revert(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Back to what the file says."""
    if fires(arguments):
        colours = director.layer(number).voice.colours
        colours.edit(colours.kept)


def save(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """By a name, or, of a button, by the one it has: the user's own then stands before the engine's."""
    colours = director.layer(number).voice.colours
    name = arguments[0] if arguments else colours.palette.id
    if not isinstance(name, str):
        if not fires(arguments):
            return
        name = colours.palette.id
    palette = colours.palette
    if name != palette.id:
        title = name.replace("_", " ").replace("-", " ").capitalize()
        palette = replace(palette, id=name, title=title, group=OWN)
    director.savings.ask("palette", name, format_palette(palette))
    colours.keep(palette)


def _read_position(arguments: Arguments) -> tuple[float, ...]:
    numbers = finite_numbers(arguments)
    if len(numbers) != 1:
        raise Refused("a position and a colour wanted")
    return numbers


def _read_colour(arguments: Arguments) -> Lab:
    if len(arguments) == 1 and isinstance(arguments[0], bytes) and len(arguments[0]) == 4:
        return read_colour([byte / 255.0 for byte in arguments[0][:3]])
    numbers = finite_numbers(arguments)
    if len(numbers) != 3:
        raise Refused("red, green and blue wanted")
    return read_colour(numbers)
