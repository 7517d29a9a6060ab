"""Bindings as they are written in TOML: a table says which controls play what.

    [[control]]
    kind = "cc"                    # cc cc14 nrpn rpn bend note pressure touch program; osc, key, ...
    numbers = "16-23"              # one number, a range, or a list of them; bend, ... have none
    channel = 1                    # optional, 1..16 as printed; without it: any
    path = "/1/fader{n}"           # osc, key, button, axis, audio: which; {n}: the number
    address = "/macro/{n}"         # {n}: place among the numbers, from 1
    send = "value"                 # value 0..1 | index {n} | press | gate | toggle | momentary | velocity |
                                   # note (its key, velocity and channel, for /note)
    arguments = ["coral", 2.0]     # of a press
    hold = "/snapshot/save"        # of a press: what it plays once it is held, with the same arguments
    mode = "absolute"              # or the code of an encoder : twos_complement, binary_offset, ...
    takeover = "pickup"            # scale | jump
    range = [0.0, 1.0]             # in units of the address
    curve = 1.0                    # the power of the way
    invert = true
    step = 0.01                    # of the range, a notch of an encoder
    span = [0, 127]                # of an osc control: what comes in for 0 and for 1

Without `send` a note and a program send the index, all else the value. In: tables. Out: bindings, and
every mistake with file, line and remedy.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.desk.control import FULL, KINDS
from engine.desk.play.binding import MODES, SENDS, STEP, TAKEOVERS, Binding
from engine.errors import Complaint, suggest
from engine.message import Argument
from engine.toml_lines import KeyPath, line_of

KEYS = frozenset(
    "kind numbers channel path address send arguments mode takeover range curve invert step span hold".split()
)
# Kinds that have a path; the others may have a number.
PATHS = ("osc", "key", "button", "axis", "audio")
BARE = ("bend", "pressure")  # and these have neither
_ADDRESS = re.compile(r"(/([A-Za-z0-9_.-]|\{n\})+)+")
# An address on the wire has 255 characters at most; " 16" behind it is its sixteenth number.
_PATH = re.compile(r"[!-~]([ -~]{0,258}[!-~])?")
_NUMBERS = 'Write one like 16, a range like "16-23", or a list of them.'


class BindingReader:
    """Collects the mistakes of one file."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text
        self.complaints: list[Complaint] = []

    def complain(self, place: KeyPath, what: str, remedy: str = "") -> None:
        """Note a mistake at a place in the file."""
        where = f"{self._path}:{line_of(self._text, place)}"
        self.complaints.append(Complaint(where, what, remedy))

    def check_keys(self, table: dict[str, Any], known: Iterable[str], at: KeyPath) -> None:
        for key in table.keys() - set(known):
            self.complain((*at, key), f"no key '{key}' here", suggest(key, known))

    def read_text(self, table: dict[str, Any], key: str, at: KeyPath) -> str:
        """A text that must be there."""
        text = table.get(key)
        if isinstance(text, str) and text:
            return text
        self.complain((*at, key), f"'{key}' must be there and be text")
        return ""

    def read_address(self, table: dict[str, Any], key: str, at: KeyPath) -> str:
        address = self.read_text(table, key, at)
        if address and not _ADDRESS.fullmatch(address):
            remedy = "An address is like /macro/{n}: letters, digits, '_', '.', '-' and {n}."
            self.complain((*at, key), f"'{address}' is no address", remedy)
        return address

    def read_bindings(
        self, table: dict[str, Any], at: KeyPath, more: Iterable[str] = ()
    ) -> list[Binding]:
        """What one table binds: a binding for each number. `more` keys are the caller's."""
        self.check_keys(table, KEYS.union(more), at)
        before = len(self.complaints)
        kind = self._read_choice(table, "kind", KINDS, at, "")
        usual = "index" if kind in ("note", "program") else "value"
        send = self._read_choice(table, "send", SENDS, at, usual)
        channel = table.get("channel")
        if channel is not None and (type(channel) is not int or not 1 <= channel <= 16):
            self.complain((*at, "channel"), "'channel' must be a whole number from 1 to 16")
        address = self.read_address(table, "address", at)
        path, numbers = self._read_path(table, kind, at), self._read_numbers(table, kind, at)
        given = self._read_arguments(table, at)
        low, high = self._read_pair(table, "range", (0.0, 1.0), at)
        span = self._read_pair(table, "span", (0.0, 1.0), at)
        if span[0] == span[1]:
            self.complain((*at, "span"), "'span' must have two ends")
        hold = self.read_address(table, "hold", at) if "hold" in table else ""
        if hold and send not in ("press", "index"):
            self.complain((*at, "hold"), f"a {send} cannot be held for something else")
        common = Binding(
            kind,
            channel,
            0,
            "",
            address,
            mode=self._read_choice(table, "mode", MODES, at, "absolute"),
            takeover=self._read_choice(table, "takeover", TAKEOVERS, at, "pickup"),
            low=low,
            high=high,
            curve=self._read_positive(table, "curve", 1.0, at),
            invert=self._read_switch(table, "invert", at),
            step=self._read_positive(table, "step", STEP, at),
            span=span,
            hold=hold,
        )
        if len(self.complaints) > before:
            return []
        return [
            replace(
                common,
                number=0 if kind in PATHS else number,
                path=path.replace("{n}", str(number)),
                address=address.replace("{n}", str(place)),
                hold=hold.replace("{n}", str(place)),
                send="press" if send == "index" else send,
                arguments=(place,) if send == "index" else given,
            )
            for place, number in enumerate(numbers, 1)
        ]

    def _read_choice(
        self, table: dict[str, Any], key: str, known: tuple[str, ...], at: KeyPath, usual: str
    ) -> str:
        if usual and key not in table:
            return usual
        word = self.read_text(table, key, at)
        if word and word not in known:
            self.complain((*at, key), f"no {key} '{word}'", suggest(word, known))
        return word

    def _read_path(self, table: dict[str, Any], kind: str, at: KeyPath) -> str:
        if kind not in PATHS:
            if "path" in table:
                self.complain((*at, "path"), f"a {kind or 'control'} has no path")
            return ""
        path = self.read_text(table, "path", at)
        if path and not _PATH.fullmatch(path):
            self.complain((*at, "path"), "'path' must be short and of printable characters")
        return path

    def _read_numbers(self, table: dict[str, Any], kind: str, at: KeyPath) -> list[int]:
        optional = kind in PATHS or kind in BARE
        if optional and "numbers" not in table:
            return [0]
        given = table.get("numbers")
        numbers: list[int] = []
        for part in given if isinstance(given, list) else [given]:
            span = re.fullmatch(r"(\d{1,5})-(\d{1,5})", part) if isinstance(part, str) else None
            if span and int(span[1]) <= int(span[2]) <= FULL["nrpn"]:
                numbers += range(int(span[1]), int(span[2]) + 1)
            elif type(part) is int:
                numbers.append(part)
            else:
                numbers.append(-1)
        most = FULL["nrpn"] if kind in ("nrpn", "rpn") or kind in PATHS else 127
        most = 31 if kind == "cc14" else most
        if not numbers or not all(0 <= number <= most for number in numbers):
            what = f"'numbers' must be there and lie in 0..{most}"
            self.complain((*at, "numbers"), what, _NUMBERS)
        return numbers

    def _read_arguments(self, table: dict[str, Any], at: KeyPath) -> tuple[Argument, ...]:
        given = table.get("arguments", [])
        if not isinstance(given, list) or not all(
            isinstance(a, bool | int | float | str) for a in given
        ):
            self.complain((*at, "arguments"), "'arguments' is a list of numbers and texts")
            return ()
        return tuple(given)

    def _read_pair(
        self, table: dict[str, Any], key: str, usual: tuple[float, float], at: KeyPath
    ) -> tuple[float, float]:
        given = table.get(key, list(usual))
        if isinstance(given, list) and len(given) == 2 and all(map(_is_number, given)):
            return float(given[0]), float(given[1])
        self.complain((*at, key), f"'{key}' must be two numbers, like {list(usual)}")
        return usual

    def _read_positive(self, table: dict[str, Any], key: str, usual: float, at: KeyPath) -> float:
        given = table.get(key, usual)
        if _is_number(given) and given > 0:
            return float(given)
        self.complain((*at, key), f"'{key}' must be a number above 0")
        return usual

    def _read_switch(self, table: dict[str, Any], key: str, at: KeyPath) -> bool:
        given = table.get(key, False)
        if not isinstance(given, bool):
            self.complain((*at, key), f"'{key}' must be true or false")
        return bool(given)


def is_address(address: str) -> bool:
    """Whether a control may play it: no pattern, no foreign letters, not too long."""
    return len(address) < 200 and "{" not in address and _ADDRESS.fullmatch(address) is not None


def write_binding(binding: Binding) -> dict[str, object]:
    """A binding as a table that `read_bindings` reads back as the same."""
    table: dict[str, object] = {"kind": binding.kind}
    if binding.kind in PATHS:
        table["path"] = binding.path
    elif binding.kind not in BARE:
        table["numbers"] = binding.number
    if binding.channel is not None:
        table["channel"] = binding.channel
    table |= {"address": binding.address, "send": binding.send}
    plain = Binding(binding.kind, None, 0, "", "/")
    for key in ("hold", "mode", "takeover", "curve", "invert", "step"):
        if getattr(binding, key) != getattr(plain, key):
            table[key] = getattr(binding, key)
    if binding.arguments:
        table["arguments"] = list(binding.arguments)
    if (binding.low, binding.high) != (plain.low, plain.high):
        table["range"] = [binding.low, binding.high]
    if binding.span != plain.span:
        table["span"] = list(binding.span)
    return table


def _is_number(given: object) -> bool:
    return (
        isinstance(given, int | float)
        and not isinstance(given, bool)
        and abs(given) < 1e9
        and math.isfinite(given)
    )
