"""Addresses of musical time: `/tempo/...` and `/quantise`. Each acts on the one clock of the show.

`"ago" seconds` behind the arguments of a tap, a beat, a bar or a sync says how long ago it was true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.show.beat.moment import take_ago
from engine.show.beat.quantise import BY_SHOW, LONGEST, WORDS
from engine.show.beat.tempo import FASTEST, HOWS, JUMP, MOST_BEATS_PER_BAR, RANK, SLOWEST
from engine.show.parameter import Refused, finite_numbers
from engine.show.routes.arguments import (
    Arguments,
    fires,
    read_number,
    read_switch,
    read_whole,
    read_within,
)

if TYPE_CHECKING:
    from engine.show.director import Director


def bpm(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """A number, or "+" and by how much. Refused while another clock leads."""
    tempo = director.tempo
    tempo.set_bpm(read_within(arguments, tempo.bpm, SLOWEST, FASTEST))


def tap(director: Director, number: int, _: str, arguments: Arguments) -> None:
    arguments, ago = take_ago(arguments)
    if fires(arguments):
        director.tempo.tap(ago)


def beat(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """A number, and "jump" to be there at once; nothing: the nearest whole beat."""
    arguments, ago = take_ago(arguments)
    jump = len(arguments) == 2 and arguments[1] == JUMP
    told = read_number(arguments[:1] if jump else arguments) if arguments else None
    director.tempo.beat(told, ago, jump)


def bar(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """A bar begins: the one told, from 0, else the nearest."""
    arguments, ago = take_ago(arguments)
    tempo = director.tempo
    told = read_number(arguments) if arguments else round(tempo.beats / tempo.beats_per_bar)
    tempo.beat(told * tempo.beats_per_bar, ago)


def running(director: Director, number: int, _: str, arguments: Arguments) -> None:
    director.tempo.set_running(read_switch(arguments, director.tempo.running))


def nudge(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Beats further on, or back; "+" in front, as an encoder says it, is the same."""
    director.tempo.nudge(read_within(arguments, 0.0, -1.0, 1.0))


def beats_per_bar(director: Director, number: int, _: str, arguments: Arguments) -> None:
    director.tempo.beats_per_bar = read_whole(arguments, 1, MOST_BEATS_PER_BAR)


def source(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Whom to follow: a name, or "any"."""
    if len(arguments) != 1 or not isinstance(arguments[0], str):
        raise Refused(f"tempo follows any, {', '.join(RANK)}")
    director.tempo.lead_by(arguments[0])


def sync(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """beats bpm source [how]: what another clock says, many times a second. See `Tempo.sync`."""
    arguments, ago = take_ago(arguments)
    if not 3 <= len(arguments) <= 4:
        raise Refused("beats bpm source [how] wanted")
    beats = finite_numbers(arguments[:1])[0]
    rate = None if arguments[1] is None else finite_numbers(arguments[1:2])[0]
    who, how = arguments[2], arguments[3] if len(arguments) > 3 else ""
    if not (isinstance(who, str) and RANK.get(who) and isinstance(how, str) and how in HOWS):
        raise Refused("beats bpm source [how] wanted")
    director.tempo.sync(beats, rate, who, how, ago)


def quantise(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """ "off", "beat", "bar", "show" (what the scene or the show says) or a number of beats."""
    wish = arguments[0] if len(arguments) == 1 else None
    if isinstance(wish, str):
        if wish not in (*WORDS, BY_SHOW):
            raise Refused(f"quantise is {', '.join((*WORDS, BY_SHOW))} or beats")
        director.waiting.unit = wish
    else:
        director.waiting.unit = min(max(read_number(arguments), 0.0), LONGEST)
