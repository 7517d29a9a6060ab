"""What the operator reads at a glance: what plays, and the knob that is being moved.

In: a director, and the address that a hand played. Out: words and places 0..1. Changes nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.show.effects.played import Played
from engine.show.parameter import Parameter, to_norm

if TYPE_CHECKING:
    from engine.show.director import Director
    from engine.show.effects.rack import Rack
    from engine.show.voice import Voice


@dataclass(frozen=True, slots=True)
class Playing:
    """The scene and the palette by their titles; `stops` of the palette as the state tells them."""

    scene: str
    palette: str
    stops: tuple[float, ...]
    layer: str = ""  # where there are several


@dataclass(frozen=True, slots=True)
class Knob:
    """What is moved: its name, its value in its own unit, where it stands 0..1 (None: nowhere), and
    where the hand is that has not met it yet. `macro` is its number, 0 for all else."""

    name: str
    value: str
    place: float | None = None
    ghost: float | None = None
    macro: int = 0


def read_playing(director: Director) -> Playing:
    """What plays on the layer that hands play on."""
    voice = director.layer(director.focus).voice
    palette = voice.colours.palette
    title = f"{palette.title} (edited)" if voice.colours.is_edited else palette.title
    layer = f"Layer {director.focus}" if len(director.layers) > 1 else ""
    return Playing(voice.scene.title, title, voice.colours.told[0], layer)


def read_knob(director: Director, address: str) -> Knob | None:
    """The knob that an address moves; None for whatever is none, or is not there."""
    number, path = director.focus, address
    if address.startswith("/layer/"):
        part, _, rest = address.removeprefix("/layer/").partition("/")
        number, path = int(part) if len(part) == 1 and part.isdecimal() else 0, f"/{rest}"
    knob = _find(director, number, path)
    if knob is None:
        return None
    ghosts = (director.ghosts.get(name) for name in (address, f"/layer/{number}{path}", path))
    ghost = next((place for place in ghosts if place is not None), None)
    several = len(director.layers) > 1 and not path.startswith(("/master", "/crossfader", "/tempo"))
    name = f"Layer {number}: {knob.name}" if several else knob.name
    return replace(knob, name=name, ghost=ghost)


def _find(director: Director, number: int, path: str) -> Knob | None:
    match path:
        case "/master/brightness":
            return _level("Brightness", director.master.brightness)
        case "/crossfader":
            return _level("Crossfader", director.crossfader.wanted)
        case "/tempo/bpm" | "/tempo/tap":
            return Knob("Tempo", f"{director.tempo.bpm:.1f} bpm")
    if path.startswith("/master/effect/"):
        return _find_effect(director.rack, path.removeprefix("/master/effect/"))
    if path.startswith("/effect/"):
        return _find_effect(director.layers.manner(number).rack, path.removeprefix("/effect/"))
    layer = director.layers.get(number)
    if layer is None:
        return None
    if path == "/opacity":
        return _level("Opacity", director.layers.manner(number).opacity)
    if path == "/brush/size":
        return _level("Brush", layer.brush.size)
    return _find_in_voice(layer.voice, path)


def _find_in_voice(voice: Voice, path: str) -> Knob | None:
    root, _, name = path[1:].partition("/")
    if root == "macro" and len(name) == 1 and name.isdecimal():
        at = int(name) - 1
        if 0 <= at < len(voice.macros):
            value = voice.macros[at]
            return Knob(voice.scene.macros[at].name, f"{value:.2f}", value, macro=at + 1)
        return None
    name = f"palette_{name}" if root == "palette" else name
    if root not in ("param", "norm", "palette") or name not in voice.parameters:
        return None
    return read_parameter(voice.parameters[name], voice.bank.wanted(name))


def _find_effect(rack: Rack, rest: str) -> Knob | None:
    place, _, rest = rest.partition("/")
    if not (len(place) == 1 and place.isdecimal() and 1 <= int(place) <= len(rack.slots)):
        return None
    slot = rack.slots[int(place) - 1]
    played: Played | None = slot.played
    if played is None:
        return None
    word, _, name = rest.partition("/")
    if word == "mix":
        return _level(f"{played.effect.title.partition(':')[0]}, mix", slot.mix)
    if word in ("param", "norm") and name in played.parameters:
        knob = read_parameter(played.parameters[name], played.bank.wanted(name))
        return replace(knob, name=f"{played.effect.title.partition(':')[0]}, {knob.name}")
    return None


def read_parameter(parameter: Parameter, value: tuple[float, ...]) -> Knob:
    """A value in its own unit, to as many places as its range has sense for."""
    name = parameter.label or parameter.name
    unit = f" {parameter.unit}" if parameter.unit else ""
    if parameter.kind in ("bool", "event"):
        return Knob(name, "on" if value[0] >= 0.5 else "off", value[0])
    if parameter.choices:
        values = parameter.values or tuple(
            parameter.minimum[0] + n for n in range(len(parameter.choices))
        )
        chosen = parameter.choices[values.index(value[0])] if value[0] in values else ""
        return Knob(name, chosen, to_norm(parameter, value[0]))
    span = abs(parameter.maximum[0] - parameter.minimum[0])
    places = (
        0 if parameter.kind == "int" else _find_places(value[0] if _is_log(parameter) else span)
    )
    words = ", ".join(f"{number:.{places}f}" for number in value) + unit
    return Knob(name, words, to_norm(parameter, value[0]) if len(value) == 1 else None)


def _is_log(parameter: Parameter) -> bool:
    return parameter.curve == "log"


def _find_places(size: float) -> int:
    """Three digits that count."""
    return min(max(2 - math.floor(math.log10(abs(size))), 0), 5) if size else 2


def _level(name: str, value: float) -> Knob:
    return Knob(name, f"{100.0 * value:.0f} %", value)
