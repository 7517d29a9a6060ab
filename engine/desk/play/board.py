"""The board: who is bound to what. In: moves of controls. Out: the messages they mean.

The player's own bindings go before those of the device's map. Remembers where each control is, which
knobs of a device without a map were touched first, and what is held. Never raises for a move.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.desk.control import Control, Move
from engine.desk.play.binding import Binding, is_down, keys_of, let_go, read_move
from engine.desk.play.controllers import ControllerMap, device_of, find_maps
from engine.message import Message

TOUCHED = 8  # knobs of a device that get a place by being moved
KNOB_KINDS = ("cc", "nrpn")  # an rpn is a setting of the device, such as how far it bends
KNOBS = 256  # of all devices, whose places are told
CONTROLS = 4096  # remembered for each device; a flood of foreign addresses is no reason to grow
DEVICES = 256
# Not knobs: bank select, data entry, pedals, (N)RPN, channel modes.
_ENTRY = frozenset((6, 38, *range(96, 102)))  # of (N)RPN: which one, and where it stands
_NO_KNOB = _ENTRY.union((0, 32, *range(64, 70), *range(120, 128)))

Overlay = Mapping[str, Iterable[Binding]]  # device -> the player's own bindings
# Device, kind (one of KNOB_KINDS), channel, number, and which of TOUCHED it is.
Place = tuple[str, str, int, int, int]
_Key = tuple[str, int | None, int, str]


@dataclass(slots=True)
class _Device:
    """What is known of one: a name, its maps, where its controls are."""

    kind: str  # which of DEVICES
    touched: str | None = None
    own: dict[_Key, list[Binding]] = field(default_factory=dict)
    mapped: dict[_Key, Binding] = field(default_factory=dict)
    parts: set[int] = field(default_factory=set)  # numbers of CCs that are only parts of 14 bits
    places: dict[Control, float] = field(default_factory=dict)
    knobs: dict[Control, int] = field(default_factory=dict)  # those that got a place: from 1
    used: set[str] = field(default_factory=set)  # addresses that controls of the map have played


class Board:
    """Keeps what each device has done so far. Use it from one thread."""

    def __init__(self, maps: list[ControllerMap], overlay: Overlay | None = None) -> None:
        self._maps = maps
        self._overlay = overlay or {}
        self._devices: dict[str, _Device] = {}
        self._held: dict[tuple[Control, Binding], None] = {}  # in order
        self._touched: tuple[Place, ...] = ()

    @property
    def held(self) -> tuple[Binding, ...]:
        """What is on only for as long as a hand stays there."""
        return tuple(binding for _, binding in self._held)

    @property
    def touched(self) -> tuple[Place, ...]:
        """The knobs of devices without a map that have a place by being moved, in that order."""
        return self._touched

    def bring_back(self, places: Iterable[Place]) -> None:
        """Give knobs the places that they had, as a board before this one told them."""
        for name, kind, channel, number, place in places:
            knob = Control(name, kind, channel, number)
            device = self._find(knob)
            if 1 <= place <= TOUCHED and place not in device.knobs.values():
                device.knobs[knob] = place
                self._touched += ((name, kind, channel, number, place),)

    def adopt(self, overlay: Overlay) -> None:
        """Take the player's bindings anew; where the controls are stays known."""
        self._overlay = overlay
        for name, device in self._devices.items():
            self._bind(name, device)

    def adopt_maps(self, maps: list[ControllerMap]) -> None:
        """Take the maps anew; where the controls are, and what they hold, stays known."""
        self._maps = maps
        for name, device in self._devices.items():
            self._map(name, device)
            self._bind(name, device)

    def play(self, move: Move) -> list[Message]:
        """The messages that one move means; none for what is bound to nothing."""
        control = move.control
        device = self._find(control)
        before = device.places.get(control)
        bound = self._bound(device, control, part=move.part)
        if bound or not move.part:  # else it says where a parameter stands, not where a knob does
            self.place(control, move.value)
        messages = []
        for binding in bound:
            device.used.add(binding.address)
            message = read_move(binding, move, before)
            if message is None:
                continue
            messages.append(message)
            if binding.is_held:
                self._held.pop((control, binding), None)
                if is_down(move):
                    self._held[control, binding] = None
        return messages + self.let_go(move)

    def let_go(self, move: Move) -> list[Message]:
        """What a control held before it was bound to something else, or taught, where the move lets
        it go."""
        if not self._held or is_down(move):
            return []
        gone = [binding for control, binding in self._held if control == move.control]
        for binding in gone:
            del self._held[move.control, binding]
        return [let_go(binding, move.time_ns) for binding in gone]

    def bound(self, control: Control, *, part: bool = False) -> list[Binding]:
        """What a control plays now; in a move that is a `part`, only what the player himself bound."""
        return self._bound(self._find(control), control, part=part)

    def is_part(self, move: Move) -> bool:
        """Whether what a move does is told by another one: halves of 14 bits where these are bound, the
        14 bits where they are not, what names an nrpn and says where it stands."""
        control, device = move.control, self._find(move.control)
        half = control.kind == "cc" and control.number in device.parts
        if not (half or move.part or control.kind == "cc14"):
            return False
        return not self._bound(device, control, part=move.part)

    def bindings(self, name: str) -> list[Binding]:
        """All that a device known by this name plays, the player's own first."""
        device = self._devices.get(name)
        if device is None:
            return []
        own = [binding for several in device.own.values() for binding in several]
        return own + [b for key, b in device.mapped.items() if key not in device.own]

    def maps_of(self, name: str) -> list[ControllerMap]:
        """The maps of a MIDI device."""
        return find_maps(self._maps, "midi", name)

    def place(self, control: Control, value: float) -> None:
        """A control has been moved from here: an encoder whose ring was set, a fader with a motor."""
        places = self._find(control).places
        if control in places or len(places) < CONTROLS:
            places[control] = value

    def where(self, control: Control) -> float | None:
        """Where a control is, 0..1; None if it has not been moved yet."""
        return self._find(control).places.get(control)

    def release(self, name: str, time_ns: int) -> list[Message]:
        """A device has gone: what it held is let go, and where its controls are is unknown."""
        device = self._devices.get(name)
        if device is None:
            return []
        device.places.clear()
        gone = [key for key in self._held if key[0].device == name]
        for key in gone:
            del self._held[key]
        return [let_go(binding, time_ns) for _, binding in gone]

    def _find(self, control: Control) -> _Device:
        device = self._devices.get(control.device)
        if device is None:
            if len(self._devices) >= DEVICES:
                self._devices.pop(next(iter(self._devices)))
            device = self._devices[control.device] = _Device(device_of(control))
            self._map(control.device, device)
            self._bind(control.device, device)
        return device

    def _map(self, name: str, device: _Device) -> None:
        device.touched = None
        device.mapped.clear()
        for found in reversed(find_maps(self._maps, device.kind, name)):
            device.touched = found.touched
            # The first control that fits counts.
            device.mapped |= {binding.key: binding for binding in reversed(found.bindings)}

    def _bind(self, name: str, device: _Device) -> None:
        device.own.clear()
        for binding in self._overlay.get(name, ()):
            device.own.setdefault(binding.key, []).append(binding)
        keys = (*device.own, *device.mapped)
        numbers = {key[2] for key in keys if key[0] == "cc14"}
        device.parts = numbers | {number + 32 for number in numbers}
        if any(key[0] in ("nrpn", "rpn") for key in keys):
            device.parts |= _ENTRY

    def _bound(self, device: _Device, control: Control, *, part: bool) -> list[Binding]:
        keys = keys_of(control)
        own = [binding for key in keys for binding in device.own.get(key, ())]
        if own:
            return own
        if part or (control.kind == "cc" and control.number in device.parts):
            return []
        mapped = next((device.mapped[key] for key in keys if key in device.mapped), None)
        if mapped is not None:
            return [mapped]
        known = len(device.knobs)
        touched = _find_touched(device, control)
        if len(device.knobs) > known and len(self._touched) < KNOBS:
            facts = control.device, control.kind, control.channel, control.number
            self._touched += ((*facts, device.knobs[control]),)
        return [touched] if touched else []


def _find_touched(device: _Device, control: Control) -> Binding | None:
    """A knob that no control names: at its first move it gets the next free place."""
    if device.touched is None or control.kind not in KNOB_KINDS:
        return None
    if control.kind == "cc" and control.number in _NO_KNOB:
        return None
    addresses = [device.touched.replace("{n}", str(n)) for n in range(1, TOUCHED + 1)]
    if control not in device.knobs:
        taken = device.knobs.values()
        free = [n for n, a in enumerate(addresses, 1) if n not in taken and a not in device.used]
        if not free:
            return None
        device.knobs[control] = free[0]
    address = addresses[device.knobs[control] - 1]
    return Binding(control.kind, control.channel, control.number, "", address)
