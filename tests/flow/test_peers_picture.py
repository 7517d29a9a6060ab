"""Programs that are not ours play the show and hear it: Pure Data, oscsend and oscdump."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from engine.message import Message
from engine.osc_reading import decode
from engine.osc_writing import encode
from tests.jack import wait_for
from tests.play import ROOT, Play, free_port

PATCH = ROOT / "tests" / "pd" / "peer.pd"


class PureData:
    """Pd without a window, with a patch that says /hello, sends one fader and prints what it hears."""

    def __init__(self, play: Play, folder: Path, fader: float) -> None:
        if not shutil.which("pd"):
            pytest.skip("this test needs Pure Data: run `make setup`, or install puredata-core")
        self._heard = folder / "heard.txt"
        told = (f"engine {play.port}", f"here {free_port()}", f"fader {fader}")
        command = ["pd", "-nogui", "-noaudio", "-nomidi", "-stderr"]
        for message in told:
            command += ["-send", message]
        with self._heard.open("w") as heard:
            self._process = subprocess.Popen([*command, str(PATCH)], stderr=heard)

    @property
    def heard(self) -> list[str]:
        return self._heard.read_text(errors="replace").splitlines()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


def test_a_fader_of_pure_data_darkens_the_picture_and_it_hears_what_others_do(
    show: Play, tmp_path: Path
) -> None:
    show.send("/master/brightness", 1.0)
    show.wait_for_value("/master/brightness", 1.0)
    bright = show.fresh_picture().mean()
    data = PureData(show, tmp_path, 0.25)
    try:
        show.wait_for_value("/master/brightness", 0.25)
        wait_for(lambda: 0 < show.fresh_picture().mean() < 0.6 * bright, "a darker picture", 20)
        wait_for(lambda: "heard: list scene go coral" in data.heard, "the state in Pure Data", 20)
        subprocess.run(
            ["oscsend", "127.0.0.1", str(show.port), "/macro/3", "f", "0.75"], check=True
        )
        wait_for(lambda: "heard: list macro 3 0.75" in data.heard, "the macro in Pure Data", 20)
    finally:
        data.close()


def test_foreign_addresses_by_oscsend_change_the_picture_and_oscdump_hears_it(
    show: Play, tmp_path: Path
) -> None:
    """Resolume's master fader, from a program that knows nothing of Morphogen."""
    if not (shutil.which("oscdump") and shutil.which("oscsend")):
        pytest.fail("this test needs oscdump: run `make setup`, or install liblo-tools")
    show.send("/master/brightness", 1.0)
    show.wait_for_value("/master/brightness", 1.0)
    bright = show.fresh_picture().mean()
    port = free_port()
    oscsend = ["oscsend", "127.0.0.1", str(show.port)]
    heard = tmp_path / "heard.txt"
    with heard.open("w") as file:
        dump = subprocess.Popen(["oscdump", "-L", str(port)], stdout=file)
    try:

        def greets() -> bool:
            """Until it listens nothing reaches it."""
            subprocess.run([*oscsend, "/hello", "i", str(port)], check=True)
            return "/master/brightness" in heard.read_text()

        wait_for(greets, "the state in oscdump", 20)
        subprocess.run([*oscsend, "/composition/master", "f", "0.25"], check=True)
        show.wait_for_value("/master/brightness", 0.25)
        wait_for(lambda: 0 < show.fresh_picture().mean() < 0.6 * bright, "a darker picture", 20)
        wait_for(lambda: "/master/brightness f 0.25" in heard.read_text(), "it in oscdump", 20)
    finally:
        dump.kill()
        dump.wait()


def test_a_peer_is_told_on_when_the_desk_was_killed(show: Play) -> None:
    """It says hello once; the desk that comes back knows it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.setblocking(False)
        peer.sendto(encode(Message("/hello", ("phone",))), ("127.0.0.1", show.port))
        wait_for(lambda: "'phone'" in str(show.get("/status/peers")), "the report of it", 20)
        time.sleep(1.2)  # the same report to the supervisor, at least once
        desk = show.pid("desk")
        assert desk
        os.kill(desk, signal.SIGKILL)
        wait_for(lambda: show.pid("desk") not in (None, desk), "another desk", 20)
        wait_for(show.answers, "its answer", 20)
        show.send("/macro/2", 0.0625)

        def hears() -> bool:
            try:
                heard = decode(peer.recv(65536), 0)
            except BlockingIOError:
                return False
            return Message("/macro/2", (0.0625,)) in heard

        wait_for(hears, "the change", 20)
