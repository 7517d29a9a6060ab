"""MIDI ports that come and go, on a real JACK server with foreign programs as devices."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from queue import SimpleQueue

import pytest

from engine.desk.midi.backend import find_backend, silence_libraries
from engine.desk.midi.host import Received
from engine.desk.midi.ports import MidiPorts, Plugged
from engine.desk.notes import Notes
from tests.jack import SEQUENCER, Device, JackServer, LampDevice, jack_server, run_program, wait_for

pytestmark = pytest.mark.skipif(
    sys.platform in ("darwin", "win32"), reason="JACK's dummy server is set up on Linux only"
)


@pytest.fixture(scope="module")
def server() -> Iterator[JackServer]:
    with jack_server("midi") as server:
        yield server


@pytest.fixture(scope="module")
def steady() -> Iterator[JackServer]:
    """A server with long periods: what a client sends that is late is lost, or heard twice."""
    with jack_server("steady") as server:
        yield server


class Desk:
    """The MIDI part of a desk, looked after as its process does."""

    def __init__(self, pattern: str | None = None) -> None:
        self.queue: SimpleQueue[Received] = SimpleQueue()
        self.said: list[str] = []
        self.news: list[Plugged] = []
        notes = Notes(time.monotonic_ns, self.said.append)
        self.midi = MidiPorts(find_backend(), pattern, self.queue, notes, time.monotonic_ns)

    def wait(self, found: Callable[[], object], what: str) -> None:
        def there() -> object:
            self.news += self.midi.look(time.monotonic_ns())
            return found()

        wait_for(there, f"{what}; there are {self.midi.ports}", 20)

    def wait_for_ports(self, *devices: str) -> None:
        self.wait(lambda: sorted(self.midi.ports) == sorted(devices), f"the ports {devices}")

    def wait_for_news(self, *news: Plugged) -> None:
        self.wait(lambda: set(news) <= set(self.news), f"{news}; there was {self.news}")

    def take(self) -> list[tuple[str, str]]:
        """What has come: the device, and the bytes as text."""
        taken = []
        while not self.queue.empty():
            received = self.queue.get()
            taken.append((received.port, received.data.hex()))
        return taken


@pytest.fixture
def desk() -> Iterator[Desk]:
    with silence_libraries():
        desk = Desk()
        with desk.midi:
            yield desk


@pytest.fixture
def deaf() -> Iterator[Desk]:
    """One that opens no device, and hears what comes by its own port only."""
    with silence_libraries():
        desk = Desk("no such device")
        with desk.midi:
            yield desk


def test_in_whatever_order_devices_come_and_go_each_keeps_its_name(
    server: JackServer, desk: Desk
) -> None:
    names = {"A": "Twin:out", "B": "Twin:out #2", "C": "Other:out"}
    devices = {}
    for which in "ABC":
        devices[which] = Device(server, "Other" if which == "C" else "Twin")
        desk.wait_for_ports(*(names[one] for one in devices))
    try:
        # Every order stands in test_midi_names; here JACK has its own say in what they are called.
        for gone, back in (("A", "A"), ("BC", "CB"), ("CAB", "ABC")):
            for which in gone:
                devices.pop(which).unplug()
            desk.wait_for_ports(*(names[one] for one in devices))
            for which in back:
                devices[which] = Device(server, "Other" if which == "C" else "Twin")
                desk.wait_for_ports(*(names[one] for one in devices))
            desk.take()
            wanted = {(names[which], f"b00{number}01") for number, which in enumerate("ABC")}
            heard: set[tuple[str, str]] = set()

            def play(
                heard: set[tuple[str, str]] = heard, wanted: set[tuple[str, str]] = wanted
            ) -> bool:
                for number, which in enumerate("ABC"):
                    devices[which].send(0xB0, number, 1)
                heard |= set(desk.take())
                return heard >= wanted

            desk.wait(play, "a knob of each")
            assert heard == wanted
    finally:
        for device in devices.values():
            device.unplug()


def test_a_device_under_a_new_name_is_the_device_it_was(server: JackServer, desk: Desk) -> None:
    with Device(server, "Odd Box 1"):
        desk.wait_for_ports("Odd Box 1:out")
    desk.wait_for_ports()
    with Device(server, "Odd Box 2") as device:
        desk.wait_for_ports("Odd Box 1:out")
        desk.take()
        device.send(0xB0, 7, 7)
        desk.wait(lambda: not desk.queue.empty(), "the knob")
        assert desk.take() == [("Odd Box 1:out", "b00707")]


def _send_until_heard(desk: Desk, device: str, lamps: LampDevice, word: str) -> None:
    """A late client's messages are lost on JACK; nothing of ours loses them."""
    data = bytes.fromhex(word)
    desk.wait(
        lambda: desk.midi.send(device, data) and data.hex() in lamps.heard, f"{word} at {device}"
    )


def test_what_is_sent_to_a_device_arrives_there_and_at_no_other(
    server: JackServer, desk: Desk
) -> None:
    with LampDevice(server, "Pads") as one, LampDevice(server, "Pads") as other:
        desk.wait_for_news(Plugged("Pads:keys", True, True), Plugged("Pads:keys #2", True, True))
        first = {"902405", "f0477f2960000442010101f7"}
        for word in first:
            _send_until_heard(desk, "Pads:keys", one, word)
        _send_until_heard(desk, "Pads:keys #2", other, "b00102")
        assert set(one.heard) == first
        assert set(other.heard) == {"b00102"}


def test_a_device_that_is_back_is_told_so_that_its_lamps_can_be_set(
    server: JackServer, desk: Desk
) -> None:
    there, ready, gone = (
        Plugged("Pads:keys", *facts) for facts in ((True, False), (True, True), (False, False))
    )
    with LampDevice(server, "Pads") as device:
        desk.wait_for_news(ready)
        _send_until_heard(desk, "Pads:keys", device, "900101")
    desk.wait_for_news(gone)
    assert not desk.midi.send("Pads:keys", b"\x90\x01\x02")
    with LampDevice(server, "Pads") as device:
        desk.wait(lambda: desk.news == [there, ready, gone, there, ready], "it to be ready")
        _send_until_heard(desk, "Pads:keys", device, "900103")
        assert set(device.heard) == {"900103"}


def test_a_device_without_an_output_is_sent_nothing(server: JackServer, desk: Desk) -> None:
    with Device(server, "Plain Keys"):
        desk.wait_for_ports("Plain Keys:out")
        assert desk.news == [Plugged("Plain Keys:out", True, False)]
        assert not desk.midi.send("Plain Keys:out", b"\x90\x01\x01")
        assert not desk.midi.send("Nobody", b"\x90\x01\x01")


def test_more_than_a_server_takes_is_refused_and_never_waited_for(
    server: JackServer, desk: Desk
) -> None:
    with LampDevice(server, "Pads"):
        desk.wait_for_news(Plugged("Pads:keys", True, True))
        taken = sum(desk.midi.send("Pads:keys", b"\x90\x01\x01") for _ in range(100_000))
        assert 1000 < taken < 100_000
        assert desk.midi.unsent == 100_000 - taken
        desk.wait(lambda: desk.midi.send("Pads:keys", b"\x90\x01\x01"), "room again")


def test_a_stopped_server_never_makes_the_desk_wait(server: JackServer, desk: Desk) -> None:
    with LampDevice(server, "Pads"):
        desk.wait_for_news(Plugged("Pads:keys", True, True))
        assert desk.midi.send("Pads:keys", b"\x90\x01\x01")
        with server.stopped():
            for _ in range(20_000):
                desk.midi.send("Pads:keys", b"\x90\x01\x01")
            assert desk.midi.unsent


def test_a_sequencer_plays_into_a_port_of_ours_and_is_heard_once(
    server: JackServer, desk: Desk
) -> None:
    sequencer = run_program(server, SEQUENCER, "Morphogen:in", "200", "100")
    try:
        heard: list[tuple[str, str]] = []
        desk.wait(lambda: heard.extend(desk.take()) or len(heard) > 150, "the sequence")
        # It is read by its own port, too, from when that was found.
        assert heard[0][0] == "Morphogen"
        words = [word for _, word in heard if word]
        assert len(set(words)) == len(words)
    finally:
        sequencer.communicate()


def _play_fast(steady: JackServer, desk: Desk, seconds: int, rate: int = 3000) -> None:
    """So many control changes a second arrive whole and in order."""
    desk.wait(lambda: desk.said or True, "the first look")
    count = seconds * rate
    sequencer = run_program(steady, SEQUENCER, "Morphogen:in", str(count), str(rate))
    try:
        taken: list[tuple[str, str]] = []

        def all_there() -> bool:
            taken.extend(desk.take())
            return len(taken) >= count

        wait_for(
            lambda: desk.midi.look(time.monotonic_ns()) is not None and all_there(),
            f"{count} messages; {len(taken)} came, {desk.midi.dropped} were dropped",
            seconds * 4 + 20,
        )
        numbers = [
            int(word[1], 16) << 14 | int(word[2:4], 16) << 7 | int(word[4:], 16)
            for _, word in taken
        ]
        assert numbers == [number % (1 << 18) for number in range(count)]
        assert desk.midi.dropped == 0
    finally:
        sequencer.communicate()


def test_three_thousand_messages_a_second_arrive_all_in_order(
    steady: JackServer, deaf: Desk
) -> None:
    _play_fast(steady, deaf, 3)


@pytest.mark.long
def test_three_thousand_messages_a_second_for_a_minute(steady: JackServer, deaf: Desk) -> None:
    _play_fast(steady, deaf, 60)
