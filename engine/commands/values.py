"""What is typed behind an option becomes a value, or a mistake in words.

In: a text. Out: the value. Raises `argparse.ArgumentTypeError`, which the parser turns into a line.
"""

from __future__ import annotations

import argparse

from engine.errors import suggest


def read_size(text: str) -> tuple[int, int]:
    """Width and height in pixels, like 1280x720."""
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"'{text}' is no size like 1280x720")
    size = int(width), int(height)
    if not all(16 <= side <= 8192 for side in size):
        raise argparse.ArgumentTypeError(f"'{text}': each side 16 to 8192")
    return size


def read_layout(text: str) -> str:
    """The id of a layout of the cells."""
    from engine.gpu.layout import LAYOUTS

    if text not in LAYOUTS:
        raise argparse.ArgumentTypeError(f"no layout '{text}'. {suggest(text, LAYOUTS)}")
    return text


def read_cells(text: str) -> tuple[int, int]:
    """Columns and rows of a map, like 36x24."""
    columns, _, rows = text.lower().partition("x")
    if not (columns.isdecimal() and rows.isdecimal()):
        raise argparse.ArgumentTypeError(f"'{text}' is no number of cells like 24x16")
    if not all(1 <= int(side) <= 256 for side in (columns, rows)):
        raise argparse.ArgumentTypeError(f"'{text}': each side 1 to 256")
    return int(columns), int(rows)


def read_range(text: str) -> tuple[float, float]:
    """A low and a high number, like 0.01:0.1."""
    low, _, high = text.partition(":")
    try:
        return float(low), float(high)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no range like 0.01:0.1") from None


def read_ranges(text: str) -> tuple[str, ...]:
    """Ranges of network addresses, like 192.168.1.0/24,10.0.0.7."""
    from engine.desk.osc.access import read_networks

    try:
        return read_networks(text)
    except ValueError as error:
        wanted = "Ranges are like 192.168.1.0/24 or 10.0.0.7, with commas between them"
        raise argparse.ArgumentTypeError(f"{error}. {wanted}") from None


def read_positive(text: str) -> float:
    """A number above 0."""
    try:
        number = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no number") from None
    if not 0 < number < 1e7:
        raise argparse.ArgumentTypeError(f"'{text}' must be above 0, and below ten million")
    return number


def read_rate(text: str) -> float:
    """Pictures a second: above 0, 1000 at most."""
    number = read_positive(text)
    if number > 1000:
        raise argparse.ArgumentTypeError(f"'{text}' must be 1000 at most")
    return number


def read_few(text: str) -> int:
    """How many colours: 2 to 32."""
    if not (text.isdecimal() and len(text) <= 2 and 2 <= int(text) <= 32):
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 2 to 32")
    return int(text)


def read_time(text: str) -> float:
    """Seconds, or minutes and seconds, or hours too: 90, 1:30, 0:01:30.5."""
    parts = text.split(":")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no time like 1:30") from None
    seconds = sum(number * 60.0**power for power, number in enumerate(reversed(numbers)))
    if len(parts) > 3 or not all(0 <= number < 1e7 for number in numbers):
        raise argparse.ArgumentTypeError(f"'{text}' is no time like 1:30")
    return seconds


def read_grain(text: str) -> float:
    """How many times finer: from 0.25 to 8."""
    number = read_positive(text)
    if not 0.25 <= number <= 8:
        raise argparse.ArgumentTypeError(f"'{text}' must be 0.25 to 8")
    return number


def read_steps(text: str) -> int:
    """How many steps: 1 to a million."""
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of steps")
    return int(text)


def read_whole(text: str) -> int:
    """A whole number from 1 to 1000."""
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number from 1 to 1000")
    return int(text)


def read_seed(text: str) -> int:
    """A whole number from 0 that fits 31 bits."""
    if not text.isdecimal() or int(text) >= 2**31:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number from 0 to 2147483647")
    return int(text)


def read_port(text: str) -> int:
    """A UDP port; 0: none."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is no port")
    return int(text)


def read_channels(text: str) -> tuple[int, ...]:
    """Channels of an input, from 1, like 1,2."""
    words = [word.strip() for word in text.split(",")]
    if not all(word.isdecimal() and 1 <= int(word) <= 256 for word in words):
        raise argparse.ArgumentTypeError(f"'{text}' is no list of channels like 1,2")
    return tuple(int(word) for word in words)


def read_setting(text: str) -> tuple[str, str]:
    """`NAME=VALUE` as two texts."""
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"'{text}': NAME=VALUE is wanted, like size=0.5")
    return name.strip(), value.strip()
