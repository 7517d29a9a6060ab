"""The meters of frames, and of how soon a picture follows a hand."""

from __future__ import annotations

from engine.message import Message
from engine.stage.meter import KEPT, Latency, Meter

MS, SECOND = 1_000_000, 1_000_000_000


def test_it_tells_the_median_the_99th_percentile_and_the_longest() -> None:
    meter = Meter()
    assert meter.tell() == (0.0, 0.0, 0.0)
    shown = 5 * MS
    meter.add(shown)
    for number in range(200):
        shown += (40 if number % 50 == 0 else 16) * MS
        meter.add(shown)
    assert meter.tell() == (16.0, 40.0, 40.0)
    assert meter.frames == 201


def test_only_the_latest_count() -> None:
    meter = Meter()
    meter.add(0)
    meter.add(900 * MS)
    for number in range(KEPT):
        meter.add((900 + 10 * (number + 1)) * MS)
    assert meter.tell() == (10.0, 10.0, 10.0)


def test_how_long_a_hand_waited_for_its_picture() -> None:
    latency = Latency()
    assert latency.tell() == ()
    for number in range(100):
        shown = (number + 1) * 100 * MS
        latency.add(shown, [Message("/macro/1", (0.5,), shown - (50 if number == 7 else 12) * MS)])
    assert latency.tell() == (12.0, 12.0, 12.0)
    latency.add(SECOND, [Message("/macro/1", (0.5,), SECOND - 30 * MS)])
    assert latency.tell() == (12.0, 30.0, 30.0)


def test_messages_without_a_time_and_empty_frames_do_not_count() -> None:
    latency = Latency()
    latency.add(SECOND, [])
    latency.add(SECOND, [Message("/macro/1", (0.5,)), Message("/seed", (), SECOND + 1)])
    assert latency.tell() == ()


def test_a_flood_in_one_frame_does_not_push_out_the_frames_before() -> None:
    latency = Latency()
    for number in range(20):
        latency.add(SECOND, [Message("/macro/1", (number,), SECOND - 10 * MS)])
    latency.add(SECOND, [Message("/macro/1", (0,), SECOND - 40 * MS)] * 100_000)
    median, late, last = latency.tell()
    assert (median, late, last) == (10.0, 40.0, 40.0)
