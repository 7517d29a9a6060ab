"""How long scenes of a show stay, by the clock on the wall or by the beat."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import pytest

from engine.show.cues.playlist import Entry, Playlist
from engine.show.director import Director
from tests.show import make_catalogue, send


def make_show(*entries: Entry, hold: float = 60.0) -> Director:
    show = Playlist("s", "S", entries, fade=0.5, hold=hold)
    return Director(make_catalogue(), entries[0].scene, playlist=show)


def stays(director: Director, frames: int) -> list[tuple[str, float]]:
    """What played, each with the beats it stayed; the last is not over yet."""
    seen = []
    for _ in range(frames):
        director.advance(10_000_000)
        seen.append((director.layer(1).voice.scene.id, director.tempo.nominal))
    runs = [(name, [beats for _, beats in run]) for name, run in groupby(seen, lambda s: s[0])]
    return [(name, sum(beats)) for name, beats in runs[:-1]]


def test_scenes_change_where_bars_begin() -> None:
    director = make_show(Entry("alpha", 90, bars=2), Entry("beta", 90, bars=1))
    assert stays(director, 2500) == [
        (name, pytest.approx(beats, abs=0.05)) for name, beats in [("alpha", 8), ("beta", 4)] * 4
    ]


def test_a_bar_of_three_is_shorter() -> None:
    director = make_show(Entry("alpha", 90, bars=2), Entry("beta", 90, beats=2))
    send(director, "/tempo/beats_per_bar", 3)
    # Two beats are no whole bar: the scene behind them stays until the next bar begins, at 15.
    assert [beats for _, beats in stays(director, 900)] == pytest.approx([6, 2, 7, 2], abs=0.05)


def test_a_show_comes_back_to_the_bars_after_a_hand_has_moved_the_beat() -> None:
    director = make_show(Entry("alpha", 90, bars=2), Entry("beta", 90, bars=2))
    stays(director, 100)
    send(director, "/tempo/beat", 101, "jump")
    for _ in range(5):
        before = director.layer(1).voice.scene.id
        while director.layer(1).voice.scene.id == before:
            director.advance(10_000_000)
        assert director.tempo.beats % 4 < 0.05


def test_a_clock_that_stands_does_not_hold_the_show() -> None:
    director = make_show(Entry("alpha", 90, bars=2), Entry("beta", 90, bars=1))
    send(director, "/tempo/running", 0)
    assert [beats for _, beats in stays(director, 700)] == pytest.approx([8, 4], abs=0.05)


def test_a_faster_clock_makes_a_shorter_scene_and_a_frozen_picture_a_longer() -> None:
    director = make_show(Entry("alpha", 90, bars=2), Entry("beta", 90, bars=8), hold=0.0)
    send(director, "/tempo/bpm", 240)
    send(director, "/freeze", 1)
    for _ in range(1000):
        director.advance(10_000_000)
    assert director.layer(1).voice.scene.id == "alpha"
    send(director, "/freeze", 0)
    for _ in range(210):
        director.advance(10_000_000)
    assert director.layer(1).voice.scene.id == "beta"


def test_a_touch_holds_a_scene_that_is_counted_in_bars_too() -> None:
    director = make_show(Entry("alpha", 90, bars=1), Entry("beta", 90, bars=1), hold=7.0)
    director.advance(10_000_000)
    send(director, "/macro/1", 0.4)
    assert [beats for _, beats in stays(director, 1010)] == pytest.approx([16, 4], abs=0.05)


def edit(director: Director, *entries: Entry) -> None:
    assert director.playlist
    director.adopt(director.catalogue, replace(director.playlist, entries=entries))


def test_an_edited_show_counts_from_when_the_scene_came() -> None:
    director = make_show(Entry("alpha", 10), Entry("beta", 10))
    voice = director.layer(1).voice
    assert stays(director, 800) == []
    edit(director, Entry("alpha", 9), Entry("beta", 10))
    assert director.layer(1).voice is voice
    assert stays(director, 90) == []
    assert [name for name, _ in stays(director, 20)] == ["alpha"]


def test_a_show_goes_on_from_where_it_is_whatever_was_put_before_that() -> None:
    director = make_show(Entry("alpha", 10), Entry("beta", 10), Entry("gamma", 10))
    assert [name for name, _ in stays(director, 1100)] == ["alpha"]
    edit(director, Entry("gamma", 5), Entry("alpha", 10), Entry("beta", 10), Entry("alpha", 10))
    assert [name for name, _ in stays(director, 2000)] == ["beta", "alpha"]


def test_a_show_without_the_scene_that_plays_goes_on_as_far_as_it_was() -> None:
    director = make_show(Entry("alpha", 10), Entry("beta", 10), Entry("gamma", 10))
    assert [name for name, _ in stays(director, 1100)] == ["alpha"]
    edit(director, Entry("alpha", 10), Entry("gamma", 10))
    assert [name for name, _ in stays(director, 2000)] == ["beta", "alpha"]


def test_seconds_become_bars_and_bars_seconds() -> None:
    director = make_show(Entry("alpha", 10), Entry("beta", 10))
    assert stays(director, 500) == []
    edit(director, Entry("alpha", 90, bars=4), Entry("beta", 10))
    assert [name for name, _ in stays(director, 400)] == ["alpha"]
    director = make_show(Entry("alpha", 90, bars=100), Entry("beta", 10))
    assert stays(director, 500) == []
    edit(director, Entry("alpha", 3), Entry("beta", 10))
    assert [name for name, _ in stays(director, 310)] == ["alpha"]


def test_a_scene_that_goes_from_the_catalogue_takes_no_other_with_it() -> None:
    director = make_show(Entry("alpha", 10), Entry("beta", 10), Entry("gamma", 10))
    assert [name for name, _ in stays(director, 1100)] == ["alpha"]
    catalogue = director.catalogue
    scenes = {name: scene for name, scene in catalogue.scenes.items() if name != "alpha"}
    director.adopt(replace(catalogue, scenes=scenes))
    assert [name for name, _ in stays(director, 2500)] == ["beta", "gamma"]
