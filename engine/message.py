"""The message: a time, an OSC address, arguments. It is all that travels between rooms and processes.

An address may be a pattern (`is_pattern`): who receives it finds out what it means. What a message is
on the wire is in `osc_reading.py` and `osc_writing.py`; here nothing is read, sent or understood.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, Union

Argument = Union[int, float, str, bytes, bool, None, tuple["Argument", ...]]  # noqa: UP007


class Message(NamedTuple):  # a third of a frozen dataclass's time to make, and thousands are
    """What travels between rooms and processes. `time_ns`: when it came, on the monotonic clock."""

    address: str
    arguments: tuple[Argument, ...] = ()
    time_ns: int = 0


def name_part(words: str) -> str:
    """Words joined to one part of an address: `over the rate of all` is `over-the-rate-of-all`."""
    letters = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in words.lower())
    return "-".join(letters.split())


@lru_cache(maxsize=4096)
def is_pattern(address: str) -> bool:
    """Whether an address stands for others: it has a `*`, `?`, `[a-z]`, `[!x]` or `{a,b}`."""
    return any(sign in address for sign in "*?[{")
