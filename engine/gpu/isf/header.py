"""The header of an ISF file, as files in the wild have it: text becomes a dictionary. Never checks it."""

from __future__ import annotations

import json
import re
from typing import Any

from engine.errors import Complaint, MorphogenError

# A text in quotes is taken whole, so that a comma or an address in it stays.
LINE_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*')
TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])')
BARE_POINT = re.compile(r'("(?:[^"\\]|\\.)*")|(?<![\d.])(\.\d+)|(\d+\.)(?!\d)')


def read_header(header: str, where: str, first_line: int) -> dict[str, Any]:
    """JSON as ISF files in the wild have it: tabs in texts, commas before a closing bracket, comments
    to the end of a line, numbers like .5 and 1.; `first_line` is where it begins in its file.

    Raises `MorphogenError`, with the line.
    """
    for candidate in (header, _tidy(header)):
        try:
            value = json.loads(candidate, strict=False)
        except json.JSONDecodeError as problem:
            error = problem
            continue
        except (ValueError, RecursionError):
            what = "header: a number is too long, or too much lies within one another"
            raise MorphogenError(Complaint(f"{where}:{first_line}", what)) from None
        if isinstance(value, dict):
            return value
        raise MorphogenError(Complaint(f"{where}:{first_line}", "the header must be one object"))
    line = first_line + error.lineno - 1
    remedy = "The header is JSON: names in double quotes, a comma between entries."
    raise MorphogenError(Complaint(f"{where}:{line}", f"header: {error.msg}", remedy))


def _tidy(header: str) -> str:
    """The same as JSON is written, line for line."""
    header = LINE_COMMENT.sub(lambda found: found[1] or "", header)
    header = TRAILING_COMMA.sub(lambda found: found[1] or "", header)

    def complete(found: re.Match[str]) -> str:
        return found[1] or (f"0{found[2]}" if found[2] else f"{found[3]}0")

    return BARE_POINT.sub(complete, header)


def forgive_header(header: dict[str, Any]) -> dict[str, Any]:
    """A header as one of ours would be: what is null counts as not said, and the words of inputs and
    passes are in capitals, however some editors write them."""
    header = {key: part for key, part in header.items() if part is not None}
    for name in ("INPUTS", "PASSES"):
        if isinstance(header.get(name), list):
            header[name] = [_capitals(e) if isinstance(e, dict) else e for e in header[name]]
    return header


def _capitals(entry: dict[str, Any]) -> dict[str, Any]:
    said = {key: part for key, part in entry.items() if part is not None}
    return {**{key.upper(): part for key, part in said.items()}, **said}
