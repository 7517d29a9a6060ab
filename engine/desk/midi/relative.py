"""Endless encoders: how far one was turned, and in which of three codes it says so.

In: raw values 0..127 of a control change. Out: signed steps; a code. Remembers nothing.

Source: the codes as DAWs and the Control Surface library name them (two's complement, binary
offset, sign and magnitude). A quick turn sends larger steps, and they are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

ABSOLUTE = "absolute"
CODES = ("twos_complement", "binary_offset", "sign_magnitude")
LONGEST = 16  # steps at once in a slow turn
CLOSE = 4  # values as close to 64 as this say steps, even where none comes twice
ENOUGH = 4  # values, from which a code can be told
EACH_WAY = 2  # of them at least


def read_steps(raw: int, code: str) -> int:
    """Steps to the right, -64..63 at most. `code` is one of CODES; a raw value is read modulo 128."""
    raw &= 127
    if code == "twos_complement":  # 1, 2, ... right; 127, 126, ... left
        return raw if raw < 64 else raw - 128
    if code == "binary_offset":  # 65, 66, ... right; 63, 62, ... left
        return raw - 64
    return raw if raw < 64 else 64 - raw  # 1, 2, ... right; 65, 66, ... left


def guess_code(raws: Sequence[int]) -> str | None:
    """What a control is, from the first values of a slow turn to one side and back: one of CODES or
    ABSOLUTE; None while that can't be said: too few values, or an encoder turned one way only.

    The codes hardly overlap when both ways are there: only 64 and its neighbours may be a place too.
    """
    if len(raws) < ENOUGH:
        return None
    for code in CODES:
        if _fits(raws, code) and (code != "binary_offset" or _says_steps(raws)):
            return code
    return None if _stands_still(raws) else ABSOLUTE


def _fits(raws: Sequence[int], code: str) -> bool:
    steps = [read_steps(raw, code) for raw in raws]
    right = sum(step > 0 for step in steps)
    short = all(1 <= abs(step) <= LONGEST for step in steps)
    return short and right >= EACH_WAY and len(steps) - right >= EACH_WAY


def _says_steps(raws: Sequence[int]) -> bool:
    """A knob at its middle would pass 64, and never says the same place twice in a row."""
    return _repeats(raws) or all(abs(raw - 64) <= CLOSE for raw in raws)


def _stands_still(raws: Sequence[int]) -> bool:
    """An encoder turned one way: values again and again, of which each would be a short step."""
    return _repeats(raws) and any(
        all(1 <= abs(read_steps(raw, code)) <= LONGEST for raw in raws) for code in CODES
    )


def _repeats(raws: Sequence[int]) -> bool:
    return any(before == raw for before, raw in pairwise(raws))
