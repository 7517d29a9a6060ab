"""The output of a device, and how much it may be sent. In: bytes. Out: whether they were taken.

On JACK RtMidi keeps 16 KiB of what the server has not taken yet, 4 of them a message more, and then
waits: for ever, if the server is dead. So no more is sent than there is room for, until the server
has shown that it lives. Never waits, never raises.
"""

from __future__ import annotations

from engine.desk.midi.backend import MidiOutput

ROOM = 12_288
MORE = 4  # bytes for each message


class Far:
    """Owns the client that writes. `key` is the output's."""

    def __init__(self, key: str, output: MidiOutput, is_limited: bool) -> None:
        self.key = key
        self._output = output
        self._is_limited = is_limited
        self._sent = 0  # bytes that may still wait
        self._before = 0  # of these, sent before the last pulse

    def send(self, data: bytes) -> bool:
        """One message."""
        cost = len(data) + MORE
        if self._is_limited and self._sent + cost > ROOM:
            return False
        try:
            self._output.send(data)
        except Exception:  # the bindings have no common base class
            return False
        self._sent += cost
        return True

    def take_pulse(self) -> None:
        """The server has done what was sent before the last pulse; now comes the next one."""
        self._sent -= self._before
        self._before = self._sent

    def close(self) -> None:
        """Give the client back."""
        self._output.close()
