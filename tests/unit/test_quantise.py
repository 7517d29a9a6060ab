"""Changes that wait for the beat or the bar, and messages that say when they were true."""

from __future__ import annotations

import pytest

from engine.message import Argument, Message
from engine.show.beat.moment import take_ago, tell_ago
from engine.show.cues.playlist import Entry, Playlist
from engine.show.director import Director
from engine.show.memory.restore import let_time_pass, restore, time_away
from engine.show.memory.state import describe
from tests.show import make_catalogue, make_director, make_scene, run, send


def playing(director: Director) -> str:
    return director.layer(1).voice.scene.id


@pytest.mark.parametrize(("unit", "beats"), [("beat", 1.0), ("bar", 4.0), (2, 2.0), (0.5, 0.5)])
def test_a_scene_waits_for_its_time(unit: Argument, beats: float) -> None:
    director = make_director()
    run(director, 0.1)  # 120 bpm: a fifth of a beat
    send(director, "/quantise", unit)
    assert send(director, "/scene/go", "beta", 1) == 0
    assert describe(director)["/status/waiting"] == ("/layer/1/scene/go beta 1",)
    run(director, beats / 2 - 0.1 - 0.05)
    assert playing(director) == "alpha"
    run(director, 0.1)
    assert playing(director) == "beta"
    assert describe(director)["/status/waiting"] == ()


def test_a_second_wish_replaces_the_first_and_other_kinds_wait_beside_it() -> None:
    director = make_director()
    send(director, "/quantise", "bar")
    run(director, 0.1)
    send(director, "/scene/go", "beta")
    send(director, "/palette/go", "moss")
    send(director, "/scene/go", "gamma")
    assert describe(director)["/status/waiting"] == (
        "/layer/1/palette/go moss",
        "/layer/1/scene/go gamma",
    )
    run(director, 2.0)
    assert playing(director) == "gamma"


def test_a_wish_for_a_layer_is_done_there_whatever_has_the_focus_then() -> None:
    director = make_director()
    send(director, "/quantise", "beat")
    send(director, "/layer/2/scene/go", "gamma")
    run(director, 1.0)
    assert director.layer(2).voice.scene.id == "gamma" and playing(director) == "alpha"


def test_hands_on_knobs_never_wait() -> None:
    director = make_director()
    send(director, "/quantise", "bar")
    run(director, 0.1)
    send(director, "/macro/1", 0.9)
    send(director, "/blackout", 1)
    assert director.layer(1).voice.macros[0] == 0.9 and director.master.blackout
    assert describe(director)["/status/waiting"] == ()


def test_a_button_let_go_neither_waits_nor_replaces() -> None:
    director = make_director()
    send(director, "/quantise", "bar")
    run(director, 0.1)
    send(director, "/scene/next", 1)
    send(director, "/scene/next", 0)
    assert describe(director)["/status/waiting"] == ("/layer/1/scene/next 1",)


def test_nothing_waits_for_a_clock_that_stands() -> None:
    director = make_director()
    send(director, "/quantise", "bar")
    run(director, 0.1)
    send(director, "/scene/go", "beta")
    send(director, "/tempo/running", 0)
    run(director, 0.1)
    assert playing(director) == "beta"
    send(director, "/scene/go", "gamma")
    assert playing(director) == "gamma"


def test_what_cannot_be_done_is_refused_when_its_time_comes() -> None:
    director = make_director()
    send(director, "/quantise", "beat")
    run(director, 0.1)
    assert send(director, "/scene/go", "nothing") == 0
    run(director, 1.0)
    assert director.refused == {"no such scene": 1} and playing(director) == "alpha"


def test_the_safe_scene_comes_at_once_and_forgets_what_waits() -> None:
    director = make_director()
    send(director, "/quantise", "bar")
    run(director, 0.1)
    send(director, "/scene/go", "beta")
    send(director, "/safe")
    run(director, 3.0)
    assert playing(director) == "alpha"


def test_a_scene_says_what_its_changes_wait_for_a_show_for_the_others() -> None:
    catalogue = make_catalogue(make_scene("alpha", quantise="bar"), make_scene("beta"))
    show = Playlist("s", "S", (Entry("alpha", 90.0), Entry("beta", 90.0)), quantise="beat")
    director = Director(catalogue, "alpha", playlist=show)
    run(director, 0.6)
    send(director, "/scene/go", "beta")
    run(director, 1.0)
    assert playing(director) == "alpha"  # it has passed the second beat and the third
    run(director, 0.5)
    assert playing(director) == "beta"
    run(director, 0.1)
    send(director, "/scene/go", "alpha")
    run(director, 0.5)
    assert playing(director) == "alpha"
    send(director, "/quantise", "off")
    send(director, "/scene/go", "beta")
    assert playing(director) == "beta"


@pytest.mark.parametrize("junk", [(), ("whole",), (None,), (1, 2), (b"x",), (float("nan"),)])
def test_a_unit_that_is_none_is_refused(junk: tuple[Argument, ...]) -> None:
    director = make_director()
    assert send(director, "/quantise", *junk) == 1
    assert director.waiting.unit == "show"


def test_a_restored_show_has_its_palette_at_once_and_waits_as_before() -> None:
    director = make_director()
    send(director, "/palette/go", "moss", 0.0)
    send(director, "/quantise", "bar")
    run(director, 0.3)
    fresh = Director(make_catalogue(), "alpha")
    restore(fresh, [Message(a, v) for a, v in describe(director).items()])
    assert fresh.layer(1).voice.colours.palette.id == "moss"
    assert (fresh.waiting.unit, fresh.tempo.beats) == ("bar", director.tempo.beats)


def test_the_beat_goes_on_while_a_stage_is_started_again() -> None:
    director = make_director()
    run(director, 1.0)
    kept = [Message(a, v, 5_000_000_000) for a, v in describe(director).items()]
    fresh = Director(make_catalogue(), "alpha")
    restore(fresh, kept)
    let_time_pass(fresh, time_away(kept, 8_500_000_000))
    assert fresh.tempo.beats == pytest.approx(director.tempo.beats + 7.0)


def test_a_message_on_time_says_how_long_ago_it_was_true() -> None:
    told = tell_ago(Message("/tempo/beat", (4,), 1_000_000_000), 1_250_000_000)
    assert told.arguments == (4, "ago", 0.25)
    assert take_ago(told.arguments) == ((4,), 0.25)
    director = make_director()
    director.apply(told)
    assert director.tempo.beats == pytest.approx(4.5)


@pytest.mark.parametrize(
    "message",
    [
        Message("/macro/1", (0.5,), 1),
        Message("/tempo/beat", (4,)),
        Message("/tempo/beat", (4,), 10**15),
        Message("/tempo/beat", (4, "ago", 0.5), 1_000_000_000),
    ],
)
def test_other_messages_and_other_clocks_stay_as_they_are(message: Message) -> None:
    assert tell_ago(message, 1_250_000_000) is message
