"""What is heard is kept for films: by its time, for as long as one is recorded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.desk.audio.ring import KEPT_NS, Ring, list_pieces, stream_sound, want_since

RATE = 8000
SECOND = 1_000_000_000
BEGAN = 500 * SECOND


def ramp(first: int, count: int, channels: int = 2) -> NDArray[np.float64]:
    """Samples that tell their number, of 16 bits."""
    numbers = np.arange(first, first + count) % 20000 / 32767.0
    return np.repeat(numbers[:, None], channels, axis=1)


def hear(folder: Path, seconds: float, block: int = 400, jitter_ns: int = 0) -> Ring:
    """A ring that has heard a ramp, its blocks a little late now and then."""
    ring = Ring(folder, RATE)
    for number, first in enumerate(range(0, int(seconds * RATE), block)):
        late = (number * 7919) % (jitter_ns + 1)
        ring.write(ramp(first, block), BEGAN + (first + block) * SECOND // RATE + late)
    assert ring.trouble == ""
    return ring


def read(folder: Path, from_ns: int, to_ns: int) -> NDArray[np.int16]:
    found = stream_sound(folder, from_ns, to_ns)
    assert found is not None and found[0] == RATE
    return np.frombuffer(b"".join(found[1]), "<i2").reshape(-1, 2)


@pytest.mark.parametrize("jitter_ns", [0, 20_000_000])
def test_a_film_gets_what_was_heard_in_its_time_without_a_gap(
    tmp_path: Path, jitter_ns: int
) -> None:
    hear(tmp_path, 12.0, jitter_ns=jitter_ns)
    assert len(list_pieces(tmp_path)) == 3
    samples = read(tmp_path, BEGAN + 3 * SECOND, BEGAN + 8 * SECOND)
    assert samples.shape == (5 * RATE, 2)
    assert (np.diff(samples[:, 0].astype(int)) % 20000 == 1).all()
    assert abs(int(samples[0, 0]) - (3 * RATE) % 20000) <= jitter_ns * RATE // SECOND
    assert (samples[:, 0] == samples[:, 1]).all()


def test_where_nothing_was_heard_there_is_silence(tmp_path: Path) -> None:
    ring = hear(tmp_path, 2.0)
    ring.write(ramp(0, RATE), BEGAN + 6 * SECOND)  # after three seconds without a device
    samples = read(tmp_path, BEGAN - SECOND, BEGAN + 7 * SECOND)
    assert len(samples) == 8 * RATE
    heard = samples[:, 0].reshape(8, RATE).any(axis=1).tolist()
    assert heard == [False, True, True, False, False, False, True, False]
    assert stream_sound(tmp_path, BEGAN + 50 * SECOND, BEGAN + 60 * SECOND) is None


def test_one_channel_is_both(tmp_path: Path) -> None:
    ring = Ring(tmp_path, RATE)
    ring.write(ramp(0, RATE, channels=1), BEGAN + SECOND)
    assert (read(tmp_path, BEGAN, BEGAN + SECOND)[:, 1] == np.arange(RATE) % 20000).all()


def test_only_while_a_film_is_recorded_is_more_kept_than_some_seconds(tmp_path: Path) -> None:
    hear(tmp_path / "free", 60.0)
    oldest = list_pieces(tmp_path / "free")[0].start_ns
    assert oldest >= BEGAN + 60 * SECOND - KEPT_NS - 12 * SECOND
    want_since(tmp_path / "wanted", BEGAN)
    hear(tmp_path / "wanted", 60.0)
    assert list_pieces(tmp_path / "wanted")[0].start_ns == BEGAN
    want_since(tmp_path / "wanted", None)
    hear(tmp_path / "wanted", 60.0)
    assert list_pieces(tmp_path / "wanted")[0].start_ns > BEGAN


def test_a_folder_that_cannot_be_made_is_said_and_nothing_else_happens(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    ring = Ring(tmp_path / "file" / "sound", RATE)
    ring.write(ramp(0, 100), BEGAN)
    assert "not kept" in ring.trouble
    ring.write(ramp(0, 100), BEGAN)
    ring.close()
