"""A `[seed]` table, read. In: the table, and where it stands. Out: a `SeedSpec`, or all its mistakes.

Never opens a file that a seed names: whether it is there is known when the field begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.errors import Complaint, MorphogenError
from engine.show.kinds import parse_kind
from engine.show.seeds.seed import ARGUMENTS, SeedSpec


def parse_seed(
    table: Mapping[str, Any],
    where: str | Callable[[str], str],
    ranges: Sequence[tuple[float, float]] | None = None,
) -> SeedSpec:
    """The spec in a `[seed]` table; what it leaves out takes its default.

    `where` is the table's `file:line`, or a function from a key to its own; `ranges` are the model's
    (low, high) of each channel, if states are to be held against them. Raises MorphogenError
    with every mistake. Whether a file exists is known to `make_seed` only.
    """

    def place(key: str) -> str:
        return where if isinstance(where, str) else where(key)

    own = {key: value for key, value in table.items() if key != "also"}
    complaints: list[Complaint] = []
    also = None
    if "also" in table:
        try:
            also = _parse_also(table["also"], place("also"), ranges)
        except MorphogenError as error:
            complaints += error.complaints
    kind = ""
    values: dict[str, Any] = {}
    try:
        kind, values = parse_kind(own, ARGUMENTS, "seed", place)
    except MorphogenError as error:
        complaints += error.complaints
    for key in ("state", "base"):
        given = values.get(key, ())
        if given and ranges is not None:
            complaints += _check_state(key, given, ranges, place(key))
    if complaints:
        raise MorphogenError(*complaints)
    return SeedSpec(kind, values, place("kind"), also)


def _parse_also(
    table: object, where: str, ranges: Sequence[tuple[float, float]] | None
) -> SeedSpec:
    """What is laid over the first seed: it has no base of its own, and nothing over it."""
    if not isinstance(table, Mapping):
        remedy = 'For instance also = { kind = "noise" }.'
        raise MorphogenError(Complaint(where, "'also' in [seed] must be a table", remedy))
    for key, value in (("also", table.get("also")), ("base", table.get("base"))):
        if value:
            raise MorphogenError(Complaint(where, f"'also' in [seed] takes no '{key}'"))
    if table.get("kind") == "previous":
        what = "'also' in [seed] cannot be of kind 'previous'"
        raise MorphogenError(Complaint(where, what, "Write the two the other way round."))
    return parse_seed(table, where, ranges)


def _check_state(
    key: str, state: Sequence[float], ranges: Sequence[tuple[float, float]], where: str
) -> list[Complaint]:
    if len(state) != len(ranges):
        what = f"'{key}' in [seed] has {len(state)} numbers, the model {len(ranges)} channels"
        return [Complaint(where, what)]
    return [
        Complaint(where, f"'{key}' in [seed] has {number:g}, not within {low:g}..{high:g}")
        for number, (low, high) in zip(state, ranges, strict=True)
        if not low <= number <= high
    ]
