"""Who hears what happens here: a table of peers. In: what they say of it. Out: the peers there are.

    /hello [port] [name]   tell me all there is, then every change; here, or at that port of my host
    /bye [port]            no more

A button of a panel may say either: 1 is no port, and 0, the button let go, is nothing said. At most
MOST peers; one is forgotten after an hour without a word, or for another when it was silent for a
minute. Knows no socket and no thread: whoever uses it from more than one holds a lock.
"""

from __future__ import annotations

from engine.desk.notes import quote
from engine.desk.osc.access import is_loopback
from engine.desk.osc.peer import Peer, Target
from engine.message import Message

MOST = 16
PATIENCE_NS = 3600 * 1_000_000_000  # a phone may sleep so long and still be told when it wakes
GIVES_WAY_NS = 60 * 1_000_000_000
LOWEST_PORT = 1024  # nobody listens below it
NAME = 40  # characters


class Peers:
    """The peers by where they listen, and by where they speak from."""

    def __init__(self) -> None:
        self._peers: dict[Target, Peer] = {}
        self._sources: dict[Target, Peer] = {}

    def __len__(self) -> int:
        return len(self._peers)

    @property
    def all(self) -> list[Peer]:
        return list(self._peers.values())

    def find(self, sender: Target) -> Peer | None:
        """The peer who speaks: from a port it is known by, or from a host where there is no other.

        On this computer there may be many programs: there the port alone decides.
        """
        peer = self._sources.get(sender)
        if peer is None and self._peers and not is_loopback(str(sender[0])):
            there = [peer for peer in self.all if peer.target[0] == sender[0]]
            return there[0] if len(there) == 1 else None
        return peer

    def greet(self, target: Target, name: str, sender: Target, now_ns: int) -> Peer | None:
        """The peer that listens at `target`, there from now on; None where there is no room."""
        peer = self._peers.get(target)
        if peer is None:
            if len(self) >= MOST:
                silent = min(self.all, key=lambda peer: peer.heard_ns)
                if now_ns - silent.heard_ns < GIVES_WAY_NS:
                    return None
                self.forget(silent)
            peer = self._peers[target] = Peer(target)
        peer.name = name or peer.name
        peer.heard_ns, peer.failing_ns, peer.retry_ns = now_ns, None, 0
        self._drop_sources(peer)
        peer.speak_from(sender)
        self._sources |= dict.fromkeys(peer.sources, peer)
        return peer

    def forget(self, peer: Peer) -> None:
        """It is told no more."""
        self._peers.pop(peer.target, None)
        self._drop_sources(peer)

    def forget_silent(self, now_ns: int) -> list[Peer]:
        """Forget those that have said nothing for an hour; who they were."""
        silent = [peer for peer in self.all if now_ns - peer.heard_ns > PATIENCE_NS]
        for peer in silent:
            self.forget(peer)
        return silent

    def _drop_sources(self, peer: Peer) -> None:
        self._sources = {s: known for s, known in self._sources.items() if known is not peer}


def read_target(message: Message, sender: Target) -> Target | None:
    """Where the sender of `/hello` or `/bye` wants to hear; None for a button let go or no port."""
    for argument in message.arguments:
        if isinstance(argument, int | float):
            if argument in (0, 1):
                return sender if argument else None
            if not LOWEST_PORT <= argument <= 65535:  # NaN neither
                return None
            return sender[0], int(argument), *sender[2:]
    return sender


def read_name(message: Message) -> str:
    """What the sender calls itself; "" if it does not say."""
    return next((word for word in message.arguments if isinstance(word, str)), "")[:NAME]


def describe_peer(peer: Peer) -> str:
    """For people: `'phone' at 192.168.1.7:9000`."""
    name = f"{quote(peer.name)} " if peer.name else ""
    return f"{name}at {peer.target[0]}:{peer.target[1]}"
