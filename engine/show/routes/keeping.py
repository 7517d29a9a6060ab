"""Addresses of what keeps a show: the tape, films, stills. They are wishes, and the stage's to fulfil."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.show.routes.arguments import Arguments, fires, read_switch

if TYPE_CHECKING:
    from engine.show.director import Director
    from engine.show.routes.table import Deed


def wish(what: str, deed: str) -> Deed:
    """A trigger that wishes for it."""

    def do(director: Director, number: int, _: str, arguments: Arguments) -> None:
        if fires(arguments):
            director.wishes.add(what, deed)
            if (what, deed) == ("tape", "record"):  # nothing from before it is to be taken back
                director.history.forget()

    return do


def tape_loop(director: Director, number: int, _: str, arguments: Arguments) -> None:
    director.wishes.tape_loops = read_switch(arguments, director.wishes.tape_loops)
