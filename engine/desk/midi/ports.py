"""MIDI in: every port that fits the pattern is kept open, its bytes are handed on with its name.

In: ports that come, go and come back. Out: `Received` in a queue, with no data when a port goes.
Never interprets a byte, never raises for what a device or a server does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from queue import SimpleQueue
from types import TracebackType

from engine.desk.midi.backend import Backend
from engine.desk.midi.host import OWN, MidiHost, Received
from engine.desk.notes import Notes, quote

LOOK_NS = 1_000_000_000
REMEDY_BINDING = "Install python-rtmidi (Python 3.11, 3.12) or rtmidi2 (3.13 on)."
_THROUGH = re.compile(r"midi through", re.IGNORECASE)
# PipeWire's and a2jmidid's copies in JACK of what ALSA has itself.
_BRIDGE = re.compile(r"^(midi-bridge|a2j)", re.IGNORECASE)


def describe_remedy(api: str) -> str:
    """What to do about an API that does not answer."""
    remedies = {
        "alsa": "Load the sequencer of ALSA with 'sudo modprobe snd-seq'.",
        "jack": "Start JACK, or PipeWire with its JACK library, if you use it.",
    }
    return remedies.get(api, "Plug the controller in and restart the computer's MIDI service.")


def match_port(name: str, pattern: str | None) -> bool:
    """Whether to open a port: any but "Midi Through" and our own, or what the pattern finds.

    The pattern is a regular expression, else plain text, in either case of letters.
    """
    if name.lower().startswith(OWN):
        return False
    if pattern is None:
        return not _THROUGH.search(name)
    try:
        return re.search(pattern, name, re.IGNORECASE) is not None
    except re.error:
        return pattern.lower() in name.lower()


class MidiPorts:
    """Owns all MIDI clients. Use it from one thread; `look` now and then, it keeps its own pace."""

    def __init__(
        self,
        backend: Backend | None,
        pattern: str | None,
        queue: SimpleQueue[Received],
        notes: Notes,
        clock_ns: Callable[[], int],
    ) -> None:
        self._pattern = pattern
        self._queue = queue
        self._notes = notes
        self._hosts = [MidiHost(backend, api, clock_ns) for api in backend.apis] if backend else []
        self._look_ns = 0
        self._open: dict[tuple[str, str], str] = {}  # api, name -> name with numbers
        self._told = False
        if backend is None:
            self._told = True
            notes.say("midi", f"no MIDI: no binding is installed. {REMEDY_BINDING}")

    @property
    def ports(self) -> list[str]:
        """Names of the ports that are open."""
        return [name for host in self._hosts for name in host.open]

    @property
    def dropped(self) -> int:
        """MIDI messages lost because too many waited."""
        return sum(host.dropped for host in self._hosts)

    def look(self, now_ns: int) -> None:
        """Close what has gone, open what has come; does something about once a second."""
        if now_ns < self._look_ns:
            return
        self._look_ns = now_ns + LOOK_NS
        alsa = False
        for host in self._hosts:
            alive = host.alive
            there = {
                name: place
                for name, place in host.list_ports(now_ns).items()
                if match_port(name, self._pattern)
                and not (alsa and host.api == "jack" and _BRIDGE.match(name))
            }
            alsa = alsa or (host.api == "alsa" and host.alive)
            self._follow(host, there, now_ns)
            self._tell(host, alive)
        if not self._told and self._hosts and not any(host.alive for host in self._hosts):
            silent = " and ".join(host.api for host in self._hosts)
            remedy = " ".join(describe_remedy(host.api) for host in self._hosts)
            self._notes.say("midi", f"no MIDI: no answer from {silent}. {remedy} Looking again.")
            self._told = True

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

    def _follow(self, host: MidiHost, there: dict[str, tuple[str, int]], now_ns: int) -> None:
        for name, system_name in self._names(host):
            if name not in there or there[name][0] != system_name:
                if name in host.open:
                    host.drop(name)
                self._open.pop((host.api, name))
                self._queue.put(Received(name, b"", now_ns))
                self._notes.say("midi", f"MIDI port gone: {quote(name)}")
        for name, place in there.items():
            if name not in host.open and host.listen(name, place, self._queue):
                self._open[host.api, name] = place[0]
                self._notes.say("midi", f"MIDI port open: {quote(name)}")

    def _names(self, host: MidiHost) -> list[tuple[str, str]]:
        """Name and name with numbers of the ports that were open at the last look."""
        return [(name, system) for (api, name), system in self._open.items() if api == host.api]

    def _tell(self, host: MidiHost, before: bool) -> None:
        if before and not host.alive:
            self._notes.say("midi", f"MIDI over {host.api} stopped: {host.reason}. Looking again.")
        elif host.alive and not before and self._told:
            self._notes.say("midi", f"MIDI over {host.api} works now.")
