"""Addresses of hands on the field: `/splat`, `/note`, `/draw`, `/touch/<finger>`, `/brush/...`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.show.frame import Splat
from engine.show.hands.brush import ALL, LARGEST, SMALLEST, find_channel, touch_with
from engine.show.hands.pitch import CHANNELS, HIGHEST_NOTE, choose_channel, place_note
from engine.show.parameter import Refused, finite_numbers
from engine.show.routes.arguments import Arguments, fires, read_number, read_switch, read_within
from engine.show.scene import LONGEST, SHORTEST

if TYPE_CHECKING:
    from engine.show.catalogue import Model
    from engine.show.director import Director

BY_SCENE = "scene"
TOO_MANY = "more touches than a frame holds"
FINGER = re.compile(r"[A-Za-z0-9_-]{1,32}")
DRAWN_SIZE = 0.08  # of a mark in a drawn source


def splat(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """x y [radius] [amount] [softness] [channel]; what is left out is the brush's."""
    layer = director.layer(number)
    if not layer.voice.touches.room:  # before anything is read: in a flood most of them end here
        raise Refused(TOO_MANY)
    brush, model = layer.brush, layer.voice.model
    if len(arguments) > 6:
        raise Refused("x y [radius] [amount] [softness] [channel] wanted")
    usual = (brush.size, brush.strength, brush.softness)
    x, y, radius, amount, softness = _read_touch(arguments[:5], usual)
    channel = brush.channel if len(arguments) < 6 else find_channel(model, arguments[5])
    try:
        channel = find_channel(model, channel)
    except Refused:  # the brush's, from another scene
        channel = 0
    touch = Splat(x, y, radius, amount, min(max(softness, 0.0), 1.0), channel)
    if not layer.voice.touches.splat(touch):
        raise Refused(TOO_MANY)


def splat_every(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """Beats from one splat to the next, 0 for none; "scene": as the scene says."""
    layer = director.layer(number)
    if tuple(arguments) == (BY_SCENE,):
        layer.every = None
        return
    beats = read_number(arguments)
    layer.every = min(max(beats, SHORTEST), LONGEST) if beats > 0.0 else 0.0


def note(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """pitch [velocity 0..1] [MIDI channel]: a note falls as a splat; with velocity 0 it is let go."""
    layer = director.layer(number)
    brush, model = layer.brush, layer.voice.model
    numbers = finite_numbers(arguments)
    if not 1 <= len(numbers) <= 3:
        raise Refused("pitch [velocity] [channel] wanted")
    pitch, velocity, channel = (*numbers, *(1.0, 1.0)[len(numbers) - 1 :])
    if not (0 <= pitch <= HIGHEST_NOTE and 1 <= channel <= CHANNELS):
        raise Refused(f"pitches are 0 to {HIGHEST_NOTE}, channels 1 to {CHANNELS}")
    if velocity <= 0.0:
        layer.voice.rig.let_go("note")
        return
    layer.voice.rig.strike("note", min(velocity, 1.0))
    spot, amount = place_note(int(pitch)), min(velocity, 1.0)
    hand = replace(brush, size=spot.radius, amount=amount)
    chosen = choose_channel(int(channel), len(model.channels))
    if chosen is not None:
        hand = replace(hand, channel=chosen)
    if not layer.voice.touches.splat(touch_with(hand, model, (spot.x, spot.y))):
        raise Refused(TOO_MANY)


def draw(director: Director, number: int, _: str, arguments: Arguments) -> None:
    """x y [radius] [amount]: a mark in the scene's drawn sources."""
    voice = director.layer(number).voice
    if not voice.can_draw:
        raise Refused("no drawn source in this scene")
    x, y, radius, amount = _read_touch(arguments, (DRAWN_SIZE, 1.0))
    if not voice.touches.mark(Splat(x, y, radius, amount)):
        raise Refused(TOO_MANY)


def finger(director: Director, number: int, name: str, arguments: Arguments) -> None:
    """`/touch/<finger>` x y [pressure], `/touch/<finger>/up`."""
    layer = director.layer(number)
    name, _, rest = name.partition("/")
    if not FINGER.fullmatch(name) or rest not in ("", "up"):
        raise Refused("a finger's name wanted, or its /up")
    if rest:
        if fires(arguments):
            layer.fingers.lift(name)
        return
    numbers = finite_numbers(arguments)
    if not 2 <= len(numbers) <= 3:
        raise Refused("x y [pressure] wanted")
    x, y, pressure = (*numbers, 1.0)[:3]
    x, y = min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)
    layer.fingers.move(name, x, y, min(max(pressure, -1.0), 1.0))


def brush_size(director: Director, number: int, _: str, arguments: Arguments) -> None:
    layer = director.layer(number)
    size = read_within(arguments, layer.brush.size, SMALLEST, LARGEST)
    layer.brush = replace(layer.brush, size=size)


def brush_softness(director: Director, number: int, _: str, arguments: Arguments) -> None:
    layer = director.layer(number)
    softness = read_within(arguments, layer.brush.softness, 0.0, 1.0)
    layer.brush = replace(layer.brush, softness=softness)


def brush_amount(director: Director, number: int, _: str, arguments: Arguments) -> None:
    layer = director.layer(number)
    amount = read_within(arguments, layer.brush.amount, -1.0, 1.0)
    layer.brush = replace(layer.brush, amount=amount)


def brush_channel(director: Director, number: int, _: str, arguments: Arguments) -> None:
    layer = director.layer(number)
    if len(arguments) != 1:
        raise Refused("a channel wanted")
    index = _find_channel_of_any(director, layer.voice.model, arguments[0])
    named = isinstance(arguments[0], str) and arguments[0] != ALL
    layer.brush = replace(layer.brush, channel=str(arguments[0]) if named else index)


def _find_channel_of_any(director: Director, model: Model, channel: object) -> int:
    """As `find_channel`, but also one of another scene's model: the brush outlives the scene, and a
    kept state or a tape may bring it back in one that has no such channel."""
    for other in (model, *director.catalogue.models.values()):
        try:
            return find_channel(other, channel)
        except Refused:
            continue
    return find_channel(model, channel)


def brush_erase(director: Director, number: int, _: str, arguments: Arguments) -> None:
    layer = director.layer(number)
    layer.brush = replace(layer.brush, erase=read_switch(arguments, layer.brush.erase))


def _read_touch(arguments: Arguments, usual: tuple[float, ...]) -> tuple[float, ...]:
    """x, y, radius, amount and more, the first four within their bounds."""
    numbers = finite_numbers(arguments)
    if not 2 <= len(numbers) <= 2 + len(usual):
        raise Refused("x y [radius] [amount] wanted")
    x, y, radius, amount, *more = (*numbers, *usual[len(numbers) - 2 :])
    return (
        min(max(x, 0.0), 1.0),
        min(max(y, 0.0), 1.0),
        min(max(radius, SMALLEST), LARGEST),
        min(max(amount, -1.0), 1.0),
        *more,
    )
