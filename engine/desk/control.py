"""A control and its moves: what every device becomes before anybody asks what it plays.

In: nothing. Out: facts. A knob of a MIDI device, a key, a stick of a gamepad, a foreign OSC address
and the bass of the music are all controls; bindings, learning, the monitor and what a controller
shows know nothing else of a device.
"""

from __future__ import annotations

from dataclasses import dataclass

# What a control can be. cc14 and nrpn have 14 bits; touch is polyphonic pressure (of a note).
KINDS = (
    *("cc", "cc14", "nrpn", "rpn", "bend", "note", "pressure", "touch", "program"),
    *("key", "button", "axis", "osc", "audio"),
)
FULL = {"cc14": 16383, "nrpn": 16383, "rpn": 16383, "bend": 16383}  # raw values; else 127


@dataclass(frozen=True, slots=True)
class Control:
    """Which one: `device` is its lasting name with its occurrence ("nanoKONTROL2 MIDI 1 #2").

    `channel` 1..16, `number` 0..127 (nrpn, rpn: 0..16383); 0 where the kind has none. `path` is the
    address of an osc control, the stroke of a key, the name of a button, an axis, a band of audio.
    """

    device: str
    kind: str
    channel: int = 0
    number: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A control was moved, at `time_ns` on the monotonic clock.

    `value` 0..1: a position, a velocity, 0 for what is let go. `raw` is what came on the wire (0..127,
    of kinds with 14 bits 0..16383; -1 where nothing did): relative encoders say by it how far. `part`:
    a control change that belongs to an nrpn or rpn, which is told besides.
    """

    control: Control
    value: float
    time_ns: int
    raw: int = -1
    part: bool = False


def describe_control(control: Control) -> str:
    """For people, in ASCII: `cc 16 channel 1`, `key g`, `osc /1/fader1`."""
    words = [control.kind]
    if control.path:
        words.append(control.path)
    elif control.kind not in ("bend", "pressure"):
        words.append(str(control.number))
    if control.channel:
        words += ["channel", str(control.channel)]
    return " ".join(words)
