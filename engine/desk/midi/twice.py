"""What comes by two ways counts once.

A sequencer that plays into our port is a port that we read, too, and one that echoes a controller
sends what the controller has sent. In: messages, with their time and whether they came by our port.
Out: whether the same has just come by the other way. Knows no devices; any thread may use it.
"""

from __future__ import annotations

import threading
from collections import deque

SPAN_NS = 30_000_000  # between the two, at most


class Twice:
    """Remembers the last messages of both ways."""

    def __init__(self) -> None:
        self._lately: deque[tuple[int, bool, bytes]] = deque()
        self._lock = threading.Lock()

    def has_come(self, data: bytes, is_ours: bool, time_ns: int) -> bool:
        """Whether it is the second of two; each first has one second at most."""
        with self._lock:
            while self._lately and self._lately[0][0] < time_ns - SPAN_NS:
                self._lately.popleft()
            for first in self._lately:
                if first[1] != is_ours and first[2] == data:
                    self._lately.remove(first)
                    return True
            self._lately.append((time_ns, is_ours, data))
            return False
