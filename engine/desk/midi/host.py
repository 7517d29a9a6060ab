"""One MIDI API: the client that looks, the ports that are open, and the pulse that shows life.

In: calls, about once a second. Out: what ports there are; received bytes in a queue. RtMidi tells
of no unplugging and no dead server. So the list is read anew each time, through one long-lived
client, and on JACK, where all looks well after the server's death, we listen to a port of our own.
Never raises for what a device or a server does.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import SimpleQueue

from engine.desk.midi.backend import Backend, MidiInput, MidiOutput

RETRY_NS = 2_000_000_000  # for an API that does not answer
SILENT_LOOKS = 2  # pulses unheard before a JACK server counts as dead
WAITING = 8192  # received messages waiting; more are dropped
OWN = "morphogen"
_NUMBERS = re.compile(r"\s+\d+:\d+$")  # ALSA's client:port; other ones at every plugging


@dataclass(frozen=True, slots=True)
class Received:
    """What one callback got: bytes of any length and value. None at all: the port has gone."""

    port: str
    data: bytes
    time_ns: int


def name_port(system_name: str) -> str:
    """A port's lasting name: without the numbers that change with every plugging."""
    return _NUMBERS.sub("", system_name)


class MidiHost:
    """Owns every client of one API. Use it from one thread."""

    def __init__(self, backend: Backend, api: str, clock_ns: Callable[[], int]) -> None:
        self.api = api
        self._backend = backend
        self._clock_ns = clock_ns
        self._own = f"{OWN}-{os.getpid()}"  # told apart from another engine's on the same server
        self._probe: MidiInput | None = None
        self._pulse: MidiOutput | None = None
        self._beats = 0  # heard since the last look
        self._silent = 0  # looks in a row that heard none
        self._retry_ns = 0
        self.open: dict[str, tuple[str, MidiInput]] = {}  # name -> name with numbers, client
        self.dropped = 0
        self.reason = ""

    @property
    def alive(self) -> bool:
        """Whether the API answered at the last look."""
        return self._probe is not None

    def list_ports(self, now_ns: int) -> dict[str, tuple[str, int]]:
        """Name -> (name with numbers, index) of all there is; two of a name: "name", "name #2"."""
        if self._probe is None and now_ns >= self._retry_ns:
            self._connect(now_ns)
        if self._probe is None:
            return {}
        try:
            names = self._probe.list_ports()
            if self._pulse is not None:
                self._silent = 0 if self._beats else self._silent + 1
                self._beats = 0
                self._pulse.send([0xB0, 0, 0])
        except Exception as error:  # the bindings have no common base class
            self._disconnect(now_ns, str(error))
            return {}
        if self._silent >= SILENT_LOOKS:
            self._disconnect(now_ns, "the server does not answer")
            return {}
        ports: dict[str, tuple[str, int]] = {}
        for index, system_name in enumerate(names):
            name, count = name_port(system_name), 1
            key = name
            while key in ports:
                count += 1
                key = f"{name} #{count}"
            ports[key] = (system_name, index)
        return ports

    def listen(self, name: str, place: tuple[str, int], queue: SimpleQueue[Received]) -> bool:
        """Open one port; False if it went meanwhile."""
        clock_ns = self._clock_ns

        def receive(data: Sequence[int]) -> None:  # on RtMidi's thread: only hand over
            if queue.qsize() >= WAITING:
                self.dropped += 1
            else:
                queue.put(Received(name, bytes(value & 0xFF for value in data), clock_ns()))

        client = None
        try:
            client = self._backend.open_input(self.api, OWN)
            client.listen(place[1], receive)
        except Exception:
            _close(client)
            return False
        self.open[name] = (place[0], client)
        return True

    def drop(self, name: str) -> None:
        """Close one port."""
        _close(self.open.pop(name)[1])

    def close(self) -> None:
        """Close every port and give all clients back."""
        for name in list(self.open):
            self.drop(name)
        for client in (self._probe, self._pulse):
            _close(client)
        self._probe = self._pulse = None
        self._silent = 0

    def _connect(self, now_ns: int) -> None:
        try:
            if self.api == "jack":
                # A dead JACK server leaves everything looking well: so we send to ourselves.
                self._pulse = self._backend.open_output(self.api, self._own, "pulse")
            self._probe = self._backend.open_input(self.api, OWN)
            if self._pulse is not None:
                names = self._probe.list_ports()
                place = next(i for i, name in enumerate(names) if self._own in name)
                self._probe.listen(place, self._hear)
                self._beats, self._silent = 1, 0
        except StopIteration:
            self._disconnect(now_ns, "no server")
        except Exception as error:
            self._disconnect(now_ns, str(error))

    def _hear(self, data: Sequence[int]) -> None:
        self._beats += 1

    def _disconnect(self, now_ns: int, reason: str) -> None:
        # All old clients go before a new one comes: the other way round RtMidi crashes on JACK.
        self.close()
        self.reason = reason
        self._retry_ns = now_ns + RETRY_NS


def _close(client: MidiInput | MidiOutput | None) -> None:
    if client is not None:
        with contextlib.suppress(Exception):  # the bindings have no common base class
            client.close()
