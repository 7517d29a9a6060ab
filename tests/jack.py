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


def wait_for(found: Callable[[], object], what: str, seconds: float = 15.0) -> None:
    """Wait until `found()` is true; fail with `what` after `seconds`."""
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, f"waited {seconds:g} s in vain for {what}"
        time.sleep(0.01)


class JackServer:
    """A jackd with the dummy driver under a name of its own."""

    def __init__(self, name: str, period: int = 256) -> None:
        """`period`: samples that it does at once; a longer one keeps its time on a busier machine."""
        if not shutil.which("jackd"):
            raise RuntimeError("these tests need jackd: run `make setup`, or install jackd2")
        self.environment = dict(
            os.environ, JACK_DEFAULT_SERVER=name, JACK_NO_START_SERVER="1", PYTHONUNBUFFERED="1"
        )
        self._name, self._period = name, period
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
            stderr=subprocess.DEVNULL,
        )
        probe = "import rtmidi; rtmidi.MidiIn(rtmidi.API_UNIX_JACK, 'probe')"

        def answers() -> bool:
            assert self._process is not None and self._process.poll() is None, "jackd ended"
            command = [sys.executable, "-c", probe]
            return not subprocess.run(command, env=self.environment, capture_output=True).returncode

        wait_for(answers, "jackd")

    def kill(self) -> None:
        """kill -9, as a crash would."""
        self._end(signal.SIGKILL)

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
        self._process = subprocess.Popen(
            [sys.executable, "-c", DEVICE, client, port],
            env=server.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n", "the foreign MIDI device did not start"

    def send(self, *data: int) -> None:
        """Send one MIDI message of any bytes."""
        assert self._process.stdin is not None
        self._process.stdin.write(bytes(data).hex() + "\n")
        self._process.stdin.flush()

    def unplug(self) -> None:
        """End the program: its port vanishes."""
        self._process.kill()
        self._process.communicate()

    def __enter__(self) -> Device:
        return self

    def __exit__(self, *_: object) -> None:
        self.unplug()


@contextlib.contextmanager
def jack_server(name: str, period: int = 256) -> Iterator[JackServer]:
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
