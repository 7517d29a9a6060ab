"""Foreign addresses: what other programs call their own faders becomes moves of controls.

In: messages. Out: for each number of one whose address is none of ours, a `Move` of a control of the
device "osc", which can be bound and learnt like a knob. The control's path is the address; of the
second number it is the address and " 2", and so on. AbletonOSC says first whose value it is
(`/live/track/get/output_meter_level 3 0.5`): there these numbers belong to the path
(`/live/track/get/output_meter_level/3`). A message without an argument is a button, pressed.
Numbers pass as they came: what they mean is the binding's to say.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.desk.control import Control, Move
from engine.desk.notes import quote
from engine.desk.osc.addresses import is_ours
from engine.message import Message

DEVICE = "osc"
ABLETON = "/live/"
NUMBERS = 16  # of one message


def is_foreign(message: Message) -> bool:
    """Whether it is for bindings, not for the stage."""
    return not is_ours(message.address)


@dataclass(frozen=True, slots=True)
class Wordy:
    """A foreign message moved nothing: it has no number, only a name perhaps."""

    control: Control


def describe_unbound(control: Control, known: Iterable[str], wordy: bool = False) -> str:
    """For people: an address that plays nothing, and the one of `known` that was perhaps meant."""
    near = difflib.get_close_matches(control.path, known, n=1, cutoff=0.75)
    usual = (
        "It has no number that could move anything." if wordy else "It can be learnt like a knob."
    )
    remedy = f"Did you mean {near[0]}?" if near else usual
    return f"OSC {quote(control.path)} plays nothing. {remedy}"


def read_moves(message: Message) -> Iterator[Move]:
    """What was moved by a foreign message; texts, blobs and what is no finite number move nothing."""
    path, arguments = message.address, message.arguments
    if not arguments:
        yield Move(Control(DEVICE, "osc", path=path), 1.0, message.time_ns)
        return
    if path.startswith(ABLETON):
        *whose, value = arguments
        path = "/".join((path, *(str(number) for number in whose if isinstance(number, int))))
        arguments = (value,)
    for place, argument in enumerate(arguments[:NUMBERS], 1):
        if isinstance(argument, int | float) and math.isfinite(argument):
            name = path if place == 1 else f"{path} {place}"
            yield Move(Control(DEVICE, "osc", path=name), float(argument), message.time_ns)
