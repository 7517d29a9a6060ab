"""Addresses of a show: `/cue/go [number or name]`, `/cue/next`, `/cue/back`, `/cue/pause`, `/opening`
and `/time`.

A button that is held, or says 1 again and again, is one press.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.message import Argument
from engine.show.cues.runner import BY_SHOW
from engine.show.parameter import Refused
from engine.show.routes.arguments import Arguments, fires, read_number, read_switch

if TYPE_CHECKING:
    from engine.show.director import Director
    from engine.show.routes.table import Deed

NO_SHOW = "no show is played"


def go(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Nothing: the next one. A number or a name: that one. 0: a button that was let go."""
    if director.playlist is None:
        raise Refused(NO_SHOW)
    if not arguments:
        _step(director, 1)
        return
    wish = arguments[0]
    if len(arguments) > 1 or isinstance(wish, bool):
        raise Refused("the number or the name of a cue wanted")
    if isinstance(wish, str):
        director.cues.jump(director, wish)
    elif director.cues.presses(f"/cue/go {wish}", read_number([wish])) and fires([wish]):
        director.cues.jump(director, f"{wish:g}" if isinstance(wish, float) else str(wish))


def step(by: int) -> Deed:
    """`/cue/next`, `/cue/back`: a button's press."""

    def deed(director: Director, number: int, _: str, arguments: Arguments) -> None:
        if director.playlist is None:
            raise Refused(NO_SHOW)
        if not arguments or director.cues.presses(f"/cue {by}", read_number(arguments)):
            _step(director, by)

    return deed


def pause(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """The show's time stands; the picture goes on."""
    if director.playlist is None:
        raise Refused(NO_SHOW)
    director.cues.is_paused = read_switch(arguments, director.cues.is_paused)


def opening(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """ "auto": by the show's hours; "open" or "closed", whatever they say; open for seconds before."""
    director.cues.opening.say(arguments)


def time(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """What the clock on the wall shows: "2026-11-23T10:00:00"."""
    wish: Argument | object = arguments[0] if len(arguments) == 1 else None
    try:
        director.cues.wall.tell(datetime.fromisoformat(str(wish)))
    except ValueError:
        raise Refused("a date and a time wanted, like 2026-11-23T10:00:00") from None


def _step(director: Director, by: int) -> None:
    if not director.cues.step(director, by, BY_SHOW):
        raise Refused("there is no other cue")
