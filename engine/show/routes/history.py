"""Addresses of what is taken back: `/undo`, `/redo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.show.parameter import Refused
from engine.show.routes.arguments import Arguments, fires

if TYPE_CHECKING:
    from engine.show.director import Director


def undo(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if fires(arguments) and not director.history.undo(director):
        raise Refused("nothing to undo")


def redo(director: Director, number: int, _: str, arguments: Arguments) -> None:
    if fires(arguments) and not director.history.redo(director):
        raise Refused("nothing to redo")
