"""Ableton Link: another program in the session leads a whole desk. Only where its package is installed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest

from engine.desk.link import join_link
from engine.desk.notes import Notes
from tests.desk import Desk
from tests.jack import wait_for

installed = pytest.mark.skipif(
    importlib.util.find_spec("link") is None,
    reason="Link is GPL and never installed by default: pip install LinkPython-extern",
)
OTHER = """
import sys, link
session = link.Link(133.0)
session.startStopSyncEnabled = True
session.enabled = True
for line in sys.stdin:
    word, value = line.split()
    state = session.captureSessionState()
    now = session.clock().micros()
    if word == "tempo":
        state.setTempo(float(value), now)
    else:
        state.setIsPlaying(value == "1", now)
    session.commitSessionState(state)
"""


def test_a_missing_package_is_one_line_with_a_remedy() -> None:
    said: list[str] = []

    def load() -> object:
        raise ImportError("link")

    assert join_link(Notes(lambda: 0, said.append), load) is None
    assert len(said) == 1
    assert "not installed" in said[0] and "pip install" in said[0] and "GPL" in said[0]


@installed
def test_the_desk_follows_the_tempo_the_beat_the_start_and_the_stop_of_a_session() -> None:
    with (
        subprocess.Popen([sys.executable, "-c", OTHER], stdin=subprocess.PIPE, text=True) as other,
        Desk(None, link=True) as desk,
    ):
        assert other.stdin is not None

        def say(words: str) -> None:
            assert other.stdin is not None
            other.stdin.write(f"{words}\n")
            other.stdin.flush()

        def last() -> tuple[object, ...]:
            told = [m.arguments for m in desk.drain() if m.address == "/tempo/sync"]
            return told[-1] if told else ()

        try:
            wait_for(lambda: last()[2:] == ("link", ""), "the session", 30)
            say("tempo 97")
            wait_for(lambda: abs(float(str(last()[1])) - 97) < 0.1, "its tempo", 30)
            say("play 1")
            first = float(str(last()[0]))
            wait_for(lambda: float(str(last()[0])) > first + 2, "two beats", 30)
            say("play 0")
            wait_for(lambda: last()[3] == "stop", "its stop", 30)
            say("play 1")
            wait_for(lambda: last()[3] == "", "its start", 30)
        finally:
            other.kill()
