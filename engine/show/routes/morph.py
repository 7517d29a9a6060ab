"""Addresses of the pad between snapshots: `/morph x y`, `/morph/x`, `/morph/y`, `/morph/slots a b c d`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.show.hands.pad import weigh
from engine.show.memory.mixing import find_settings, play_pad
from engine.show.memory.slot import SLOTS
from engine.show.parameter import Refused, finite_numbers
from engine.show.routes.arguments import Arguments, read_level

if TYPE_CHECKING:
    from engine.show.director import Director
    from engine.show.routes.table import Deed

CENTRE = (0.5, 0.5)


def slots(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """One to four numbers of snapshots: bottom left, bottom right, top left, top right; 0 for none.
    What is played stays as it is until a finger moves."""
    numbers = finite_numbers(arguments)
    if not 1 <= len(numbers) <= 4 or not all(0 <= n <= SLOTS and n == int(n) for n in numbers):
        raise Refused(f"1 to 4 snapshots wanted, 0 to {SLOTS}")
    corners = (*(int(n) for n in numbers), 0, 0, 0)[:4]
    layer = director.layer(number)
    layer.pad = replace(layer.pad, corners=corners)


def go(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """x y: where the finger is, 0..1 from the bottom left."""
    numbers = finite_numbers(arguments)
    if len(numbers) != 2:
        raise Refused(f"2 numbers wanted, {len(numbers)} given")
    _play(director, number, (min(max(numbers[0], 0.0), 1.0), min(max(numbers[1], 0.0), 1.0)))


def along(axis: int) -> Deed:
    """One axis alone, as a knob moves it."""

    def deed(director: Director, number: int, _: str, arguments: Arguments) -> None:
        at = director.layer(number).pad.place or CENTRE
        place = [at[0], at[1]]
        place[axis] = read_level(arguments, place[axis])
        _play(director, number, (place[0], place[1]))

    return deed


def _play(director: Director, number: int, place: tuple[float, float]) -> None:
    layer = director.layer(number)
    found = [find_settings(director.snapshots, slot, number) for slot in layer.pad.corners]
    held = [n if settings else 0 for n, settings in zip(layer.pad.corners, found, strict=True)]
    weights = weigh(held, *place)
    parts = [(s, w) for s, w in zip(found, weights, strict=True) if s is not None and w > 0.0]
    if not parts:
        raise Refused("no snapshots in the corners: /morph/slots 1 2 3 4")
    layer.pad = replace(layer.pad, place=place)
    play_pad(layer.voice, parts, director.catalogue.palettes)
