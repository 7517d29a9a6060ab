"""Patterns and strangers, through a real socket."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from engine.desk.notes import Notes
from engine.desk.osc.access import Access
from engine.desk.osc.pattern import Addresses
from engine.desk.osc.port import OscPort
from engine.desk.osc.receiver import Sender
from engine.message import Message
from engine.osc_writing import encode, encode_bundle
from tests.desk import Desk
from tests.jack import wait_for

MACROS = [f"/macro/{number}" for number in range(1, 9)]


def _hear_nothing(message: Message, sender: Sender) -> bool:
    return False


@contextmanager
def _port(taken: list[Message], lines: list[str], allowed: Sequence[str] = ()) -> Iterator[OscPort]:
    known = Addresses(MACROS)
    with OscPort(
        ("0.0.0.0" if allowed else "127.0.0.1", 0),
        taken.extend,
        _hear_nothing,
        Notes(time.monotonic_ns, lines.append),
        time.monotonic_ns,
        access=Access(allowed),
        find=lambda pattern: known.find(pattern, 256),
    ) as port:
        yield port


def _send(port: OscPort, *datagrams: bytes, sender: str = "127.0.0.1") -> None:
    assert port.address is not None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.bind((sender, 0))
        for datagram in datagrams:
            peer.sendto(datagram, ("127.0.0.1", port.address[1]))


def test_a_pattern_moves_all_that_it_means_in_their_order() -> None:
    taken: list[Message] = []
    with _port(taken, []) as port:
        bundle = [Message("/a"), Message("/macro/[2-4]", (0.5,)), Message("/b")]
        _send(port, encode_bundle(bundle), encode(Message("/{macro,x}/8", (1,))))
        wait_for(lambda: len(taken) == 6, "the messages")
    expected = ["/a", "/macro/2", "/macro/3", "/macro/4", "/b", "/macro/8"]
    assert [message.address for message in taken] == expected
    assert [message.arguments for message in taken[1:4]] == [(0.5,)] * 3


def test_a_pattern_that_is_none_is_counted_and_the_rest_of_its_bundle_taken() -> None:
    taken: list[Message] = []
    lines: list[str] = []
    with _port(taken, lines) as port:
        _send(
            port, encode_bundle([Message("/macro/{1"), Message("/macro/[1", (1,)), Message("/b")])
        )
        wait_for(lambda: taken, "the message")
        assert port.gate.malformed == {"address pattern": 2} and len(lines) == 1


def test_patterns_count_against_the_rate() -> None:
    taken: list[Message] = []
    with _port(taken, []) as port:
        _send(port, *[encode(Message("/macro/*", (0.5,)))] * 3000)
        wait_for(lambda: port.gate.taken + port.gate.dropped.total() == 3000, "all datagrams")
        assert port.gate.dropped["over the rate of one sender"] > 1000
        assert len(taken) < 20_000


def test_a_stranger_is_counted_unread_and_said_once() -> None:
    taken: list[Message] = []
    lines: list[str] = []
    with _port(taken, lines, ["127.0.0.3/32"]) as port:
        assert "127.0.0.3/32" in lines[0] and "every" not in lines[0]
        _send(port, encode(Message("/bad")), b"junk", sender="127.0.0.2")
        _send(port, encode(Message("/listed")), sender="127.0.0.3")
        _send(port, encode(Message("/own")))
        wait_for(lambda: len(taken) == 2, "the messages of those who may")
        assert [message.address for message in taken] == ["/listed", "/own"]
        assert port.gate.dropped == {"sender not allowed": 2} and not port.gate.malformed
        assert len(lines) == 2 and "127.0.0.2" in lines[1] and "--osc-allow" in lines[1]


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells")
def test_what_the_system_threw_away_is_counted() -> None:
    taken: list[Message] = []
    busy, free = threading.Event(), threading.Event()

    def take(messages: Sequence[Message]) -> None:
        busy.set()
        free.wait(30)
        taken.extend(messages)

    notes = Notes(time.monotonic_ns, lambda line: None)
    with (
        OscPort(("127.0.0.1", 0), take, _hear_nothing, notes, time.monotonic_ns) as port,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer,
    ):
        assert port.address is not None and port.count_unread() == 0
        peer.sendto(encode(Message("/first")), port.address)
        assert busy.wait(10)
        large = encode(Message("/a", ("x" * 8000,)))
        for _ in range(2000):  # sixteen megabytes
            peer.sendto(large, port.address)
        unread = port.count_unread()
        assert 0 < unread < 2000
        free.set()
        wait_for(lambda: len(taken) + unread == 2001, "the rest")


def test_midi_inside_osc_plays_like_a_controllers() -> None:
    with Desk() as desk, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        wait_for(lambda: desk.look().get("/desk/osc"), "the desk's OSC port")
        peer.connect(desk.look()["/desk/osc"])
        note = bytes((0, 0x90, 39, 100))  # of the generic controller: the fourth scene
        peer.send(b"/midi\0\0\0,m\0\0" + note)
        wait_for(lambda: desk.drain(), "what the note plays")
        assert desk.drain()[0].address == "/scene/go"


def test_every_refusal_can_be_asked_for_by_its_reason() -> None:
    with Desk() as desk:
        wait_for(lambda: desk.look().get("/desk/osc"), "the desk's OSC port")
        address = desk.look()["/desk/osc"]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.settimeout(0.5)
            peer.connect(address)
            peer.send(b"abc")
            peer.send(encode(Message("/x//y")))
            for question, count in (
                ("/status/malformed/size-is-no-multiple-of-4", 1),
                ("/status/malformed/empty-part-in-an-address", 1),
                ("/status/malformed", 2),
                ("/status/dropped/stage-behind", 0),
            ):
                wanted = encode(Message(question, (count,)))

                def is_told(question: str = question, wanted: bytes = wanted) -> bool:
                    peer.send(encode(Message("/get", (question,))))
                    return peer.recv(1000) == wanted

                wait_for(is_told, question)
