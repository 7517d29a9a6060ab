"""Whether what is to be played or rendered is a tape. In: a word. Out: the tape, read whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.tape.reading import Tape


def choose_tape(start: str) -> Tape | None:
    """The tape that is to be played, if it is one. Raises MorphogenError for one that is none."""
    from engine.tape.reading import SUFFIX, load_tape

    if not start.endswith(SUFFIX):
        return None
    return load_tape(Path(start))
