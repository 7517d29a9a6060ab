"""MIDI bytes become messages, by the map of the device they came from.

In: `Received` (any bytes of any length). Out: messages; none for what nobody mapped or what is no
MIDI. Remembers, for each port, which knobs were touched first and which gates are held.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.desk.midi.host import Received
from engine.desk.play.controllers import Control, ControllerMap, find_map
from engine.message import Argument, Message

TOUCHED = 8  # knobs that get a place by being moved
# Not knobs: bank select, data entry, pedals, (N)RPN, channel modes.
_NO_KNOB = frozenset((0, 6, 32, 38, *range(64, 70), *range(96, 102), *range(120, 128)))


@dataclass(frozen=True, slots=True)
class Gesture:
    """One channel message: kind, channel 1..16, number 0..127, value 0..127 (0: released)."""

    kind: str
    channel: int
    number: int
    value: int


@dataclass(slots=True)
class _Port:
    controller: ControllerMap | None
    places: dict[tuple[int, int], int] = field(default_factory=dict)  # channel, cc -> place from 1
    used: set[str] = field(default_factory=set)  # addresses that controls of the map have sent
    held: dict[str, None] = field(default_factory=dict)  # gates that are open, in order


def decode_gesture(data: bytes) -> Gesture | None:
    """The control change, note or program change in the bytes; None for anything else."""
    if not data or not 0x80 <= data[0] < 0xF0 or any(byte > 127 for byte in data[1:]):
        return None
    status, channel = data[0] & 0xF0, (data[0] & 0x0F) + 1
    if status == 0xC0 and len(data) == 2:
        return Gesture("program", channel, data[1], 127)
    if len(data) != 3:
        return None
    if status == 0xB0:
        return Gesture("cc", channel, data[1], data[2])
    if status == 0x90:
        return Gesture("note", channel, data[1], data[2])
    if status == 0x80:
        return Gesture("note", channel, data[1], 0)
    return None


class Translator:
    """Keeps what each port has done so far. Use it from one thread."""

    def __init__(self, maps: list[ControllerMap]) -> None:
        self._maps = maps
        self._ports: dict[str, _Port] = {}

    def translate(self, received: Received) -> list[Message]:
        """The messages that one piece of MIDI means; a port that has gone lets its gates go."""
        port = self._ports.get(received.port)
        if port is None:
            port = self._ports[received.port] = _Port(find_map(self._maps, received.port))
        if not received.data:
            released = [Message(address, (0,), received.time_ns) for address in port.held]
            port.held.clear()
            return released
        gesture = decode_gesture(received.data)
        if gesture is None or port.controller is None:
            return []
        found = _find_control(port.controller, gesture)
        if found is not None:
            control, place = found
            address = control.address.replace("{n}", str(place))
            port.used.add(address)
            arguments = _read_arguments(control.send, gesture.value, place)
            if arguments is None:
                return []
            if control.send == "gate":
                if gesture.value:
                    port.held[address] = None
                else:
                    port.held.pop(address, None)
            return [Message(address, arguments, received.time_ns)]
        touched = _find_touched(port, gesture)
        if touched is None:
            return []
        return [Message(touched, (gesture.value / 127,), received.time_ns)]


def _find_control(controller: ControllerMap, gesture: Gesture) -> tuple[Control, int] | None:
    for control in controller.controls:
        if (
            control.kind == gesture.kind
            and control.channel in (None, gesture.channel)
            and gesture.number in control.numbers
        ):
            return control, control.numbers.index(gesture.number) + 1
    return None


def _read_arguments(send: str, value: int, place: int) -> tuple[Argument, ...] | None:
    """What a control sends at this value; None if nothing."""
    if send == "value":
        return (value / 127,)
    if send == "gate":
        return (1 if value else 0,)
    if not value:
        return None
    return (place,) if send == "index" else ()


def _find_touched(port: _Port, gesture: Gesture) -> str | None:
    """The address of a knob no control names; at its first move it gets the next free place."""
    template = port.controller.touched if port.controller else None
    if template is None or gesture.kind != "cc" or gesture.number in _NO_KNOB:
        return None
    knob = gesture.channel, gesture.number
    if knob not in port.places:
        taken = port.places.values()
        free = [
            place
            for place in range(1, TOUCHED + 1)
            if place not in taken and template.replace("{n}", str(place)) not in port.used
        ]
        if not free:
            return None
        port.places[knob] = free[0]
    return template.replace("{n}", str(port.places[knob]))
