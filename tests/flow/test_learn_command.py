"""`morphogen learn` from a terminal: beside a show that plays, and with nothing but a controller."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.desk.play.overlay import read_overlay
from tests.jack import Device, jack_server, wait_for
from tests.play import QUIET, Play, free_port, lines_of

FADER = "/mixer/fader/7"


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, **QUIET, "XDG_CONFIG_HOME": str(folder)}


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "engine", "learn", *map(str, words)]


def run(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words),
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def moving(move: object) -> Iterator[None]:
    """Somebody's hand, who moves the same control again and again."""
    stop = threading.Event()

    def go() -> None:
        place = 0
        while not stop.wait(0.02):
            place = (place + 3) % 128
            move(place)  # type: ignore[operator]

    hand = threading.Thread(target=go)
    hand.start()
    try:
        yield
    finally:
        stop.set()
        hand.join()


def kept(folder: Path) -> list[tuple[str, str]]:
    """(device, address) of each binding in the player's file."""
    found, complaints = read_overlay(folder / "morphogen" / "bindings.toml")
    assert complaints == []
    return [(device, binding.address) for device, several in found.items() for binding in several]


def test_a_foreign_fader_is_learnt_beside_a_show_and_plays_it_and_is_forgotten(
    tmp_path: Path,
) -> None:
    with Play(tmp_path) as play:
        play.wait_for_picture()
        with moving(lambda place: play.send(FADER, float(place))):
            words = ("macro", 3, "--range", "0.2:0.7", "--takeover", "jump")
            done = run(tmp_path, *words, "--osc-port", play.port)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        first, *_, last = lines_of(done.stdout)
        assert first == "Move a control for /macro/3"
        assert last == f"osc {FADER} of 'osc' plays /macro/3"
        assert kept(tmp_path) == [("osc", "/macro/3")]
        for sent, value in ((127.0, 0.7), (0.0, 0.2)):
            play.send(FADER, sent)
            play.wait_for_value("/macro/3", value)
        # The desk that plays takes a file that changed under it.
        assert run(tmp_path, "--export", tmp_path / "mine.toml").returncode == 0
        assert run(tmp_path, "--forget", "macro", 3).returncode == 0

        def still() -> bool:
            play.send("/macro/3", 0.5)
            play.send(FADER, 127.0)
            return play.get("/macro/3") == (0.5,) == play.get("/macro/3")

        wait_for(still, "the fader to be forgotten", 10)
        assert run(tmp_path, "--import", tmp_path / "mine.toml").returncode == 0

        def plays() -> bool:
            play.send(FADER, 0.0)
            return abs(float(str((play.get("/macro/3") or (0.5,))[0])) - 0.2) < 1e-5

        wait_for(plays, "the fader to play again", 10)
        # A terminal that is closed while it waits leaves no engine that learns on.
        waiting = subprocess.Popen(
            command("macro", 4, "--osc-port", play.port),
            env=environment(tmp_path),
            stdout=subprocess.DEVNULL,
        )
        play.wait_for_value("/status/learn", "waiting", "/macro/4")
        waiting.send_signal(signal.SIGHUP)
        assert waiting.wait(30) == 128 + signal.SIGHUP
        wait_for(lambda: (play.get("/status/learn") or ("",))[0] != "waiting", "the end of it")


def test_without_a_show_a_knob_is_learnt_from_its_own_port(tmp_path: Path) -> None:
    with jack_server("learn") as server, Device(server, "Box", "out") as device:
        port = free_port()
        with moving(lambda place: device.send(0xB0, 21, place)):
            done = subprocess.run(
                command("feed", "--osc-port", port, "--curve", "2"),
                env={
                    **environment(tmp_path),
                    **server.environment,
                    "XDG_CONFIG_HOME": f"{tmp_path}",
                },
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        assert done.returncode == 0, done.stderr
        assert "cc 21 channel 1 of 'Box:out' plays /param/feed" in done.stdout
        assert kept(tmp_path) == [("Box:out", "/norm/feed")]
    done = run(tmp_path, "--list")
    assert lines_of(done.stdout)[0] == "Box:out"
    assert "/norm/feed" in done.stdout and "curve 2" in done.stdout


def test_nothing_moved_is_said_and_learns_nothing(tmp_path: Path) -> None:
    done = run(tmp_path, "macro", 1, "--for", 0.3, "--osc-port", free_port(), "--midi", "nobody")
    assert done.returncode == 1
    assert "nothing was moved for 0.3 seconds" in done.stderr
    assert not (tmp_path / "morphogen" / "bindings.toml").exists()
