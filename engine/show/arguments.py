"""What comes with an address, read: a number, a level, a switch, a trigger, a time to fade.

In: the arguments of a message, from anywhere. Out: numbers within their bounds, else `Refused`.
Knows no address.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.show.parameter import Refused, finite_numbers

Arguments = Sequence[object]
LONGEST_FADE = 600.0


def read_index(word: str, most: int, what: str) -> int:
    """A number from 1 in an address."""
    # By length first: Python refuses to read a number of 5000 digits with an error of its own.
    if not (len(word) <= 2 and word.isdecimal() and 1 <= int(word) <= most):
        raise Refused(f"no such {what}")
    return int(word)


def fires(arguments: Arguments) -> bool:
    """Whether a trigger means it: not when a button is let go (0, 0.0, False)."""
    return not arguments or finite_numbers(arguments)[0] != 0.0


def read_number(arguments: Arguments) -> float:
    """The one finite number there is."""
    numbers = finite_numbers(arguments)
    if len(numbers) != 1:
        raise Refused(f"1 number wanted, {len(numbers)} given")
    return numbers[0]


def read_whole(arguments: Arguments, low: int, high: int) -> int:
    """A whole number from `low` to `high`; what stands behind the point is cut off."""
    number = read_number(arguments)
    if not low <= number <= high:
        raise Refused(f"{low} to {high} wanted")
    return int(number)


def read_level(arguments: Arguments, present: float) -> float:
    """0..1, absolute or relative ("+" x)."""
    return read_within(arguments, present, 0.0, 1.0)


def read_within(arguments: Arguments, present: float, low: float, high: float) -> float:
    """A number held within low..high, absolute or relative ("+" x)."""
    relative = bool(arguments) and arguments[0] == "+"
    number = read_number(arguments[1:] if relative else arguments)
    return min(max(number + (present if relative else 0.0), low), high)


def read_switch(arguments: Arguments, present: bool) -> bool:
    """On from a half up; turned round by "toggle" or by nothing."""
    if not arguments or arguments[0] == "toggle":
        return not present
    return read_number(arguments) >= 0.5


def read_fade(arguments: Arguments) -> float | None:
    """Optional seconds."""
    return min(max(read_number(arguments), 0.0), LONGEST_FADE) if arguments else None
