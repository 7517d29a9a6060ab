"""What comes with an address, read: a number, a level, a switch, a trigger, a time to fade.

In: the arguments of a message, from anywhere. Out: numbers within their bounds, else `Refused`.
Knows no address.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.show.hands.takeover import TAKEOVERS, take_over
from engine.show.parameter import Refused, finite_numbers

Arguments = Sequence[object]
LONGEST_FADE = 600.0
# How a number is meant, seen from the present value; "a" as it is, as Resolume has it.
RELATIVE = ("+", "-", "*", "a")


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
    """0..1; see `read_within`."""
    return read_within(arguments, present, 0.0, 1.0)


def read_within(arguments: Arguments, present: float, low: float, high: float) -> float:
    """A number held within low..high: as it is (also "a" x), relative ("+" "-" "*" x), or a knob's way
    from one number to another ("pickup" or "scale", from, to). Raises `NotYet` for a knob that has not
    met it.
    """
    word = read_word(arguments)
    if word in TAKEOVERS:
        span = high - low
        before, after = ((number - low) / span for number in read_way(arguments))
        number = low + span * take_over(word, before, after, (present - low) / span)
    else:
        number = relate(word, present, read_number(arguments[1:] if word else arguments))
    return min(max(number, low), high)


def read_word(arguments: Arguments) -> str:
    """The word in front that says how the numbers are meant; "" where there is none."""
    word = arguments[0] if arguments else ""
    return word if isinstance(word, str) and word in (*RELATIVE, *TAKEOVERS) else ""


def read_way(arguments: Arguments) -> tuple[float, float]:
    """From where to where a knob went."""
    numbers = finite_numbers(arguments[1:])
    if len(numbers) != 2:
        raise Refused("where the knob was and where it is wanted")
    return numbers[0], numbers[1]


def relate(word: str, present: float, number: float) -> float:
    """A number as a `word` of RELATIVE means it, seen from the present value."""
    if word == "*":
        return present * number
    return present + number if word == "+" else present - number if word == "-" else number


def read_switch(arguments: Arguments, present: bool) -> bool:
    """On from a half up; turned round by "toggle" or by nothing."""
    if not arguments or arguments[0] == "toggle":
        return not present
    return read_number(arguments) >= 0.5


def read_fade(arguments: Arguments) -> float | None:
    """Optional seconds."""
    return min(max(read_number(arguments), 0.0), LONGEST_FADE) if arguments else None
