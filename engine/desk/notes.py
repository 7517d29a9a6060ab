"""What the desk tells its operator. In: notes. Out: lines, one a note, never a flood of them.

Strings from the network are shown only through `quote`, so that none can drive a terminal.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

SHOWN = 120  # characters of a string from outside
BURST = 10  # lines of one kind ...
SPAN_NS = 10_000_000_000  # ... in this time


def quote(text: str) -> str:
    """The text as ASCII in quotes, control and foreign characters escaped, cut at 120."""
    shown = ascii(text[:SHOWN])
    return shown if len(shown) <= SHOWN and len(text) <= SHOWN else shown[: SHOWN - 3] + "..."


def plain(text: str, most: int = SHOWN) -> str:
    """The same without quotes, for what is not all from outside: printable ASCII stays as it is."""
    shown = "".join(sign if " " <= sign <= "~" else ascii(sign)[1:-1] for sign in text[: most + 1])
    return shown if len(shown) <= most else f"{shown[: most - 3]}..."


class Notes:
    """Writes notes, at most BURST of one kind in SPAN_NS; says afterwards how many it left out."""

    def __init__(self, clock_ns: Callable[[], int], write: Callable[[str], object]) -> None:
        self._clock_ns = clock_ns
        self._write = write
        self._spans: dict[str, list[int]] = {}  # kind -> start of its span, notes in it
        self._lock = threading.Lock()
        self._follow: Callable[[str, str], object] | None = None

    def follow(self, hear: Callable[[str, str], object]) -> None:
        """Tell each note with its kind to `hear`, too, also those that are left out here."""
        self._follow = hear

    def say(self, kind: str, text: str) -> None:
        """Write one line. `kind` is one of a few words of ours, never a string from outside."""
        if self._follow:
            self._follow(kind, text)
        with self._lock:
            now = self._clock_ns()
            start, count = self._spans.get(kind, [now, 0])
            lines = [text]
            if now - start > SPAN_NS:
                if count > BURST:
                    lines.insert(0, f"{kind}: {count - BURST} more of these left out")
                start, count = now, 0
            self._spans[kind] = [start, count + 1]
            if count < BURST:
                for line in lines:
                    self._write(f"desk: {line}\n")


def write_stderr(line: str) -> None:
    """Write to stderr; a closed terminal is no reason to stop."""
    try:
        sys.stderr.write(line)
        sys.stderr.flush()
    except (OSError, ValueError):
        pass
