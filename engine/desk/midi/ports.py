"""MIDI in and out: every device that fits the pattern is kept open, its bytes are handed on.

In: devices that come, go and come back. Out: `Received` in a queue, with no data when a device goes;
`Plugged` from each look; bytes to a device. Never interprets a byte, never raises for what a device
or a server does, never waits for one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType

from engine.desk.midi.backend import Backend
from engine.desk.midi.host import OURS, MidiHost, Place, Received
from engine.desk.midi.names import is_bridge
from engine.desk.notes import Notes, quote

LOOK_NS = 500_000_000
REMEDY_BINDING = "Install python-rtmidi (Python 3.11, 3.12) or rtmidi2 (3.13 on)."


@dataclass(frozen=True, slots=True)
class Plugged:
    """A device is there (again), or has gone. `hears`: what is sent to it arrives from now on, so
    whoever shows something on it shows all of it: it knows nothing of what was sent before.

    A device with an output is first there, and at the next look hears.
    """

    device: str
    there: bool
    hears: bool


def describe_remedy(api: str) -> str:
    """What to do about an API that does not answer."""
    remedies = {
        "alsa": "Load the sequencer of ALSA with 'sudo modprobe snd-seq'.",
        "jack": "Start JACK, or PipeWire with its JACK library, if you use it.",
    }
    return remedies.get(api, "Plug the controller in and restart the computer's MIDI service.")


class MidiPorts:
    """Owns all MIDI clients. Use it from one thread; `look` now and then, it keeps its own pace."""

    def __init__(
        self,
        backend: Backend | None,
        pattern: str | None,
        queue: SimpleQueue[Received],
        notes: Notes,
        clock_ns: Callable[[], int],
        again: bool = False,
    ) -> None:
        """`again`: another desk has just died with its clients."""
        self._pattern = pattern
        self._queue = queue
        self._notes = notes
        self._hosts = (
            [MidiHost(backend, api, clock_ns, again) for api in backend.apis] if backend else []
        )
        self._look_ns = 0
        self._open: dict[tuple[str, str], str] = {}  # API, device -> key
        self._settling: set[tuple[str, str]] = set()  # outputs opened at the last look
        self._offered: set[str] = set()  # APIs with a port of ours
        self._told = False
        if backend is None:
            self._told = True
            notes.say("midi", f"no MIDI: no binding is installed. {REMEDY_BINDING}")

    @property
    def ports(self) -> list[str]:
        """The devices that are open."""
        return [device for host in self._hosts for device in host.open]

    @property
    def dropped(self) -> int:
        """MIDI messages lost because too many waited."""
        return sum(host.dropped for host in self._hosts)

    @property
    def unsent(self) -> int:
        """MIDI messages to devices lost: they or their server did not take them."""
        return sum(host.unsent for host in self._hosts)

    def know(self, devices: Iterable[str]) -> None:
        """Devices that bindings name, so that each is known again if the system renamed it."""
        names = list(devices)
        for host in self._hosts:
            host.roster.know(names)

    def send(self, device: str, data: bytes) -> bool:
        """One message (a whole SysEx, too) to a device that is open; whether it was taken."""
        return any(host.send(device, data) for host in self._hosts if device in host.open)

    def look(self, now_ns: int) -> list[Plugged]:
        """Close what has gone, open what has come; does something about twice a second."""
        if now_ns < self._look_ns:
            return []
        self._look_ns = now_ns + LOOK_NS
        news: list[Plugged] = []
        alsa = False
        for host in self._hosts:
            alive = host.alive
            there = {
                place.device: place
                for place in host.list_ports(now_ns, self._pattern)
                if not (alsa and host.api == "jack" and is_bridge(place.name))
            }
            alsa = alsa or (host.api == "alsa" and host.alive)
            news += self._follow(host, there, now_ns)
            self._offer(host, now_ns)
            self._tell(host, alive)

        def lives(host: MidiHost) -> bool:
            return host.alive or host.is_waiting(now_ns)

        if not self._told and self._hosts and not any(map(lives, self._hosts)):
            silent = " and ".join(host.api for host in self._hosts)
            remedy = " ".join(describe_remedy(host.api) for host in self._hosts)
            self._notes.say("midi", f"no MIDI: no answer from {silent}. {remedy} Looking again.")
            self._told = True
        return news

    def close(self) -> None:
        """Give all clients back."""
        for host in self._hosts:
            host.close()

    def __enter__(self) -> MidiPorts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _follow(self, host: MidiHost, there: dict[str, Place], now_ns: int) -> list[Plugged]:
        news = []
        for api, device in list(self._open):
            key = self._open[api, device]
            if api == host.api and (device not in there or there[device].key != key):
                if device in host.open:
                    host.drop(device)
                self._open.pop((api, device))
                self._queue.put(Received(device, b"", now_ns))
                self._notes.say("midi", f"MIDI port gone: {quote(device)}")
                news.append(Plugged(device, False, False))
        ready = {device for api, device in self._settling if api == host.api} & host.hearing
        news += [Plugged(device, True, True) for device in there if device in ready]
        self._settling = {one for one in self._settling if one[0] != host.api}
        for device, place in there.items():
            if device not in host.open:
                if not host.listen(place, self._queue):
                    continue
                self._open[host.api, device] = place.key
                self._notes.say("midi", f"MIDI port open: {quote(device)}")
                news.append(Plugged(device, True, False))
            if host.reach(place):
                self._settling.add((host.api, device))
        return news

    def _offer(self, host: MidiHost, now_ns: int) -> None:
        if host.alive and host.offer(self._queue):
            self._offered.add(host.api)
        elif not host.alive and host.api in self._offered:
            self._offered.remove(host.api)
            self._queue.put(Received(OURS, b"", now_ns))

    def _tell(self, host: MidiHost, before: bool) -> None:
        if before and not host.alive:
            self._notes.say("midi", f"MIDI over {host.api} stopped: {host.reason}. Looking again.")
        elif host.alive and not before and self._told:
            self._notes.say("midi", f"MIDI over {host.api} works now.")
