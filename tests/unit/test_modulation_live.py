"""Modulation played by addresses: struck, moved, added, taken away, told, brought back, undone."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from engine.desk.osc.queries import answer
from engine.message import Argument, Message
from engine.overtaking import is_event
from engine.show.director import Director
from engine.show.expression import parse_expression
from engine.show.memory.restore import as_kept, restore
from engine.show.memory.state import describe, describe_modulation
from engine.show.modulation.modulator import BEATS, HERTZ, MOST_MODULATORS, Modulator, Route
from engine.show.scene import Drift
from engine.show.voice_edits import MOST_EDITS
from tests.show import make_catalogue, make_director, make_scene, run, send

HIT = Modulator("hit", "envelope", values={"decay": 1.0}, on="onset")
WAVE = Modulator("wave", "lfo", BEATS, {"rate": 4.0})
SCENE = make_scene(
    "alpha",
    modulators=(HIT, WAVE),
    routes=(Route("hit", "rain", 2.0), Route("wave", "hit_depth", 0.5)),
)


def begin() -> Director:
    director = Director(make_catalogue(SCENE, make_scene("beta")), "alpha")
    director.advance(0)
    return director


def wanted(director: Director, name: str) -> float:
    return director.layers[1].voice.bank.wanted(name)[0]


def test_what_a_modulator_has_is_played_by_its_name() -> None:
    director = begin()
    for address, value, name in (
        ("/mod/wave/rate", 2.0, "wave_rate"),
        ("/mod/wave/depth", 0.3, "wave_depth"),
        ("/mod/wave/phase", 0.25, "wave_phase"),
        ("/mod/wave/bypass", 1.0, "wave_bypass"),
        ("/mod/hit/attack", 0.5, "hit_attack"),
        ("/mod/hit/to/rain", -1.0, "hit_to_rain"),
    ):
        assert not send(director, address, value)
        assert wanted(director, name) == value
    assert not send(director, "/mod/wave/shape", "square")
    assert wanted(director, "wave_shape") == 4.0
    assert not send(director, "/mod/wave/depth", "*", 2.0)
    assert wanted(director, "wave_depth") == 0.6
    assert not send(director, "/norm/wave_rate", 1.0)
    assert wanted(director, "wave_rate") == pytest.approx(1 / 32)


def test_onsets_notes_and_triggers_strike_what_waits_for_them() -> None:
    director = begin()
    rig = director.layers[1].voice.rig
    for address, arguments in (
        ("/audio/onset", (0.5,)),
        ("/mod/hit/trigger", ()),
        ("/mod/hit/trigger", (0.7,)),
    ):
        before = rig.nodes["hit"].signal
        assert not send(director, address, *arguments)
        run(director, 1 / 60)
        assert rig.nodes["hit"].signal > before
        run(director, 3)
    send(director, "/mod/add", "key", "envelope", "on", "note", "sustain", 0.5)
    send(director, "/note", 60, 1.0)
    run(director, 5)
    assert rig.nodes["key"].signal == 0.5
    send(director, "/note", 60, 0.0)
    run(director, 5)
    assert rig.nodes["key"].signal == 0.0


def test_a_modulator_and_a_route_are_added_and_taken_away_while_it_plays() -> None:
    director = begin()
    voice = director.layers[1].voice
    send(director, "/param/feed", 0.05)
    run(director, 1)
    before = voice.bank.values()
    assert not send(director, "/mod/add", "slow", "lfo", "period", 8, "shape", "triangle")
    assert not send(director, "/mod/route", "slow", "glow", 0.4, "s", "uni")
    assert not send(director, "/mod/route", "slow", "wave_rate", 1.0)
    after = voice.bank.values()
    assert {name: after[name] for name in before} == before
    assert wanted(director, "slow_rate") == 0.125
    assert voice.scene.routes[-2:] == (
        Route("slow", "glow", 0.4, "s", "uni"),
        Route("slow", "wave_rate", 1.0),
    )
    assert not send(director, "/mod/route", "slow", "glow", 0.1)
    assert wanted(director, "slow_to_glow") == 0.1
    assert not send(director, "/mod/remove", "slow", "wave_rate")
    assert "slow_to_wave_rate" not in voice.parameters
    assert not send(director, "/mod/remove", "wave")
    assert [m.name for m in voice.scene.modulators] == ["hit", "slow"]
    assert "wave_to_hit_depth" not in voice.parameters
    run(director, 1)


def test_a_modulator_becomes_another_while_it_plays() -> None:
    director = begin()
    voice = director.layers[1].voice
    assert not send(director, "/mod/set", "wave", "kind", "steps", "steps", 0.0, 0.5, 1.0)
    assert voice.scene.modulators[1].steps == (0.0, 0.5, 1.0)
    assert wanted(director, "wave_rate") == 4.0
    assert not send(director, "/mod/set", "wave", "period", 2)
    assert wanted(director, "wave_rate") == 0.5
    assert not send(director, "/mod/set", "wave", "kind", "formula", "formula", "sin(time)")
    run(director, 1.0)
    assert 0.8 < voice.rig.nodes["wave"].signal < 0.9


@pytest.mark.parametrize(
    "address,arguments",
    [
        ("/mod/nobody/rate", (1.0,)),
        ("/mod/wave/attack", (1.0,)),
        ("/mod/wave", (1.0,)),
        ("/mod/wave/rate", ("fast",)),
        ("/mod/wave/rate", (float("nan"),)),
        ("/mod/hit/trigger", ("x",)),
        ("/mod/add", ()),
        ("/mod/add", ("wave", "lfo")),
        ("/mod/add", ("feed", "lfo")),
        ("/mod/add", ("../x", "lfo")),
        ("/mod/add", ("new", "lof")),
        ("/mod/add", ("new", "lfo", "rate")),
        ("/mod/add", ("new", "lfo", "rate", -1.0)),
        ("/mod/add", ("new", "formula", "formula", "open('x')")),
        ("/mod/add", ("edits", "lfo")),
        ("/mod/set", ("nobody", "rate", 1.0)),
        ("/mod/set", ("wave", "name", 4)),
        ("/mod/route", ("wave", "nothing", 0.1)),
        ("/mod/route", ("nobody", "feed", 0.1)),
        ("/mod/route", ("hit", "wave_rate", 0.1)),
        ("/mod/route", ("wave", "feed", float("inf"))),
        ("/mod/route", ("wave", "feed", 0.1, "bent")),
        ("/mod/route", ("wave", "feed")),
        ("/mod/remove", ("nobody",)),
        ("/mod/remove", ("wave", "feed")),
        ("/mod/remove", ()),
        ("/mod/edits", (1,)),
        ("/mod/edits", ("{",)),
        ("/mod/edits", ("[" * 900,)),
        ("/mod/edits", ('{"modulator":{"name":"x","kind":"lfo","rate":NaN}}',)),
        ("/mod/edits", ('{"remove":["wave"]}',)),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    address: str, arguments: tuple[Argument, ...]
) -> None:
    director = begin()
    before = describe(director)
    assert send(director, address, *arguments) == 1
    after = describe(director)
    assert {a: v for a, v in after.items() if not a.startswith("/status")} == {
        a: v for a, v in before.items() if not a.startswith("/status")
    }


def test_what_a_macro_moves_is_not_taken_away() -> None:
    macros = (replace(SCENE.macros[0], moves=(("wave_depth", 0.0, 1.0),)), *SCENE.macros[1:])
    director = Director(make_catalogue(replace(SCENE, macros=macros)), "alpha")
    assert send(director, "/mod/remove", "wave") == 1
    assert not send(director, "/macro/1", 0.25)
    assert wanted(director, "wave_depth") == 0.25


def edit(director: Director) -> None:
    send(director, "/mod/add", "slow", "noise", "bars", 2)
    send(director, "/mod/route", "slow", "feed", 0.02, "exp")
    send(director, "/mod/remove", "hit", "rain")
    send(director, "/mod/slow/rate", 3.0)
    send(director, "/mod/slow/to/feed", -0.01)
    send(director, "/mod/wave/depth", 1.5)


def test_what_moves_by_itself_goes_on_where_it_was_when_a_stage_died() -> None:
    """Waves, chance and drifts by the clock, what was struck, and formulas of time."""
    moves = (
        Modulator("slow", "lfo", HERTZ, {"rate": 0.011}),
        Modulator("rough", "noise", HERTZ, {"rate": 0.3}),
        Modulator("stair", "hold", HERTZ, {"rate": 0.7, "smooth": 0.2}),
        Modulator("once", "ramp", HERTZ, {"rate": 0.02}, on="onset", once=True),
        Modulator("list", "steps", HERTZ, on="note", steps=(0.1, 0.9, 0.4)),
        Modulator("sum", "formula", formula=parse_expression("sin(0.1 * time)")),
        WAVE,
    )
    scene = make_scene(
        "alpha", drifts=(Drift("feed", 0.005, 40.0, 0.0, "wander"),), modulators=moves
    )
    catalogue = make_catalogue(scene)
    director = Director(catalogue, "alpha")
    send(director, "/layer/2/scene/go", "alpha", 0.0)
    run(director, 20, fps=20)
    send(director, "/audio/onset", 1.0)
    send(director, "/note", 60, 1.0)
    run(director, 17.3, fps=20)
    kept = describe(director)
    fresh = Director(catalogue, "alpha")
    restore(fresh, as_kept(kept))
    run(director, 1), run(fresh, 1)
    for number in (1, 2):
        lived, begun = (one.layers[number].voice.rig for one in (director, fresh))
        for name, node in lived.nodes.items():
            assert begun.nodes[name].raw == pytest.approx(node.raw, abs=1e-4), name
        assert begun.landed == pytest.approx(lived.landed, abs=1e-6)
    assert not fresh.refused


@pytest.mark.parametrize(
    "told", [("slow", "x"), ("", math.nan), (1.0,), ("", 1.0, 2.0), ("wave", 1e300, 0.0), (b"",)]
)
def test_places_that_are_none_are_left_alone(told: tuple[Argument, ...]) -> None:
    director, fresh = begin(), begin()
    restore(fresh, [Message("/state/place/mod", told), Message("/state/place/phase", told)])
    run(director, 1), run(fresh, 1)
    assert describe_modulation(fresh) == describe_modulation(director)


def test_what_was_changed_survives_a_dead_stage_and_is_on_a_tape() -> None:
    director = begin()
    edit(director)
    run(director, 1)
    kept = describe(director)
    fresh = begin()
    restore(fresh, [Message(address, value) for address, value in kept.items()])
    assert describe(fresh)["/mod/edits"] == kept["/mod/edits"] != ()
    assert {a: v for a, v in describe(fresh).items() if a.startswith(("/param", "/mod"))} == {
        a: v for a, v in kept.items() if a.startswith(("/param", "/mod"))
    }
    taped = begin()
    restore(taped, as_kept(kept))
    assert taped.layers[1].voice.scene.routes == director.layers[1].voice.scene.routes
    assert wanted(taped, "slow_to_feed") == -0.01
    assert not taped.refused


def test_what_was_changed_is_undone_and_done_again() -> None:
    director = begin()
    run(director, 1)
    before = describe(director)["/mod/edits"]
    send(director, "/mod/add", "slow", "noise")
    run(director, 1)
    send(director, "/mod/slow/rate", 3.0)
    run(director, 1)
    send(director, "/mod/remove", "slow")
    run(director, 1)
    send(director, "/undo")
    assert wanted(director, "slow_rate") == 3.0
    send(director, "/undo")
    send(director, "/undo")
    assert describe(director)["/mod/edits"] == before == ()
    assert "slow_rate" not in director.layers[1].voice.parameters
    send(director, "/redo")
    send(director, "/redo")
    assert wanted(director, "slow_rate") == 3.0


def test_an_edited_scene_file_keeps_what_was_changed_live() -> None:
    director = begin()
    edit(director)
    routes = (*SCENE.routes, Route("wave", "exposure", 0.5))
    director.adopt(make_catalogue(replace(SCENE, routes=routes), make_scene("beta")))
    voice = director.layers[1].voice
    assert [(r.source, r.target) for r in voice.scene.routes] == [
        ("wave", "hit_depth"),
        ("wave", "exposure"),
        ("slow", "feed"),
    ]
    assert wanted(director, "slow_rate") == 3.0
    director.adopt(make_catalogue(replace(SCENE, modulators=(), routes=()), make_scene("beta")))
    assert voice.scene.modulators == ()
    run(director, 0.1)


def test_what_moves_and_where_it_is_is_told() -> None:
    director = begin()
    send(director, "/audio/onset", 1.0)
    run(director, 0.5)
    state = {**describe(director), **describe_modulation(director)}
    assert state["/list/modulators"] == ("hit", "wave")
    assert state["/list/mod/hit"] == ("envelope", "uni", "", "onset", "rain")
    assert "/mod/hit/trigger" in state["/status/addresses"]
    hit, rain = state["/status/mod/hit"][0], state["/status/mod/to/rain"][0]
    assert isinstance(hit, float) and rain == pytest.approx(2.0 * hit) and hit > 0.0


def test_a_question_about_modulation_is_answered_with_what_it_is_and_does() -> None:
    director = begin()
    send(director, "/mod/wave/rate", 2.0)
    run(director, 0.5)
    state = {**describe(director), **describe_modulation(director)}
    answered = {message.address: message.arguments for message in answer("/mod", state)}
    assert answered["/mod/wave/rate"] == (2.0,) and answered["/mod/hit/to/rain"] == (2.0,)
    assert answered["/status/mod/wave"] == state["/status/mod/wave"]
    assert [message.address for message in answer("/mod/*/depth", state)] == [
        "/mod/hit/depth",
        "/mod/wave/depth",
    ]


def test_more_than_a_frame_or_a_message_holds_is_refused() -> None:
    director = begin()
    refused = sum(send(director, "/mod/add", f"m{n}", "lfo") for n in range(MOST_EDITS + 8))
    assert refused == 8
    director = begin()
    refused = 0
    for n in range(MOST_MODULATORS):
        refused += send(director, "/mod/add", f"m{n}", "lfo")
        run(director, 1 / 60)
    assert len(director.layers[1].voice.scene.modulators) == MOST_MODULATORS + 2 - refused
    assert 2 <= refused < 24
    edits = describe(director)["/mod/edits"]
    assert sum(len(str(edit)) for edit in edits) <= 3000
    assert all(json.loads(str(edit)) for edit in edits)


def test_triggers_and_changes_count_one_by_one() -> None:
    assert is_event("/mod/hit/trigger", (1.0,))
    assert is_event("/layer/2/mod/route", ("a", "b", 0.1))
    assert not is_event("/mod/wave/rate", (1.0,))


def test_modulation_is_each_layers_own() -> None:
    director = make_director("alpha")
    send(director, "/layer/2/scene/go", "beta")
    assert not send(director, "/layer/2/mod/add", "wave", "lfo")
    assert "wave_rate" in director.layers[2].voice.parameters
    assert send(director, "/layer/1/mod/wave/rate", 1.0) == 1
    assert not send(director, "/layer/2/mod/wave/rate", 1.0)
