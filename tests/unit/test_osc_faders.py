"""Faders go straight through the gate: what comes of a message is the same as if each were heard."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from queue import SimpleQueue
from typing import Any

import pytest

from engine.desk.mirror import Mirror
from engine.desk.monitor.monitor import Monitor
from engine.desk.notes import Notes
from engine.desk.osc.access import Access
from engine.desk.osc.echo import Echo
from engine.desk.osc.gate import Gate
from engine.desk.osc.receiver import Sender
from engine.desk.osc.sorter import NOT_SAVED, Sorter
from engine.keep import SAVING
from engine.message import Message
from engine.osc_writing import encode, encode_bundle
from engine.pipe import Outbox

HERE, THERE = ("127.0.0.1", 7000), ("192.0.2.7", 7000)
ADDRESSES = [
    *("/macro/1", "/layer/2/param/feed", "/param/*", "/{macro,x}/1", "/opacity", "/blackout"),
    *("/splat", "/layer/1/draw", "/touch/1", "/seed", "/snapshot/go", "/tape/play", "/ping"),
    *("/get", "/list/macros", "/learn/macro", "/desk/peers", "/window/key"),
    *("/fader/1", "/live/track/volume", "/status/frames", "/state/begin"),
    *sorted(SAVING),
    *(f"/layer/3{address}" for address in sorted(SAVING)),
]
GREETINGS = ["/hello", "/bye", "/monitor"]  # while somebody watches everything is heard
WORDS: list[tuple[Any, ...]] = [
    *((), (0.5,), (1.0,), (3,), (0,), (2.0**-30,), (0.1,), ("+", 0.25), ("pickup", 0.25)),
    *(("?",), ("?", 0.5), (float("nan"),), (0.5, 0.25), ("a", "b", 0.5), (True,), (0.5, "a")),
]


class _Desk:
    """A gate with all that hears behind it; no socket and no thread of its own."""

    def __init__(self, outbox: Outbox, everything: bool) -> None:
        self.time_ns = 10**9
        self.queue: SimpleQueue[Any] = SimpleQueue()
        self.replies: list[tuple[bytes, Sender]] = []
        self.heard: list[Message] = []
        mirror = Mirror()
        mirror.take([Message("/macro/1", (0.5,)), Message("/param/feed", (0.5,))])
        notes = Notes(lambda: self.time_ns, lambda line: None)
        self.echo = Echo(mirror, notes, lambda: self.time_ns)
        self.monitor = Monitor(mirror, lambda: self.time_ns)
        self.sorter = Sorter(self.echo, self.monitor, self.queue, outbox)
        find: Callable[[str], list[str]] = lambda pattern: ["/macro/1", "/macro/2"]  # noqa: E731
        attends = {} if everything else {"attends": self.sorter.attends}
        self.gate = Gate(self._hear, self._reply, notes, Access(), find, **attends)

    def read(self, *datagrams: tuple[bytes, Sender]) -> list[Message]:
        self.time_ns += 500_000
        messages: list[Message] = []
        self.gate.read(datagrams, self.time_ns, messages)
        return messages

    def _hear(self, message: Message, sender: Sender) -> bool:
        self.heard.append(message)
        return self.sorter.hear(message, sender)

    def _reply(self, datagram: bytes, sender: Sender) -> None:
        self.replies.append((datagram, sender))


@contextmanager
def _desks() -> Iterator[tuple[_Desk, _Desk]]:
    """One that lets faders pass, one that hears everything."""
    reader, writer = Pipe(duplex=False)
    with reader, writer, Outbox(writer) as outbox:
        yield _Desk(outbox, False), _Desk(outbox, True)


def _told(messages: list[Message]) -> list[str]:
    return [f"{message}" for message in messages]  # as text, for NaN is not itself


def _draw(rng: random.Random, addresses: list[str]) -> tuple[bytes, Sender]:
    sender = (rng.choice(("127.0.0.1", "192.0.2.7")), rng.choice((7000, 7001)))
    messages = [Message(rng.choice(addresses), rng.choice(WORDS)) for _ in range(2)]
    match rng.randrange(12):
        case 0:
            return encode_bundle(messages), sender
        case 1:
            whole = bytearray(encode(messages[0]))
            whole[rng.randrange(len(whole))] = rng.randrange(256)
            return bytes(whole), sender
    return encode(messages[0]), sender


@pytest.mark.parametrize("greetings", [[], GREETINGS[:2], GREETINGS])
def test_the_same_comes_of_any_datagrams_as_if_each_were_heard(greetings: list[str]) -> None:
    rng = random.Random(5)
    with _desks() as (quick, thorough):
        for _ in range(500):
            batch = [_draw(rng, ADDRESSES + greetings) for _ in range(rng.choice((1, 8, 64)))]
            assert _told(quick.read(*batch)) == _told(thorough.read(*batch))
            assert quick.replies == thorough.replies
            assert quick.queue.qsize() == thorough.queue.qsize()
            assert quick.echo.places == thorough.echo.places
        for one, other in (
            (quick.gate.taken, thorough.gate.taken),
            (quick.gate.dropped, thorough.gate.dropped),
            (quick.gate.malformed, thorough.gate.malformed),
            (quick.sorter.refused, thorough.sorter.refused),
        ):
            assert one == other and one
        assert greetings == GREETINGS or len(quick.heard) < len(thorough.heard)


def test_a_fader_is_heard_once_and_then_passes() -> None:
    with _desks() as (desk, _):
        for value in (0.25, 0.5, 0.75):
            assert desk.read((encode(Message("/macro/1", (value,))), HERE)) == [
                Message("/macro/1", (value,), desk.time_ns)
            ]
        assert len(desk.heard) == 1 and desk.gate.taken == 3


def test_what_this_computer_may_save_passes_for_nobody_else() -> None:
    saves = [encode(Message(address, (1.0,))) for address in SAVING]
    with _desks() as (desk, _):
        assert len(desk.read(*((datagram, HERE) for datagram in saves * 2))) == 2 * len(SAVING)
        assert not desk.read(*((datagram, THERE) for datagram in saves))
        assert desk.sorter.refused == {NOT_SAVED: len(SAVING)}


def test_what_a_peer_moves_is_heard_from_its_greeting_to_its_goodbye() -> None:
    fader, hello, bye = (
        (encode(Message(*words)), HERE) for words in (("/macro/1", (0.5,)), ("/hello",), ("/bye",))
    )
    with _desks() as (desk, _):
        desk.read(fader, fader)
        desk.heard.clear()
        assert len(desk.read(fader, hello, fader, fader, bye, fader)) == 4
        assert [message.address for message in desk.heard] == [
            *("/hello", "/macro/1", "/macro/1", "/bye")
        ]


def test_who_watches_sees_every_fader() -> None:
    fader, watch = encode(Message("/macro/1", (0.5,))), encode(Message("/monitor", (1,)))
    with _desks() as (desk, _):
        desk.read((fader, THERE), (fader, THERE))
        desk.heard.clear()
        desk.read((watch, HERE), (fader, THERE), (fader, THERE))
        assert [message.address for message in desk.heard] == ["/monitor", "/macro/1", "/macro/1"]
