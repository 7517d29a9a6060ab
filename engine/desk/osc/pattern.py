"""Address patterns (OSC 1.0): which of the addresses that exist does one mean?

In: `/layer/[1-3]/{opacity,blend}`, and addresses. Out: those that match. Within a part of the address
(between two slashes) `*` is any number of characters, `?` one, `[a-z]` one of these, `[!a-z]` any
other, `{a,b}` one of these words, which may hold the other signs. `//` is refused before it comes here.

Time is linear in the pattern and in each part that it is held against: a part's states are the bits
of one integer, all of them moved on at once by each character. No pattern goes back to try again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from engine.osc_reading import Malformed

CHOICES = 8  # {a,b} in one part
_BROKEN = "address pattern"
_Tree = dict[str, "_Tree"]  # by part; the key "" says that an address ends here


class Addresses:
    """The addresses that exist, as a tree of their parts."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._root: _Tree = {}
        for address in addresses:
            tree = self._root
            for part in address[1:].split("/"):
                tree = tree.setdefault(part, {})
            tree[""] = {}

    def find(self, pattern: str, most: int) -> list[str]:
        """What a pattern means, in the order in which the addresses came.

        Raises `Malformed` for a pattern that is none, or that means more than `most` addresses.
        """
        trees = [("", self._root)]
        for part in pattern[1:].split("/"):
            if not is_signed(part):
                trees = [(f"{path}/{part}", tree[part]) for path, tree in trees if part in tree]
                continue
            states = read_part(part)
            names = dict.fromkeys(name for _, tree in trees for name in tree if name)
            fits = {name for name in names if states.match(name)}
            trees = [
                (f"{path}/{name}", inner)
                for path, tree in trees
                for name, inner in tree.items()
                if name in fits
            ]
        found = [path for path, tree in trees if "" in tree]
        if len(found) > most:
            raise Malformed("address pattern means too many addresses")
        return found


def is_signed(part: str) -> bool:
    """Whether a part of an address has anything but plain characters."""
    return any(sign in part for sign in "*?[]{},")


@dataclass(slots=True)
class Part:
    """One part of a pattern. A state is a place in it; a set of states is an integer's bits."""

    takes: dict[str, int] = field(default_factory=dict)  # character -> states it leads on from
    refuses: dict[str, int] = field(default_factory=dict)  # of `others`, by character
    others: int = 0  # states that every other character leads on from
    stays: int = 0  # states of a `*`
    # Of each {a,b}: where it begins, its words' first and last states, where it ends.
    choices: list[tuple[int, int, int, int]] = field(default_factory=list)
    last: int = 1

    def match(self, name: str) -> bool:
        """Whether the whole name fits."""
        states = self._open(1)
        for character in name:
            on = self.takes.get(character, 0)
            on |= self.others & ~self.refuses.get(character, 0)
            states = self._open((states & on) << 1 | states & self.stays)
            if not states:
                return False
        return bool(states & self.last)

    def _open(self, states: int) -> int:
        """With the states that are reached without a character."""
        for begins, firsts, lasts, ends in self.choices:
            if states & begins:
                states |= firsts
            if states & lasts:
                states |= ends
        return states


@lru_cache(maxsize=256)
def read_part(text: str) -> Part:
    """One part of a pattern. Raises `Malformed`."""
    part = Part()
    at, state = 0, 1
    while at < len(text):
        if text[at] != "{":
            at, state = _read_sign(part, text, at, state)
            continue
        close = text.find("}", at)
        if close < 0 or len(part.choices) == CHOICES:
            raise Malformed(_BROKEN)
        begins, firsts, lasts = state, 0, 0
        for word in text[at + 1 : close].split(","):
            state <<= 1
            firsts |= state
            inner = 0
            while inner < len(word):
                inner, state = _read_sign(part, word, inner, state)
            lasts |= state
        state <<= 1
        part.choices.append((begins, firsts, lasts, state))
        at = close + 1
    part.last = state
    return part


def _read_sign(part: Part, text: str, at: int, state: int) -> tuple[int, int]:
    """Read one sign at `at`, which leads on from `state`. Returns what follows both."""
    sign = text[at]
    if sign == "*":
        part.stays |= state
        return at + 1, state
    if sign == "?":
        part.others |= state
    elif sign == "[":
        close = text.find("]", at)
        if close < 0:
            raise Malformed(_BROKEN)
        _read_set(part, text[at + 1 : close], state)
        at = close
    elif sign in "]{},":
        raise Malformed(_BROKEN)
    else:
        part.takes[sign] = part.takes.get(sign, 0) | state
    return at + 1, state << 1


def _read_set(part: Part, text: str, state: int) -> None:
    """`a-z` or `!a-z`; a minus at either end is itself."""
    table = part.takes
    if text.startswith("!"):
        table, text = part.refuses, text[1:]
        part.others |= state
    if not text:
        raise Malformed(_BROKEN)
    at = 0
    while at < len(text):
        first = last = text[at]
        if text[at + 1 : at + 2] == "-" and at + 2 < len(text):
            at += 2
            last = text[at]
        for code in range(ord(first), ord(last) + 1):
            table[chr(code)] = table.get(chr(code), 0) | state
        at += 1
