"""Undo and redo: whatever hands did, everything stands again as it stood, bit by bit."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.message import Argument, Message
from engine.show.cues.playlist import Entry, Playlist
from engine.show.director import Director
from engine.show.memory.become import describe_kept
from engine.show.memory.history import STEPS
from engine.show.voice import Voice
from tests.show import FRAME_NS, make_director, run, send

unit = st.floats(0.0, 1.0)
layer = st.sampled_from(("", "", "", "/layer/1", "/layer/2", "/layer/3"))
Change = tuple[str, tuple[Argument, ...]]


def voice_of(director: Director) -> Voice:
    return director.layer(1).voice


def change(path: str, *arguments: st.SearchStrategy[Argument]) -> st.SearchStrategy[Change]:
    return st.tuples(layer.map(lambda prefix: prefix + path), st.tuples(*arguments))


CHANGES: st.SearchStrategy[Change] = st.one_of(
    change("/scene/go", st.sampled_from(("alpha", "beta", "gamma")), st.sampled_from((0.0, 2.0))),
    change("/scene/next"),
    change("/palette/go", st.sampled_from(("ember", "frost", "moss"))),
    change("/palette/next"),
    change("/macro/1", unit),
    change("/macro/2", unit),
    change("/macro/4", st.just("+"), unit),
    change("/param/feed", unit),
    change("/param/scale", st.floats(0.01, 100.0)),
    change("/param/order", st.sampled_from(("one", "two", "three"))),
    change("/param/mirror", st.just("toggle")),
    change("/param/centre", unit, unit),
    change("/param/tint", unit, unit, unit, unit),
    change("/norm/glow", unit),
    change("/norm/diffuse_u", st.just("+"), unit),
    change("/palette/shift", unit),
    change("/opacity", unit),
    change("/blend", st.sampled_from(("add", "screen", "normal"))),
    change("/brush/size", unit),
    change("/splat/every", unit),
    change("/seed", st.integers(2, 99)),
    change("/snapshot/save", st.integers(1, 3)),
    change("/snapshot/go", st.integers(1, 3), st.just(0.0)),
    change("/snapshot/show/save", st.integers(1, 3)),
    change("/snapshot/clear", st.integers(1, 3)),
    change("/morph/slots", st.integers(0, 3), st.integers(0, 3)),
    change("/morph", unit, unit),
    change("/palette/mix", st.just("ember"), unit, st.just("moss"), st.just(0.5)),
    change("/random", unit),
    change("/eject"),
    change("/solo", st.just("toggle")),
    change("/bypass", st.just("toggle")),
    change("/bus", st.sampled_from(("a", "b", "off"))),
    change("/effect/1/go", st.sampled_from(("haze", "echo", ""))),
    change("/effect/1/mix", unit),
    change("/effect/2/go", st.just("haze")),
    change("/effect/2/norm/amount", unit),
    change("/effect/1/bypass", st.just("toggle")),
    st.tuples(st.just("/crossfader"), st.tuples(unit)),
    st.tuples(st.just("/master/effect/3/go"), st.tuples(st.sampled_from(("echo", "")))),
    st.tuples(st.just("/transition/use"), st.tuples(st.sampled_from(("wipe", "")))),
    change("/mod/add", st.just("slow"), st.just("lfo"), st.just("bars"), st.just(2)),
    change("/mod/route", st.just("slow"), st.just("feed"), unit),
    change("/mod/remove", st.just("slow")),
    change("/norm/slow_depth", unit),
    change("/palette/stop", st.just(1), unit, unit, unit, unit),
    change("/mutate"),
    change("/master/brightness", unit),
    change("/blackout", st.just("toggle")),
    change("/safe"),
    change("/nonsense"),
    change("/splat", unit, unit),
    change("/quantise", st.sampled_from(("off", "show"))),
)


@settings(max_examples=80)
@given(st.lists(st.tuples(CHANGES, st.integers(0, 90)), max_size=14), st.integers(0, 99))
def test_undo_and_redo_restore_everything_bit_by_bit(
    changes: list[tuple[Change, int]], least: int
) -> None:
    director = make_director()
    stood = [describe_kept(director)]  # what stood before each step
    for (address, arguments), frames in changes:
        before, steps = describe_kept(director), director.history.count(director)[0]
        director.apply(Message(address, arguments), at_once=True)
        if director.history.count(director)[0] > steps:
            stood.append(before)
        director.advance(frames * FRAME_NS)
    stood.append(describe_kept(director))
    stood = [state for state, _ in itertools.groupby(stood)]
    back = [describe_kept(director)]
    while send(director, "/undo") == 0:
        back.append(describe_kept(director))
        director.advance(least * FRAME_NS)
    assert back == stood[::-1]
    forth = [describe_kept(director)]
    while send(director, "/redo") == 0:
        forth.append(describe_kept(director))
        director.advance(FRAME_NS)
    assert forth == stood


def test_a_mixture_that_is_told_is_the_same_when_it_is_mixed_again() -> None:
    director = make_director()
    for weight in (0.50184, 0.1, 0.7, 1e-3):
        send(director, "/palette/mix", "ember", weight, "moss", 0.5)
        told = describe_kept(director)["/palette/mix"]
        send(director, "/palette/mix", *told)
        assert describe_kept(director)["/palette/mix"] == told


def test_moves_of_a_knob_within_a_second_are_one_step() -> None:
    director = make_director()
    before = voice_of(director).bank.wanted("feed")
    for number in range(50):
        send(director, "/param/feed", number / 1000)
        run(director, 0.5)
    send(director, "/undo")
    assert voice_of(director).bank.wanted("feed") == before
    send(director, "/redo")
    assert voice_of(director).bank.wanted("feed") == (0.049,)


def test_a_knob_that_rested_begins_another_step() -> None:
    director = make_director()
    send(director, "/param/feed", 0.01)
    run(director, 1.5)
    send(director, "/param/feed", 0.02)
    send(director, "/undo")
    assert voice_of(director).bank.wanted("feed") == (0.01,)


def test_presses_in_a_row_are_steps_of_their_own() -> None:
    director = make_director()
    for _ in range(2):
        send(director, "/palette/next")
        run(director, 0.2)
    send(director, "/undo")
    assert voice_of(director).colours.palette.id == "frost"


def test_two_hands_on_two_knobs_are_two_steps() -> None:
    director = make_director()
    feed, glow = (voice_of(director).bank.wanted(name) for name in ("feed", "glow"))
    for number in range(1, 20):
        send(director, "/param/feed", number / 1000)
        run(director, 0.1)
        send(director, "/param/glow", number / 50)
        run(director, 0.1)
    send(director, "/undo")
    assert voice_of(director).bank.wanted("glow") == glow
    send(director, "/undo")
    assert voice_of(director).bank.wanted("feed") == feed


def test_a_macro_that_hands_moved_on_comes_back_with_what_they_moved() -> None:
    director = make_director()
    send(director, "/macro/1", 0.9)
    run(director, 2.0)
    send(director, "/param/feed", 0.1)
    run(director, 2.0)
    send(director, "/macro/1", 0.1)
    send(director, "/undo")
    assert voice_of(director).macros[0] == 0.9
    assert voice_of(director).bank.wanted("feed") == (0.1,)


def test_a_layer_that_was_begun_is_taken_away_and_brought_back() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "beta")
    run(director, 2.0)
    send(director, "/layer/2/opacity", 0.25)
    assert (send(director, "/undo"), send(director, "/undo")) == (0, 0)
    run(director, 1.5)
    assert list(director.layers) == [1]
    assert (send(director, "/redo"), send(director, "/redo")) == (0, 0)
    assert director.layer(2).voice.scene.id == "beta"
    assert director.layer(2).opacity == 0.25


def test_a_snapshot_that_was_written_over_comes_back() -> None:
    director = make_director()
    send(director, "/snapshot/save", 1)
    run(director, 1.0)
    kept = director.snapshots[1]
    send(director, "/param/feed", 0.01)
    run(director, 1.0)
    send(director, "/snapshot/save", 1)
    send(director, "/undo")
    assert director.snapshots[1] == kept
    assert voice_of(director).bank.wanted("feed") == (0.01,)


def test_what_the_show_did_by_itself_is_not_taken_back() -> None:
    show = Playlist("show", "Show", (Entry("alpha", 5.0), Entry("beta", 50.0)), hold=1.0)
    director = make_director(playlist=show)
    send(director, "/opacity", 0.5)
    run(director, 2.0)
    send(director, "/palette/go", "moss")
    run(director, 20.0)
    assert voice_of(director).scene.id == "beta"
    beta = describe_kept(director)
    send(director, "/undo")  # of the palette nothing is left to take back
    assert describe_kept(director) == {**beta, "/opacity": (1.0,)}


def test_a_scene_that_hands_brought_is_taken_back_also_after_the_show_went_on() -> None:
    show = Playlist("show", "Show", (Entry("alpha", 60.0), Entry("beta", 60.0)), hold=1.0)
    director = make_director(playlist=show)
    send(director, "/param/feed", 0.011)
    run(director, 2.0)
    alpha = describe_kept(director)
    send(director, "/scene/go", "gamma", 0.0)
    run(director, 3.0)
    assert voice_of(director).scene.id == "beta"  # the show went on
    assert describe_kept(director) != alpha
    send(director, "/undo")
    assert describe_kept(director) == alpha


def test_hundreds_of_steps_are_kept_and_no_more_than_that() -> None:
    director = make_director()
    for number in range(STEPS + 20):
        send(director, "/param/feed", number * 1e-4)
        director.advance(1_100_000_000)
    assert director.history.count(director) == (STEPS, 0)
    for _ in range(STEPS):
        assert send(director, "/undo") == 0
    assert voice_of(director).bank.wanted("feed") == (pytest.approx(19e-4),)
    assert send(director, "/undo") == 1


def test_what_is_refused_is_no_step_and_leaves_what_can_be_made_again() -> None:
    director = make_director()
    send(director, "/param/feed", 0.01)
    send(director, "/undo")
    run(director, 1.0)
    assert send(director, "/param/feed", "much") == 1
    assert director.history.count(director) == (0, 1)
    assert send(director, "/redo") == 0


def test_a_knob_that_began_at_its_end_is_undone_all_the_same() -> None:
    director = make_director()
    send(director, "/opacity", 1.0)  # where it is
    run(director, 0.1)
    send(director, "/param/feed", 0.01)
    run(director, 0.1)
    send(director, "/opacity", 0.5)
    assert (send(director, "/undo"), director.layer(1).opacity) == (0, 1.0)
    assert voice_of(director).bank.wanted("feed") == (0.01,)


def test_a_flood_costs_no_more_steps_than_time_allows() -> None:
    director = make_director()
    for number in range(20_000):
        director.apply(Message(f"/param/nonsense{number}", (0.5,)))
    assert director.history.count(director)[0] <= 1


def test_a_recording_begins_with_nothing_to_take_back() -> None:
    director: Director = make_director()
    send(director, "/param/feed", 0.01)
    send(director, "/tape/record")
    assert send(director, "/undo") == 1
