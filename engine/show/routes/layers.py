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
    manner = director.manner(number)
    wanted = read_level(arguments, manner.opacity)
    director.keep_manner(number).opacity = wanted


def blend(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if not arguments or arguments[0] not in BLENDS:
        raise Refused(f"blends are {', '.join(BLENDS)}")
    director.keep_manner(number).blend = str(arguments[0])


def solo(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Only layers that are solo are seen, as long as there is one."""
    wanted = read_switch(arguments, director.manner(number).solo)
    director.keep_manner(number).solo = wanted


def bypass(director: Director, number: int, _: str, arguments: Arguments) -> None:
    wanted = read_switch(arguments, director.manner(number).bypass)
    director.keep_manner(number).bypass = wanted


def bus(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """The side of the crossfader that a layer is on: "a", "b", or "off" for both."""
    if not arguments or arguments[0] not in BUSES:
        raise Refused(f"sides are {', '.join(BUSES)}")
    director.keep_manner(number).bus = str(arguments[0])


def crossfader(director: Director, number: int, _: str, arguments: Arguments) -> None:
    director.crossfader.wanted = read_level(arguments, director.crossfader.wanted)


def eject(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Take a layer away, with its scene, by a fade of so many seconds."""
    if arguments and not fires(arguments):
        return
    button = not arguments or isinstance(arguments[0], bool) or arguments[0] == 1
    seconds = None if button else read_fade(arguments)
    director.eject(number, EJECT_SECONDS if seconds is None else seconds)
