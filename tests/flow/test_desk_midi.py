"""MIDI from a foreign program over a real JACK server (dummy driver) into a desk process."""

from __future__ import annotations

import contextlib
import ctypes.util
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.desk.monitor.client import Watching
from engine.desk.monitor.events import Line
from engine.message import Message
from tests.desk import Desk, met
from tests.jack import Device, JackServer, LampDevice, jack_server, wait_for

pytestmark = pytest.mark.skipif(
    sys.platform in ("darwin", "win32"), reason="JACK's dummy server is set up on Linux only"
)


@pytest.fixture(scope="module")
def server() -> Iterator[JackServer]:
    with jack_server("midi") as server:
        yield server


@pytest.fixture
def mortal() -> Iterator[JackServer]:
    with jack_server("mortal") as server:
        yield server


def _wait_for_port(desk: Desk, name: str) -> None:
    wait_for(lambda: name in desk.look().get("/desk/midi", ()), f"the MIDI port {name}")


def test_knobs_pads_and_programs_reach_the_stage(server: JackServer) -> None:
    expected = [("/macro/1", met(1.0)), ("/scene/go", (3,)), ("/scene/go", (5,))]
    for _ in server.tries():
        with Device(server, "Some Keys") as device, Desk(None) as desk:
            _wait_for_port(desk, "Some Keys:out")
            device.send(0xB0, 1, 127)
            device.send(0x90, 38, 100)
            device.send(0x80, 38, 0)
            device.send(0x90, 39, 0)  # a release
            device.send(0xC0, 4)
            with contextlib.suppress(AssertionError):
                wait_for(lambda: desk.has("/scene/go", 5), "", 5.0)
            sent = [(message.address, message.arguments) for message in desk.drain()]
        if sent == expected:
            return
    raise AssertionError(f"{sent} came")


def test_a_controller_with_a_map_plays_by_it(server: JackServer) -> None:
    with Device(server, "nanoKONTROL2", "SLIDER/KNOB") as device, Desk(None) as desk:
        _wait_for_port(desk, "nanoKONTROL2:SLIDER/KNOB")
        device.send(0xB0, 16, 127)
        device.send(0xB0, 33, 127)
        wait_for(lambda: desk.has("/scene/go", 2), "the button")
        assert desk.has("/macro/1", *met(1.0))


def test_a_port_that_goes_is_noticed_and_opened_again_when_it_returns(server: JackServer) -> None:
    with Desk(None) as desk:
        with Device(server, "MIDI Mix") as device:
            _wait_for_port(desk, "MIDI Mix:out")
            device.send(0x90, 27, 127)
            wait_for(lambda: desk.has("/blackout", 1), "the blackout")
        wait_for(lambda: desk.look()["/desk/midi"] == (), "the report that it is gone")
        wait_for(lambda: desk.has("/blackout", 0), "the end of a blackout nobody can release")
        with Device(server, "MIDI Mix") as device:
            _wait_for_port(desk, "MIDI Mix:out")
            device.send(0xB0, 16, 127)
            wait_for(lambda: desk.has("/macro/1", *met(1.0)), "the knob")


def test_a_controller_is_set_up_and_lit_each_time_it_comes(server: JackServer) -> None:
    mode = "f0477f2960000442010101f7"  # the host owns all lights
    with Desk(None) as desk:
        desk.state.send_all([Message("/state/begin"), Message("/macro/1", (1.0,))])
        for _ in range(2):
            with LampDevice(server, "APC40 mkII") as device:
                wait_for(lambda: mode in device.heard, "its mode")
                wait_for(lambda: "b0307f" in device.heard, "the ring of macro 1")
            wait_for(lambda: desk.look()["/desk/midi"] == (), "the report that it is gone")


def test_a_dead_jack_server_costs_the_desk_at_most(mortal: JackServer) -> None:
    with Desk() as desk:
        with Device(mortal, "Some Keys"):
            _wait_for_port(desk, "Some Keys:out")
            mortal.kill()
        wait_for(
            lambda: desk.process.exitcode is not None or desk.look()["/desk/midi"] == (),
            "the desk to notice",
        )
        mortal.start()
        with Desk(None) as second, Device(mortal, "Some Keys") as device:
            # A supervisor would start another desk if this one has crashed.
            living = desk if desk.process.exitcode is None else second
            _wait_for_port(living, "Some Keys:out")
            device.send(0xB0, 1, 127)
            wait_for(
                lambda: living.has("/macro/1", *met(1.0)), "the knob after the server's return"
            )


def test_a_server_that_starts_later_is_found(mortal: JackServer) -> None:
    mortal.close()
    with Desk(None) as desk:
        wait_for(lambda: desk.look().get("/desk/beat"), "the desk")
        files = _count_files(desk)
        time.sleep(5)  # two tries in vain
        assert _count_files(desk) == files
        mortal.start()
        with Device(mortal, "Some Keys"):
            _wait_for_port(desk, "Some Keys:out")


def test_looking_every_second_makes_no_new_clients(server: JackServer) -> None:
    with Device(server, "Some Keys"), Desk(None) as desk:
        _wait_for_port(desk, "Some Keys:out")
        files = _count_files(desk)
        beat = desk.look()["/desk/beat"][0]
        assert isinstance(beat, int)
        wait_for(lambda: desk.look()["/desk/beat"] == (beat + 5,), "five looks")
        assert _count_files(desk) == files


def test_any_bytes_do_no_harm(server: JackServer) -> None:
    rng = random.Random(7)
    with Device(server, "Some Keys") as device, Desk(None) as desk:
        _wait_for_port(desk, "Some Keys:out")
        for data in ([0xB0], [0xB0, 200, 3], [0, 1, 2], [0xF8], [0xF0, *[1] * 5000, 0xF7]):
            device.send(*data)
        for _ in range(500):
            # Not the keys and knobs that mean something: what remains must mean nothing.
            device.send(rng.randrange(0xD0, 0x100), *rng.randbytes(rng.randrange(3)))
            time.sleep(0.0005)
        device.send(0xF0, 0xF7)  # RtMidi takes all after an open SysEx for its rest until one ends
        device.send(0xB0, 1, 127)
        wait_for(lambda: desk.has("/macro/1", *met(1.0)), "the knob after the noise")
        # Some of the noise is a clock's.
        assert [m.address for m in desk.drain() if "tempo" not in m.address] == ["/macro/1"]
        assert desk.process.exitcode is None


def test_diagnosis_names_the_api_that_works_and_a_remedy_for_others(server: JackServer) -> None:
    command = "from engine.desk.diagnose import *; print(list_midi_ports()); print(diagnose_midi())"
    with Device(server, "Some Keys"):
        done = subprocess.run(
            [sys.executable, "-c", command],
            env=server.environment,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[2],
        )
    assert done.returncode == 0 and done.stderr == ""
    ports, diagnosis = done.stdout.splitlines()
    assert "Some Keys:out" in ports
    assert "('MIDI over jack', True" in diagnosis


def test_without_any_midi_the_diagnosis_has_a_remedy() -> None:
    command = "from engine.desk.diagnose import *; print(*diagnose_midi(), sep=chr(10))"
    done = subprocess.run(
        [sys.executable, "-c", command],
        env=dict(os.environ, JACK_DEFAULT_SERVER="morphogen-none"),
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0 and done.stderr == ""
    assert "('MIDI over jack', False, 'Start JACK" in done.stdout


RTMIDI2 = """
import sys, time
from queue import SimpleQueue
from engine.desk.midi.backend import find_backend, silence_libraries
from engine.desk.midi.ports import MidiPorts
from engine.desk.notes import Notes
backend = find_backend("rtmidi2")
assert backend.name == "rtmidi2"
queue, notes = SimpleQueue(), Notes(time.monotonic_ns, lambda line: None)
with silence_libraries(), MidiPorts(backend, None, queue, notes, time.monotonic_ns) as midi:
    while queue.empty():
        midi.look(time.monotonic_ns())
        print(*midi.ports, flush=True)
        time.sleep(0.05)
    received = queue.get()
    print(received.port, received.data.hex(), flush=True)
    while queue.empty():
        midi.look(time.monotonic_ns())
        midi.send(received.port, bytes((0xF0, 1, 2, 3, 0xF7)))
        time.sleep(0.05)
"""


def test_the_second_binding_receives_and_sends_the_same_bytes(server: JackServer) -> None:
    pytest.importorskip("rtmidi2", reason="rtmidi2 is installed from Python 3.13 on")
    library = ctypes.util.find_library("jack")
    assert library, "this test needs the JACK client library: run `make setup`"
    # Its wheel brings a JACK library too old for a present server; this machine's goes first.
    environment = dict(server.environment, LD_PRELOAD=library)
    with (
        LampDevice(server, "Some Keys") as device,
        subprocess.Popen(
            [sys.executable, "-c", RTMIDI2],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        ) as receiver,
    ):
        assert receiver.stdout is not None
        lines = iter(receiver.stdout.readline, "")
        assert any(line == "Some Keys:keys\n" for line in lines), "rtmidi2 did not find the port"
        device.send(0xB0, 1, 127)
        assert "Some Keys:keys b0017f\n" in lines
        wait_for(lambda: "f0010203f7" in device.heard, "what rtmidi2 sends")
        device.send(0xB0, 1, 0)


def _count_files(desk: Desk) -> int:
    return len(os.listdir(f"/proc/{desk.process.pid}/fd"))


def test_who_watches_sees_a_knob_with_what_it_plays_and_its_device_go(server: JackServer) -> None:
    with Device(server, "nanoKONTROL2", "SLIDER/KNOB") as device, Desk(0) as desk:
        _wait_for_port(desk, "nanoKONTROL2:SLIDER/KNOB")
        with Watching("127.0.0.1", int(str(desk.look()["/desk/osc"][1]))) as engine:
            device.send(0xB0, 16, 127)
            seen: list[Line] = []

            def sees(*words: str) -> bool:
                seen.extend(engine.lines(0.05))
                return any(all(word in str(line) for word in words) for line in seen)

            wait_for(lambda: sees("nanoKONTROL2", "cc 16 channel 1  1", "/macro/1"), "the knob")
            device.unplug()
            wait_for(lambda: sees("MIDI port gone", "nanoKONTROL2"), "its end")
