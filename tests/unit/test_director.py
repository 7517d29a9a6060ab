"""The director: the same messages give the same frames, and a show walks through its scenes."""

from __future__ import annotations

import random

import numpy as np
import pytest

from engine.message import Message
from engine.show.cues.playlist import Entry, Playlist
from engine.show.director import LONGEST_TICK, TIME_WRAP, Director
from engine.show.frame import Frame
from engine.show.pace import Pace
from tests.show import FRAME_NS, make_catalogue, make_director, run, send, voice_of


def picture_of(frame: Frame) -> list[object]:
    """Everything in a frame as plain values that can be compared."""
    found: list[object] = [frame.index, frame.time, frame.time_delta, dict(frame.finish)]
    found += [frame.light]
    for layer in frame.layers:
        found += [layer.fades, layer.opacity, layer.blend]
        for v in layer.voices:
            found += [v.key, v.scene.id, v.seed, dict(v.values), v.steps, v.dt, v.splats, v.clear]
            found += [v.lut.tobytes(), v.accent.tobytes(), v.lut_version]
    return found


def perform(seed: int) -> list[object]:
    draw = random.Random(5)
    director = Director(make_catalogue(), "beta", seed=seed, pace=Pace(1.5, None, 1e6, 60))
    frames = []
    for _ in range(200):
        if draw.random() < 0.2:
            address, arguments = draw.choice(
                [
                    ("/macro/1", (draw.random(),)),
                    ("/scene/next", ()),
                    ("/palette/go", ("moss", 0.5)),
                    ("/splat", (draw.random(), draw.random())),
                    ("/seed", ()),
                    ("/tempo/tap", ()),
                    ("/layer/2/scene/go", ("gamma",)),
                    ("/layer/2/opacity", (draw.random(),)),
                    ("/param/feed", ("+", 0.01)),
                ]
            )
            director.apply(Message(address, arguments))  # type: ignore[arg-type]
        frames.append(picture_of(director.advance(FRAME_NS)))
    return frames  # type: ignore[return-value]


def test_the_same_seed_and_messages_give_the_same_frames() -> None:
    assert perform(3) == perform(3)


def test_another_seed_gives_another_show() -> None:
    assert perform(3) != perform(4)


def test_a_value_is_already_felt_in_the_next_frame() -> None:
    director = make_director()
    before = voice_of(director.advance(FRAME_NS)).values["feed"]
    send(director, "/macro/1", 1.0)
    after = voice_of(director.advance(FRAME_NS)).values["feed"]
    assert after - before > 0.2 * (0.06 - before)  # type: ignore[operator]


def test_a_stall_is_a_quarter_of_a_second_at_most() -> None:
    director = make_director()
    before = director.advance(FRAME_NS).time
    frame = director.advance(3_600_000_000_000)
    assert frame.time_delta == LONGEST_TICK and frame.time - before == pytest.approx(LONGEST_TICK)
    assert director.advance(-5).time_delta == 0.0


def test_time_wraps_so_that_float32_stays_fine() -> None:
    director = make_director()
    times = [director.advance(250_000_000).time for _ in range(4 * 3600 + 8)]
    assert max(times) < TIME_WRAP
    assert np.diff(np.float32(times)).max() == pytest.approx(0.25)


def test_a_freeze_holds_everything_that_moves() -> None:
    director = make_director("beta")
    run(director, 1.0)
    send(director, "/freeze", 1)
    first = director.advance(FRAME_NS)
    second = director.advance(FRAME_NS)
    for a, b in zip(first.layers[0].voices, second.layers[0].voices, strict=True):
        assert (a.values, b.steps, b.splats) == (b.values, 0, ())
    assert first.time == second.time


def test_the_finish_fades_with_the_scenes() -> None:
    director = make_director()
    send(director, "/param/exposure", 4.0)
    run(director, 1.0)
    send(director, "/scene/go", "gamma", 2.0)
    way = [run(director, 0.1).finish["exposure"] for _ in range(21)]
    assert way[0] > 3.9 and way[-1] == pytest.approx(1.0)  # type: ignore[operator]
    steps = np.diff(np.array(way, float))
    assert steps.max() <= 0 and steps.min() > -0.4


def make_show(*entries: tuple[str, float], fade: float = 2.0, hold: float = 30.0) -> Director:
    chosen = tuple(Entry(scene, seconds) for scene, seconds in entries)
    playlist = Playlist("default", "Default", chosen, fade, hold)
    return Director(make_catalogue(), chosen[0].scene, playlist=playlist)


def walk(director: Director, seconds: float) -> list[str]:
    """The scene played at the end of each second."""
    return [voice_of(run(director, 1.0, 30)).scene.id for _ in range(round(seconds))]


def test_a_show_loops_with_fades() -> None:
    director = make_show(("alpha", 10), ("gamma", 5), ("beta", 5))
    seen = walk(director, 38)
    changes = [scene for scene, before in zip(seen, ["", *seen], strict=False) if scene != before]
    assert changes == ["alpha", "gamma", "beta", "alpha", "gamma", "beta"]
    assert seen.count("alpha") == pytest.approx(20, abs=1)


def test_a_show_crosses_over_in_its_own_time() -> None:
    director = make_show(("alpha", 3), ("gamma", 30), fade=4.0)
    run(director, 3.1)
    assert run(director, 2.0).layers[0].fades[-1] == pytest.approx(0.5, abs=0.1)
    assert len(run(director, 2.2).layers[0].voices) == 1


def test_a_scene_may_stand_in_a_show_twice() -> None:
    director = make_show(("alpha", 3), ("beta", 3), ("alpha", 3), ("gamma", 3))
    seen = walk(director, 26)
    changes = [scene for scene, before in zip(seen, ["", *seen], strict=False) if scene != before]
    assert changes[:8] == ["alpha", "beta", "alpha", "gamma"] * 2


def test_each_time_round_grows_from_another_seed() -> None:
    director = make_show(("alpha", 2), ("beta", 2), fade=0.5)
    seeds = {voice_of(run(director, 2.0)).seed for _ in range(6)}
    assert len(seeds) >= 5


def test_a_show_waits_after_a_touch() -> None:
    director = make_show(("alpha", 5), ("gamma", 5), hold=30.0)
    run(director, 4.0)
    send(director, "/macro/1", 0.3)
    assert set(walk(director, 29)) == {"alpha"}
    assert walk(director, 3)[-1] == "gamma"


def test_what_is_no_touch_does_not_hold_the_show() -> None:
    director = make_show(("alpha", 5), ("gamma", 5), hold=30.0)
    run(director, 4.0)
    send(director, "/tempo/beat", 3)
    send(director, "/nonsense", 3)
    assert walk(director, 3)[-1] == "gamma"


def test_next_and_previous_walk_the_show_and_wrap() -> None:
    director = make_show(("beta", 500), ("gamma", 500))
    for address, expected in [
        ("/scene/next", "gamma"),
        ("/scene/next", "beta"),
        ("/scene/previous", "gamma"),
    ]:
        send(director, address)
        assert director.layer(1).voice.scene.id == expected


def test_a_show_passes_over_a_scene_that_cannot_begin() -> None:
    director = make_show(("alpha", 2), ("beta", 2), ("gamma", 2), fade=0.5)
    while voice_of(run(director, 0.1)).scene.id != "beta":
        pass
    director.withdraw(director.layer(1).voice.key)
    assert "beta" not in walk(director, 12)


def test_a_show_of_one_scene_grows_it_anew() -> None:
    director = make_show(("alpha", 2), fade=0.5)
    keys = {voice_of(run(director, 2.0)).key for _ in range(4)}
    assert len(keys) == 4


def test_an_edited_scene_is_followed_while_it_fades() -> None:
    director = make_director()
    send(director, "/scene/go", "beta", 10)
    run(director, 1.0)
    catalogue = make_catalogue()
    director.adopt(catalogue)
    assert director.catalogue is catalogue
    frame = run(director, 0.1)
    assert [voice.scene.id for voice in frame.layers[0].voices] == ["alpha", "beta"]
