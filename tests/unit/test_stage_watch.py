"""When a stage counts as hung, and when it is given up: times are handed in, no process runs."""

from __future__ import annotations

import pytest

from engine.message import Message
from engine.supervisor.stage_watch import (
    BUSY_S,
    FAILURES,
    FAILURES_S,
    HANG_S,
    LEAVE_S,
    LONGEST_HANG_S,
    START_S,
    TERMINATED,
    USER_ERROR,
    StageWatch,
)

BEAT, BUSY = Message("/stage/beat", (1,)), Message("/stage/busy")


def leaving(code: int) -> Message:
    return Message("/stage/leaving", (code,))


def playing(*, duration: float | None = None) -> StageWatch:
    """Of a stage that was started at 0 s, and beat for the first time at 1 s."""
    watch = StageWatch(duration)
    watch.start(0.0)
    watch.hear(BEAT, 1.0)
    return watch


def test_only_what_a_stage_says_of_itself_is_heard() -> None:
    watch = playing()
    assert watch.hear(BEAT, 2.0) and watch.hear(BUSY, 2.0) and watch.hear(leaving(0), 2.0)
    assert not watch.hear(Message("/macro/1", (0.5,)), 2.0)


def test_a_stage_without_a_beat_hangs() -> None:
    watch = playing()
    assert not watch.hangs(1.0 + HANG_S) and watch.hangs(1.1 + HANG_S)
    watch.start(10.0)
    assert not watch.hangs(10.0 + START_S) and watch.hangs(10.1 + START_S)


def test_a_stage_that_starts_or_compiles_is_waited_for_longer() -> None:
    watch = StageWatch()
    watch.start(0.0)
    assert watch.patience == START_S
    watch.hear(BUSY, 0.5)
    assert watch.patience == START_S
    watch.hear(BEAT, 1.0)
    assert watch.patience == HANG_S
    watch.hear(BUSY, 1.1)
    assert HANG_S < watch.patience == BUSY_S < START_S
    watch.hear(BEAT, 5.0)  # compiling is no gap between beats
    assert watch.patience == HANG_S


def test_a_stage_lost_while_it_compiled_is_waited_for_longer_the_next_time() -> None:
    watch = playing()
    watch.wait_longer()  # lost between two beats: that is no matter of compiling
    watch.hear(BUSY, 1.1)
    assert watch.patience == BUSY_S
    for _ in range(5):
        watch.wait_longer()
    watch.hear(BUSY, 1.2)
    assert watch.patience == START_S


def test_a_slow_machine_is_waited_for_longer_for_a_while() -> None:
    watch = playing()
    watch.hear(BEAT, 1.6)
    assert watch.patience == pytest.approx(3.6)
    watch.hear(BEAT, 6.6)
    assert watch.patience == LONGEST_HANG_S
    for beat in range(100):
        watch.hear(BEAT, 6.6 + 0.01 * beat)
    assert watch.patience == HANG_S


def test_a_stage_that_keeps_dying_starts_without_the_state_and_then_no_more() -> None:
    watch = playing()
    tries = []
    while watch.may_try_again(2.0):
        tries.append(watch.may_restore)
    assert tries == [True, True] + [False] * (FAILURES - 3)
    assert watch.may_try_again(2.1 + FAILURES_S) and watch.may_restore


def test_a_stage_that_leaves_is_given_time_and_not_started_again() -> None:
    watch = playing()
    watch.hear(leaving(0), 2.0)
    assert watch.patience == LEAVE_S
    assert watch.is_over(None, 3.0) and watch.is_over(-11, 3.0)


def test_a_stage_that_was_sent_away_is_given_time_and_started_again() -> None:
    watch = playing()
    watch.hear(leaving(TERMINATED), 2.0)
    assert watch.patience == LEAVE_S
    assert not watch.is_over(TERMINATED, 3.0) and not watch.is_over(None, 3.0)


def test_a_stage_that_leaves_because_it_failed_is_not_waited_for_as_long() -> None:
    watch = playing()
    watch.hear(leaving(1), 2.0)
    assert watch.patience == START_S and not watch.is_over(1, 3.0)


def test_a_mistake_in_what_was_asked_is_final_only_before_the_first_picture() -> None:
    watch = StageWatch()
    watch.start(0.0)
    assert watch.is_over(USER_ERROR, 1.0) and not watch.is_over(-9, 1.0)
    watch.hear(BEAT, 1.0)
    assert not watch.is_over(USER_ERROR, 2.0) and watch.is_over(0, 2.0)


def test_a_show_whose_time_is_up_is_over_however_its_stage_ended() -> None:
    watch = StageWatch(duration=5.0)
    watch.start(0.0)
    assert watch.time_left(4.0) == 5.0  # it counts from the first picture
    watch.hear(BEAT, 10.0)
    assert not watch.is_over(-9, 14.9) and watch.time_left(14.0) == pytest.approx(1.0)
    assert watch.is_over(-9, 15.0) and watch.time_left(16.0) == 0.0
