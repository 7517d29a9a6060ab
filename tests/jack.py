"""A JACK server and a foreign MIDI device for tests, each in a process of its own.

The device is another program: closing or killing it is unplugging, and the server's death can take
it along without taking the tests.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

DEVICE = """
import sys, rtmidi
out = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, sys.argv[1])
out.open_virtual_port(sys.argv[2])
print("ready", flush=True)
for line in sys.stdin:
    out.send_message(list(bytes.fromhex(line)))
"""

# The same with an input of its own, as a controller with lamps has. RtMidi has a client for each
# port, so this one is JACK's own.
LAMPS = """
import ctypes, queue, sys, threading
jack = ctypes.CDLL("libjack.so.0")
P, U, S = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_char_p
class Event(ctypes.Structure):
    _fields_ = [("time", U), ("size", ctypes.c_size_t), ("data", ctypes.POINTER(ctypes.c_uint8))]
for name, result, kinds in (
    ("client_open", P, (S, ctypes.c_int, P)), ("port_register", P, (P, S, S, ctypes.c_ulong, ctypes.c_ulong)),
    ("port_get_buffer", P, (P, U)), ("midi_get_event_count", U, (P,)), ("activate", ctypes.c_int, (P,)),
    ("midi_event_get", ctypes.c_int, (ctypes.POINTER(Event), P, U)), ("midi_clear_buffer", None, (P,)),
    ("midi_event_write", ctypes.c_int, (P, U, S, ctypes.c_size_t)), ("set_process_callback", None, None),
):
    function = globals()[name] = getattr(jack, "jack_" + name)
    function.restype = result
    if kinds: function.argtypes = kinds
client = client_open(sys.argv[1].encode(), 1, None)
midi = b"8 bit raw midi"
hears, plays = (port_register(client, name, midi, way, 0) for name, way in ((b"lamps", 1), (b"keys", 2)))
waiting, event, came = [], Event(), queue.SimpleQueue()
def tell():  # not in the callback: one that is late loses what comes meanwhile
    while True: print(came.get().hex(), flush=True)
@ctypes.CFUNCTYPE(ctypes.c_int, U, P)
def process(frames, _):
    heard, played = port_get_buffer(hears, frames), port_get_buffer(plays, frames)
    for index in range(midi_get_event_count(heard)):
        midi_event_get(event, heard, index)
        came.put(bytes(event.data[: event.size]))
    midi_clear_buffer(played)
    while waiting:
        data = waiting.pop(0)
        midi_event_write(played, 0, data, len(data))
    return 0
set_process_callback.argtypes = (P, type(process), P)
set_process_callback(client, process, None)
activate(client)
print("ready", flush=True)
threading.Thread(target=tell, daemon=True).start()
for line in sys.stdin:
    waiting.append(bytes.fromhex(line))
"""
# Another program that plays into a port of ours: so many control changes, at so many a second.
SEQUENCER = """
import sys, time, rtmidi
out = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, "Sequencer")
wanted, count, rate = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
while not any(wanted in name for name in out.get_ports()):
    time.sleep(0.05)
out.open_port(next(i for i, name in enumerate(out.get_ports()) if wanted in name))
began = time.monotonic()
for n in range(count):
    out.send_message([0xB0 | n >> 14 & 15, n >> 7 & 127, n & 127])
    time.sleep(max(began + (n + 1) / rate - time.monotonic(), 0))
print("sent", flush=True)
sys.stdin.read()
out.close_port()
out.delete()
"""


def wait_for(found: Callable[[], object], what: str, seconds: float = 15.0) -> None:
    """Wait until `found()` is true; fail with `what` after `seconds`."""
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, f"waited {seconds:g} s in vain for {what}"
        time.sleep(0.01)


class JackServer:
    """A jackd with the dummy driver under a name of its own."""

    def __init__(self, name: str, period: int = 4096) -> None:
        """`period`: samples that it does at once.

        A program that the machine keeps from its turn for a whole period loses what was played in
        it (1 % of messages at 256 samples with eight programs for each core). 8192 is JACK's longest.
        """
        if not shutil.which("jackd"):
            raise RuntimeError("these tests need jackd: run `make setup`, or install jackd2")
        self.environment = dict(
            os.environ, JACK_DEFAULT_SERVER=name, JACK_NO_START_SERVER="1", PYTHONUNBUFFERED="1"
        )
        self._name, self._period = name, period
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # by jackd, started again or not
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until a client can connect."""
        self._process = subprocess.Popen(
            [
                "jackd",
                "-n",
                self._name,
                "--no-realtime",
                "-d",
                "dummy",
                "-r",
                "48000",
                "-p",
                f"{self._period}",
            ],
            stdout=subprocess.DEVNULL,
            stderr=self._said,
        )
        probe = "import rtmidi; rtmidi.MidiIn(rtmidi.API_UNIX_JACK, 'probe')"

        def answers() -> bool:
            assert self._process is not None and self._process.poll() is None, "jackd ended"
            command = [sys.executable, "-c", probe]
            return not subprocess.run(command, env=self.environment, capture_output=True).returncode

        wait_for(answers, "jackd")
        # It ends at once if another of that name runs, left by a test run that was killed.
        assert self._process.poll() is None, f"another jackd runs as {self._name}: end it"

    def tries(self, most: int = 5) -> Iterator[None]:
        """One try, and another only where a client missed its turn in the last: JACK lost what it played."""
        for _ in range(most):
            late = self._count_late()
            yield
            if self._count_late() == late:
                return

    def _count_late(self) -> int:
        said = self._said.fileno()  # jackd writes where this descriptor stands: it is not moved
        return os.pread(said, os.fstat(said).st_size, 0).count(b"XRun")

    def kill(self) -> None:
        """kill -9, as a crash would."""
        self._end(signal.SIGKILL)

    @contextlib.contextmanager
    def stopped(self) -> Iterator[None]:
        """Frozen for a while: it answers nothing and takes nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """Stop it as a user would."""
        self._end(signal.SIGTERM)

    def _end(self, number: int) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None


class Device:
    """A foreign program with one MIDI output port `client:port` on the server."""

    def __init__(self, server: JackServer, client: str, port: str = "out") -> None:
        self._process = run_program(server, DEVICE, client, port)
        assert self._read() == "ready\n", "the foreign MIDI device did not start"

    def send(self, *data: int) -> None:
        """Send one MIDI message of any bytes."""
        assert self._process.stdin is not None
        self._process.stdin.write(bytes(data).hex() + "\n")
        self._process.stdin.flush()

    def unplug(self) -> None:
        """End the program: its port vanishes."""
        self._process.kill()
        self._process.wait()

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def __enter__(self) -> Device:
        return self

    def __exit__(self, *_: object) -> None:
        self.unplug()


class LampDevice(Device):
    """A foreign program with an output port `client:keys` and an input port `client:lamps`."""

    def __init__(self, server: JackServer, client: str) -> None:
        self._process = run_program(server, LAMPS, client)
        assert self._read() == "ready\n", "the foreign MIDI device did not start"
        self.heard: list[str] = []  # messages that have come to it, as text
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while line := self._read():
            self.heard.append(line.strip())


def run_program(server: JackServer, program: str, *arguments: str) -> subprocess.Popen[str]:
    """A Python program on the server, with pipes to it and from it."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env=server.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


@contextlib.contextmanager
def jack_server(name: str, period: int = 4096) -> Iterator[JackServer]:
    """A started server; this process and its children use it by default meanwhile."""
    import fcntl  # not on Windows, where there is no JACK to test with

    with (Path(tempfile.gettempdir()) / f"morphogen-jack-{name}.lock").open("w") as lock:
        # JACK lists eight servers, and the dead for good until one of the same name starts. So the
        # names are always the same, and another test run waits.
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield from _run_server(JackServer(f"morphogen-{name}", period))


def _run_server(server: JackServer) -> Iterator[JackServer]:
    server.start()
    before = os.environ.get("JACK_DEFAULT_SERVER")
    os.environ["JACK_DEFAULT_SERVER"] = server.environment["JACK_DEFAULT_SERVER"]
    try:
        yield server
    finally:
        if before is None:
            del os.environ["JACK_DEFAULT_SERVER"]
        else:
            os.environ["JACK_DEFAULT_SERVER"] = before
        server.close()
