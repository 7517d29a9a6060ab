"""Whether what is to be played, and kept of it, can be: said before any process is started for it.

In: what was typed. Out: nothing, a line, or a MorphogenError. Reads the names of files, and of one show its
hours: a picture has to be there at once.
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

from engine.assets import Assets
from engine.errors import Complaint, MorphogenError, suggest

PLACES = (
    ("config", "shows", "*.toml"),
    ("scenes", "", "*.toml"),
    ("shaders", "generators", "*.fs"),
)


def check_start(assets: Assets, start: str) -> None:
    """Raise MorphogenError if no show, scene or generator is called so. A broken one may be."""
    known = [
        path.stem
        for name, inside, pattern in PLACES
        for path in (assets.both(name) / inside).files(pattern)
    ]
    if start not in known:
        raise MorphogenError(Complaint(start, "no such show or scene", suggest(start, known)))


def describe_hours(assets: Assets, start: str, now: datetime) -> str:
    """Why a show that begins `now` stays dark, if it is outside its opening hours; else nothing."""
    from engine.show.cues.hours import is_open, parse_span

    path = (assets.both("config") / "shows").find(f"{start}.toml")
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8")).get("hours", [])
        spans = [written] if isinstance(written, str) else list(written)
        hours = tuple(parse_span(span) for span in spans)
    except (OSError, TypeError, ValueError, AttributeError):
        return ""  # no show, or one whose mistakes are told by who plays it
    if is_open(hours, now):
        return ""
    return f"'{start}' is closed now and stays dark ({', '.join(spans)}); /opening open plays it at once"


def check_keeping(record: Path | None, codec: str | None, tape: Path | None) -> None:
    """Raise MorphogenError if a film or a tape of these names could not be kept, or not be found again."""
    from engine.output.codecs import choose_codec
    from engine.tape.reading import SUFFIX

    if record is not None:
        choose_codec(record, codec)
        if not record.parent.is_dir():
            what = f"there is no folder '{record.parent}'"
            raise MorphogenError(Complaint(str(record), what, "Make it first."))
    if tape is not None and tape.suffix != SUFFIX:
        what = f"a tape's name ends in {SUFFIX}"
        raise MorphogenError(Complaint(str(tape), what, f"Say {tape.name or 'set'}{SUFFIX}."))
