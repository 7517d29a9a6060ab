"""Lights as they are written in a controller's map, beside the control they belong to.

    ring = "b0 {number} {value}"       # bytes: the ring shows where the knob would stand
    lamp = "96 {number} {value}"       # or a lamp shows whether it plays
    colour = "f0 00 20 29 02 0c 03 03 {number} {red} {green} {blue} f7"    # beside a lamp: those of scenes
                                       # and palettes; or 8 bits in two: {red_high} {red_low} ...
    off = 0                            # its three values, 0..127
    there = [5, 9, 13]                 # one for all, or in turn for each of the numbers
    on = 21
    first = 8                          # {index}: place among the numbers from here on, else from 0

In: tables. Out: lights, and every mistake with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from engine.desk.play.binding import Binding
from engine.desk.play.binding_file import BindingReader
from engine.desk.play.light import COLOUR_WORDS, VALUE, Light
from engine.toml_lines import KeyPath

KEYS = frozenset("ring lamp colour off there on first".split())
_BYTE = re.compile(r"[0-9a-fA-F]{2}")
_Parts = tuple[int | str, ...]
_BYTES = 'Write hexadecimal bytes, like "96 {number} {value}" or "f0 00 20 29 ... {value} f7".'
_COLOUR_BYTES = 'Write hexadecimal bytes, like "f0 ... {number} {red} {green} {blue} f7".'


def read_lights(
    reader: BindingReader, table: dict[str, Any], bindings: Sequence[Binding], at: KeyPath
) -> list[Light]:
    """The lights of one table: one for each of its bindings, or none."""
    key = next((key for key in ("ring", "lamp") if key in table), None)
    if key is None:
        return []
    first = _read_values(reader, table, "first", [0], at)[0]
    off, there, on = (
        _read_values(reader, table, name, usual, at)
        for name, usual in (("off", [0]), ("there", [0]), ("on", [127]))
    )
    lights = []
    # Also where the bindings have mistakes of their own: all are said together.
    for place, number in enumerate([binding.number for binding in bindings] or [0]):
        numbers = {"{number}": number, "{index}": first + place}
        parts = _read_parts(str(table[key]), numbers, (VALUE,))
        if parts is None:
            reader.complain((*at, key), f"'{key}' is no MIDI message with a {{value}}", _BYTES)
            return []
        coloured: _Parts | None = ()
        if "colour" in table:
            coloured = _read_parts(str(table["colour"]), numbers, COLOUR_WORDS)
        if coloured is None:
            why = "'colour' is no MIDI message with {red}, {green} and {blue}"
            reader.complain((*at, "colour"), why, _COLOUR_BYTES)
            return []
        if not bindings:
            return []
        lights.append(
            Light(
                bindings[place].kind,
                bindings[place].channel,
                number,
                parts,
                key == "ring",
                off[place % len(off)],
                there[place % len(there)],
                on[place % len(on)],
                coloured,
            )
        )
    return lights


def read_sysex(reader: BindingReader, table: dict[str, Any], key: str) -> tuple[bytes, ...]:
    """The messages of a list of hexadecimal texts."""
    given = table.get(key, [])
    messages = []
    for text in given if isinstance(given, list) else [given]:
        parts = _read_parts(text, {}, ()) if isinstance(text, str) else None
        if parts is None:
            reader.complain((key,), f"'{key}' is a list of MIDI messages", _BYTES)
            return ()
        messages.append(bytes(int(part) for part in parts))
    return tuple(messages)


def _read_parts(text: str, numbers: dict[str, int], blanks: Sequence[str]) -> _Parts | None:
    """The bytes of a message, and the `blanks` in it; None if it is none, or has no blank where it
    should."""
    parts: list[int | str] = []
    for word in text.split():
        if word in numbers:
            parts.append(numbers[word])
        elif word in blanks:
            parts.append(word)
        elif _BYTE.fullmatch(word):
            parts.append(int(word, 16))
        else:
            return None
    status = parts[0] if parts else None
    left = {_name_blank(part) for part in parts if isinstance(part, str)}
    if not isinstance(status, int) or status < 0x80 or left != set(map(_name_blank, blanks)):
        return None
    whole = parts[-1] == 0xF7 if status == 0xF0 else len(parts) == 3 and status < 0xF0
    inner = parts[1:-1] if status == 0xF0 else parts[1:]
    sound = all(isinstance(part, str) or part < 0x80 for part in inner)
    return tuple(parts) if whole and sound else None


def _name_blank(word: str) -> str:
    """What fills it: the two halves of a colour's number are one."""
    return word.strip("{}").partition("_")[0]


def _read_values(
    reader: BindingReader, table: dict[str, Any], key: str, usual: list[int], at: KeyPath
) -> list[int]:
    given = table.get(key, usual)
    values = given if isinstance(given, list) else [given]
    if values and all(type(value) is int and 0 <= value <= 127 for value in values):
        return values
    reader.complain((*at, key), f"'{key}' is a number 0..127, or a list of them")
    return usual
