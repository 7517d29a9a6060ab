"""What the bytes of one MIDI port say. In: one message each time, of any length and value. Out:
moves of its controls, and ticks of its clock. Knows no port, no binding and no address.

A control change is always a move of kind cc; what it makes with others (cc14, nrpn, rpn) comes
besides, for the bindings to choose from. SysEx and what means nothing here is let through unread.

Source: MIDI 1.0 Detailed Specification 4.2.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from engine.desk.control import FULL, Control, Move
from engine.desk.midi.fourteen import Fourteen, Wide

CENTRE = 8192  # of the pitch bend
SIXTEENTH = 6  # clocks; a song position counts in sixteenths
_LENGTHS = {0x80: 3, 0x90: 3, 0xA0: 3, 0xB0: 3, 0xC0: 2, 0xD0: 2, 0xE0: 3}
_TICKS = {0xF8: "clock", 0xFA: "start", 0xFB: "continue", 0xFC: "stop"}
_POSITION, _RESET = 0xF2, 0xFF
# Channel modes, sent with 0, that end all notes; one of them sets controllers back instead.
_NOTES_OFF = frozenset((120, 123, 124, 125, 127))
_RESET_CONTROLLERS = 121


@dataclass(frozen=True, slots=True)
class Tick:
    """Clock and transport of `device`: `kind` clock (24 a quarter), start, continue, stop, position.

    `position` counts sixteenths from the start of the song, 0..16383; 0 for all other kinds.
    """

    device: str
    kind: str
    time_ns: int
    position: int = 0


class Decoder:
    """Remembers what is held and what has only half come, for one port. Use it from one thread."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._fourteen = Fourteen()
        self._held: dict[Control, None] = {}  # notes, and pressure on them, in order
        self._bent: dict[int, None] = {}  # channels whose bend is off its centre
        self.refused: Counter[str] = Counter()  # messages that are none, by reason

    @property
    def due_ns(self) -> int | None:
        """When `wait_no_more` has something to say; None if nothing is half come."""
        return self._fourteen.due_ns

    def wait_no_more(self, now_ns: int) -> list[Move]:
        """Moves of which only the coarse half has come in time."""
        return [self._widen(wide, at_ns) for wide, at_ns in self._fourteen.take_due(now_ns)]

    def decode(self, data: bytes, time_ns: int) -> list[Move | Tick]:
        """What one message says; nothing if it is none, or means nothing here. Never raises."""
        reason = _find_fault(data)
        if reason:
            self.refused[reason] += 1
            return []
        said: list[Move | Tick] = [*self.wait_no_more(time_ns)]
        status = data[0]
        if status >= 0xF0:
            said += self._decode_system(status, data, time_ns)
        else:
            said += self._decode_channel(status & 0xF0, (status & 0x0F) + 1, data, time_ns)
        return said

    def release(self, time_ns: int) -> list[Move]:
        """Let go all that is held, as when the port has gone. What stands somewhere stays there."""
        return [self._move(control, 0, time_ns) for control in list(self._held)]

    def _decode_system(self, status: int, data: bytes, time_ns: int) -> list[Move | Tick]:
        if status in _TICKS:
            return [Tick(self._device, _TICKS[status], time_ns)]
        if status == _POSITION:
            return [Tick(self._device, "position", time_ns, data[1] | data[2] << 7)]
        return [*self.release(time_ns)] if status == _RESET else []

    def _decode_channel(self, status: int, channel: int, data: bytes, time_ns: int) -> list[Move]:
        first, last = data[1], data[-1]
        if status == 0xB0:
            return self._change(channel, first, last, time_ns)
        if status == 0xE0:
            return [self._bend(channel, last << 7 | first, time_ns)]
        if status == 0xC0:
            # Each program is a button: it is pressed, and nobody lets it go.
            return [self._move(Control(self._device, "program", channel, first), 127, time_ns)]
        if status == 0xD0:
            return [self._move(Control(self._device, "pressure", channel), first, time_ns)]
        if status == 0xA0:
            return [self._move(Control(self._device, "touch", channel, first), last, time_ns)]
        velocity = last if status == 0x90 else 0
        return [self._move(Control(self._device, "note", channel, first), velocity, time_ns)]

    def _change(self, channel: int, number: int, value: int, time_ns: int) -> list[Move]:
        control = Control(self._device, "cc", channel, number)
        made = self._fourteen.take(channel, number, value, time_ns)
        part = self._fourteen.is_part(channel, number)
        moves = [Move(control, value / 127, time_ns, value, part)]
        moves += [self._widen(wide, at_ns) for wide, at_ns in made]
        if value == 0 and number in _NOTES_OFF:
            moves += self._let_go(channel, ("note", "touch"), time_ns)
        elif value == 0 and number == _RESET_CONTROLLERS:
            moves += self._let_go(channel, ("pressure", "touch"), time_ns)
            if channel in self._bent:
                moves.append(self._bend(channel, CENTRE, time_ns))
        return moves

    def _let_go(self, channel: int, kinds: tuple[str, ...], time_ns: int) -> list[Move]:
        held = [one for one in self._held if one.channel == channel and one.kind in kinds]
        return [self._move(control, 0, time_ns) for control in held]

    def _move(self, control: Control, raw: int, time_ns: int) -> Move:
        if control.kind in ("note", "touch", "pressure"):
            if raw:
                self._held[control] = None
            else:
                self._held.pop(control, None)
        return Move(control, raw / 127, time_ns, raw)

    def _widen(self, wide: Wide, time_ns: int) -> Move:
        kind, channel, number, raw = wide
        return Move(Control(self._device, kind, channel, number), raw / FULL[kind], time_ns, raw)

    def _bend(self, channel: int, raw: int, time_ns: int) -> Move:
        if raw == CENTRE:
            self._bent.pop(channel, None)
        else:
            self._bent[channel] = None
        # Its two halves differ by one step, and rest must be 0.5 exactly.
        value = raw / (2 * CENTRE) if raw <= CENTRE else 0.5 + (raw - CENTRE) / (2 * (CENTRE - 1))
        return Move(Control(self._device, "bend", channel), value, time_ns, raw)


def _find_fault(data: bytes) -> str:
    """Why the bytes are no MIDI message; "" if they are one."""
    if not data:
        return "empty"
    status = data[0]
    if status < 0x80:
        return "no status"
    if status == 0xF0:  # its end may come later, or not at all
        return ""
    expected = _LENGTHS.get(status & 0xF0) or {_POSITION: 3, 0xF1: 2, 0xF3: 2}.get(status, 1)
    if len(data) != expected:
        return "wrong length"
    return "data over 127" if any(byte > 127 for byte in data[1:]) else ""
