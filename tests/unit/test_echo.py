"""The echo's own thread: what it does when a peer cannot be reached, and for how long."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator

import pytest

from engine.desk.mirror import Mirror
from engine.desk.notes import Notes
from engine.desk.osc.echo import RETRY_NS, UNREACHABLE_NS, Echo
from engine.desk.osc.peer import Target
from engine.desk.osc.peers import PATIENCE_NS
from engine.message import Argument, Message
from engine.osc_reading import decode
from tests.jack import wait_for

HERE = ("10.0.0.1", 9000)


class Wire:
    """A network in which sending goes wrong on demand, and a clock that stands until it is set."""

    def __init__(self) -> None:
        self.wrong: OSError | None = None
        self.tries = 0
        self.now_ns = 1
        self.lines: list[str] = []
        self.heard: dict[str, tuple[Argument, ...]] = {}
        self.mirror = Mirror()
        self.echo = Echo(self.mirror, Notes(lambda: 0, self.lines.append), lambda: self.now_ns)
        self.echo.serve(self.send, lambda target: target == ("10.0.0.9", 7777))

    def send(self, datagram: bytes, target: Target) -> OSError | None:
        self.tries += 1
        if self.wrong is None:
            self.heard |= {m.address: m.arguments for m in decode(datagram, 0)}
        return self.wrong

    def change(self, **values: float) -> None:
        self.mirror.take([Message(f"/{name}", (value,)) for name, value in values.items()])


@pytest.fixture
def wire() -> Iterator[Wire]:
    wire = Wire()
    wire.change(freeze=0.0)
    with wire.echo:
        yield wire


def test_a_peer_that_can_never_be_sent_to_is_forgotten_and_said(wire: Wire) -> None:
    wire.wrong = OSError(errno.EINVAL, "Invalid argument")
    wire.echo.hear(Message("/hello"), HERE)
    wait_for(lambda: not wire.echo.names, "its going")
    assert len(wire.lines) == 2 and "can't be reached" in wire.lines[1]


def test_what_changed_while_the_network_was_away_is_told_when_it_is_back(wire: Wire) -> None:
    wire.echo.hear(Message("/hello", ("phone",)), HERE)
    wait_for(lambda: "/freeze" in wire.heard, "the state")
    wire.wrong = OSError(errno.ENETUNREACH, "Network is unreachable")
    tries = wire.tries
    for step in range(1, 5):
        wire.change(freeze=step / 8)
        wait_for(lambda: wire.tries == tries + step, "a try")  # noqa: B023
        wire.now_ns += RETRY_NS
    wire.wrong = None
    wait_for(lambda: wire.heard["/freeze"] == (0.5,), "the newest value")
    assert wire.echo.names == ("'phone' at 10.0.0.1:9000",)


def test_a_peer_unreachable_for_too_long_is_forgotten(wire: Wire) -> None:
    wire.wrong = OSError(errno.EHOSTUNREACH, "No route to host")
    wire.echo.hear(Message("/hello"), HERE)
    wait_for(lambda: wire.tries, "a try")
    assert wire.echo.names
    wire.now_ns += UNREACHABLE_NS + RETRY_NS
    wait_for(lambda: not wire.echo.names, "its going")


def test_a_full_buffer_of_our_own_loses_nothing(wire: Wire) -> None:
    wire.wrong = BlockingIOError()
    wire.echo.hear(Message("/hello"), HERE)
    wait_for(lambda: wire.tries > 3, "some tries")
    wire.wrong = None
    wait_for(lambda: {"/hello", "/freeze"} <= wire.heard.keys(), "the state")


def test_a_peer_silent_for_an_hour_is_told_no_more(wire: Wire) -> None:
    wire.echo.hear(Message("/hello"), HERE)
    wait_for(lambda: "/freeze" in wire.heard, "the state")
    wire.now_ns += PATIENCE_NS - 1
    wire.echo.hear(Message("/macro/1", (0.5,)), HERE)  # a word from it, and it is known on
    wire.now_ns += 2
    wire.change(freeze=1.0)
    wait_for(lambda: wire.heard["/freeze"] == (1.0,), "the change")
    wire.now_ns += PATIENCE_NS
    wait_for(lambda: not wire.echo.names, "its going")


def test_hello_from_many_threads_and_ports_makes_no_more_peers_than_there_is_room_for(
    wire: Wire,
) -> None:
    def knock(host: int) -> None:
        for port in range(2000, 2100):
            wire.echo.hear(Message("/hello"), (f"10.0.1.{host}", port))
            wire.echo.hear(Message("/get"), (f"10.0.1.{host}", port))

    threads = [threading.Thread(target=knock, args=(host,)) for host in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(wire.echo.names) == 16


def test_our_own_port_is_no_peer(wire: Wire) -> None:
    wire.echo.hear(Message("/hello", (7777,)), ("10.0.0.9", 5000))
    assert not wire.echo.names


def test_a_desk_tells_those_whom_the_one_before_it_told(wire: Wire) -> None:
    wire.echo.hear(Message("/hello", ("phone",)), HERE)
    wire.echo.hear(Message("/hello", (9001,)), ("fe80::1", 5000, 0, 0))
    places = wire.echo.places
    assert places == ("phone", "10.0.0.1", 9000, "", "fe80::1", 9001)
    other = Wire()
    with other.echo:
        other.echo.bring_back((*places, "cut off", "10.0.0.1"))
        assert set(other.echo.names) == set(wire.echo.names)
        other.change(freeze=0.25)
        wait_for(lambda: other.heard.get("/freeze") == (0.25,), "the state")
