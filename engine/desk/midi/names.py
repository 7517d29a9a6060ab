"""Names of MIDI ports: what in them is the device's own, and what a system adds that does not last.

In: an API's name (alsa, jack, core, winmm) and a port's name as RtMidi gives it. Out: names. A
system adds numbers that change at every plugging; RtMidi adds an index on Windows:

    alsa    nanoKONTROL2:nanoKONTROL2 MIDI 1 20:0        client and port
    winmm   MIDIIN2 (3- Launchpad Pro) 4                 third plugging of its like; RtMidi's index
    jack    Some Keys-01:out                             the second client of that name
            a2j:X [20] (capture): X MIDI 1               client of ALSA
            Midi-Bridge:X:(capture_0) X MIDI 1-2         PipeWire's second of that name
    core    nanoKONTROL2 SLIDER/KNOB                     nothing

A number that may be part of the name ("X MIDI 1", "MPK mini 3") lasts: `stem` is the name without.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

OWN = "morphogen"
_ALSA_NUMBERS = re.compile(r"\s+(\d+):\d+$")
_WINDOWS_INDEX = re.compile(r"\s+\d+$")
_WINDOWS_COUNT = re.compile(r"(^|\()\d+- ?")
_JACK_COUNT = re.compile(r"-0[1-9](?=:)")
_A2J_CLIENT = re.compile(r"\s+\[\d+\]")
_PIPEWIRE_COUNT = re.compile(r"-\d+$")
_COUNTER = re.compile(r"[ _-]?(?:(?<=[ _-])#?\d|#\d|\(\d\))(?=:|$)")
# PipeWire's and a2jmidid's copies in JACK of what ALSA has itself.
_BRIDGE = re.compile(r"^(midi-bridge|a2j(_bridge)?):", re.IGNORECASE)
_THROUGH = re.compile(r"midi through", re.IGNORECASE)
# Which way a port goes; also Korg's words for it (nanoKONTROL2 on a Mac).
_DIRECTION = re.compile(
    r"\((?:capture|playback)(_\d+)?\)|midi_(?:capture|playback)|(?<=midi)(?:in|out)(?=\d|\b)"
    r"|\b(?:in|out|input|output|capture|playback|slider/knob|ctrl)\b"
)


def is_own(name: str) -> bool:
    """Whether it is a port of ours, or of another engine on the same machine."""
    return _BRIDGE.sub("", name).lower().startswith(OWN)


def is_bridge(name: str) -> bool:
    """Whether a port in JACK stands for one that ALSA has itself."""
    return _BRIDGE.match(name) is not None


def match_port(name: str, pattern: str | None) -> bool:
    """Whether to open a port: any but "Midi Through" and our own, or what the pattern finds.

    The pattern is a regular expression, else plain text, in either case of letters.
    """
    if is_own(name):
        return False
    if pattern is None:
        return not _THROUGH.search(name)
    try:
        return re.search(pattern, name, re.IGNORECASE) is not None
    except re.error:
        return pattern.lower() in name.lower()


def plugged_name(api: str, system_name: str) -> str:
    """The name as long as the device stays plugged, whatever others come and go."""
    return _WINDOWS_INDEX.sub("", system_name) if api == "winmm" else system_name


def lasting_name(api: str, system_name: str) -> str:
    """The name without what the system adds: the same at the next plugging, in any socket."""
    name = plugged_name(api, system_name)
    if api == "alsa":
        return _ALSA_NUMBERS.sub("", name)
    if api == "winmm":
        return _WINDOWS_COUNT.sub(r"\1", name)
    if api == "jack":
        if name.lower().startswith("a2j"):
            return _A2J_CLIENT.sub("", name)
        return _PIPEWIRE_COUNT.sub("", name) if is_bridge(name) else _JACK_COUNT.sub("", name)
    return name


def stem(name: str) -> str:
    """The name without a last figure of client or port, which some system may have counted."""
    return _COUNTER.sub("", name)


def count_alike(names: Sequence[str]) -> list[str]:
    """The names, each of several alike with its place among them and their number, "X (1/2)".

    Where one of two alike has gone, nothing tells which; so neither is the same as before.
    """
    seen: dict[str, int] = {}
    counted = []
    for name in names:
        seen[name] = place = seen.get(name, 0) + 1
        total = names.count(name)
        counted.append(name if total == 1 else f"{name} ({place}/{total})")
    return counted


def find_output(api: str, source: int, inputs: Sequence[str], outputs: Sequence[str]) -> int | None:
    """Index of the output of the device whose input is `inputs[source]`; None if it has none.

    By the numbers of the system too: of two alike, each has its own. First an output of just that
    name, then one that differs in words for the direction only, then any of the same client.
    """
    for way in (plugged_name, _turn):
        wanted = way(api, inputs[source])
        place = [way(api, name) for name in inputs[:source]].count(wanted)
        alike = [at for at, name in enumerate(outputs) if way(api, name) == wanted]
        if place < len(alike):
            return alike[place]
    client = _find_client(api, inputs[source])
    if client is None:
        return None
    others = {_turn(api, name) for name in inputs}  # outputs that another input of it has
    for at, name in enumerate(outputs):
        if _find_client(api, name) == client and _turn(api, name) not in others:
            return at
    return None


def _turn(api: str, name: str) -> str:
    """The name without its direction."""
    return " ".join(_DIRECTION.sub(r"\1", plugged_name(api, name).lower()).split())


def _find_client(api: str, name: str) -> str | None:
    """Which program or device a port belongs to; None where its name does not tell."""
    if api == "alsa":
        found = _ALSA_NUMBERS.search(name)
        return found[1] if found else None
    if api == "jack" and ":" in name and not is_bridge(name):
        client = name.partition(":")[0]
        return None if client == "system" else client
    return None
