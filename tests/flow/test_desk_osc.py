"""OSC from foreign programs over loopback UDP into a desk process."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import struct
import subprocess
import time
from collections.abc import Iterator, Sequence

import pytest
from pythonosc.osc_bundle_builder import OscBundleBuilder
from pythonosc.osc_message_builder import OscMessageBuilder
from pythonosc.udp_client import SimpleUDPClient

from engine.desk.notes import Notes, quote
from engine.desk.osc.port import OscPort
from engine.desk.osc.rates import CALM, EACH_BURST
from engine.desk.osc.receiver import Sender
from engine.message import Message
from engine.osc_reading import decode
from engine.osc_writing import encode, encode_bundle
from tests.desk import Desk
from tests.jack import wait_for

HANGS_PYTHON_OSC = b"#bundle\0" + bytes(8) + struct.pack(">i", -4)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A fresh one for each test: they count."""
    with Desk() as desk:
        wait_for(lambda: desk.look().get("/desk/osc"), "the desk's OSC port")
        yield desk


def _port(desk: Desk) -> int:
    port = desk.look()["/desk/osc"][1]
    assert isinstance(port, int)
    return port


def _ask(port: int, message: Message) -> Message:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(5)
        peer.sendto(encode(message), ("127.0.0.1", port))
        return decode(peer.recv(65536), 0)[0]


def _hear_nothing(message: Message, sender: Sender) -> bool:
    return False


def _is_answered(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(0.1)
        peer.sendto(encode(Message("/ping")), ("127.0.0.1", port))
        try:
            return peer.recv(100) == encode(Message("/ping"))
        except TimeoutError:
            return False


def test_a_message_of_python_osc_reaches_the_stage(desk: Desk) -> None:
    client = SimpleUDPClient("127.0.0.1", _port(desk))
    client.send_message("/macro/1", 0.5)
    client.send_message("/scene/go", ["coral", 2.0])
    wait_for(lambda: desk.has("/scene/go", "coral", 2.0), "the scene")
    assert desk.has("/macro/1", 0.5)


def test_every_type_of_oscsend_reaches_the_stage(desk: Desk) -> None:
    if not shutil.which("oscsend"):
        pytest.fail("this test needs oscsend: run `make setup`, or install liblo-tools")
    command = ["oscsend", "127.0.0.1", str(_port(desk)), "/scene/all", "ifsmhdcTFNI"]
    command += ["7", "0.25", "word", "90406401", "12345678901", "0.125", "x"]
    subprocess.run(command, check=True)
    blob = bytes.fromhex("90406401")
    words = (7, 0.25, "word", blob, 12345678901, 0.125, "x", True, False, None, True)
    wait_for(lambda: desk.drain(), "the message")
    arguments = desk.drain()[0].arguments
    assert arguments[:3] + arguments[4:] == words[:3] + words[4:]
    assert isinstance(arguments[3], bytes) and sorted(arguments[3]) == sorted(blob)


def test_a_bundle_from_the_future_is_applied_at_once(desk: Desk) -> None:
    bundle = OscBundleBuilder(time.time() + 3600)
    message = OscMessageBuilder("/macro/2")
    message.add_arg(0.75)
    bundle.add_content(message.build())
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.sendto(bundle.build().dgram, ("127.0.0.1", _port(desk)))
    wait_for(lambda: desk.has("/macro/2", 0.75), "the value", 5)


def test_ping_is_answered_to_the_sender(desk: Desk) -> None:
    assert _ask(_port(desk), Message("/ping", (1, "x"))) == Message("/ping", (1, "x"))
    assert not desk.has("/ping", 1, "x")


def test_a_ping_comes_back_byte_by_byte(desk: Desk) -> None:
    for ping in (
        b"/ping\0\0\0",  # no type tags, as old senders write it
        b"/ping\0\0\0,dhI\0\0\0\0" + struct.pack(">dq", 0.1, 7),
        encode(Message("/ping", (0.1, "x"))),
    ):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.settimeout(5)
            peer.sendto(ping, ("127.0.0.1", _port(desk)))
            assert peer.recv(65536) == ping


def test_a_ping_in_a_bundle_keeps_its_values(desk: Desk) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(5)
        bundle = encode_bundle([Message("/ping", (0.1,)), Message("/ping", (2,))])
        peer.sendto(bundle, ("127.0.0.1", _port(desk)))
        answers = [decode(peer.recv(65536), 0)[0].arguments for _ in range(2)]
    assert answers == [(0.1,), (2,)]


def test_the_desks_counters_can_be_asked_for(desk: Desk) -> None:
    port = _port(desk)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.sendto(b"x", ("127.0.0.1", port))
    wanted = Message("/status/malformed", (1,))
    wait_for(lambda: _ask(port, Message("/get", ("/status/malformed",))) == wanted, "the count")
    for name in ("dropped", "taken", "midi"):
        assert _ask(port, Message("/get", (f"/status/{name}",))).address == f"/status/{name}"


def test_what_is_known_stays_known_while_a_new_state_comes(desk: Desk) -> None:
    port = _port(desk)
    question = Message("/get", ("/macro/1",))
    desk.state.send(Message("/macro/1", (0.5,)))
    wait_for(lambda: _ask(port, question).address == "/macro/1", "the value")
    for number in range(100):
        values = [Message("/macro/1", (0.5,)), Message(f"/param/p{number}", (1.0,))]
        desk.state.send_all([Message("/state/begin"), *values])
        assert _ask(port, question) == Message("/macro/1", (0.5,))


def test_get_is_answered_with_the_value_from_the_state(desk: Desk) -> None:
    desk.state.send(Message("/param/feed", (0.5,)))
    desk.state.send(Message("/scene/go", ("coral",)))
    desk.state.send(Message("/scene/go", ("mitosis",)))
    question = Message("/get", ("/scene/go",))
    port = _port(desk)
    wait_for(lambda: _ask(port, question) == Message("/scene/go", ("mitosis",)), "the scene")
    assert _ask(port, Message("/get", ("/param/feed",))) == Message("/param/feed", (0.5,))


def test_get_of_an_unknown_address_is_answered_so(desk: Desk) -> None:
    answer = _ask(_port(desk), Message("/get", ("/no/such",)))
    assert answer == Message("/get", ("/no/such", "unknown"))


def test_malformed_datagrams_are_counted_and_the_next_good_one_works(desk: Desk) -> None:
    poison = [HANGS_PYTHON_OSC, b"", b"x", b"/a\0\0,zz\0", b"/{a*a*a\0,\0\0\0", b"\xff" * 64]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        for datagram in poison:
            peer.sendto(datagram, ("127.0.0.1", _port(desk)))
        peer.sendto(encode(Message("/macro/1", (1.0,))), ("127.0.0.1", _port(desk)))
    wait_for(lambda: desk.has("/macro/1", 1.0), "the good message")
    wait_for(lambda: desk.look()["/desk/malformed"] == (len(poison),), "the count")


def test_twenty_thousand_a_second_pass_without_loss(desk: Desk) -> None:
    datagrams = [encode(Message("/tempo/beat", (number,))) for number in range(40_000)]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.connect(("127.0.0.1", _port(desk)))
        for at in range(0, len(datagrams), 333):  # a sender at 60 frames a second
            for datagram in datagrams[at : at + 333]:
                peer.send(datagram)
            desk.drain()
            time.sleep(0.0165)
    wait_for(lambda: len(desk.drain()) >= len(datagrams), "all messages", 20)
    assert [message.arguments[0] for message in desk.drain()] == list(range(40_000))
    assert desk.look()["/desk/dropped"] == (0,)


def test_the_desk_answers_after_a_flood(desk: Desk) -> None:
    flood = encode(Message("/macro/3", (0.1,)))
    port = _port(desk)
    end = time.monotonic() + 2
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.connect(("127.0.0.1", port))
        while time.monotonic() < end:
            for _ in range(100):
                peer.send(flood)
    taken = desk.look()["/desk/taken"]
    # The last of the flood may still cost a datagram or two.
    wait_for(lambda: _is_answered(port), "an answer after the flood")
    wait_for(lambda: desk.look()["/desk/taken"] != taken, "a report after the flood")


def test_more_than_the_rate_is_dropped_and_counted() -> None:
    taken: list[Message] = []
    notes = Notes(time.monotonic_ns, lambda line: None)
    with (  # a clock that stands still: no message more than the first burst has a right to pass
        OscPort(("127.0.0.1", 0), taken.extend, _hear_nothing, notes, lambda: 1) as receiver,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer,
    ):
        address = receiver.address
        assert address is not None
        for number in range(8000):
            peer.sendto(encode(Message("/macro/3", (0.1,))), address)
            if number % 100 == 0:
                time.sleep(0.001)
        wait_for(lambda: len(taken) + receiver.gate.dropped.total() == 8000, "all datagrams")
        assert len(taken) == EACH_BURST + CALM
        assert receiver.gate.dropped == {"over the rate of one sender": 8000 - len(taken)}


def test_no_exception_ends_the_receiver() -> None:
    taken: list[Message] = []
    lines: list[str] = []

    def take(messages: Sequence[Message]) -> None:
        if messages[0].address == "/bad":
            raise RuntimeError
        taken.extend(messages)

    def hear(message: Message, sender: Sender) -> bool:
        if message.address == "/get":
            raise KeyError(sender)
        return False

    notes = Notes(time.monotonic_ns, lines.append)
    with (
        OscPort(("127.0.0.1", 0), take, hear, notes, time.monotonic_ns) as receiver,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer,
    ):
        assert receiver.address is not None
        peer.sendto(encode(Message("/bad")), receiver.address)
        wait_for(lambda: receiver.gate.malformed.total(), "the sink's failure")
        for message in (Message("/get", ("/macro/1",)), Message("/good")):
            peer.sendto(encode(message), receiver.address)
        wait_for(lambda: taken == [Message("/good", (), taken[0].time_ns)] if taken else 0, "good")
        assert receiver.gate.malformed.total() == 2 and len(lines) == 2


def test_a_busy_port_is_said_once_with_a_remedy_and_taken_when_it_is_free() -> None:
    lines: list[str] = []
    notes = Notes(time.monotonic_ns, lines.append)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        receiver = OscPort(
            ("127.0.0.1", port), lambda message: None, _hear_nothing, notes, time.monotonic_ns
        )
        with receiver:
            assert receiver.address is None
            time.sleep(2.5)  # one try more
            assert len(lines) == 1 and "--osc-port" in lines[0] and str(port) in lines[0]
            other.close()
            wait_for(lambda: receiver.address == ("127.0.0.1", port), "the port")
            wait_for(lambda: len(lines) == 2, "the good news")
            assert "works now" in lines[1]


def test_an_open_port_says_who_may_connect() -> None:
    lines: list[str] = []
    notes = Notes(time.monotonic_ns, lines.append)
    with OscPort(("0.0.0.0", 0), lambda message: None, _hear_nothing, notes, time.monotonic_ns):
        assert len(lines) == 1 and "every computer" in lines[0]


@pytest.mark.parametrize("bind", [("no such host", 9000), ("127.0.0.1", 70_000), ("1.2.3.4", 9)])
def test_an_impossible_address_is_a_line_and_no_exception(bind: tuple[str, int]) -> None:
    lines: list[str] = []
    notes = Notes(time.monotonic_ns, lines.append)
    with OscPort(bind, lambda message: None, _hear_nothing, notes, time.monotonic_ns) as receiver:
        assert receiver.address is None
        assert len(lines) == 1 and "no OSC" in lines[0]


def test_sigterm_ends_the_desk_and_sigint_does_not(desk: Desk) -> None:
    pid = desk.process.pid
    assert pid is not None
    os.kill(pid, signal.SIGINT)
    assert _ask(_port(desk), Message("/ping")) == Message("/ping")
    desk.process.terminate()
    desk.process.join(5)
    assert desk.process.exitcode == 0


def test_the_desk_leaves_when_its_supervisor_is_gone(desk: Desk) -> None:
    desk.forget_supervisor()
    desk.process.join(5)
    assert desk.process.exitcode == 0


def test_notes_of_one_kind_are_limited_and_the_rest_counted() -> None:
    lines: list[str] = []
    now = [0]
    notes = Notes(lambda: now[0], lines.append)
    for _ in range(500):
        notes.say("osc", "again")
    assert len(lines) == 10
    now[0] = 20_000_000_000
    notes.say("osc", "later")
    assert lines[10:] == ["desk: osc: 490 more of these left out\n", "desk: later\n"]


def test_a_string_from_the_network_cannot_drive_a_terminal() -> None:
    shown = quote("\x1b[2J\n" + "\u202e" + "a" * 5000)
    assert shown.isascii() and shown.isprintable() and len(shown) <= 120
