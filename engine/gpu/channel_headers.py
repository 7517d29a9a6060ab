"""What a model's header says of its channels becomes facts: REST, BRUSH, RANGE, SHOWN, PUSH.

In: the MORPHOGEN object, and how many channels there are. Out: a number, a pair or a weight for each; what is
wrong goes to `complain`, and reads as if it were left out. Text only; never GL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.gpu.rule_headers import Complain
from engine.show.catalogue import Shown


def read_vector(
    table: Mapping[str, Any], key: str, count: int, fallback: float, complain: Complain
) -> tuple[float, ...]:
    """REST or BRUSH: a number for each channel."""
    value = table.get(key, [fallback] * count)
    if not isinstance(value, list) or len(value) != count or not all(map(is_number, value)):
        complain(key, f"{key} wants {count} numbers, one per channel")
        return (fallback,) * count
    return tuple(float(number) for number in value)


def read_ranges(
    table: Mapping[str, Any], count: int, complain: Complain
) -> tuple[tuple[float, float], ...]:
    """RANGE: the lowest and highest number of each channel."""
    pairs = table.get("RANGE", [[-1e3, 1e3]] * count)
    if (
        not isinstance(pairs, list)
        or len(pairs) != count
        or any(not isinstance(pair, list) or len(pair) != 2 for pair in pairs)
        or any(not (is_number(low) and is_number(high) and low < high) for low, high in pairs)
    ):
        complain("RANGE", f"RANGE wants {count} pairs [low, high]")
        return ((-1e3, 1e3),) * count
    return tuple((float(low), float(high)) for low, high in pairs)


def read_push(
    table: Mapping[str, Any], channels: Sequence[str], complain: Complain
) -> tuple[int, int] | None:
    """PUSH: the channels, from 0, that a finger's own velocity goes into, if it goes anywhere."""
    names = table.get("PUSH")
    if names is None:
        return None
    if (
        not isinstance(names, list)
        or len(names) != 2
        or names[0] == names[1]
        or any(name not in channels for name in names)
    ):
        complain("PUSH", "PUSH wants two CHANNELS: a velocity across, and up")
        return None
    return channels.index(names[0]), channels.index(names[1])


def read_shown(table: Mapping[str, Any], count: int, complain: Complain) -> tuple[Shown, ...]:
    """SHOWN: the two numbers that a look sees, as weights of the channels and an offset."""
    rows = table.get("SHOWN", [[1.0], [0.0, 1.0]])
    if (
        not isinstance(rows, list)
        or len(rows) != 2
        or any(not isinstance(row, list) or not 1 <= len(row) <= 5 for row in rows)
        or not all(is_number(number) for row in rows for number in row)
    ):
        complain("SHOWN", "SHOWN wants two rows: weights of the channels, then an offset")
        rows = [[1.0], [0.0, 1.0]]
    return tuple(_read_row(row, count) for row in rows)


def is_number(value: object) -> bool:
    """Whether a value of a header is a number that a float32 holds."""
    return isinstance(value, (int, float)) and type(value) is not bool and abs(value) < 1e30


def _read_row(row: list[float], count: int) -> Shown:
    """(weight of channel 1, weight of channel 2, offset) from the header's shorter forms."""
    weights = [float(v) for v in row[: min(count, 2)]]
    offset = float(row[count]) if len(row) > count else 0.0
    first, second = (*weights, 0.0, 0.0)[:2]
    return first, second, offset
