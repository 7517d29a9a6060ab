"""Messages into one show that plays, in real processes: a message in, a changed picture out."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time

import numpy as np
import pytest
from pythonosc.udp_client import SimpleUDPClient

from tests.jack import wait_for
from tests.play import Play

pytestmark = pytest.mark.skipif(
    sys.platform in ("darwin", "win32"), reason="processes are looked at through /proc"
)


@pytest.fixture
def coral(show: Play) -> Play:
    """The shared show, lit, in its scene."""
    for address in ("/blackout", "/freeze"):
        show.send(address, 0)
    show.send("/master/brightness", 1.0)
    show.send("/scene/go", "coral", 0.0)
    show.send("/palette/go", "coral", 0.0)
    show.wait_for_value("/palette/go", "coral")
    show.wait_for_value("/blackout", 0)
    show.wait_for_value("/scene/go", "coral")
    return show


def test_blackout_by_python_osc_makes_the_picture_black(coral: Play) -> None:
    assert coral.fresh_picture().mean() > 5
    SimpleUDPClient("127.0.0.1", coral.port).send_message("/blackout", 1)
    coral.wait_for_value("/blackout", 1)
    wait_for(lambda: coral.fresh_picture().max() == 0, "black", 20)
    coral.send("/blackout", 0)
    wait_for(lambda: coral.fresh_picture().mean() > 5, "light", 20)


def test_a_palette_by_oscsend_changes_the_colours(coral: Play) -> None:
    if not shutil.which("oscsend"):
        pytest.fail("this test needs oscsend: run `make setup`, or install liblo-tools")
    coral.send("/freeze", 1)
    coral.wait_for_value("/freeze", 1)
    before = coral.fresh_picture()
    coral.send("/freeze", 0)
    command = ["oscsend", "127.0.0.1", str(coral.port), "/palette/go", "sf", "verdigris", "0.1"]
    subprocess.run(command, check=True)
    coral.wait_for_value("/palette/go", "verdigris")

    def hue(picture: np.ndarray) -> np.ndarray:
        return picture.reshape(-1, 3).mean(0) / picture.mean()

    wait_for(lambda: np.abs(hue(coral.fresh_picture()) - hue(before)).max() > 0.1, "colours", 20)


def test_a_splat_draws_where_it_was_put(coral: Play) -> None:
    coral.send("/macro/6", 0.0)  # no rain
    coral.send("/param/speed", 0.0)
    coral.send("/clear")

    def change() -> np.ndarray:
        before = coral.fresh_picture()
        time.sleep(1)
        return np.abs(coral.fresh_picture() - before).max(axis=2)

    wait_for(lambda: change().mean() < 4, "a still picture", 30)  # what moved stops glowing
    before = coral.fresh_picture()
    coral.send("/splat", 0.25, 0.75, 0.12, 1.0)
    change_there = np.abs(coral.fresh_picture() - before).max(axis=2)
    rows, columns = change_there.shape
    # Pictures have row 0 on top, the field at the bottom.
    inside = change_there[rows // 4, columns // 4]
    far = change_there[rows * 3 // 4 :, columns * 3 // 4 :]
    assert inside > 15 and far.mean() < 5, coral.said


def test_get_answers_what_is_played(coral: Play) -> None:
    for value in (0.25, 0.75):
        coral.send("/macro/1", value)
        coral.wait_for_value("/macro/1", value)
    assert coral.answers()
    assert coral.get("/nonsense") is None


def test_a_scene_is_gone_to(coral: Play) -> None:
    coral.send("/scene/go", "aurora", 0.5)
    coral.wait_for_value("/scene/go", "aurora")
    assert coral.get("/palette/go") == ("aurora",)


def test_nothing_that_can_be_sent_stops_the_picture(coral: Play) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        for datagram in (b"", b"#bundle\0", b"\xff" * 400, b"/macro/1\0\0\0\0,f\0\0\x7f\xc0\0\0"):
            peer.sendto(datagram, ("127.0.0.1", coral.port))
    for address in ("/macro/99", "/layer/focus", "/layer/9/macro/1", "/tempo/beat", "/scene/go"):
        for argument in (1e308, float("nan"), "x" * 1000, 2**63, None, (1, (2, "x"))):
            coral.send(address, argument)
    coral.fresh_picture()
    assert coral.answers() and "Traceback" not in coral.said


def test_a_tape_plays_back_what_was_played(coral: Play) -> None:
    coral.send("/macro/2", 0.125)
    coral.wait_for_value("/macro/2", 0.125)
    coral.send("/tape/record")
    coral.send("/macro/2", 0.875)
    coral.wait_for_value("/macro/2", 0.875)
    coral.send("/tape/stop")
    coral.wait_for_value("/status/tape", "idle", 0)  # what comes in the same frame is on the tape
    coral.send("/macro/2", 0.5)
    coral.wait_for_value("/macro/2", 0.5)
    coral.send("/tape/play")
    coral.wait_for_value("/macro/2", 0.875)
