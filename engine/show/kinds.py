"""Tables with a kind and its arguments, checked against a list: a seed's, a source's.

A table of a scene's file comes in, values of the right types within their bounds go out, or every
mistake with its line. Never opens a file that a table names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from engine.errors import Complaint, MorphogenError, suggest
from engine.show.table_reader import is_number


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a kind. A default of None must be given or may be left out.

    `low` and `high` bound a number, or the length of a text; a whole number has an int default, a
    list of numbers an empty tuple.
    """

    name: str
    default: float | int | str | bool | tuple[float, ...] | None
    low: float = 0.0
    high: float = 1.0
    about: str = ""
    choices: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    required: bool = False


Kinds = Mapping[str, tuple[Argument, ...]]


def parse_kind(
    table: Mapping[str, Any], kinds: Kinds, what: str, place: Callable[[str], str]
) -> tuple[str, dict[str, Any]]:
    """The kind a table names and all its arguments; what it leaves out takes its default.

    `what` is the word for such a table ("seed"), `place` tells a key's `file:line`. Without a kind
    it is the first. Raises MorphogenError with every mistake.
    """
    kind = table.get("kind", next(iter(kinds)))
    if not isinstance(kind, str) or kind not in kinds:
        remedy = suggest(str(kind), kinds)
        raise MorphogenError(Complaint(place("kind"), f"unknown kind of {what} {kind!r}", remedy))
    known = {argument.name: argument for argument in kinds[kind]}
    complaints: list[Complaint] = []
    values: dict[str, Any] = {}
    for key in table:
        if key != "kind" and key not in known:
            wrong = f"unknown key '{key}' in [{what}] of kind '{kind}'"
            complaints.append(Complaint(place(key), wrong, suggest(key, known)))
    for name, argument in known.items():
        if name not in table:
            values[name] = argument.default
            if argument.required:
                wrong = f"a {what} of kind '{kind}' needs '{name}'"
                complaints.append(Complaint(place("kind"), wrong, f"{argument.about}."))
            continue
        try:
            values[name] = _check_value(argument, table[name])
        except ValueError as error:
            complaints.append(Complaint(place(name), f"'{name}' in [{what}] {error}"))
    if complaints:
        raise MorphogenError(*complaints)
    return kind, values


def _check_value(argument: Argument, value: Any) -> float | int | str | bool | tuple[float, ...]:
    """The value, of the right type and within its bounds; else ValueError, worded for a reader."""
    if isinstance(argument.default, bool):
        if not isinstance(value, bool):
            raise ValueError(f"is {value!r}, not true or false")
        return value
    if argument.default is None or isinstance(argument.default, str):
        return _check_text(argument, value)
    if isinstance(argument.default, tuple):
        return _check_list(argument, value)
    if not is_number(value):
        raise ValueError(f"is {value!r}, not a number")
    if not argument.low <= value <= argument.high:
        raise ValueError(f"is {value:g}, not within {argument.low:g}..{argument.high:g}")
    if isinstance(argument.default, int):
        if value != int(value):
            raise ValueError(f"is {value:g}, not a whole number")
        return int(value)
    return float(value)


def _check_list(argument: Argument, value: Any) -> tuple[float, ...]:
    if not isinstance(value, list | tuple) or len(value) > 4:
        raise ValueError(f"is {value!r}, not a list of up to four numbers")
    for number in value:
        if not is_number(number):
            raise ValueError(f"has {number!r}, not a number")
        if not argument.low <= number <= argument.high:
            raise ValueError(f"has {number:g}, not within {argument.low:g}..{argument.high:g}")
    return tuple(float(number) for number in value)


def _check_text(argument: Argument, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"is {value!r}, not a text")
    if argument.choices and value not in argument.choices:
        raise ValueError(f"is '{value}'. {suggest(value, argument.choices)}")
    if argument.suffixes:
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts or "\\" in value or ":" in value:
            raise ValueError(f"is '{value}': name a file inside the assets, without '..'")
        if path.suffix.lower() not in argument.suffixes:
            raise ValueError(f"is '{value}', not one of {', '.join(argument.suffixes)}")
    elif not argument.choices and not (
        value.strip() and argument.low <= len(value) <= argument.high
    ):
        raise ValueError(f"has {len(value)} letters, not {argument.low:g} to {argument.high:g}")
    return value
