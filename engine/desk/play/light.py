"""A light: what a controller shows beside a control of its own, and the bytes that show it.

In: what the control plays now, and the state. Out: a value, as bytes of MIDI. Remembers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.desk.play.binding import Binding, find_value
from engine.message import Argument

Get = Callable[[str], Sequence[Argument] | None]
# A choice that is played by its number is known by its name: of which list it is the n-th.
_LISTS = {
    "/scene/go": "/list/scenes",
    "/palette/go": "/list/palettes",
    "/preset/go": "/list/presets",
}
_SWITCHES = ("toggle", "gate", "momentary")


@dataclass(frozen=True, slots=True)
class Light:
    """`parts` are the bytes; None stands for the value. A `ring` (of lamps, or a motor) shows where the
    control would stand, 0..127; a lamp one of three: `off`, `there` (it can be played), `on` (it plays).
    """

    kind: str
    channel: int | None
    number: int
    parts: tuple[int | None, ...]
    ring: bool = False
    off: int = 0
    there: int = 0
    on: int = 127

    @property
    def key(self) -> tuple[str, int | None, int, str]:
        """The binding's that the control has."""
        return self.kind, self.channel, self.number, ""


def light_value(light: Light, binding: Binding | None, get: Get) -> int:
    """What a light should show, 0..127, beside a control that plays `binding`."""
    if binding is None:
        return light.off
    if light.ring:
        told = _number(get(binding.address))
        place = 0.0 if told is None else find_value(binding, told)
        return min(max(round(127 * place), 0), 127)
    if plays(binding, get):
        return light.on
    return light.there if can_play(binding, get) else light.off


def light_bytes(light: Light, value: int) -> bytes:
    """The message that makes a light show a value 0..127."""
    return bytes(value if part is None else part for part in light.parts)


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
    address, wanted = binding.address, binding.arguments[0] if binding.arguments else None
    path = _path(address)
    # Scenes and palettes are the same on every layer, presets are of its scene.
    names = get(address.removesuffix(path) + _LISTS[path] if path == "/preset/go" else _LISTS[path])
    if isinstance(wanted, str):
        return wanted if names and wanted in names else None
    if isinstance(wanted, int) and names and 1 <= wanted <= len(names):
        return str(names[wanted - 1])
    return None


def _path(address: str) -> str:
    """An address without its layer."""
    part, slash, rest = address.removeprefix("/layer/").partition("/")
    return f"/{rest}" if address.startswith("/layer/") and slash and part.isdecimal() else address


def _number(told: Sequence[Argument] | None) -> float | None:
    number = told[0] if told else None
    return float(number) if isinstance(number, int | float) else None
