"""MIDI inside OSC: `/midi` with `m` arguments is what a port of the name PORT would have received.

In: a message. Out: the bytes of each argument (port number, status, two data bytes) as MIDI says them,
the port number left out. SysEx does not fit an argument.
"""

from __future__ import annotations

from engine.desk.midi.host import Received
from engine.message import Message
from engine.osc_reading import Malformed

MIDI = "/midi"
PORT = "OSC"
# Bytes of a message by its status: channel messages by their upper half.
_CHANNEL = {0x80: 3, 0x90: 3, 0xA0: 3, 0xB0: 3, 0xC0: 2, 0xD0: 2, 0xE0: 3}
_SYSTEM = {0xF1: 2, 0xF2: 3, 0xF3: 2, 0xF6: 1, 0xF8: 1, 0xFA: 1, 0xFB: 1, 0xFC: 1, 0xFE: 1, 0xFF: 1}


def read_wrapped(message: Message) -> list[Received]:
    """What each argument says. Raises `Malformed` if one is no MIDI message, or there is none."""
    received = []
    for argument in message.arguments:
        if not isinstance(argument, bytes) or len(argument) != 4:
            raise Malformed("no MIDI in /midi")
        status = argument[1]
        length = _CHANNEL.get(status & 0xF0) or _SYSTEM.get(status, 0)
        data = argument[1 : 1 + length]
        if not data or any(byte > 127 for byte in data[1:]):
            raise Malformed("no MIDI in /midi")
        received.append(Received(PORT, data, message.time_ns))
    if not received:
        raise Malformed("no MIDI in /midi")
    return received
