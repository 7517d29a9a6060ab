"""Marks and headers as JSON and back. In: anything that JSON can say. Out: facts, or ValueError.

Marks that a later engine may write are left out, whatever they are.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from engine.message import Argument, Message
from engine.show.life.life import CONDITIONS
from engine.show.pace import Pace
from engine.tape.facts import Answered, Beginning, Edited, Header, Mark, Used

BYTES = "base64"
LARGEST_SIDE, FASTEST = 16384, 1000.0


def write_header(header: Header) -> dict[str, Any]:
    """A header as JSON's own kinds of things."""
    return asdict(header)


def read_header(told: object) -> Header:
    """The header that `write_header` wrote. Raises ValueError for anything else."""
    if not isinstance(told, dict):
        raise ValueError("no header")
    width, height = (_whole(side, 1, LARGEST_SIDE) for side in _row(told.get("size"), 2))
    texts = {name: _text(told.get(name, "")) for name in ("catalogue", "gpu", "began", "note")}
    fps = _number(told.get("fps"), 0.1, FASTEST)
    engine, layout = _text(told.get("engine")), _text(told.get("layout"))
    return Header(engine, (width, height), fps, layout, **texts)


def write_marks(marks: Sequence[Mark]) -> bytes:
    """Marks as the bytes of one JSON list."""
    rows = [_write(mark) for mark in marks]
    return json.dumps(rows, separators=(",", ":"), default=_write_bytes).encode()


def read_marks(data: bytes) -> tuple[Mark, ...]:
    """What `write_marks` wrote. Raises ValueError for anything else."""
    try:
        rows = json.loads(data)
    except RecursionError:
        raise ValueError("too deep") from None
    found = [_read(row) for row in _row(rows)]
    return tuple(mark for mark in found if mark is not None)


def _write(mark: Mark) -> list[object]:
    if isinstance(mark, Beginning):
        kept = [[m.address, *m.arguments] for m in mark.kept]
        about = {"scene": mark.scene, "show": mark.show, "seed": mark.seed, "kept": kept}
        more = {
            "pace": _write(mark.pace)[1:],
            "away": mark.away_s,
            "lead": mark.lead,
            "date": mark.date,
        }
        return ["begin", {**about, **more}]
    if isinstance(mark, Answered):
        return ["life", mark.number, mark.condition, mark.tries]
    if isinstance(mark, Used):
        return ["uses", dict(mark.files)]
    if isinstance(mark, Edited):
        return ["edited"]
    return ["pace", mark.aspect, mark.rows, mark.cells_per_frame, mark.fps]


def _read(row: object) -> Mark | None:
    kind, *rest = _row(row)
    if kind == "begin":
        (about,) = rest
        if not isinstance(about, dict):
            raise ValueError("no beginning")
        kept = tuple(_read_message(entry) for entry in _row(about.get("kept")))
        scene, show = _text(about.get("scene")), _text(about.get("show"))
        seed = _whole(about.get("seed"), 0, 2**63 - 1)
        pace = _read_pace(_row(about.get("pace"), 4))
        away, lead = _number(about.get("away"), 0.0, 1e9), _whole(about.get("lead"), 0, 1000)
        date = _text(about.get("date", ""))
        return Beginning(scene, show, seed, pace, kept, away, lead, date)
    if kind == "life":
        number, condition, tries = rest
        if condition not in CONDITIONS:
            raise ValueError("no condition")
        return Answered(_whole(number, 1, 9), _text(condition), _whole(tries, 0, 10**6))
    if kind == "uses":
        (files,) = rest
        if not isinstance(files, dict):
            raise ValueError("no files")
        return Used({_text(name): _text(told) for name, told in files.items()})
    if kind == "edited":
        return Edited()
    return _read_pace(rest) if kind == "pace" else None


def _read_pace(row: Sequence[object]) -> Pace:
    aspect, rows, cells, fps = row
    return Pace(
        _number(aspect, 0.01, 100.0),
        None if rows is None else _whole(rows, 1, LARGEST_SIDE),
        None if cells is None else _number(cells, 1.0, 1e15),
        _number(fps, 0.1, FASTEST),
    )


def _read_message(row: object) -> Message:
    address, *arguments = _row(row)
    return Message(_text(address), tuple(_argument(value) for value in arguments))


def _argument(value: object) -> Argument:
    if isinstance(value, list):
        return tuple(_argument(inner) for inner in value)
    if isinstance(value, dict) and value.keys() == {BYTES}:
        return base64.b64decode(_text(value[BYTES]), validate=True)  # raises ValueError
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise ValueError("no argument")


def _write_bytes(value: object) -> object:
    """What JSON does not know. Raises TypeError for all but bytes."""
    if not isinstance(value, bytes):
        raise TypeError(f"no place on a tape for {type(value).__name__}")
    return {BYTES: base64.b64encode(value).decode("ascii")}


def _row(value: object, length: int | None = None) -> list[Any]:
    if not isinstance(value, list) or (length is None and not isinstance(value, list)):
        raise ValueError("no list")
    if length is not None and len(value) != length:
        raise ValueError("a list of another length")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def _number(value: object, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("no number")
    if not (math.isfinite(value) and low <= value <= high):
        raise ValueError("a number out of its range")
    return float(value)


def _whole(value: object, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError("no whole number in its range")
    return value
