"""MIDI clock from a program that is not ours, over a real JACK server, into a whole show."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jack import JackServer, jack_server, wait_for
from tests.play import Play

pytestmark = pytest.mark.skipif(
    not all(shutil.which(name) for name in ("jackd", "jack_midi_clock", "jack_transport"))
    or sys.platform in ("darwin", "win32"),
    reason="jack_midi_clock is packaged for Debian",
)


class Transport:
    """JACK's own transport, and jack_midi_clock that follows it."""

    def __init__(self, server: JackServer) -> None:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._clock = subprocess.Popen(["jack_midi_clock"], env=server.environment, **quiet)  # type: ignore[call-overload]
        self._console = subprocess.Popen(
            ["jack_transport"],
            env=server.environment,
            stdin=subprocess.PIPE,
            text=True,
            **quiet,  # type: ignore[call-overload]
        )

    def say(self, *commands: str) -> None:
        """What one types into jack_transport: `master`, `tempo 133`, `play`, `stop`."""
        self._console.stdin.write("".join(f"{command}\n" for command in commands))
        self._console.stdin.flush()

    def close(self) -> None:
        for process in (self._console, self._clock):
            process.kill()
            process.communicate()


@pytest.fixture
def transport() -> Iterator[Transport]:
    # A long period: a server that is late because the machine is busy would really be slower.
    with jack_server("clock", 2048) as server:
        transport = Transport(server)
        try:
            yield transport
        finally:
            transport.close()


def test_the_show_follows_the_tempo_the_start_and_the_stop_of_another_program(
    transport: Transport, tmp_path: Path
) -> None:
    def value(play: Play, address: str) -> float:
        found = play.get(address)
        return float(found[0]) if found and isinstance(found[0], (int, float)) else -1.0

    with Play(tmp_path) as play:
        play.wait_for_picture()
        wait_for(lambda: "jack_midi_clock" in str(play.get("/status/midi")), "its port", 40)
        transport.say("master", "tempo 133", "play")
        play.wait_for_value("/tempo/source", "midi")
        wait_for(lambda: abs(value(play, "/tempo/bpm") / 133 - 1) < 0.01, "its tempo", 40)
        before = value(play, "/tempo/beat")
        wait_for(lambda: value(play, "/tempo/beat") > before + 1, "the next beat", 40)
        transport.say("stop")
        play.wait_for_value("/tempo/running", 0)
        stood = value(play, "/tempo/beat")
        transport.say("tempo 96", "play")
        play.wait_for_value("/tempo/running", 1)
        wait_for(lambda: abs(value(play, "/tempo/bpm") / 96 - 1) < 0.01, "its tempo", 40)
        assert stood > 0 and value(play, "/status/refused") == 0
