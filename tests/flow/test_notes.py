"""Notes of a sequencer that is not ours, over a real JACK server, draw into a whole show."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.show.hands.pitch import place_note
from tests.jack import JackServer, jack_server, wait_for
from tests.play import Play

pytestmark = pytest.mark.skipif(
    not all(shutil.which(name) for name in ("jackd", "jack_midiseq"))
    or sys.platform in ("darwin", "win32"),
    reason="JACK's dummy server is set up on Linux only",
)


NOISE = 12.0  # of 255: the grain of the picture, which is another in each frame


def play_note(server: JackServer, note: int) -> subprocess.Popen[bytes]:
    """A loop of half a second with one note in it."""
    return subprocess.Popen(
        ["jack_midiseq", "Sequencer", "24000", "0", str(note), "8000"],
        env=server.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_the_picture_changes_where_the_notes_of_a_sequencer_fall(tmp_path: Path) -> None:
    with jack_server("notes") as server, Play(tmp_path, start="coral") as play:
        play.wait_for_picture()
        play.send("/freeze", 1)  # so that nothing else moves
        play.wait_for_value("/freeze", 1)
        for note in (40, 79):
            play.send("/clear")
            still = play.fresh_picture()
            while np.abs(still - (after := play.fresh_picture())).max() > NOISE:
                still = after
            sequencer = play_note(server, note)
            try:
                wait_for(lambda: "Sequencer" in str(play.get("/status/midi")), "its port", 40)

                seen = [np.zeros(still.shape[:2])]  # the change in the picture looked at last

                def moved(before: np.ndarray = still, seen: list[np.ndarray] = seen) -> float:
                    seen[0] = np.abs(play.fresh_picture() - before).sum(axis=2)
                    return float(seen[0].max())

                wait_for(lambda: moved() > 6 * NOISE, "the note", 40)
                change = np.maximum(seen[0] - 3 * NOISE, 0.0)
            finally:
                sequencer.kill()
                sequencer.wait()
            rows, columns = change.shape
            y, x = np.average(np.indices(change.shape), axis=(1, 2), weights=[change] * 2)
            spot = place_note(note)
            assert abs((x + 0.5) / columns - spot.x) < 0.05
            assert abs(1.0 - (y + 0.5) / rows - spot.y) < 0.08
            wait_for(lambda: "Sequencer" not in str(play.get("/status/midi")), "its end", 40)
