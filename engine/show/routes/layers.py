"""Addresses of how layers are laid on the others: opacity, blend, solo, bypass, side, and the crossfader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.show.frame import BLENDS
from engine.show.manner import BUSES
from engine.show.parameter import Refused
from engine.show.routes.arguments import Arguments, fires, read_fade, read_level, read_switch

if TYPE_CHECKING:
    from engine.show.director import Director

EJECT_SECONDS = 1.0


def opacity(director: Director, number: int, _: str, arguments: Arguments) -> None:
    manner = director.layers.manner(number)
    manner.opacity = read_level(arguments, manner.opacity)
    director.layers.keep(manner)


def blend(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if not arguments or arguments[0] not in BLENDS:
        raise Refused(f"blends are {', '.join(BLENDS)}")
    manner = director.layers.manner(number)
    manner.blend = str(arguments[0])
    director.layers.keep(manner)


def solo(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Only layers that are solo are seen, as long as there is one."""
    manner = director.layers.manner(number)
    manner.solo = read_switch(arguments, manner.solo)
    director.layers.keep(manner)


def bypass(director: Director, number: int, _: str, arguments: Arguments) -> None:
    manner = director.layers.manner(number)
    manner.bypass = read_switch(arguments, manner.bypass)
    director.layers.keep(manner)


def bus(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """The side of the crossfader that a layer is on: "a", "b", or "off" for both; "next" for a button."""
    wanted = arguments[0] if arguments else None
    manner = director.layers.manner(number)
    if wanted == "next":
        wanted = BUSES[(BUSES.index(manner.bus) + 1) % len(BUSES)]
    if wanted not in BUSES:
        raise Refused(f"sides are {', '.join(BUSES)}")
    manner.bus = str(wanted)
    director.layers.keep(manner)


def crossfader(director: Director, number: int, _: str, arguments: Arguments) -> None:
    director.crossfader.wanted = read_level(arguments, director.crossfader.wanted)


def eject(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Take a layer away, with its scene, by a fade of so many seconds."""
    if arguments and not fires(arguments):
        return
    button = not arguments or isinstance(arguments[0], bool) or arguments[0] == 1
    seconds = None if button else read_fade(arguments)
    director.eject(number, EJECT_SECONDS if seconds is None else seconds)
