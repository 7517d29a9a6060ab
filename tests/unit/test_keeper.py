"""The keeper: what is done about a field that is blank, full or still, and when it is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import Complaint
from engine.show.cues.playlist import Entry, Playlist
from engine.show.director import Director
from engine.show.life.keeper import LONGEST_REST, answer_pulse
from engine.show.life.life import Care, Pulse
from engine.show.memory.state import describe
from engine.show.pace import Pace
from engine.show.seeds.seed_file import parse_seed
from tests.show import make_catalogue, make_scene, send
from tests.unit.test_life import BLANK, FULL, LIVING, STILL

FPS = 10


def make(
    care: Care | None = None, playlist: Playlist | None = None, alone: bool = False
) -> Director:
    scenes = [make_scene("alpha", life=care or Care())]
    scenes += [] if alone else [make_scene("beta")]
    director = Director(make_catalogue(*scenes), "alpha", playlist=playlist)
    director.advance(0)
    return director


def live(director: Director, pulse: Pulse, seconds: float) -> list[Complaint]:
    """Let time pass with a field that is always so; what was answered."""
    said = []
    for _ in range(round(seconds * FPS)):
        frame = director.advance(1_000_000_000 // FPS)
        for layer in frame.layers:
            for voice in layer.voices:
                if voice.pulse:
                    answer = answer_pulse(director, replace(pulse, key=voice.key))
                    said += [answer] if answer else []
    return said


def answers(**given: str) -> Care:
    usual = Care()
    return replace(usual, answers={**usual.answers, **given})


def keys(director: Director) -> list[int]:
    return [voice.key for voice in director.layers[1].voices]


def test_a_living_field_is_never_touched() -> None:
    director = make()
    assert live(director, LIVING, 120.0) == []
    assert keys(director) == [1] and director.seed == 1


@pytest.mark.parametrize("pulse,word", [(BLANK, "dead"), (FULL, "saturated")])
def test_a_blank_field_is_grown_anew_by_a_fade_with_what_hands_gave_it(
    pulse: Pulse, word: str
) -> None:
    director = make()
    send(director, "/param/feed", 0.09)
    send(director, "/palette/go", "moss", 0.0)
    assert live(director, pulse, 2.0) == []
    (said,) = live(director, pulse, 2.2)
    assert (said.where, said.what) == ("scene 'alpha'", f"the field is {word}")
    layer = director.layers[1]
    assert len(layer.voices) == 2 and 0.0 < layer.fade < 1.0
    assert layer.voice.seed == 2
    assert layer.voice.bank.wanted("feed") == (0.09,)
    assert layer.voice.colours.palette.id == "moss"
    assert describe(director)["/status/revived"] == (1,)


def test_a_field_that_dies_of_its_knobs_gets_the_scenes_own_values_back_and_keeps_its_look() -> (
    None
):
    director = make()
    send(director, "/macro/1", 1.0)  # feed
    send(director, "/macro/4", 1.0)  # glow and the look's turn
    said = live(director, BLANK, 8.0)
    assert [s.remedy.split()[0] for s in said] == ["It", "It"]
    assert "scene's own values" in said[-1].remedy
    voice = director.layers[1].voice
    assert voice.macros[0] == 0.5 and voice.macros[3] == 1.0
    assert voice.bank.wanted("feed") == (pytest.approx(0.04),)
    assert voice.bank.wanted("turn") == (pytest.approx(0.1),)


def test_a_scene_that_dies_of_itself_gives_way_to_the_next() -> None:
    playlist = Playlist("show", "Show", (Entry("alpha", 500.0), Entry("beta", 500.0)), fade=2.0)
    director = make(playlist=playlist)
    said = live(director, BLANK, 8.0)
    assert said[-1].remedy == "The next scene comes."
    assert director.layers[1].voice.scene.id == "beta"


def test_growing_anew_takes_no_time_from_the_show() -> None:
    playlist = Playlist("show", "Show", (Entry("alpha", 20.0), Entry("beta", 500.0)), fade=2.0)
    director = make(answers(dead="reseed"), playlist)
    live(director, LIVING, 15.0)
    live(director, BLANK, 4.5)
    assert director.layers[1].voice.scene.id == "alpha" and director.layers[1].voice.seed == 2
    live(director, LIVING, 1.0)
    assert director.layers[1].voice.scene.id == "beta"


def test_where_nothing_helps_the_tries_become_rare() -> None:
    director = make(alone=True)
    said = live(director, BLANK, 600.0)
    assert 6 <= len(said) <= 12
    quiet = live(director, BLANK, LONGEST_REST * 2.5)
    assert 1 <= len(quiet) <= 3


def test_after_a_good_while_alive_the_next_death_is_a_first_one() -> None:
    director = make()
    for _ in range(3):
        (said,) = live(director, BLANK, 4.5)
        assert said.remedy == "It is grown anew."
        live(director, LIVING, 35.0)


def test_a_still_field_is_nudged_softly_and_stays_the_same_field() -> None:
    director = make()
    assert live(director, STILL, 18.0) == []
    said = next(s for _ in range(60) for s in live(director, STILL, 1 / FPS))
    assert said.remedy == "It is nudged."
    assert keys(director) == [1]
    frames = [director.advance(16_666_667).layers[0].voices[0] for _ in range(240)]
    amounts = [[abs(splat.amount) for splat in voice.splats] for voice in frames]
    assert all(len(frame) <= 1 and all(amount < 0.4 for amount in frame) for frame in amounts)
    assert 60 <= sum(map(len, amounts)) <= 80
    assert not any(amounts[185:]), "it does not end"


@pytest.mark.parametrize("word,pulse", [("dead", BLANK), ("saturated", FULL), ("frozen", STILL)])
def test_a_scene_may_be_left_as_it_is(word: str, pulse: Pulse) -> None:
    director = make(answers(**{word: "ignore"}))
    assert live(director, pulse, 90.0) == []


@pytest.mark.parametrize("word,pulse", [("dead", BLANK), ("saturated", FULL), ("frozen", STILL)])
def test_a_scene_may_ask_for_the_next(word: str, pulse: Pulse) -> None:
    director = make(replace(answers(**{word: "next"}), after=1.0, frozen_after=1.0))
    (said,) = live(director, pulse, 2.5)[:1]
    assert said.remedy == "The next scene comes."


def test_a_frozen_show_a_blackout_and_a_speed_of_nothing_are_no_frozen_field() -> None:
    for address, value in (("/freeze", 1), ("/blackout", 1), ("/param/speed", 0.0)):
        director = make()
        send(director, address, value)
        live(director, LIVING, 2.0)  # until the speed has glided there
        assert live(director, STILL, 60.0) == [], address


def test_a_hand_that_clears_the_field_has_time_to_draw() -> None:
    director = make()
    live(director, LIVING, 5.0)
    send(director, "/clear")
    assert live(director, BLANK, 9.0) == []
    assert len(live(director, BLANK, 3.0)) == 1


def test_a_field_with_numbers_that_are_none_is_grown_anew_when_it_stays_so() -> None:
    director = make()
    sick = replace(LIVING, broken=40)
    assert live(director, sick, 1.0) == []
    assert len(live(director, sick, 3.5)) == 1


def test_a_scene_that_never_gets_its_growth_done_is_not_waited_for() -> None:
    scene = make_scene("alpha", grow=100_000)
    pace = Pace(cells_per_frame=1.0)
    director = Director(make_catalogue(scene), "alpha", pace=pace)
    director.advance(0)
    assert live(director, BLANK, 3.9) == []
    assert director.layers[1].voice.is_growing
    assert len(live(director, BLANK, 2.0)) == 1


def test_a_scene_whose_file_is_gone_gives_way_or_stays() -> None:
    for others, expected in (({"beta"}, ["The next scene comes."]), (set(), [])):
        director = make()
        left = {n: s for n, s in director.catalogue.scenes.items() if n in others}
        director.catalogue = replace(director.catalogue, scenes=left)
        assert [said.remedy for said in live(director, BLANK, 5.0)] == expected


def test_a_voice_that_leaves_is_not_judged() -> None:
    director = make()
    live(director, LIVING, 1.0)
    send(director, "/scene/go", "beta", 10.0)
    old = director.layers[1].voices[0].key
    for _ in range(6):
        director.advance(1_000_000_000)
        assert answer_pulse(director, replace(BLANK, key=old)) is None


def test_another_layer_is_kept_alive_as_well() -> None:
    director = make()
    send(director, "/layer/2/scene/go", "beta")
    live(director, LIVING, 2.0)
    said = live(director, BLANK, 4.0)
    assert {s.where for s in said} == {"scene 'alpha'", "scene 'beta', layer 2"}


@pytest.mark.parametrize("word", ["reseed", "next"])
def test_what_is_dead_is_not_taken_over_by_what_comes_for_it(word: str) -> None:
    previous = parse_seed({"kind": "previous"}, "here")
    scenes = [
        make_scene("alpha", enter="equation", seed=previous, life=answers(dead=word)),
        make_scene("beta", enter="equation", seed=previous),
    ]
    director = Director(make_catalogue(*scenes), "alpha")
    live(director, BLANK, 4.2)
    frame = director.advance(0)
    assert len(frame.layers[0].voices) == 2
    assert frame.layers[0].voices[-1].becoming is None
    assert frame.layers[0].voices[-1].origin is None
