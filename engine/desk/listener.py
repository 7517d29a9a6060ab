"""The listener: hands on what comes by a pipe as soon as it comes. In: a pipe. Out: calls, from its
own thread, each with the messages that came together.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from typing import Self

from engine.message import Message
from engine.pipe import Inbox

LOOK_S = 0.2  # how often a quiet listener looks whether it is to stop


class Listener:
    """Owns the thread that waits; `ended` once nothing can come any more."""

    def __init__(self, pipe: Connection, hear: Callable[[Sequence[Message]], None]) -> None:
        self._pipe = pipe
        self._hear = hear
        self._stop = threading.Event()
        self.ended = False
        self._thread = threading.Thread(target=self._listen, name="listener", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; the pipe stays open."""
        self._stop.set()
        self._thread.join(3 * LOOK_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _listen(self) -> None:
        inbox = Inbox(self._pipe)
        while not self._stop.is_set() and not inbox.ended:
            try:
                if wait([self._pipe], LOOK_S):
                    messages = inbox.drain()
                    if messages:
                        self._hear(messages)
            except OSError:  # the pipe is gone
                break
        self.ended = True
