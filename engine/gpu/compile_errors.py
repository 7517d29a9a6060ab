"""A driver's log becomes complaints: file:line, what is wrong, the line itself. Never calls GL.

Three dialects, by what their vendors print:
Mesa `3:12(5): error: ...`, NVIDIA `3(12) : error C1008: ...`, AMD, Intel (Windows) and macOS
`ERROR: 3:12: ...`, where 3 is the file number of `#line` and 12 the line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from engine.errors import Complaint
from engine.gpu.source import name_path

DIALECTS = (
    re.compile(r"^(?P<file>\d+):(?P<line>\d+)\(\d+\): (?P<kind>error|warning): (?P<what>.+)$"),
    re.compile(r"^(?P<file>\d+)\((?P<line>\d+)\) : (?P<kind>error|warning) \w+: (?P<what>.+)$"),
    re.compile(r"^(?P<kind>ERROR|WARNING): (?P<file>\d+):(?P<line>\d+): (?P<what>.+)$"),
)
REMEDIES = (
    ("undeclared|undefined variable|undefined symbol", "Declare it, or add it to INPUTS."),
    ("unexpected|syntax error", "Look for a missing ';' or bracket here or in the line above."),
    ("no matching (overloaded )?function|no function with name|unable to find compatible", "Check the arguments."),
    ("(cannot|can't|could not).*(convert|implicit)|type mismatch|operands", "Make both sides one type: 1.0, not 1."),
    ("redeclar|redefin|already", "An input of the header is already declared: don't declare it again."),
)


def explain_log(log: str, files: Sequence[Path | None], shaders: Path) -> list[Complaint]:
    """Complaints for a compile log, errors only, in order and without repeats.

    `files[n]` is file number n of `#line` (None: generated code). A log in no known dialect comes
    back whole, as one complaint.
    """
    complaints: list[Complaint] = []
    for raw in log.splitlines():
        found = next((m for d in DIALECTS if (m := d.match(raw.strip()))), None)
        if not found or found["kind"].lower() == "warning":
            continue
        number, line = int(found["file"]), int(found["line"])
        path = files[number] if number < len(files) else None
        what = found["what"].strip()
        source = _source_line(path, line)
        name = _name(path, shaders)
        complaint = Complaint(f"{name}:{line}", what + (f" in `{source}`" if source else ""), _remedy(what))
        if complaint not in complaints:
            complaints.append(complaint)
    if complaints:
        return complaints
    name = _name(next((path for path in reversed(files) if path), None), shaders)
    return [Complaint(name, " ".join(log.split())[:400])]


def _name(path: Path | None, shaders: Path) -> str:
    return name_path(path, shaders) if path else "generated code"


def _source_line(path: Path | None, line: int) -> str:
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8").splitlines()[line - 1].strip()
    except (OSError, IndexError, UnicodeDecodeError):
        return ""


def _remedy(what: str) -> str:
    return next((text for pattern, text in REMEDIES if re.search(pattern, what, re.I)), "")
