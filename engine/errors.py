"""Where, what, remedy: the one shape of every complaint. Imports nothing of the house."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Complaint:
    """One mistake. `where` is `file:line`, a port or a device; `remedy` says what to do about it."""

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        stop = "" if self.what.endswith((".", "?")) else "."
        return f"{self.where}: {self.what}" + (f"{stop} {self.remedy}" if self.remedy else "")


class MorphogenError(Exception):
    """One or more complaints; a command prints each on its own line and exits with 2."""

    def __init__(self, *complaints: Complaint) -> None:
        super().__init__("\n".join(str(complaint) for complaint in complaints))
        self.complaints = complaints


def suggest(word: str, known: Iterable[str]) -> str:
    """The remedy for a word nobody knows: the nearest known one, else all of them."""
    names = sorted(set(known))
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{near[0]}'?"
    return f"There is: {', '.join(names)}." if names else ""
