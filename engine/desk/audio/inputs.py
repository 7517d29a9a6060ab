"""What can be listened to. In: PortAudio's list of devices. Out: inputs by lasting names, and the one
that a name or a part of it means.

Never by an index, and never "the default": both are other devices the next day. Opens nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import Complaint, MorphogenError

# The same device is often there over several; the first of these is the best. Others come after.
APIS = ("Core Audio", "Windows WASAPI", "JACK Audio Connection Kit", "ALSA", "Windows DirectSound")
REMEDY = (
    "Install PortAudio (apt install libportaudio2, dnf install portaudio, pacman -S portaudio)."
)
_CARD = re.compile(r"\s*\(hw:\d+,\d+\)$")  # ALSA's card and device, other ones at every plugging
_PLUGGED = re.compile(r"\(\d+- ")  # Windows counts the sockets: "Line (2- USB Audio)"


@dataclass(frozen=True, slots=True)
class Input:
    """One input: its lasting name, over which API, and what PortAudio knows it by until it looks anew.

    `rate`: samples a second; `channels`: how many it has.
    """

    name: str
    api: str
    index: int
    channels: int
    rate: float


def load_portaudio() -> Any:
    """The module sounddevice, PortAudio initialised. Raises MorphogenError where there is none."""
    # A JACK library asked for a server that is not there would start one.
    os.environ.setdefault("JACK_NO_START_SERVER", "1")
    try:
        import sounddevice  # here: it looks for devices as soon as it is imported
    except (ImportError, OSError):  # the binding, or the library
        raise MorphogenError(Complaint("audio", "PortAudio is not installed", REMEDY)) from None
    except Exception as error:  # PortAudioError, which cannot be named before it is imported
        remedy = "Is another program using it?"
        raise MorphogenError(Complaint("audio", f"PortAudio fails ({error})", remedy)) from None
    return sounddevice


def list_inputs(portaudio: Any) -> list[Input]:
    """Every input there was when PortAudio last looked, the best API first; two of one name over one
    API: "name", "name #2"."""
    apis = [str(api["name"]) for api in portaudio.query_hostapis()]
    rank = {api: APIS.index(api) if api in APIS else len(APIS) for api in apis}
    found: list[Input] = []
    taken: set[tuple[str, str]] = set()
    for index, device in enumerate(portaudio.query_devices()):
        channels = int(device["max_input_channels"])
        if channels < 1:
            continue
        api, name = apis[int(device["hostapi"])], name_input(str(device["name"]))
        key, count = name, 1
        while (api, key) in taken:
            count += 1
            key = f"{name} #{count}"
        taken.add((api, key))
        found.append(Input(key, api, index, channels, float(device["default_samplerate"])))
    return sorted(found, key=lambda entry: (rank[entry.api], entry.index))


def name_input(system_name: str) -> str:
    """A device's lasting name: without the numbers that change with every plugging."""
    return _PLUGGED.sub("(", _CARD.sub("", system_name)).strip()


def find_input(inputs: Sequence[Input], wanted: str, exact: bool = False) -> Input | None:
    """The input whose name this is, else the first that has all its words in name and API.

    `exact`: no other than the one that `describe_input` calls so.
    """
    low = wanted.lower().strip()
    for entry in inputs:
        if low in (entry.name.lower(), describe_input(entry).lower()):
            return entry
    words = [] if exact else low.split()
    for entry in inputs:
        if words and all(word in describe_input(entry).lower() for word in words):
            return entry
    return None


def describe_input(entry: Input) -> str:
    """Its name and its API: which one it is, once and for all."""
    return f"{entry.name} ({entry.api})"
