"""Addresses of how a layer is laid on the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.show.frame import BLENDS
from engine.show.layer import Layer, Manner
from engine.show.parameter import Refused
from engine.show.routes.arguments import Arguments, read_level

if TYPE_CHECKING:
    from engine.show.director import Director


def opacity(director: Director, number: int, _: str, arguments: Arguments) -> None:
    manner = director.manner(number)
    manner.opacity = read_level(arguments, manner.opacity)
    _lay(director, number, manner)


def blend(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if not arguments or arguments[0] not in BLENDS:
        raise Refused(f"blends are {', '.join(BLENDS)}")
    manner = director.manner(number)
    manner.blend = str(arguments[0])
    _lay(director, number, manner)


def _lay(director: Director, number: int, manner: Layer | Manner) -> None:
    """A layer that does not play yet will be laid on so once it does."""
    if isinstance(manner, Manner):
        director.manners[number] = manner
