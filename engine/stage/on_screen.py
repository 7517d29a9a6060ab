"""What the operator is told: what plays, the macros, the knob that is moved.

In: a director and what hands sent it. Out: calls of the surface, which says when it is shown, and to
whom. Beside the rooms: it knows the show and the output.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.message import Message
from engine.output.surface import MacroRow, Surface
from engine.show.director import Director
from engine.show.hands.glance import read_knob, read_playing


def tell_operator(surface: Surface, director: Director, came: Iterable[Message]) -> None:
    """Once a frame, after it was advanced. `came` is what hands did: the last knob counts."""
    surface.playing(read_playing(director))
    surface.macros(_list_macros(director))
    surface.parameters(tuple(director.layer(director.focus).voice.parameters))
    for address in dict.fromkeys(message.address for message in reversed(tuple(came))):
        knob = read_knob(director, address)
        if knob:
            surface.knob(knob)
            break


def _list_macros(director: Director) -> list[MacroRow]:
    """The macros of the focused layer."""
    voice, ghosts = director.layer(director.focus).voice, director.ghosts
    prefix = f"/layer/{director.focus}"
    return [
        (
            macro.name,
            value,
            ghosts.get(f"/macro/{n}", ghosts.get(f"{prefix}/macro/{n}")),
        )
        for n, (macro, value) in enumerate(zip(voice.scene.macros, voice.macros, strict=True), 1)
    ]
