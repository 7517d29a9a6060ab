"""A light: what a controller shows beside a control of its own, and the bytes that show it.

In: what the control plays now, and the state. Out: a value or a colour, as bytes of MIDI. Remembers
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.desk.play.binding import Binding, find_value
from engine.message import Argument

Get = Callable[[str], Sequence[Argument] | None]
# A choice that is played by its number is known by its name: of which list it is the n-th.
_LISTS = {
    "/scene/go": "/list/scenes",
    "/palette/go": "/list/palettes",
    "/preset/go": "/list/presets",
}
# And what colour each of a list has.
_COLOURS = {
    "/scene/go": "/list/scene_colours",
    "/palette/go": "/list/palette_colours",
}
_HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")
DIM = 0.1  # of full light: what can be played, beside what plays
Colour = tuple[int, int, int]  # red, green, blue, 0..255, as light
Shown = int | Colour
DARK, WHITE = (0, 0, 0), (255, 255, 255)
VALUE = "{value}"
# Words for a colour in a message, and how many bits of its 8 stand to the right of what they say.
_SHIFTS = {"": 1, "_high": 7, "_low": 0}
COLOUR_WORDS = tuple(f"{{{name}{part}}}" for name in ("red", "green", "blue") for part in _SHIFTS)
_SWITCHES = ("toggle", "gate", "momentary")


@dataclass(frozen=True, slots=True)
class Light:
    """`parts` are the bytes; VALUE stands for the value. A `ring` (of lamps, or a motor) shows where the
    control would stand, 0..127; a lamp one of three: `off`, `there` (it can be played), `on` (it plays).
    Where it can show colours, `coloured` are the bytes, with COLOUR_WORDS: beside a scene or a palette
    it shows theirs, dim where it can be played.
    """

    kind: str
    channel: int | None
    number: int
    parts: tuple[int | str, ...]
    ring: bool = False
    off: int = 0
    there: int = 0
    on: int = 127
    coloured: tuple[int | str, ...] = ()

    @property
    def key(self) -> tuple[str, int | None, int, str]:
        """The binding's that the control has."""
        return self.kind, self.channel, self.number, ""


def find_shown(light: Light, binding: Binding | None, get: Get) -> Shown:
    """What a light should show beside a control that plays `binding`: a value 0..127, or a colour."""
    if light.coloured and binding is not None and _path(binding.address) in _COLOURS:
        colour = _find_colour(binding, get)
        if colour is None:
            return DARK
        return colour if plays(binding, get) else _dim(colour)
    return light_value(light, binding, get)


def light_value(light: Light, binding: Binding | None, get: Get) -> int:
    """What a light without colours should show, 0..127."""
    if binding is None:
        return light.off
    if light.ring:
        told = _number(get(binding.address))
        place = 0.0 if told is None else find_value(binding, told)
        return min(max(round(127 * place), 0), 127)
    if plays(binding, get):
        return light.on
    return light.there if can_play(binding, get) else light.off


def light_bytes(light: Light, shown: Shown) -> bytes:
    """The message that makes a light show a value 0..127, or a colour."""
    if isinstance(shown, int):
        return bytes(shown if part == VALUE else int(part) for part in light.parts)
    said = [level >> shift & 0x7F for level in shown for shift in _SHIFTS.values()]
    words = dict(zip(COLOUR_WORDS, said, strict=True))
    return bytes(words[part] if isinstance(part, str) else part for part in light.coloured)


def plays(binding: Binding, get: Get) -> bool:
    """Whether what a button asks for is there already."""
    path, arguments = _path(binding.address), binding.arguments
    if path in _LISTS:
        present, wanted = get(binding.address), choice(binding, get)
        return wanted is not None and present is not None and wanted in present[:1]
    if path == "/layer/focus" and arguments:
        return [*(get(path) or ())] == [arguments[0]]
    if path == "/bus" and arguments:
        return (get(binding.address) or ("off",))[0] not in ("off", "")
    if binding.send in _SWITCHES:
        told = _number(get(binding.address))
        return told is not None and told >= 0.5
    return False


def can_play(binding: Binding, get: Get) -> bool:
    """Whether there is what a button asks for."""
    path = _path(binding.address)
    if path in _LISTS and binding.arguments:
        return choice(binding, get) is not None
    if path == "/snapshot/go" and binding.arguments:
        return get(f"/state/snapshot/{binding.arguments[0]!s}") is not None
    if path == "/layer/focus" and binding.arguments:
        return get(f"/layer/{binding.arguments[0]!s}/scene/go") is not None
    if binding.send in _SWITCHES or path == "/bus":
        return get(binding.address) is not None  # a layer that is empty has none
    return True


def choice(binding: Binding, get: Get) -> str | None:
    """The name of the scene, palette or preset that a button goes to; None if there is none."""
    address, path = binding.address, _path(binding.address)
    # Scenes and palettes are the same on every layer, presets are of its scene.
    names = get(address.removesuffix(path) + _LISTS[path] if path == "/preset/go" else _LISTS[path])
    place = _find_place(binding, names or ())
    return str(names[place]) if names and place is not None else None


def _find_place(binding: Binding, names: Sequence[Argument]) -> int | None:
    """Which of the names a button goes to, from 0; None if there is none."""
    wanted = binding.arguments[0] if binding.arguments else None
    if isinstance(wanted, str):
        return names.index(wanted) if wanted in names else None
    if isinstance(wanted, int) and 1 <= wanted <= len(names):
        return wanted - 1
    return None


def _find_colour(binding: Binding, get: Get) -> Colour | None:
    """What a scene or a palette is known by, as bright as a lamp can be; None if there is none."""
    path = _path(binding.address)
    place = _find_place(binding, get(_LISTS[path]) or ())
    if place is None:
        return None
    told = get(_COLOURS[path]) or ()
    return _read_colour(str(told[place]) if place < len(told) else "")


@lru_cache(maxsize=256)
def _read_colour(told: str) -> Colour:
    """`"#rrggbb"` as a lamp's light at its brightest; white for what is none, and for black."""
    found = _HEX.fullmatch(told)
    # A lamp's light is as its number says, a stored colour's is not.
    light = [(int(level, 16) / 255) ** 2.2 for level in found.groups()] if found else [0.0]
    most = max(light)
    if most <= 0.0:
        return WHITE
    red, green, blue = (round(255 * level / most) for level in light)
    return red, green, blue


def _dim(colour: Colour) -> Colour:
    red, green, blue = (round(DIM * level) for level in colour)
    return red, green, blue


def _path(address: str) -> str:
    """An address without its layer."""
    part, slash, rest = address.removeprefix("/layer/").partition("/")
    return f"/{rest}" if address.startswith("/layer/") and slash and part.isdecimal() else address


def _number(told: Sequence[Argument] | None) -> float | None:
    number = told[0] if told else None
    return float(number) if isinstance(number, int | float) else None
