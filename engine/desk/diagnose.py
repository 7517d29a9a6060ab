"""What MIDI there is, for `list midi` and `doctor`. In: nothing. Out: names and a diagnosis.

Opens clients for a moment and gives them back. Never opens a port, never raises.
"""

from __future__ import annotations

import socket

from engine.desk.midi.backend import Backend, find_backend, silence_libraries
from engine.desk.midi.host import MidiHost
from engine.desk.midi.ports import REMEDY_BINDING, describe_remedy
from engine.desk.notes import quote


def list_midi_ports() -> list[str]:
    """Lasting names of every port that could be read now, ours left out."""
    backend = find_backend()
    if backend is None:
        return []
    return [name for api in backend.apis for name in _look(backend, api) or []]


def diagnose_midi() -> list[tuple[str, bool, str]]:
    """(what, whether it works, what was found or how to mend it): the binding, then each API."""
    backend = find_backend()
    if backend is None:
        return [("MIDI binding", False, REMEDY_BINDING)]
    report = [("MIDI binding", True, backend.name)]
    for api in backend.apis:
        names = _look(backend, api)
        if names is None:
            report.append((f"MIDI over {api}", False, describe_remedy(api)))
        else:
            found = ", ".join(quote(name) for name in names) or "works, no device plugged in"
            report.append((f"MIDI over {api}", True, found))
    return report


def _look(backend: Backend, api: str) -> list[str] | None:
    """The ports of one API; None if it does not answer."""
    host = MidiHost(backend, api, lambda: 0)
    with silence_libraries():
        try:
            names = [place.device for place in host.list_ports(0, ".*")]
            return names if host.alive else None
        finally:
            host.close()


def diagnose_osc(address: str, port: int) -> tuple[str, bool, str]:
    """(what, whether the UDP port can be had, how to mend it)."""
    what = f"OSC on {address}:{port}"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, port))
        except OSError as error:
            remedy = "Close the other program, or play with --osc-port."
            return what, False, f"{error.strerror or error}. {remedy}"
    return what, True, "free"
