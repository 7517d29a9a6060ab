"""Poison through a real socket into a real desk: each counted by its reason, and the next one works."""

from __future__ import annotations

import socket
import struct
from collections import Counter

from engine.message import Message
from engine.osc_reading import decode
from engine.osc_writing import encode
from tests.desk import Desk
from tests.jack import wait_for
from tests.poison import LONGEST, POISON, TRAPS
from tests.show import make_director, send

FUTURE = b"#bundle\0" + struct.pack(">II", 0xFFFFFFFF, 0)  # the last second of 2036's era


def _ask(peer: socket.socket, address: str) -> Message | None:
    peer.send(encode(Message("/get", (address,))))
    try:
        return decode(peer.recv(65536), 0)[0]
    except TimeoutError:
        return None


def test_each_poison_is_counted_by_its_reason_and_the_desk_goes_on() -> None:
    sent = [poison for poison in POISON if len(poison.datagram) <= LONGEST]
    assert len(sent) == len(POISON)
    counts = Counter(poison.slug for poison in sent)
    counts["address-pattern-means-nothing"] = len(TRAPS)
    with Desk() as desk, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        wait_for(lambda: desk.look().get("/desk/osc"), "the desk's OSC port")
        peer.settimeout(1.0)
        peer.connect(desk.look()["/desk/osc"])
        for poison in sent:
            peer.send(poison.datagram)
        for trap in TRAPS:  # good patterns, which mean nothing here
            peer.send(encode(Message(trap, (1,))))
        later = encode(Message("/macro/2", (0.5,)))
        peer.send(FUTURE + struct.pack(">i", len(later)) + later)
        peer.send(encode(Message("/macro/1", (1.0,))))
        wait_for(lambda: desk.has("/macro/1", 1.0), "the good message")
        assert desk.has("/macro/2", 0.5)
        wait_for(
            lambda: (
                _ask(peer, "/status/malformed") == Message("/status/malformed", (counts.total(),))
            ),
            "the count of all",
        )
        for slug, count in counts.items():
            address = f"/status/malformed/{slug}"
            assert _ask(peer, address) == Message(address, (count,))
        assert _ask(peer, "/status/dropped") == Message("/status/dropped", (0,))
        assert {message.address for message in desk.drain()} == {"/macro/1", "/macro/2"}


def test_numbers_that_are_none_leave_the_old_value_and_are_counted() -> None:
    director = make_director()
    bank = director.layer(1).voice.bank
    send(director, "/param/feed", 0.05)
    for number in (float("nan"), float("inf"), float("-inf")):
        wire = decode(encode(Message("/param/feed", (number,))), 0)[0]
        assert send(director, wire.address, *wire.arguments) == 1
        assert bank.wanted("feed") == (0.05,)
    feed = director.layer(1).voice.parameters["feed"]
    low, high = feed.minimum, feed.maximum
    for huge, expected in (
        (1e38, high),
        (-1e300, low),
        (2**63, high),
        (-(2**63), low),
        (-0.0, low),
    ):
        wire = decode(encode(Message("/param/feed", (huge,))), 0)[0]
        assert send(director, wire.address, *wire.arguments) == 0
        assert bank.wanted("feed") == expected
