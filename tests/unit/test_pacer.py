"""The pacer: played against clocks that are not the machine's."""

from __future__ import annotations

import random
from collections.abc import Iterable

import numpy as np
import pytest

from engine.stage.pacer import LATE, LEAST, MOST, Pacer

SECOND = 1_000_000_000


def play(
    fps: float, work_s: float, *, hertz: float | None = None, seconds: float = 20.0
) -> tuple[Pacer, float]:
    """A loop whose frames take `work_s`; with `hertz`, showing waits for the screen's next turn."""
    now = 0.0
    pacer = Pacer(fps, hertz is not None, 0)
    frames = 0
    while now < seconds:
        pacer.begin(int(now * SECOND))
        now += work_s
        if hertz is not None:
            now = (int(now * hertz) + 1) / hertz
        now += pacer.end(int(now * SECOND))
        frames += 1
    return pacer, frames / now


@pytest.mark.parametrize("hertz", [50.0, 59.94, 60.0, 75.0, 144.0])
def test_a_screen_that_waits_does_not_starve_the_steps(hertz: float) -> None:
    pacer, rate = play(min(hertz, 60.0), 0.004, hertz=hertz)
    assert pacer.share >= 0.9
    assert rate == pytest.approx(min(hertz, 60.0), rel=0.03)


@pytest.mark.parametrize("work_s", [0.005, 0.022])
def test_30_frames_a_second_are_kept_on_a_60_hertz_screen(work_s: float) -> None:
    pacer, rate = play(30.0, work_s, hertz=59.94)
    assert rate == pytest.approx(30.0, rel=0.03)
    assert pacer.share >= 0.9


def test_frames_that_come_late_carry_fewer_steps() -> None:
    pacer, _ = play(60.0, LATE * 1.1 / 60)
    assert pacer.share == pytest.approx(LEAST)


def test_uneven_frames_that_are_in_time_on_the_whole_cost_no_steps() -> None:
    """Another process takes the processor now and then: one frame in five is late, none for long."""
    pacer, now, chance = Pacer(30.0, False, 0), 0.0, random.Random(4)
    for _ in range(600):
        pacer.begin(int(now * SECOND))
        now += (0.018 if chance.random() < 0.8 else 0.043) + chance.random() * 0.002
        now += pacer.end(int(now * SECOND))
    assert now == pytest.approx(20.0, rel=0.02)
    assert pacer.share >= 1.0


def test_too_much_work_is_met_within_half_a_second() -> None:
    pacer, now = Pacer(30.0, False, 0), 0.0
    for _ in range(300):
        pacer.begin(int(now * SECOND))
        now += 0.01
        now += pacer.end(int(now * SECOND))
    heavy = now
    while pacer.share > 0.9 and now < heavy + 1.0:
        pacer.begin(int(now * SECOND))
        now += 0.04 * pacer.share
        now += pacer.end(int(now * SECOND))
    assert now - heavy < 0.5


def test_time_to_spare_is_given_to_the_steps() -> None:
    pacer, rate = play(60.0, 0.004)
    assert pacer.share == pytest.approx(MOST)
    assert rate == pytest.approx(60.0, rel=0.01)


def test_an_excused_frame_is_not_judged() -> None:
    pacer = Pacer(60.0, False, 0)
    pacer.begin(0)
    pacer.excuse()
    pacer.begin(SECOND)
    assert pacer.share == 1.0


def test_after_a_stall_frames_do_not_hurry() -> None:
    pacer = Pacer(60.0, False, 0)
    pacer.begin(0)
    pacer.end(5 * SECOND)
    pacer.begin(5 * SECOND)
    assert pacer.end(5 * SECOND + SECOND // 1000) == pytest.approx(1 / 60 - 0.001, abs=1e-4)


def _play_uneven(pacer: Pacer, works_s: Iterable[float], now: float = 0.0) -> list[float]:
    """When the pictures are shown, in seconds, if drawing them takes so long."""
    shown = []
    for work_s in works_s:
        pacer.begin(int(now * SECOND))
        now += work_s
        now += pacer.drawn(int(now * SECOND))
        shown.append(now)
        now += 0.001  # what there is to tell
        now += pacer.end(int(now * SECOND))
    return shown


def test_frames_of_uneven_work_are_shown_evenly() -> None:
    chance = random.Random(5)
    shown = _play_uneven(Pacer(30.0, False, 0), (chance.uniform(0.012, 0.028) for _ in range(600)))
    apart = np.diff(shown[60:])
    assert apart == pytest.approx(1 / 30, abs=2e-3)


def test_a_frame_begins_no_earlier_than_drawing_takes() -> None:
    """What a hand does is seen as soon as may be: the wait is before the frame, not in it."""
    pacer, now = Pacer(30.0, False, 0), 0.0
    waits = []
    for frame in range(2000):
        pacer.begin(int(now * SECOND))
        now += 0.02 if frame == 300 else 0.004
        waits.append(pacer.drawn(int(now * SECOND)))
        now += waits[-1]
        now += pacer.end(int(now * SECOND))
    assert max(waits[2:300]) < 1e-4
    assert waits[302] == pytest.approx(0.016, abs=1e-3)  # it may take so long again
    assert waits[1900] < 1e-4


def test_more_than_planned_is_done_only_while_the_longest_frame_leaves_room() -> None:
    pacer = Pacer(30.0, False, 0)
    _play_uneven(pacer, (0.029 if frame % 40 == 0 else 0.01 for frame in range(500)))
    assert pacer.share == 1.0
    _play_uneven(pacer, [0.01] * 1000, now=500 / 30)
    assert pacer.share == pytest.approx(MOST)
    _play_uneven(pacer, [0.029] * 100, now=1500 / 30)
    assert pacer.share == 1.0


def test_a_flood_that_makes_single_frames_late_costs_no_steps() -> None:
    chance = random.Random(6)
    pacer = Pacer(30.0, False, 0)
    works = (0.045 if chance.random() < 0.05 else chance.uniform(0.015, 0.03) for _ in range(3000))
    shown = _play_uneven(pacer, works)
    assert shown[-1] == pytest.approx(100.0, rel=0.01)
    assert pacer.share == 1.0
