"""When a desk counts as hung and when it is started again, without a process or a clock."""

from __future__ import annotations

import pytest

from engine.message import Message
from engine.supervisor.desk_watch import HANG_S, LONGEST_S, SOUND_S, DeskWatch

BEAT = [Message("/desk/beat", (1,))]


def pauses(watch: DeskWatch, now: float, deaths: int) -> list[float]:
    """How long it waits after each death of a desk that lives a tenth of a second."""
    found = []
    for _ in range(deaths):
        watch.start(now)
        now += 0.1
        watch.bury(now)
        wait = watch.wait_s(now)
        assert wait is not None
        found.append(wait)
        now += wait
    return found


def test_a_desk_hangs_when_its_beat_stays_away_and_not_before_it_came() -> None:
    watch = DeskWatch()
    watch.start(0.0)
    assert not watch.hangs(100.0)
    watch.hear([Message("/desk/taken", (1,))], 100.0)
    assert not watch.hangs(200.0)
    watch.hear(BEAT, 200.0)
    assert not watch.hangs(200.0 + HANG_S) and watch.hangs(200.1 + HANG_S)
    watch.hear(BEAT, 206.0)
    assert not watch.hangs(206.1)


def test_a_desk_that_was_started_again_is_not_blamed_for_the_one_before() -> None:
    watch = DeskWatch()
    watch.start(0.0)
    watch.hear(BEAT, 1.0)
    watch.bury(10.0)
    watch.start(10.0)
    assert not watch.hangs(30.0)


def test_the_first_comes_back_at_once_and_the_others_ever_later() -> None:
    watch = DeskWatch()
    assert watch.wait_s(0.0) is None
    wanted = [0.0, 0.5, 1.0, 2.0, 4.0, 8.0, LONGEST_S, LONGEST_S]
    assert pauses(watch, 0.0, 8) == pytest.approx(wanted)


def test_only_the_first_death_in_a_row_is_news() -> None:
    watch = DeskWatch()
    watch.start(0.0)
    assert watch.bury(1.0)
    watch.start(1.0)
    assert not watch.bury(2.0)
    watch.start(3.0)
    assert watch.bury(3.0 + SOUND_S)


def test_a_desk_that_lived_long_is_started_at_once() -> None:
    watch = DeskWatch()
    pauses(watch, 0.0, 5)
    watch.start(100.0)
    watch.bury(100.0 + SOUND_S)
    assert watch.wait_s(100.0 + SOUND_S) == 0.0


def test_a_desk_is_told_of_the_peers_of_the_one_before_it() -> None:
    watch = DeskWatch()
    watch.start(0.0)
    assert watch.kept == []
    phone = Message("/desk/peers", ("phone", "10.0.0.1", 9000))
    watch.hear([Message("/desk/beat", (1,)), phone], 1.0)
    watch.bury(2.0)
    watch.start(2.0)
    watch.hear([Message("/desk/peers")], 2.5)  # it has only begun
    assert watch.kept == [phone]
    watch.hear([Message("/desk/peers")], 60.0)  # all have said goodbye
    assert watch.kept == []
