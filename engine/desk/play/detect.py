"""What kind of control is being moved, from what it sends. In: its moves. Out: a verdict.

A knob, an endless encoder and its code, a button, a control of 14 bits: told apart by the values, never
by asking. Remembers nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.desk.control import Control, Move
from engine.desk.midi.relative import ABSOLUTE, ENOUGH, guess_code

PRESSED = ("note", "program", "key", "button")  # kinds that a single press makes sure of
PRESSES = 2
# Faders of Mackie's protocol, which a finger touches before it moves them: a note, then pitch bend.
TOUCHES = range(104, 113)
TRIFLE = 0.04  # of the way: a neighbour's noise, a stick that does not rest quite still
# CCs that are the parts of something else: data entry, halves of (N)RPN.
_PARTS = frozenset((6, 38, 96, 97, 98, 99, 100, 101))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is being moved. `mode`: absolute, or an encoder's code; `is_button`: only up and down;
    `span`: of an osc control, what came in for 0 and 1. `turn_back`: it is an encoder, whose code only
    a turn the other way can tell.
    """

    control: Control
    mode: str = ABSOLUTE
    is_button: bool = False
    span: tuple[float, float] = (0.0, 1.0)
    turn_back: bool = False


def detect(moves: Sequence[Move]) -> Verdict | None:
    """What is being moved; None while that is not sure."""
    bends = any(move.control.kind == "bend" for move in moves)
    for move in moves:
        if is_pressed(move) and not (bends and is_touch(move.control)):
            return Verdict(move.control, is_button=True)
    control = _choose([move for move in moves if move.control.kind not in PRESSED])
    if control is None:
        return None
    own = [move for move in moves if move.control == control]
    values = {move.value for move in own}
    if control.kind == "cc":
        # 127 again and again is a button that says no more, or an encoder turned to the left.
        if values == {0.0, 1.0} or (values == {1.0} and len(own) <= PRESSES):
            return Verdict(control, is_button=True)
        mode = guess_code([move.raw for move in own])
        if mode is None:
            return Verdict(control, turn_back=True) if len(own) >= ENOUGH else None
        return Verdict(control, mode)
    if control.kind == "osc":
        return Verdict(control, span=_guess_span(values), is_button=values <= {0.0, 1.0})
    return Verdict(control)


def is_pressed(move: Move) -> bool:
    """Whether it is a press of something that can do nothing else."""
    return move.control.kind in PRESSED and move.value > 0.0


def is_touch(control: Control) -> bool:
    """Whether it may be the touch of a fader, which has not moved yet."""
    return control.kind == "note" and control.number in TOUCHES


def _choose(moves: Sequence[Move]) -> Control | None:
    """The control that went farthest, all its moves added up; the fine one of those that are one."""
    ways: defaultdict[Control, float] = defaultdict(float)
    last: dict[Control, float] = {}
    for move in moves:
        control = move.control
        if control.kind == "cc" and control.number in _PARTS:
            continue
        # A single value may be all that comes of a fader that was let go.
        way = abs(move.value - last[control]) if control in last else TRIFLE
        ways[control] += way
        last[control] = move.value
    wide = [control for control in ways if control.kind in ("nrpn", "rpn")]
    fine = [control for control in ways if control.kind == "cc14" and _has_halves(control, moves)]
    chosen = [*wide, *fine] or [control for control in ways if control.kind != "cc14"]
    sent = Counter(move.control for move in moves)
    chosen = [
        control
        for control in chosen
        if ways[control] >= TRIFLE
        # Said again and again and never another: sent by itself, and nobody's hand.
        and not (control.kind == "osc" and sent[control] > PRESSES and ways[control] == TRIFLE)
    ]
    return max(chosen, key=lambda control: ways[control], default=None)


def _has_halves(control: Control, moves: Sequence[Move]) -> bool:
    """Whether both halves of a control of 14 bits really come, each more than once."""
    coarse = replace(control, kind="cc")
    fine = replace(coarse, number=control.number + 32)
    counts = Counter(move.control for move in moves)
    return counts[coarse] > 1 and counts[fine] > 1


def _guess_span(values: set[float]) -> tuple[float, float]:
    """0..1, or 0..127, or what has come in, where that goes beyond both."""
    low, high = min(values), max(values)
    if low >= 0.0 and high <= 1.0:
        return 0.0, 1.0
    if low >= 0.0 and high <= 127.0:
        return 0.0, 127.0
    return (low, high) if low < high else (min(low, 0.0), max(high, 0.0))
