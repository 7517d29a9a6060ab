"""The meter of frames."""

from __future__ import annotations

from engine.meter import KEPT, Meter

MS = 1_000_000


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
