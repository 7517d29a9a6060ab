"""The pacer: played against clocks that are not the machine's."""

from __future__ import annotations

import random

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
