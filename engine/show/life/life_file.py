"""A scene's `[life]` read: what is done about a field that is dead, saturated or frozen, and when.

[life]
dead = "reseed"         saturated = "reseed"     frozen = "nudge"      reseed | nudge | next | ignore
after = 3               frozen_after = 20        seconds that it may last
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.errors import Complaint, suggest
from engine.show.life.life import ANSWERS, CONDITIONS, Care

SECONDS = ("after", "frozen_after")
LEAST, MOST = 1.0, 3600.0


def read_life(
    table: Mapping[str, Any], place: Callable[[tuple[str | int, ...]], str]
) -> tuple[Care, list[Complaint]]:
    """The care that a scene's `table` asks for, and what is wrong with it; `place` finds a key."""
    usual = Care()
    wrong: list[Complaint] = []
    given = table.get("life", {})
    if not isinstance(given, dict):
        where = place(("life",))
        return usual, [Complaint(where, "'life' must be a table", "Write [life] on its own line.")]
    answers = dict(usual.answers)
    seconds = {"after": usual.after, "frozen_after": usual.frozen_after}
    for key, value in given.items():
        where = place(("life", key))
        if key in CONDITIONS:
            if value in ANSWERS:
                answers[key] = str(value)
            else:
                remedy = suggest(str(value), ANSWERS)
                wrong.append(Complaint(where, f"no answer '{value}' to a {key} field", remedy))
        elif key not in SECONDS:
            remedy = suggest(key, (*CONDITIONS, *SECONDS))
            wrong.append(Complaint(where, f"unknown key '{key}' in [life]", remedy))
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            wrong.append(Complaint(where, f"'{key}' must be a number"))
        elif not LEAST <= value <= MOST:
            remedy = f"It lies between {LEAST:g} and {MOST:g}."
            wrong.append(Complaint(where, f"'{key}' is {value}", remedy))
        else:
            seconds[key] = float(value)
    return Care(answers, seconds["after"], seconds["frozen_after"]), wrong
