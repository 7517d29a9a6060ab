"""Who watches. In: `/monitor [1|0]` and who sent it. Out: the watchers there are.

A watcher says it again every few seconds, or is forgotten. Knows no socket; whoever uses it from more
than one thread holds a lock.
"""

from __future__ import annotations

from engine.desk.osc.receiver import Sender
from engine.message import Message

ADDRESS = "/monitor"
MOST = 4
PATIENCE_NS = 10_000_000_000


class Watchers:
    """The watchers by where they listen."""

    def __init__(self) -> None:
        self._renewed_ns: dict[Sender, int] = {}

    def __len__(self) -> int:
        return len(self._renewed_ns)

    @property
    def all(self) -> list[Sender]:
        return list(self._renewed_ns)

    def greet(self, message: Message, sender: Sender, now_ns: int) -> bool:
        """Take what a watcher says: 0 is goodbye. Returns whether it watches now."""
        self.forget_silent(now_ns)
        if message.arguments and message.arguments[0] == 0:
            self._renewed_ns.pop(sender, None)
            return False
        if sender not in self._renewed_ns and len(self) >= MOST:
            return False
        self._renewed_ns[sender] = now_ns
        return True

    def forget_silent(self, now_ns: int) -> None:
        """Forget those who did not say it again in time."""
        for sender, renewed_ns in list(self._renewed_ns.items()):
            if now_ns - renewed_ns > PATIENCE_NS:
                del self._renewed_ns[sender]
