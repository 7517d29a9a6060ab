"""What the supervisor keeps of the stage's state, and whom it gives up on, without any process."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from engine.message import Message
from engine.settings import PlaySettings
from engine.supervisor import (
    BUSY_S,
    FAILURES,
    HANG_S,
    LEAVE_S,
    LONGEST_HANG_S,
    START_S,
    TERMINATED,
    USER_ERROR,
    Supervisor,
)

BEGIN = Message("/state/begin")


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    supervisor = Supervisor(PlaySettings())
    yield supervisor
    supervisor.close()


def kept(supervisor: Supervisor) -> dict[str, object]:
    return {message.address: message.arguments for message in supervisor.kept}


def test_the_newest_value_of_each_address_is_kept_and_told(supervisor: Supervisor) -> None:
    first = [Message("/macro/1", (0.1,)), Message("/macro/2", (0.2,))]
    assert supervisor.keep(first) == first
    assert supervisor.keep([Message("/macro/1", (0.9,))]) == [Message("/macro/1", (0.9,))]
    assert kept(supervisor) == {"/macro/1": (0.9,), "/macro/2": (0.2,)}


def test_another_scene_makes_the_old_state_void(supervisor: Supervisor) -> None:
    supervisor.keep([Message("/param/feed", (0.1,))])
    heard = supervisor.keep([BEGIN, Message("/param/growth", (1.0,))])
    assert [message.address for message in heard] == ["/state/begin", "/param/growth"]
    assert kept(supervisor) == {"/param/growth": (1.0,)}


def test_what_the_window_tells_the_desk_is_told_and_not_kept(supervisor: Supervisor) -> None:
    told = [Message("/desk/key", ("g", 1)), Message("/desk/key", ("g", 0))]
    assert supervisor.keep(told) == told
    assert kept(supervisor) == {}


def test_beats_are_neither_kept_nor_told(supervisor: Supervisor) -> None:
    assert supervisor.keep([Message("/stage/beat", (1,)), Message("/stage/busy")]) == []
    assert kept(supervisor) == {}


def test_a_stage_that_starts_or_compiles_is_waited_for_longer(supervisor: Supervisor) -> None:
    assert supervisor.patience == START_S
    supervisor.keep([Message("/stage/busy")])
    assert supervisor.patience == START_S
    supervisor.keep([Message("/stage/beat", (1,))])
    assert supervisor.patience == HANG_S
    supervisor.keep([Message("/stage/busy")])
    assert HANG_S < supervisor.patience == BUSY_S < START_S
    time.sleep(0.5)  # compiling is no gap between beats
    supervisor.keep([Message("/stage/beat", (2,))])
    assert supervisor.patience == HANG_S


def test_a_stage_lost_while_it_compiled_is_waited_for_longer_the_next_time(
    supervisor: Supervisor,
) -> None:
    supervisor.keep([Message("/stage/beat", (1,))])
    supervisor.wait_longer()  # lost between two beats: that is no matter of compiling
    supervisor.keep([Message("/stage/busy")])
    assert supervisor.patience == BUSY_S
    for _ in range(5):
        supervisor.wait_longer()
    supervisor.keep([Message("/stage/busy")])
    assert supervisor.patience == START_S


def test_a_slow_machine_is_waited_for_longer_for_a_while(supervisor: Supervisor) -> None:
    supervisor.keep([Message("/stage/beat", (1,))])
    time.sleep(0.6)
    supervisor.keep([Message("/stage/beat", (2,))])
    assert 3.5 < supervisor.patience <= LONGEST_HANG_S
    for beat in range(100):
        supervisor.keep([Message("/stage/beat", (beat,))])
    assert supervisor.patience == HANG_S


def test_a_stage_that_keeps_dying_starts_without_the_state_and_then_no_more(
    supervisor: Supervisor,
) -> None:
    supervisor.keep([Message("/macro/1", (0.1,))])
    tries = []
    while supervisor.may_try_again():
        tries.append(len(supervisor.choose_state()))
    assert tries == [1, 1] + [0] * (FAILURES - 3)


def test_a_stage_that_leaves_is_given_time_and_not_started_again(supervisor: Supervisor) -> None:
    supervisor.keep([Message("/stage/beat", (1,))])
    assert supervisor.keep([Message("/stage/leaving", (0,))]) == []
    assert supervisor.patience == LEAVE_S
    assert supervisor.is_over(None) and supervisor.is_over(-11)


def test_a_stage_that_was_sent_away_is_given_time_and_started_again(
    supervisor: Supervisor,
) -> None:
    supervisor.keep([Message("/stage/beat", (1,)), Message("/stage/leaving", (TERMINATED,))])
    assert supervisor.patience == LEAVE_S
    assert not supervisor.is_over(TERMINATED) and not supervisor.is_over(None)


def test_a_stage_that_leaves_because_it_failed_is_not_waited_for_as_long(
    supervisor: Supervisor,
) -> None:
    supervisor.keep([Message("/stage/beat", (1,)), Message("/stage/leaving", (1,))])
    assert supervisor.patience == START_S and not supervisor.is_over(1)


def test_a_mistake_in_what_was_asked_is_final_only_before_the_first_picture(
    supervisor: Supervisor,
) -> None:
    assert supervisor.is_over(USER_ERROR) and not supervisor.is_over(-9)
    supervisor.keep([Message("/stage/beat", (1,))])
    assert not supervisor.is_over(USER_ERROR) and supervisor.is_over(0)


def test_a_show_whose_time_is_up_is_over_however_its_stage_ended() -> None:
    supervisor = Supervisor(PlaySettings(duration=0.1))
    supervisor.keep([Message("/stage/beat", (1,))])
    assert not supervisor.is_over(-9)
    time.sleep(0.15)
    assert supervisor.is_over(-9)
    supervisor.close()
