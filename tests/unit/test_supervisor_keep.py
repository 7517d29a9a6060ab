"""What the supervisor keeps of the stage's state, without any process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.message import Message
from engine.settings import PlaySettings
from engine.supervisor.supervisor import Supervisor

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
