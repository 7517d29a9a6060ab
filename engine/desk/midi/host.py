"""One MIDI API: the clients that look, the ports that are open, and the pulse that shows life.

In: calls, about twice a second. Out: what ports there are; received bytes in a queue. RtMidi tells
of no unplugging and no dead server. So the lists are read anew each time, through long-lived
clients, and on JACK, where all looks well after the server's death, we listen to a port of our own.
Never raises for what a device or a server does, and never waits for one.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import SimpleQueue

from engine.desk.midi.backend import Backend, MidiInput, MidiOutput
from engine.desk.midi.far import Far
from engine.desk.midi.names import OWN, count_alike, find_output, match_port, plugged_name
from engine.desk.midi.poll import Poller
from engine.desk.midi.roster import Roster
from engine.desk.midi.twice import Twice

RETRY_NS = 2_000_000_000  # for an API that does not answer
# JACK takes its time to clear dead clients away: new ones that come at once may never hear anything.
SETTLE_NS = 2_000_000_000
SILENT_LOOKS = 5  # pulses unheard before a JACK server counts as dead
WAITING = 8192  # received messages waiting; more are dropped
PULSE = (0xB0, 0, 0)
OURS = "Morphogen"  # the port that others can send to, and its device
_NO_VIRTUAL = ("winmm", "dummy")


@dataclass(frozen=True, slots=True)
class Received:
    """What one callback got: bytes of any length and value. None at all: the device has gone."""

    port: str
    data: bytes
    time_ns: int


@dataclass(frozen=True, slots=True)
class Place:
    """A device in a listing. `key` tells one plugging of it from another; `index` and `name` are of
    its input in the listing; `output` is the key of the output that belongs to it, "" for none.
    """

    device: str
    key: str
    index: int
    name: str
    output: str


@dataclass(slots=True)
class _Port:
    """An open device; `far` is its output."""

    key: str
    client: MidiInput
    far: Far | None = None


class MidiHost:
    """Owns every client of one API. Use it from one thread."""

    def __init__(
        self, backend: Backend, api: str, clock_ns: Callable[[], int], again: bool = False
    ) -> None:
        """`again`: clients of ours have just died with their process."""
        self.api = api
        self.roster = Roster(api)
        self._backend = backend
        self._clock_ns = clock_ns
        self._own = f"{OWN}-{os.getpid()}"  # told apart from another engine's on the same server
        self._probe: MidiInput | None = None
        self._far: MidiOutput | None = None  # lists outputs; on JACK it has the pulse, too
        self._ours: MidiInput | None = None
        self._looked: tuple[list[str], list[str], str | None] | None = None
        self._places: list[Place] = []  # as it was then
        self._poller = Poller()
        self._twice = Twice()
        self._silent = 0  # looks in a row that heard none
        self._settled_ns = clock_ns() + SETTLE_NS if again and api == "jack" else 0
        self._retry_ns = self._settled_ns
        self._open: dict[str, _Port] = {}
        self.dropped = 0  # received messages
        self.unsent = 0  # messages to devices
        self.reason = ""

    @property
    def alive(self) -> bool:
        """Whether the API answered at the last look."""
        return self._probe is not None

    def is_waiting(self, now_ns: int) -> bool:
        """Whether the API was not asked yet, for its server has something to clear away."""
        return now_ns < self._settled_ns

    @property
    def hearing(self) -> set[str]:
        """The open devices that can be sent to."""
        return {device for device, port in self._open.items() if port.far is not None}

    @property
    def open(self) -> dict[str, str]:
        """The devices that are open, and the key of each."""
        return {device: port.key for device, port in self._open.items()}

    def list_ports(self, now_ns: int, pattern: str | None = None) -> list[Place]:
        """All that is there and may be opened: see `match_port`."""
        if self._probe is None and now_ns >= self._retry_ns:
            self._connect(now_ns)
        if self._probe is None or self._far is None:
            return []
        try:
            inputs, outputs = self._probe.list_ports(), self._far.list_ports()
            if self.api == "jack":
                self._beat()
        except Exception as error:  # the bindings have no common base class
            self._disconnect(now_ns, str(error))
            return []
        if self._silent >= SILENT_LOOKS:
            self._disconnect(now_ns, "the server does not answer")
            return []
        if (inputs, outputs, pattern) != self._looked:
            self._looked = inputs, outputs, pattern
            self._places = self._read(inputs, outputs, pattern)
        return self._places

    def listen(self, place: Place, queue: SimpleQueue[Received]) -> bool:
        """Open one device; False if it went meanwhile."""
        client = None
        try:
            client = self._backend.open_input(self.api, OWN)
            receive = self._hand_on(place.device, queue)
            client.listen(place.index, None if self.api == "jack" else receive)
            if self._probe is None or self._probe.list_ports()[place.index] != place.name:
                raise LookupError("the list has changed, so it may be another device")
        except Exception:
            _close(client)
            return False
        self._open[place.device] = _Port(place.key, client)
        if self.api == "jack":
            self._poller.add(client, receive)
        return True

    def reach(self, place: Place) -> bool:
        """Open the output of an open device, or close what is none any more; whether it changed.

        On JACK what is sent at once is lost: a connection takes a moment.
        """
        port = self._open.get(place.device)
        if port is None or (port.far.key if port.far else "") == place.output:
            return False
        _close(port.far)
        port.far = None
        if place.output:
            with contextlib.suppress(Exception):  # at the next look again
                output = self._connect_output(place.output)
                port.far = Far(place.output, output, self.api == "jack")
        return True

    def offer(self, queue: SimpleQueue[Received]) -> bool:
        """Have a port of our own, that a sequencer can send to; False where there can be none."""
        if self._ours is not None or self._probe is None or self.api in _NO_VIRTUAL:
            return False
        client = None
        try:
            client = self._backend.open_input(self.api, OURS)
            receive = self._hand_on(OURS, queue)
            # On a Mac only the port has a name.
            name = OURS if self.api == "core" else "in"
            client.offer(name, None if self.api == "jack" else receive)
        except Exception:
            _close(client)
            return False
        self._ours = client
        if self.api == "jack":
            self._poller.add(client, receive)
        return True

    def send(self, device: str, data: bytes) -> bool:
        """One message to an open device; False if it has no output, or could not take it now."""
        port = self._open.get(device)
        if port is None or port.far is None or not data:
            return False
        taken = port.far.send(data)
        self.unsent += not taken
        return taken

    def drop(self, device: str) -> None:
        """Close one device."""
        port = self._open.pop(device)
        self._close_input(port.client)
        _close(port.far)

    def close(self) -> None:
        """Close every port and give all clients back."""
        for device in list(self._open):
            self.drop(device)
        if self._ours is not None:
            self._close_input(self._ours)
        _close(self._probe)
        _close(self._far)
        self._ours = self._probe = self._far = None
        self._looked, self._places, self._silent = None, [], 0

    def _read(self, inputs: list[str], outputs: list[str], pattern: str | None) -> list[Place]:
        """Who is who in new lists."""
        at = [index for index, name in enumerate(inputs) if match_port(name, pattern)]
        places = []
        keys = self._count(outputs)
        assigned = self.roster.assign([inputs[index] for index in at])
        for index, (device, key) in zip(at, assigned, strict=True):
            found = find_output(self.api, index, inputs, outputs)
            output = "" if found is None else keys[found]
            places.append(Place(device, key, index, inputs[index], output))
        return places

    def _count(self, outputs: list[str]) -> list[str]:
        """The keys of outputs."""
        return count_alike([plugged_name(self.api, name) for name in outputs])

    def _connect_output(self, key: str) -> MidiOutput:
        """Open the output of a key; raises if it went meanwhile."""
        assert self._far is not None
        output = self._backend.open_output(self.api, OWN)
        try:
            keys = self._count(self._far.list_ports())
            output.connect(keys.index(key))
            if self._count(self._far.list_ports()) != keys:
                raise LookupError("the list has changed, so it may be another device")
        except Exception:
            _close(output)
            raise
        return output

    def _hand_on(
        self, device: str, queue: SimpleQueue[Received]
    ) -> Callable[[Sequence[int]], None]:
        clock_ns = self._clock_ns

        def receive(data: Sequence[int]) -> None:  # on RtMidi's thread: only hand over
            if not data:
                return
            now_ns, message = clock_ns(), bytes(value & 0xFF for value in data)
            if self._twice.has_come(message, device == OURS, now_ns):
                return
            if queue.qsize() >= WAITING:
                self.dropped += 1
            else:
                queue.put(Received(device, message, now_ns))

        return receive

    def _connect(self, now_ns: int) -> None:
        try:
            self._far = self._backend.open_output(self.api, self._own)
            if self.api == "jack":
                # A dead JACK server leaves everything looking well: so we send to ourselves.
                self._far.offer("pulse")
            self._probe = self._backend.open_input(self.api, OWN)
            if self.api == "jack":
                names = self._probe.list_ports()
                place = next(i for i, name in enumerate(names) if self._own in name)
                self._probe.listen(place, None)
                self._far.send(PULSE)
        except StopIteration:
            self._disconnect(now_ns, "no server")
        except Exception as error:
            self._disconnect(now_ns, str(error))

    def _beat(self) -> None:
        """Hear the last pulse, send the next."""
        assert self._probe is not None and self._far is not None
        heard = 0
        while self._probe.read():
            heard += 1
        self._silent = 0 if heard else self._silent + 1
        for port in self._open.values():
            if heard and port.far is not None:
                port.far.take_pulse()
        self._far.send(PULSE)

    def _close_input(self, client: MidiInput) -> None:
        self._poller.remove(client, lambda: _close(client))

    def _disconnect(self, now_ns: int, reason: str) -> None:
        # All old clients go before a new one comes: the other way round RtMidi crashes on JACK.
        self.close()
        self.reason = reason
        self._retry_ns = now_ns + RETRY_NS


def _close(client: MidiInput | MidiOutput | Far | None) -> None:
    if client is not None:
        with contextlib.suppress(Exception):  # the bindings have no common base class
            client.close()
