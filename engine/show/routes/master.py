"""Addresses of what lies over everything, and of what is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.show.modulation.hearing import HEARD, MOST_SEEN, SEEN
from engine.show.parameter import Refused, finite_numbers
from engine.show.routes.arguments import Arguments, fires, read_level, read_number, read_switch

if TYPE_CHECKING:
    from engine.show.director import Director


def brightness(director: Director, number: int, _: str, arguments: Arguments) -> None:
    director.master.brightness = read_level(arguments, director.master.brightness)


def blackout(director: Director, number: int, _: str, arguments: Arguments) -> None:
    director.master.blackout = read_switch(arguments, director.master.blackout)


def freeze(director: Director, number: int, _: str, arguments: Arguments) -> None:
    director.master.freeze = read_switch(arguments, director.master.freeze)


def safe(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Back to a picture that can be trusted: the safe scene alone, lit and running; for a while also in a
    gallery that is closed."""
    if not fires(arguments):
        return
    director.master.blackout = director.master.freeze = False
    director.master.brightness = 1.0
    for other, layer in director.layers.items():
        layer.manner.opacity = 1.0 if other == 1 else 0.0
        layer.manner.solo = layer.manner.bypass = False
    for slot in (*director.rack.slots, *director.layers[1].manner.rack.slots):
        slot.bypass = slot.bypass or bool(slot.effect)
    director.layers[1].manner.bus = "off"
    director.focus = 1
    director.waiting.clear()
    director.ramps.clear()
    if director.master.asleep or director.cues.opening.is_visited:
        director.cues.opening.visit()
    director.go(1, director.safe_scene, 1.0, enter="dissolve")


def audio(director: Director, number: int, name: str, arguments: Arguments) -> None:
    """What is heard: a value of HEARD, or `bpm` with how sure it is."""
    if name == "bpm":
        numbers = finite_numbers(arguments)
        if not 1 <= len(numbers) <= 2:
            raise Refused("bpm and confidence wanted")
        director.hearing.hear_beat(numbers[0], numbers[1] if len(numbers) > 1 else 1.0)
    elif name in SEEN:
        picture = arguments[0] if len(arguments) == 1 else None
        if not isinstance(picture, bytes) or not 2 <= len(picture) <= MOST_SEEN:
            raise Refused(f"a blob of 2 to {MOST_SEEN} bytes wanted")
        director.hearing.see(name, picture)
    elif name in HEARD:
        value = read_number(arguments)
        director.hearing.hear(name, value)
        if name == "onset" and value > 0.0:
            strike_all(director, "onset", value)
    else:
        raise Refused("unknown address")


def strike_all(director: Director, what: str, strength: float) -> None:
    """What strikes modulators strikes them in all that is seen, also in what leaves."""
    for layer in director.layers.values():
        for voice in layer.voices:
            voice.rig.strike(what, min(strength, 1.0))
