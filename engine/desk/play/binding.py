"""A binding: what one control plays, and the message that one move of it means.

In: a binding, where the control is and where it was. Out: a message or none. Remembers nothing; see
`board.py` for who is bound to what.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.desk.control import Control, Move
from engine.desk.midi.relative import CODES, read_steps
from engine.message import Argument, Message

SENDS = ("value", "press", "gate", "toggle", "momentary", "velocity", "index", "note")
RATE = "rate"  # of a stick that rests in its middle: how far it is pushed is how fast a value goes
MODES = ("absolute", *CODES, RATE)
TAKEOVERS = ("pickup", "scale", "jump")
STEP = 0.01  # of the range, for one notch of an encoder
DOWN = 0.5  # from here up a controller's button counts as pressed; of a note any velocity does
LARGEST = 1e9  # of what comes in: its power is still a number


@dataclass(frozen=True, slots=True)
class Binding:
    """One control of a device, and what it plays.

    `channel` 1..16 or None for any, `number` and `path` as in `Control`. `send`: value (of a knob),
    press (`arguments` at each press), gate (1 and 0), toggle ("toggle" at each press), momentary (`high`
    while it is held, else `low`), velocity (of a press), note (the key, its velocity and its channel, for
    `/note`). `mode`: absolute, or the code of a relative
    encoder. A knob's way 0..1 becomes `low` to `high`, by the power `curve`, the other way round with
    `invert`; of an osc control `span` is what comes in for 0 and for 1. A button with a `hold` plays that
    address, with the same arguments, once it has been held: see holds.py.
    """

    kind: str
    channel: int | None
    number: int
    path: str
    address: str
    send: str = "value"
    arguments: tuple[Argument, ...] = ()
    mode: str = "absolute"
    takeover: str = "pickup"
    low: float = 0.0
    high: float = 1.0
    curve: float = 1.0
    invert: bool = False
    step: float = STEP
    span: tuple[float, float] = (0.0, 1.0)
    hold: str = ""

    @property
    def key(self) -> tuple[str, int | None, int, str]:
        """What controls are found by."""
        return self.kind, self.channel, self.number, self.path

    @property
    def is_held(self) -> bool:
        """Whether letting go means something, also when the device goes while it is held."""
        return self.send in ("gate", "momentary")


def keys_of(control: Control) -> tuple[tuple[str, int | None, int, str], ...]:
    """The keys of bindings that a control fits: of its own channel, and of any."""
    anywhere = (control.kind, None, control.number, control.path)
    return (
        ((control.kind, control.channel, *anywhere[2:]), anywhere)
        if control.channel
        else (anywhere,)
    )


def place_value(binding: Binding, value: float) -> float:
    """What a position of the control means, in units of the address."""
    first, last = binding.span
    place = (value - first) / (last - first)
    if (first, last) != (0.0, 1.0) or binding.kind != "osc":  # else numbers pass as they come
        place = min(max(place, 0.0), 1.0)
    if binding.invert:
        place = 1.0 - place
    if binding.curve != 1.0:
        place = math.pow(min(max(place, 0.0), LARGEST), binding.curve)
    return binding.low + (binding.high - binding.low) * place


def find_value(binding: Binding, native: float) -> float:
    """The position of the control that means a value: the inverse of `place_value`, within 0..1 of
    the control's way. For what a controller shows.
    """
    width = binding.high - binding.low
    place = min(max((native - binding.low) / width, 0.0), 1.0) if width else 0.0
    place = math.pow(place, 1.0 / binding.curve)
    place = 1.0 - place if binding.invert else place
    return binding.span[0] + (binding.span[1] - binding.span[0]) * place


def is_press(move: Move, before: float | None) -> bool:
    """Whether a button went down: never because it is down still, as a fader that rests is."""
    if move.control.kind in ("note", "program", "key", "button"):
        return move.value > 0.0
    # Some buttons say 127 at each press and nothing when they are let go.
    again = move.value == 1.0 and before == 1.0
    return move.value >= DOWN and (before is None or before < DOWN or again)


def is_down(move: Move) -> bool:
    """Whether a control is held now: of a note any velocity, else half its way."""
    return move.value > 0.0 if move.control.kind == "note" else move.value >= DOWN


def read_move(binding: Binding, move: Move, before: float | None) -> Message | None:
    """The message that a move means; `before` is where the control was, None if nobody knows."""
    if binding.hold:
        return None  # as time passes: see holds.py
    arguments = _read_arguments(binding, move, before)
    return None if arguments is None else Message(binding.address, arguments, move.time_ns)


def let_go(binding: Binding, time_ns: int) -> Message:
    """What a control that was held means when its device goes."""
    value = 0 if binding.send == "gate" else binding.low
    return Message(binding.address, (value,), time_ns)


def _read_arguments(
    binding: Binding, move: Move, before: float | None
) -> tuple[Argument, ...] | None:
    if binding.send == "value":
        return _read_value(binding, move, before)
    pressed = is_press(move, before)
    if binding.send == "press":
        return binding.arguments if pressed else None
    if binding.send == "toggle":
        return ("toggle",) if pressed else None
    if binding.send == "velocity":
        return (place_value(binding, move.value),) if pressed else None
    if binding.send == "note":
        control = move.control
        velocity = place_value(binding, move.value)
        return (control.number, velocity, max(control.channel, 1)) if pressed else None
    down = is_down(move)
    if binding.send == "gate":
        return (int(down),)
    return (binding.high if down else binding.low,)


def _read_value(binding: Binding, move: Move, before: float | None) -> tuple[Argument, ...] | None:
    if binding.mode == RATE:
        return None  # as time passes: see glide.py
    if binding.mode != "absolute":
        steps = read_steps(move.raw, binding.mode)
        turn = -1.0 if binding.invert else 1.0
        return ("+", turn * steps * binding.step * (binding.high - binding.low)) if steps else None
    after = place_value(binding, move.value)
    if binding.takeover == "jump":
        return (after,)
    return (binding.takeover, after if before is None else place_value(binding, before), after)
