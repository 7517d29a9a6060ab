"""What can be seen of the desk's work, and how it is said: facts, and one line for each.

In: moves with what they play at once or later, messages with who sent them, notes, refusals. Out:
`Line`s of plain ASCII: whatever a peer or a device calls itself, it cannot drive a terminal. What is
alike has one `key`, and is told at most `rate` times a second.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.desk.audio.listening import BANDS
from engine.desk.control import Move, describe_control
from engine.desk.notes import plain
from engine.desk.osc.receiver import Sender
from engine.desk.play.binding import RATE as BY_RATE
from engine.desk.play.binding import Binding, is_down
from engine.message import Argument, Message

RATE = 20.0  # lines a second of one control, one address of one peer
AUDIO_RATE = 5.0 / len(BANDS)  # music moves all the time
ARGUMENTS = 6  # of a message that are shown
SHOWN = 32  # characters of a text among them
LONGEST = 120  # characters of one part of a line
NOTHING = "nothing"
FOREIGN = "moves a control"  # of a message; what the control plays is another event


@dataclass(frozen=True, slots=True)
class Line:
    """Where something came from, what it was, what that is bound to, what it did."""

    time_ns: int
    source: str
    what: str
    bound: str = ""
    did: str = ""


class Event(Protocol):
    """Something that happened."""

    @property
    def time_ns(self) -> int: ...

    @property
    def key(self) -> Hashable: ...

    @property
    def rate(self) -> float: ...

    def line(self) -> Line:
        """How it is said."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A control was moved. `taught`: it was to learn, and plays nothing yet; `peer`: who sent it, of
    a foreign address."""

    move: Move
    bound: Sequence[Binding]
    meant: Sequence[Message]
    taught: bool = False
    peer: str = ""

    @property
    def time_ns(self) -> int:
        return self.move.time_ns

    @property
    def key(self) -> Hashable:
        return self.move.control

    @property
    def rate(self) -> float:
        return AUDIO_RATE if self.move.control.kind == "audio" else RATE

    def line(self) -> Line:
        control = self.move.control
        source = f"osc {self.peer}".rstrip() if control.kind == "osc" else control.device
        name = control.path if control.kind in ("osc", "audio") else describe_control(control)
        what = f"{name}  {_describe_place(self.move)}"
        if self.taught:
            return Line(self.time_ns, plain(source), plain(what), "", "learning")
        bound = ", ".join(_describe_binding(binding) for binding in self.bound)
        did = "; ".join(describe_message(message) for message in self.meant)
        did = did or _find_why(self.move, self.bound)
        if control.kind == "audio":  # the scenes hear it whatever is bound
            bound = ", ".join(filter(None, (bound, "drifts")))
        return Line(self.time_ns, plain(source), plain(what), plain(bound or NOTHING), plain(did))


@dataclass(frozen=True, slots=True)
class Passed:
    """What a control does as time passes: a button that is held, a stick that is pushed."""

    meant: Message

    @property
    def time_ns(self) -> int:
        return self.meant.time_ns

    @property
    def key(self) -> Hashable:
        return "held", self.meant.address

    @property
    def rate(self) -> float:
        return RATE

    def line(self) -> Line:
        return Line(
            self.time_ns, "desk", "a control that is held", "", describe_message(self.meant)
        )


@dataclass(frozen=True, slots=True)
class Came:
    """An OSC message came, and what was done with it."""

    message: Message
    sender: Sender
    did: str

    @property
    def time_ns(self) -> int:
        return self.message.time_ns

    @property
    def key(self) -> Hashable:
        return self.sender[0], self.message.address  # many programs send from a new port each time

    @property
    def rate(self) -> float:
        return RATE

    def line(self) -> Line:
        source = f"osc {describe_sender(self.sender)}"
        return Line(self.time_ns, source, describe_message(self.message), "", self.did)


@dataclass(frozen=True, slots=True)
class Refused:
    """The stage could not do what came for an address, `count` times. `waits`: a knob has not met its
    value, which `reason` is."""

    time_ns: int
    address: str
    reason: str
    count: int
    waits: bool = False

    @property
    def key(self) -> Hashable:
        return self.address, self.waits or self.reason

    @property
    def rate(self) -> float:
        return RATE

    def line(self) -> Line:
        reason = plain(self.reason)
        did = f"waits for its value ({reason})" if self.waits else f"refused: {reason}"
        times = f" ({self.count} times)" if self.count > 1 and not self.waits else ""
        return Line(self.time_ns, "stage", plain(self.address), "", did + times)


@dataclass(frozen=True, slots=True)
class Said:
    """The desk says something: a device came, something was learnt, a clock runs, so much was lost."""

    time_ns: int
    source: str
    what: str
    did: str = ""

    @property
    def key(self) -> Hashable:
        return self.source, self.what

    @property
    def rate(self) -> float:
        return RATE

    def line(self) -> Line:
        return Line(self.time_ns, self.source, plain(self.what), "", plain(self.did))


def describe_sender(sender: Sender) -> str:
    """For people: `192.168.1.7:9000`."""
    return plain(f"{sender[0]}:{sender[1]}")


def describe_message(message: Message) -> str:
    """The address and what comes with it, as short as it can be read."""
    shown = [_describe_argument(argument) for argument in message.arguments[:ARGUMENTS]]
    left = len(message.arguments) - ARGUMENTS
    more = [f"... {left} more"] if left > 0 else []
    return plain(" ".join([message.address, *shown, *more]))


def _describe_argument(argument: Argument) -> str:
    if isinstance(argument, bool | None):
        return str(argument)
    if isinstance(argument, float):
        return f"{argument:.4g}"
    if isinstance(argument, int):
        return str(argument)
    if isinstance(argument, str):
        return f'"{argument[:SHOWN]}"' + ("..." if len(argument) > SHOWN else "")
    what = "bytes" if isinstance(argument, bytes) else "in an array"
    return f"({len(argument)} {what})"


def _describe_place(move: Move) -> str:
    """Where a control is: as the device says it, which its manual does too, and 0..1."""
    place = f"{move.value:.4g}"
    return place if move.raw < 0 else f"{move.raw} ({move.value:.3f})"


def _find_why(move: Move, bound: Sequence[Binding]) -> str:
    """Why a bound move means nothing yet."""
    if not bound:
        return ""
    if any(binding.mode == BY_RATE for binding in bound):
        return "rests" if move.value == 0.5 else "is pushed"
    if not is_down(move):
        return "let go"
    return "is held" if any(binding.hold for binding in bound) else "nothing new"


def _describe_binding(binding: Binding) -> str:
    how = binding.takeover if binding.mode == "absolute" else binding.mode
    return binding.address if binding.send != "value" else f"{binding.address} ({how})"
