"""Sound into a desk process: a file, and a foreign program over a real JACK server (dummy driver)."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.desk.audio.listening import EarSettings
from engine.message import Message
from engine.osc_reading import decode
from engine.osc_writing import encode
from engine.output.ffmpeg import find_ffmpeg
from tests.desk import Desk
from tests.jack import JackServer, jack_server, wait_for
from tests.sounds import drums, silence, write_wav

with_jack = pytest.mark.skipif(
    sys.platform in ("darwin", "win32"), reason="JACK's dummy server is set up on Linux only"
)


@pytest.fixture
def server() -> Iterator[JackServer]:
    with jack_server("audio") as server:
        yield server


def ask(desk: Desk, message: Message) -> Message:
    """Send a message, and a /ping behind it; the first answer."""
    port = desk.look()["/desk/osc"][1]
    assert isinstance(port, int)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(5)
        for one in (message, Message("/ping")):
            peer.sendto(encode(one), ("127.0.0.1", port))
        return decode(peer.recv(65536), 0)[0]


class Metronome:
    """jack_metro: a foreign program that clicks, as an input of its own name."""

    def __init__(self, server: JackServer, name: str, bpm: int = 120) -> None:
        self._process = subprocess.Popen(
            ["jack_metro", "-n", name, "-b", str(bpm), "-f", "100", "-a", "0.5", "-D", "100"],
            env=server.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def unplug(self) -> None:
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Metronome:
        return self

    def __exit__(self, *_: object) -> None:
        self.unplug()


def _values(desk: Desk, address: str) -> list[float]:
    return [
        float(message.arguments[0])
        for message in desk.drain()
        if message.address == address and isinstance(message.arguments[0], (int, float))
    ]


def _wait_for_input(desk: Desk, *names: str) -> None:
    wait_for(lambda: desk.look().get("/desk/audio") == names, f"the input {names}", 30)


def _wait_for_bass(desk: Desk) -> None:
    desk.drain()
    desk.messages.clear()
    wait_for(lambda: max(_values(desk, "/audio/bass"), default=0.0) > 0.5, "bass")


def test_a_file_is_heard_over_and_over_and_its_beat_may_lead(tmp_path: Path) -> None:
    file = write_wav(tmp_path / "drums.wav", drums(120, 4.0))
    ear = EarSettings(file=file, ffmpeg=find_ffmpeg())
    with Desk(None, ear=ear, audio_leads=True) as desk:
        _wait_for_input(desk, "drums.wav")
        wait_for(lambda: any(abs(v - 120) < 2 for v in _values(desk, "/audio/bpm")), "the tempo")
        wait_for(lambda: _values(desk, "/tempo/sync"), "the beat")
        for name in ("level", "bass", "mid", "treble", "flux"):
            values = _values(desk, f"/audio/{name}")
            assert min(values) >= 0.0 and 0.5 < max(values) <= 1.0
        assert len(_values(desk, "/audio/onset")) >= 6


def test_silence_is_told_once_and_the_beat_leads_only_when_asked(tmp_path: Path) -> None:
    file = write_wav(tmp_path / "pause.wav", silence(2.0))
    with Desk(None, ear=EarSettings(file=file, ffmpeg=find_ffmpeg())) as desk:
        _wait_for_input(desk, "pause.wav")
        before = desk.look()["/desk/beat"][0]
        wait_for(lambda: desk.look()["/desk/beat"][0] != before, "a second of it")
        assert _values(desk, "/audio/bass") == [0.0]
        assert not _values(desk, "/tempo/sync")


def test_a_file_that_cannot_be_played_costs_the_desk_nothing(tmp_path: Path) -> None:
    file = tmp_path / "words.wav"
    file.write_text("no sound at all")
    with Desk(ear=EarSettings(file=file, ffmpeg=find_ffmpeg())) as desk:
        wait_for(lambda: desk.look().get("/desk/beat", (0,))[0] == 3, "three beats of the desk")
        assert desk.look()["/desk/audio"] == ()
        assert desk.process.is_alive()


def test_what_is_heard_can_be_bound_and_is_learnt_by_name_only(tmp_path: Path) -> None:
    file = write_wav(tmp_path / "drums.wav", drums(120, 4.0))
    with Desk(ear=EarSettings(file=file, ffmpeg=find_ffmpeg())) as desk:
        _wait_for_input(desk, "drums.wav")
        ask(desk, Message("/learn", ("/macro/3",)))
        before = desk.look()["/desk/beat"][0]
        wait_for(lambda: desk.look()["/desk/beat"][0] != before, "a second of music")
        assert ask(desk, Message("/get", ("/status/learn",))).arguments[0] == "waiting"
        ask(desk, Message("/learn/audio", ("bass",)))
        wait_for(lambda: max(_values(desk, "/macro/3"), default=0.0) > 0.5, "the bass")


@with_jack
def test_an_ear_that_hangs_is_started_again_and_nobody_waits_for_it(tmp_path: Path) -> None:
    file = write_wav(tmp_path / "drums.wav", drums(120, 2.0))
    with Desk(ear=EarSettings(file=file, ffmpeg=find_ffmpeg())) as desk:
        _wait_for_input(desk, "drums.wav")
        (ear,) = _children(desk.process.pid)
        os.kill(ear, signal.SIGSTOP)
        while desk.look()["/desk/audio"]:
            assert ask(desk, Message("/ping")) == Message("/ping")
        assert not _lives(ear)
        _wait_for_input(desk, "drums.wav")


@with_jack
def test_an_input_is_found_by_a_part_of_its_name_whenever_it_comes(server: JackServer) -> None:
    with Desk(None, ear=EarSettings("click")) as desk:
        wait_for(lambda: desk.look().get("/desk/beat"), "the desk")
        with Metronome(server, "Clicks"):
            _wait_for_input(desk, "Clicks (JACK Audio Connection Kit)")
            _wait_for_bass(desk)
        _wait_for_input(desk)
        with Metronome(server, "More clicks"), Metronome(server, "Clicks"):
            _wait_for_input(desk, "Clicks (JACK Audio Connection Kit)")
            _wait_for_bass(desk)


@with_jack
def test_a_dead_jack_server_is_survived_and_heard_again(server: JackServer) -> None:
    with Desk(ear=EarSettings("Clicks")) as desk:
        with Metronome(server, "Clicks"):
            _wait_for_input(desk, "Clicks (JACK Audio Connection Kit)")
            server.kill()
            # Its MIDI may take the desk along: then a supervisor would start another.
            wait_for(
                lambda: desk.look()["/desk/audio"] == () or desk.process.exitcode is not None,
                "the desk to notice",
            )
        server.start()
        with Desk(ear=EarSettings("Clicks")) as second, Metronome(server, "Clicks"):
            living = desk if desk.process.exitcode is None else second
            _wait_for_input(living, "Clicks (JACK Audio Connection Kit)")
            _wait_for_bass(living)


@with_jack
def test_the_inputs_there_are_can_be_listed(server: JackServer) -> None:
    with Metronome(server, "Clicks"):

        def listed() -> str:
            command = [sys.executable, "-m", "engine", "list", "audio"]
            done = subprocess.run(command, env=server.environment, capture_output=True, text=True)
            assert done.returncode == 0
            return done.stdout

        wait_for(lambda: "Clicks " in listed(), "the metronome in the list")


@with_jack
def test_an_ear_ends_with_its_desk(tmp_path: Path) -> None:
    file = write_wav(tmp_path / "drums.wav", drums(120, 2.0))
    with Desk(None, ear=EarSettings(file=file, ffmpeg=find_ffmpeg())) as desk:
        _wait_for_input(desk, "drums.wav")
        (ear,) = _children(desk.process.pid)
        desk.process.kill()
        wait_for(lambda: not _lives(ear), "the ear's end")


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _children(pid: int | None) -> list[int]:
    """The processes of a desk, but for Python's own resource tracker."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            words = (path.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == pid and b"spawn_main" in words:
            found.append(int(path.parent.name))
    return found
