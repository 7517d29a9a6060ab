"""Where in a TOML file a value stands: tables come in with their text, line numbers go out.

`tomllib` says the line of a syntax error but not of a value, and a complaint without a line sends
the reader searching. So the text is walked once more, only to note where each key and each array
element begins. Never judges the text: what is not valid TOML is `read_toml`'s complaint.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.errors import Complaint, MorphogenError

KeyPath = tuple[str | int, ...]

_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|' r"'''.*?'{3,5}|" r'"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'", re.DOTALL
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]+")
_BLANK = re.compile(r"[ \t\r]*")
_BLANK_LINES = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """The tables of a TOML file and its text.

    Raises MorphogenError with `file:line` when it is missing, not UTF-8 or not TOML.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text), text
    except FileNotFoundError:
        complaint = Complaint(str(path), "there is no such file")
    except UnicodeDecodeError:
        complaint = Complaint(str(path), "is not UTF-8 text", "Save it as UTF-8.")
    except OSError as error:
        complaint = Complaint(str(path), f"cannot be read ({error.strerror or error})")
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"^(.*?) \(at (?:line (\d+).*|end of document)\)$", str(error), re.DOTALL)
        reason, line = (found[1], found[2]) if found else (str(error), None)
        # Text that breaks off is missed where it ends.
        number = int(line) if line else text.rstrip().count("\n") + 1
        complaint = Complaint(f"{path}:{number}", f"not TOML: {reason}", "See https://toml.io.")
    raise MorphogenError(complaint)


def line_of(text: str, key_path: Sequence[str | int]) -> int:
    """The line (from 1) on which the key or array element at `key_path` begins.

    `("seed", "count")` is `count` in `[seed]`; `("layer", 1, "look")` is `look` in the second
    `[[layer]]`; `("stops", 2)` the third element of an array. For a path that is not there: the
    line of its nearest parent that is, else 1. So a missing key is blamed on its table.
    """
    lines = index_lines(text)
    path = tuple(key_path)
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


@lru_cache(maxsize=8)  # a file is asked for many lines in a row
def index_lines(text: str) -> dict[KeyPath, int]:
    """The line of every key, table and array element of a valid TOML text, by its path."""
    text = text.removeprefix("\ufeff")
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    base: KeyPath = ()
    at = _skip(text, 0)
    while at < len(text):
        line = text.count("\n", 0, at) + 1
        if text[at] == "[":
            repeated = text.startswith("[[", at)
            parts, at = _read_key(text, at + (2 if repeated else 1))
            base = _open_table(parts, repeated, line, (lines, counts))
            at += 2 if repeated else 1
        else:
            before = at
            at = _read_pair(text, at, base, lines)
            if at == before:
                break
        at = _skip(text, at)
    return lines


def _open_table(
    parts: list[str],
    repeated: bool,
    line: int,
    found: tuple[dict[KeyPath, int], dict[KeyPath, int]],
) -> KeyPath:
    """The path of the table that a header opens; `[a.b]` after `[[a]]` belongs to its last one."""
    lines, counts = found
    path: KeyPath = ()
    for depth, part in enumerate(parts):
        path += (part,)
        lines.setdefault(path, line)
        if repeated and depth == len(parts) - 1:
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path += (counts[path] - 1,)
            lines.setdefault(path, line)
    return path


def _read_pair(text: str, at: int, base: KeyPath, lines: dict[KeyPath, int]) -> int:
    line = text.count("\n", 0, at) + 1
    parts, at = _read_key(text, at)
    path = base
    for part in parts:
        path += (part,)
        lines.setdefault(path, line)
    return _read_value(text, at + 1, path, lines)  # past the '='


def _read_key(text: str, at: int) -> tuple[list[str], int]:
    """The parts of a dotted key and where it ends (at the `=` or `]`)."""
    parts: list[str] = []
    while True:
        at = _skip(text, at, lines=False)
        if quoted := _STRING.match(text, at):
            parts.append(next(iter(tomllib.loads(f"{quoted[0]} = 0"))))
            at = quoted.end()
        elif bare := _BARE_KEY.match(text, at):
            parts.append(bare[0])
            at = bare.end()
        at = _skip(text, at, lines=False)
        if not text.startswith(".", at):
            return parts, at
        at += 1


def _read_value(text: str, at: int, path: KeyPath, lines: dict[KeyPath, int]) -> int:
    at = _skip(text, at, lines=False)
    if text.startswith("[", at):
        return _read_items(text, at, path, lines)
    if text.startswith("{", at):
        at = _skip(text, at + 1)
        while at < len(text) and text[at] != "}":
            before = at
            at = _skip(text, _read_pair(text, at, path, lines))
            if text.startswith(",", at):
                at = _skip(text, at + 1)
            if at == before:
                break
        return at + 1
    found = _STRING.match(text, at) or _SCALAR.match(text, at)
    return found.end() if found else at


def _read_items(text: str, at: int, path: KeyPath, lines: dict[KeyPath, int]) -> int:
    at = _skip(text, at + 1)
    number = 0
    while at < len(text) and text[at] != "]":
        before = at
        item = (*path, number)
        lines[item] = text.count("\n", 0, at) + 1
        at = _skip(text, _read_value(text, at, item, lines))
        if text.startswith(",", at):
            at = _skip(text, at + 1)
        if at == before:
            break
        number += 1
    return at + 1


def _skip(text: str, at: int, lines: bool = True) -> int:
    found = (_BLANK_LINES if lines else _BLANK).match(text, at)
    return found.end() if found else at
