"""The state as messages: whoever keeps it can bring the show back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.message import Argument, Message
from engine.osc_reading import decode
from engine.osc_writing import encode
from engine.show.director import Director
from engine.show.memory.restore import restore
from engine.show.memory.state import State, describe, describe_refusals
from tests.show import FRAME_NS, make_catalogue, make_director, run, send, voice_of

CHANGES: list[tuple[str, tuple[Argument, ...]]] = [
    ("/scene/go", ("beta", 0.0)),
    ("/scene/go", ("gamma", 3.0)),
    ("/layer/2/scene/go", ("beta",)),
    ("/layer/4/scene/go", ("alpha",)),
    ("/layer/2/opacity", (0.25,)),
    ("/layer/2/blend", ("screen",)),
    ("/layer/1/opacity", (0.5,)),
    ("/layer/1/blend", ("add",)),
    ("/layer/2/param/feed", (0.0625,)),
    ("/layer/focus", (2,)),
    ("/macro/1", (0.75,)),
    ("/macro/3", (0.9,)),
    ("/macro/8", (0.125,)),
    ("/param/feed", (0.0625,)),
    ("/param/tint", (0.25, 0.5, 0.75, 1.0)),
    ("/param/mirror", (1,)),
    ("/norm/scale", (0.3,)),
    ("/palette/go", ("moss",)),
    ("/palette/shift", (0.25,)),
    ("/seed", (41,)),
    ("/snapshot/save", (3,)),
    ("/blackout", (1,)),
    ("/freeze", (1,)),
    ("/master/brightness", (0.5,)),
    ("/tempo/bpm", (93.5,)),
    ("/tempo/beat", (17.25,)),
    ("/tempo/beats_per_bar", (3,)),
    ("/tempo/running", (0,)),
    ("/tempo/source", ("midi",)),
    ("/quantise", ("bar",)),
    ("/quantise", (2,)),
    ("/mod/add", ("slow", "lfo", "period", 8)),
    ("/mod/route", ("slow", "feed", 0.02)),
    ("/mod/slow/depth", (0.5,)),
    ("/mod/remove", ("slow",)),
    ("/layer/2/solo", (1,)),
    ("/layer/2/bypass", (1,)),
    ("/bus", ("b",)),
    ("/crossfader", (0.75,)),
    ("/effect/2/go", ("haze",)),
    ("/effect/2/go", ("echo", 1.0)),
    ("/effect/2/param/amount", (0.25,)),
    ("/effect/2/mix", (0.5,)),
    ("/layer/2/effect/1/go", ("echo",)),
    ("/layer/3/effect/1/bypass", (1,)),
    ("/master/effect/4/go", ("haze",)),
    ("/master/effect/4/norm/spin", (1.0,)),
    ("/transition/use", ("wipe",)),
    ("/transition/param/soft", (0.75,)),
]


def over_the_wire(state: State) -> list[Message]:
    """As the supervisor keeps it: encoded and decoded."""
    return [decode(encode(Message(a, v)), 0)[0] for a, v in state.items()]


def close_to(state: State) -> dict[str, object]:
    """OSC's floats have 24 bits."""

    def soften(value: object) -> object:
        if isinstance(value, float):
            return pytest.approx(value, rel=1e-6, abs=1e-7)
        return [soften(part) for part in value] if isinstance(value, tuple) else value

    return {address: soften(value) for address, value in state.items()}


def as_lists(value: object) -> object:
    return [as_lists(part) for part in value] if isinstance(value, tuple) else value


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(CHANGES), max_size=12))
def test_a_kept_state_brings_the_same_show_back(
    changes: list[tuple[str, tuple[Argument, ...]]],
) -> None:
    director = make_director()
    for address, arguments in changes:
        director.apply(Message(address, arguments), at_once=True)  # what waits is not kept
        director.advance(FRAME_NS)
    director.refused.clear()
    before = describe(director)
    fresh = Director(make_catalogue(), "alpha")
    restore(fresh, over_the_wire(before))
    after = {address: as_lists(value) for address, value in describe(fresh).items()}
    assert after == close_to(before)


def test_a_restored_show_is_there_in_its_first_frame() -> None:
    director = make_director()
    send(director, "/scene/go", "beta", 0)
    send(director, "/param/feed", 0.1)
    send(director, "/palette/go", "moss", 0)
    frame = run(director, 3.0)
    fresh = Director(make_catalogue(), "alpha")
    restore(fresh, over_the_wire(describe(director)))
    first = fresh.advance(0)
    assert len(first.layers[0].voices) == 1
    assert voice_of(first).scene.id == "beta" and voice_of(first).seed == voice_of(frame).seed
    assert voice_of(first).values["diffuse_u"] == pytest.approx(0.2)
    assert voice_of(fresh.advance(FRAME_NS)).lut == pytest.approx(voice_of(frame).lut, abs=1e-6)


def test_a_value_moved_away_from_its_macro_stays_where_it_is_whatever_the_order() -> None:
    director = make_director()
    send(director, "/macro/1", 1.0)
    send(director, "/param/feed", 0.015625)
    kept = over_the_wire(describe(director))
    fresh = Director(make_catalogue(), "alpha")
    restore(fresh, reversed(kept))
    voice = fresh.layer(1).voice
    assert (voice.bank.wanted("feed"), voice.macros[0]) == ((0.015625,), 1.0)


def test_snapshots_outlive_the_stage() -> None:
    director = make_director()
    send(director, "/param/feed", 0.0625)
    send(director, "/macro/8", 0.125)
    send(director, "/snapshot/save", 7)
    send(director, "/scene/go", "beta", 0)
    fresh = Director(make_catalogue(), "alpha")
    restore(fresh, over_the_wire(describe(director)))
    assert send(fresh, "/snapshot/go", 7) == 0
    voice = fresh.layer(1).voice
    assert (voice.scene.id, voice.bank.wanted("feed"), voice.macros[7]) == (
        "alpha",
        (0.0625,),
        0.125,
    )


def test_a_state_of_scenes_that_are_gone_harms_nothing() -> None:
    director = make_director()
    kept = [
        Message("/state/begin"),
        Message("/scene/go", ("gone",)),
        Message("/seed", ("x",)),
        Message("/layer/3/scene/go", ("gone",)),
        Message("/layer/3/opacity", (0.5,)),
        Message("/palette/go", ("gone",)),
        Message("/param/gone", (1.0,)),
        Message("/macro/1", (0.75,)),
    ]
    restore(director, kept)
    assert director.layer(1).voice.scene.id == "alpha"
    assert director.layer(1).voice.macros[0] == 0.75
    assert director.refused.total() == 0


def test_only_numbers_and_words_that_osc_can_say_are_described() -> None:
    director = make_director("beta")
    send(director, "/layer/3/scene/go", "gamma")
    send(director, "/snapshot/save", 1)
    for address, arguments in describe(director).items():
        assert encode(Message(address, arguments))


def test_a_show_restored_in_a_blackout_is_dark_from_its_first_frame() -> None:
    director = make_director()
    send(director, "/palette/go", "night", 0.0)
    send(director, "/layer/2/scene/go", "beta")
    send(director, "/layer/2/opacity", 0.5)
    send(director, "/master/brightness", 0.25)
    send(director, "/blackout", 1)
    send(director, "/freeze", 1)
    run(director, 1.0)
    fresh = make_director()
    restore(fresh, over_the_wire(describe(director)))
    frame = fresh.advance(FRAME_NS)
    assert frame.light == 0.0
    assert frame.layers[1].opacity == 0.5


def test_refusals_are_told_by_reason() -> None:
    director = make_director()
    for address in ("/no/such", "/nor/this"):
        director.apply(Message(address))
    director.apply(Message("/param/feed", ("x",)))
    assert describe(director)["/status/refused"] == (3,)
    assert describe_refusals(director) == {
        "/status/refused/unknown-address": (2,),
        "/status/refused/not-a-number": (1,),
    }
