"""A driver's log becomes complaints: file:line, what is wrong, the line itself. Never calls GL.

Three dialects, by what their vendors print about line 12:
Mesa `0:12(5): error: ...`, NVIDIA `0(12) : error C1008: ...`, AMD, Intel (Windows) and macOS
`ERROR: 0:12: ...`. The number before the line is not used: a table says where each line is from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from engine.assets import Folder
from engine.errors import Complaint
from engine.gpu.source import Place, name_path

DIALECTS = (
    re.compile(
        r"^\d+:(?P<line>\d+)\(\d+\): (preprocessor )?(?P<kind>error|warning): +(?P<what>.+)$"
    ),
    re.compile(r"^\d+\((?P<line>\d+)\) : (fatal )?(?P<kind>error|warning) \w+: (?P<what>.+)$"),
    re.compile(r"^(?P<kind>ERROR|WARNING): \d+:(?P<line>\d+): (error\(#\d+\) ?)?(?P<what>.+)$"),
)
REMEDIES = (
    (
        r"\b(rate|potential)\b.*(candidates|overload|match|argument|parameter|find)"
        r"|(matching|find|function|overload).*\b(rate|potential)\b",
        "A model has rate(state, laplacian), and as many numbers in each as it has CHANNELS.",
    ),
    (
        "redeclar|redefin|already|read-only|conflicts",
        "What INPUTS names is declared for you, and so is uv: use another name here.",
    ),
    ("undeclared|undefined variable|undefined symbol", "Declare it, or add it to INPUTS."),
    (
        "unexpected|syntax error|parse error",
        "Look for a missing ';' or bracket here or in the line above.",
    ),
    (
        "no matching (overloaded )?function|no function with name|unable to find compatible",
        "Check the number and the types of the arguments.",
    ),
    (
        "(cannot|can't|could not).*(convert|implicit|assign)|type mismatch|operands|constructor",
        "Make both sides one type: 1.0, not 1.",
    ),
)
LONGEST = 2000


CANDIDATE = re.compile(r"[a-z]+\d?(x\d)? \w+\([\w, ]*\)")


def explain_log(
    log: str, places: Sequence[Place], shaders: Folder, main: Path | None = None
) -> list[Complaint]:
    """Complaints for a compile log, errors only, in order and without repeats.

    `places[n]` is where line n + 1 of the compiled text comes from. A log in no known dialect comes
    back whole (its first 2000 characters), as one complaint about the file `main`, else the first.
    """
    complaints: list[Complaint] = []
    for raw in log.splitlines():
        found = next((m for d in DIALECTS if (m := d.match(raw.strip()))), None)
        if not found or found["kind"].lower() == "warning":
            continue
        if CANDIDATE.fullmatch(found["what"].strip()):  # Mesa lists every overload there is
            continue
        line = int(found["line"])
        complaint = _explain(found["what"].strip(), line, places, shaders)
        if complaint not in complaints:
            complaints.append(complaint)
    if complaints:
        return complaints
    path = main or next((path for path, _ in places if path), None)
    return [Complaint(_name(path, shaders), " ".join(log.split())[:LONGEST])]


def _explain(what: str, line: int, places: Sequence[Place], shaders: Folder) -> Complaint:
    path, number = places[line - 1] if 0 < line <= len(places) else (None, line)
    source = _source_line(path, number)
    remedy = next((text for pattern, text in REMEDIES if re.search(pattern, what, re.I)), "")
    before = next((p for p, _ in reversed(places[: line - 1]) if p != path), None)
    if before and "unexpected" in what:
        # What one file leaves open, the compiler only misses in the next.
        remedy += f" If nothing is wrong here: does {_name(before, shaders)} close all it opens?"
    where = f"{_name(path, shaders)}:{number}"
    return Complaint(where, what + (f" in `{source}`" if source else ""), remedy)


def _name(path: Path | None, shaders: Folder) -> str:
    return name_path(path, shaders) if path else "generated code"


def _source_line(path: Path | None, line: int) -> str:
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")[line - 1].strip()
    except (OSError, IndexError, UnicodeDecodeError):
        return ""
