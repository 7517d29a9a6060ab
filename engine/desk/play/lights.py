"""The lights of every controller: they follow the state, and never fight the hand.

In: devices that come and go, moves, the state. Out: MIDI to devices: what has changed, at most so much
at a time; all of it to a device that has just come. A control that is being moved is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from engine.desk.control import Control
from engine.desk.play.board import Board
from engine.desk.play.light import Get, Light, Shown, find_shown, light_bytes

EVERY_NS = 20_000_000  # 50 times a second at most
AT_ONCE = (
    60  # bytes to a device each time: three thousand a second, which the slowest cable carries
)
AGAIN_NS = 500_000_000  # for a device that takes nothing now
HOLD_NS = 200_000_000  # a control that was moved is not told where it is

Send = Callable[[str, bytes], bool]


@dataclass(slots=True)
class _Shown:
    """What is known of a device's lights."""

    lights: tuple[tuple[Control, Light], ...]
    init: list[bytes]  # what it has to be told first
    values: dict[Control, Shown] = field(default_factory=dict)  # as they were sent
    due_ns: int = 0
    behind: bool = True  # there is more to send, or to look at


class Lights:
    """Keeps what each device shows. Use it from one thread."""

    def __init__(self, board: Board, get: Get, send: Send) -> None:
        self._board = board
        self._get = get
        self._send = send
        self._there: dict[str, None] = {}  # devices, those without lights too
        self._devices: dict[str, _Shown] = {}
        self._moved_ns: dict[Control, int] = {}
        self._version = -1

    def plug(self, device: str) -> None:
        """A device has come (back), and knows nothing of what it was told before."""
        self._there[device] = None
        self._show_all(device)

    def adopt(self) -> None:
        """The maps are others: every device that is there is told all of it anew."""
        for device in self._there:
            self._devices.pop(device, None)
            self._show_all(device)

    def unplug(self, device: str) -> None:
        """A device has gone."""
        self._there.pop(device, None)
        self._devices.pop(device, None)

    def touch(self, control: Control, now_ns: int) -> None:
        """A control was moved by hand: what it shows may be its own doing, so it is told again."""
        one = self._devices.get(control.device)
        if one is not None:
            self._moved_ns[control] = now_ns
            one.behind = one.values.pop(control, None) is not None or one.behind

    @property
    def due_ns(self) -> int | None:
        """When `follow` has something to do again; None while nothing changes."""
        return min((one.due_ns for one in self._devices.values() if one.behind), default=None)

    def follow(self, version: int, now_ns: int) -> None:
        """Show the state, which is another when its `version` is another."""
        if version != self._version:
            self._version = version
            for one in self._devices.values():
                one.behind = True
        for device, one in self._devices.items():
            if one.behind and now_ns >= one.due_ns:
                one.due_ns = now_ns + EVERY_NS
                one.behind = self._show(device, one, now_ns)

    def _show_all(self, device: str) -> None:
        maps = self._board.maps_of(device)
        if maps and (maps[0].lights or maps[0].init):
            lights = _place_lights(device, maps[0].lights)
            self._devices[device] = _Shown(lights, list(maps[0].init))

    def _show(self, device: str, one: _Shown, now_ns: int) -> bool:
        """Send what has changed. Returns whether something is left for the next time."""
        while one.init:
            if not self._send(device, one.init[0]):
                one.due_ns = now_ns + AGAIN_NS
                return True
            del one.init[0]
        left = AT_ONCE
        held = False
        for control, light in one.lights:
            bound = self._board.bound(control)
            value = find_shown(light, bound[0] if bound else None, self._get)
            if one.values.get(control) == value:
                continue
            if now_ns - self._moved_ns.get(control, -HOLD_NS) < HOLD_NS:
                held = True
                continue
            if left <= 0:
                return True
            data = light_bytes(light, value)
            left -= len(data)
            if not self._send(device, data):
                one.due_ns = now_ns + AGAIN_NS
                return True
            one.values[control] = value
            if light.ring and isinstance(value, int):  # an endless knob stands where its ring says
                self._board.place(control, value / 127)
        return held


def _place_lights(device: str, lights: Sequence[Light]) -> tuple[tuple[Control, Light], ...]:
    return tuple(
        (Control(device, light.kind, light.channel or 1, light.number), light) for light in lights
    )
