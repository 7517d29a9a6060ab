"""The mirror: what `/get` answers. In: the state as messages, and the desk's own counters. Out: the
newest value of an address. Written by one thread, read by any; never unsure while a state changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.desk.osc.addresses import FOCUS, name_for_peers, name_in_state, read_focus
from engine.house_addresses import STATE_BEGIN
from engine.message import Argument, Message

Arguments = tuple[Argument, ...]


class Mirror:
    """The state of the stage, and what the desk says of itself. `version` grows with each change."""

    def __init__(self) -> None:
        self._known: dict[str, Arguments] = {}
        self._fresh: dict[str, Arguments] | None = None  # a state that is still coming in
        self._own: Mapping[str, Arguments] = {}
        self._live: Mapping[str, Arguments] = {}
        self.version = 0
        self._named: tuple[int, dict[str, Arguments]] = (0, {})

    def get(self, address: str) -> Arguments | None:
        """The arguments of an address, None if it is unknown. From any thread.

        Without `/layer/<n>` in front it is the focused layer's.
        """
        return self._find(name_in_state(address, read_focus(self._find(FOCUS))))

    def view(self) -> dict[str, Arguments]:
        """All there is, by every name that peers know. From any thread; not to be changed."""
        version, named = self._named
        if version != self.version:
            version = self.version  # before it is read: what comes meanwhile is read again
            # Copies, which are made in one piece, while the other thread writes.
            known = {**self._known.copy(), **(self._fresh or {}).copy(), **self._own}
            named = name_for_peers(known)
            self._named = version, named
        return {**named, **self._live} if self._live else named

    def take(self, messages: Sequence[Message]) -> None:
        """Take what has come, nothing included: a new state is whole once nothing follows.

        Until then the old one answers for what has not come again.
        """
        if not messages and self._fresh:
            self._known = self._fresh  # in this order: a reader between the two finds all in both
            self._fresh = None
            self.version += 1
        for message in messages:
            if message.address == STATE_BEGIN:
                self._known = {**self._known, **(self._fresh or {})}
                self._fresh = {}
            elif self._fresh is None:
                self._known[message.address] = message.arguments
            else:
                self._fresh[message.address] = message.arguments
        if messages:
            self.version += 1

    def _find(self, name: str) -> Arguments | None:
        for values in (self._own, self._live, self._fresh, self._known):
            found = values.get(name) if values else None
            if found is not None:
                return found
        return None

    def tell(self, own: Mapping[str, Arguments]) -> None:
        """What the desk says of itself, all at once."""
        self._own = own
        self.version += 1

    def follow(self, live: Mapping[str, Arguments]) -> None:
        """Values that change all the time, under `/status/`: for those who ask, never echoed."""
        self._live = live
