"""Messages that wait in RtMidi's own memory, fetched by a thread of ours.

On JACK a callback into Python would run in the server's round, and wait there for the interpreter:
with much else to do it is late, and JACK lets the late one read what is half overwritten. So there
RtMidi keeps what comes, and this thread fetches it a thousand times a second, less often while all
is quiet. In: clients. Out: calls with bytes, from the thread.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

from engine.desk.midi.backend import MidiInput, Receive

BUSY_S = 0.001
QUIET_S = 0.005
QUIET_AFTER = 1000  # rounds in which nothing came
AT_ONCE = 1024  # messages of one client, before it is another's turn


class Poller:
    """Owns the thread, which lives while there are clients. Use it from one thread."""

    def __init__(self) -> None:
        self._clients: dict[MidiInput, Receive] = {}
        self._lock = threading.Lock()  # nobody closes a client while it is read
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, client: MidiInput, receive: Receive) -> None:
        """Read a client from now on."""
        with self._lock:
            self._clients[client] = receive
        if self._thread is None:
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name="midi", daemon=True)
            self._thread.start()

    def remove(self, client: MidiInput, close: Callable[[], None]) -> None:
        """Read it no longer, and close it."""
        with self._lock:
            self._clients.pop(client, None)
            close()
        if not self._clients and self._thread is not None:
            self._stop.set()
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        quiet = 0
        while not self._stop.wait(BUSY_S if quiet < QUIET_AFTER else QUIET_S):
            with self._lock:
                heard = [fetch(client, receive) for client, receive in self._clients.items()]
            quiet = 0 if any(heard) else quiet + 1


def fetch(client: MidiInput, receive: Receive) -> int:
    """Hand on what waits in one client; how many messages that was."""
    count = 0
    with contextlib.suppress(Exception):  # the bindings have no common base class
        while count < AT_ONCE and (data := client.read()):
            receive(data)
            count += 1
    return count
