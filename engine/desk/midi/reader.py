"""Every port's decoder. In: what MIDI ports received. Out: moves and ticks. Use it from one thread."""

from __future__ import annotations

from collections import Counter

from engine.desk.control import Move
from engine.desk.midi.decode import Decoder, Tick
from engine.desk.midi.host import Received


class MidiReader:
    """Keeps a decoder for each port that has sent something."""

    def __init__(self) -> None:
        self._decoders: dict[str, Decoder] = {}

    @property
    def due_ns(self) -> int | None:
        """When `wait_no_more` has something to say; None if nothing is half come."""
        times = [d.due_ns for d in self._decoders.values() if d.due_ns is not None]
        return min(times, default=None)

    @property
    def refused(self) -> Counter[str]:
        """Messages that are none, by reason."""
        return sum((decoder.refused for decoder in self._decoders.values()), Counter())

    def read(self, received: Received) -> list[Move | Tick]:
        """What was received says; of a port that has gone: what it held is let go."""
        decoder = self._decoders.get(received.port)
        if decoder is None:
            decoder = self._decoders[received.port] = Decoder(received.port)
        if not received.data:
            return [*decoder.release(received.time_ns)]
        return decoder.decode(received.data, received.time_ns)

    def wait_no_more(self, now_ns: int) -> list[Move]:
        """Moves of which only the coarse half has come in time."""
        return [move for d in self._decoders.values() for move in d.wait_no_more(now_ns)]
