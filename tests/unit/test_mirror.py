"""The desk's mirror: known values stay known while another state takes their place."""

from __future__ import annotations

from engine.desk.mirror import Mirror
from engine.message import Message

BEGIN = Message("/state/begin")


def test_the_newest_value_is_answered() -> None:
    mirror = Mirror()
    assert mirror.get("/macro/1") is None
    mirror.take([Message("/macro/1", (0.1,)), Message("/macro/1", (0.2,))])
    assert mirror.get("/macro/1") == (0.2,)


def test_a_value_of_both_states_is_never_unknown_between_them() -> None:
    mirror = Mirror()
    mirror.take([Message("/macro/1", (0.1,)), Message("/macro/2", (0.2,))])
    mirror.take([BEGIN])
    assert mirror.get("/macro/1") == (0.1,)
    mirror.take([])
    assert mirror.get("/macro/1") == (0.1,)
    mirror.take([Message("/macro/1", (0.9,))])  # the first of two bundles
    assert mirror.get("/macro/1") == (0.9,) and mirror.get("/macro/2") == (0.2,)
    mirror.take([Message("/macro/2", (0.8,))])
    mirror.take([])
    assert mirror.get("/macro/1") == (0.9,) and mirror.get("/macro/2") == (0.8,)


def test_what_the_new_state_does_not_have_is_unknown_once_it_is_whole() -> None:
    mirror = Mirror()
    mirror.take([Message("/param/feed", (0.1,))])
    mirror.take([BEGIN, Message("/param/growth", (1.0,))])
    mirror.take([])
    assert mirror.get("/param/feed") is None and mirror.get("/param/growth") == (1.0,)
    mirror.take([Message("/param/growth", (2.0,))])
    assert mirror.get("/param/growth") == (2.0,)


def test_a_state_that_begins_while_another_comes_leaves_no_gap() -> None:
    mirror = Mirror()
    mirror.take([BEGIN, Message("/macro/1", (0.1,)), BEGIN])
    assert mirror.get("/macro/1") == (0.1,)


def test_the_desks_own_values_outlive_every_state() -> None:
    mirror = Mirror()
    mirror.tell({"/status/malformed": (3,), "/status/midi": ()})
    mirror.take([BEGIN, Message("/macro/1", (0.1,))])
    mirror.take([])
    assert mirror.get("/status/malformed") == (3,) and mirror.get("/status/midi") == ()


def test_a_layer_is_known_by_its_number_and_the_focused_one_without() -> None:
    mirror = Mirror()
    state = [("/macro/1", (0.1,)), ("/layer/2/macro/1", (0.2,)), ("/opacity", (0.5,))]
    mirror.take([Message(address, arguments) for address, arguments in state])
    assert mirror.get("/macro/1") == mirror.get("/layer/1/macro/1") == (0.1,)
    assert mirror.get("/layer/2/macro/1") == (0.2,)
    assert mirror.get("/opacity") == mirror.get("/layer/1/opacity") == (0.5,)
    mirror.take([Message("/layer/focus", (2,)), Message("/blackout", (1,))])
    assert mirror.get("/macro/1") == mirror.get("/layer/2/macro/1") == (0.2,)
    assert mirror.get("/opacity") is None and mirror.get("/blackout") == (1,)
    view = mirror.view()
    for address, arguments in view.items():
        assert mirror.get(address) == arguments, address
    assert view["/layer/1/macro/1"] == (0.1,) and len(view) == 6


def test_the_view_follows_every_change() -> None:
    mirror = Mirror()
    mirror.take([Message("/macro/1", (0.1,))])
    assert mirror.view()["/macro/1"] == (0.1,)
    mirror.take([Message("/macro/1", (0.2,))])
    assert mirror.view()["/macro/1"] == (0.2,)
    mirror.tell({"/status/taken": (7,)})
    assert mirror.view()["/status/taken"] == (7,)
    mirror.take([Message("/state/begin"), Message("/macro/2", (0.3,))])
    assert mirror.view()["/macro/1"] == (0.2,)  # until the new state is whole
    mirror.take([])
    assert mirror.view().keys() == {"/macro/2", "/layer/1/macro/2", "/status/taken"}
