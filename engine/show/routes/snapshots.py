"""Addresses of snapshots: `/snapshot/save n`, `/snapshot/go n [time] [unit] [curve]` and their like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.show.memory.recall import recall, take_layer, take_show
from engine.show.memory.slot import SLOTS
from engine.show.morph import CURVES, EASE
from engine.show.parameter import Refused
from engine.show.routes.arguments import LONGEST_FADE, Arguments, read_number, read_whole

if TYPE_CHECKING:
    from engine.show.director import Director

SECONDS = 2.0  # where no time is given


def save(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Of the layer."""
    director.snapshots[read_whole(arguments, 1, SLOTS)] = take_layer(director, number)
    director.snapshots_saved = True


def save_show(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Of all layers and what lies over them."""
    director.snapshots[read_whole(arguments, 1, SLOTS)] = take_show(director)
    director.snapshots_saved = True


def go(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """To a slot, whichever it is of: a layer's is brought to the layer that is played."""
    slot = director.snapshots.get(read_whole(arguments[:1], 1, SLOTS))
    if slot is None:
        raise Refused("no such snapshot")
    recall(director, number, slot, read_time(director, arguments[1:], SECONDS))


def clear(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Empty a slot."""
    if director.snapshots.pop(read_whole(arguments, 1, SLOTS), None) is None:
        raise Refused("no such snapshot")
    director.snapshots_saved = True


def read_time(director: Director, arguments: Arguments, usual: float) -> tuple[float, str]:
    """[time] ["seconds", "beats" or "bars"] ["linear", "ease" or "exp"]: seconds, at the tempo of now,
    and a curve. Raises `Refused`."""
    numbers, words = list(arguments), []
    while numbers and isinstance(numbers[-1], str):
        words.append(numbers.pop())
    curves = [word for word in words if word in CURVES]
    units = [word for word in words if word in ("seconds", "beats", "bars")]
    if len(curves) > 1 or len(units) > 1 or len(curves) + len(units) < len(words):
        raise Refused(f"seconds, beats or bars, and {', '.join(CURVES)}")
    time = read_number(numbers) if numbers else usual
    if units and units[0] != "seconds":
        bar = director.tempo.beats_per_bar if units[0] == "bars" else 1
        time *= bar * 60.0 / director.tempo.bpm
    return min(max(time, 0.0), LONGEST_FADE), str(curves[0]) if curves else EASE
