"""What is locked to the clock: drifts, steps and splats that fall on the beat."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest

from engine.message import Message
from engine.show.beat.drum import MARGIN, Drum
from engine.show.beat.tempo import Tempo
from engine.show.director import Director
from engine.show.frame import Splat
from engine.show.memory.restore import restore
from engine.show.memory.state import describe
from engine.show.parameter import Parameter
from engine.show.scene import Drift, Pulse
from tests.show import PARAMETERS, make_catalogue, make_scene, run, send, voice_of

A_BEAT = Parameter("steps_per_beat", "float", (0.0,), (0.0,), (2000.0,))
FRAME_S = 1 / 60


def swinging(shape: str = "sine", beats: float = 4.0) -> Director:
    scene = make_scene("alpha", drifts=(Drift("feed", 0.01, 60.0, beats, shape),))
    return Director(make_catalogue(scene), "alpha")


def feeds(director: Director, seconds: float) -> list[float]:
    found = []
    for _ in range(round(seconds / FRAME_S)):
        feed = voice_of(director.advance(round(FRAME_S * 1e9))).values["feed"]
        assert isinstance(feed, float)
        found.append(feed)
    return found


def test_a_drift_in_beats_has_the_phase_of_the_clock_whatever_the_tempo_does() -> None:
    director = swinging()
    for bpm in (90, 171.3, 60):
        send(director, "/tempo/bpm", bpm)
        for feed in feeds(director, 2.0):
            assert math.isfinite(feed)
        expected = 0.04 + 0.01 * math.sin(2 * math.pi * director.tempo.beats / 4.0)
        assert feed == pytest.approx(expected, abs=1e-9)


def test_a_drift_stands_with_the_clock_and_goes_on_where_it_stood() -> None:
    director = swinging()
    feeds(director, 1.3)
    send(director, "/tempo/running", 0)
    stood = set(feeds(director, 2.0))
    assert len(stood) == 1
    send(director, "/tempo/running", 1)
    assert abs(feeds(director, FRAME_S)[0] - stood.pop()) < 0.01 * 2 * math.pi / 4 * FRAME_S * 2.1


@pytest.mark.parametrize("jump", ["start", "freeze"])
def test_no_drift_jumps_with_the_clock(jump: str) -> None:
    director = swinging()
    before = feeds(director, 1.5)[-1]
    if jump == "start":
        send(director, "/tempo/beat", 1.1, "jump")
    else:
        send(director, "/freeze", 1)
        feeds(director, 1.1)
        send(director, "/freeze", 0)
    after = [before, *feeds(director, 1.0)]
    steps = [abs(b - a) for a, b in pairwise(after)]
    assert max(steps) < 0.002  # a jump would be a hundredth and more
    expected = 0.04 + 0.01 * math.sin(2 * math.pi * director.tempo.beats / 4.0)
    assert after[-1] == pytest.approx(expected, abs=1e-9)


def test_steps_per_beat_make_the_pace_follow_the_tempo() -> None:
    catalogue = make_catalogue()
    models = {n: replace(m, parameters=(*PARAMETERS, A_BEAT)) for n, m in catalogue.models.items()}
    director = Director(replace(catalogue, models=models), "alpha")
    send(director, "/param/speed", 1.0)
    run(director, 2.0)

    def steps(seconds: float) -> int:
        voice, before = director.layer(1).voice, director.layer(1).voice.taken
        run(director, seconds)
        return voice.taken - before

    assert steps(2.0) == pytest.approx(1200, abs=2)  # 600 a second, the model's own
    send(director, "/param/steps_per_beat", 100)
    run(director, 2.0)
    assert steps(2.0) == pytest.approx(400, abs=2)  # four beats
    send(director, "/tempo/bpm", 60)
    assert steps(2.0) == pytest.approx(200, abs=2)
    send(director, "/tempo/running", 0)
    assert steps(2.0) == pytest.approx(200, abs=2)  # a clock that stands stops no picture


def drumming(**pulse: float) -> Director:
    return Director(make_catalogue(make_scene("alpha", pulse=Pulse(**pulse))), "alpha", seed=3)


def splats(director: Director, seconds: float) -> list[tuple[int, Splat]]:
    """Splats with the numbers of their frames."""
    found = []
    for number in range(round(seconds * 60)):
        frame = voice_of(director.advance(round(1e9 / 60)))
        found += [(number, splat) for splat in frame.splats]
    return found


def test_splats_fall_on_the_beat_and_the_first_of_a_bar_is_the_strongest() -> None:
    found = splats(drumming(every=1.0, amount=0.9), 4.4)
    assert [number for number, _ in found] == pytest.approx([30 * k for k in range(9)], abs=1)
    strong = [splat.amount == 0.9 for _, splat in found]
    assert strong == [True, False, False, False, True, False, False, False, True]


def test_hands_choose_how_often() -> None:
    director = drumming(every=1.0)
    splats(director, 0.1)
    for every, there in ((0.5, 16), (0, 0), ("scene", 8), (1e9, 0)):
        send(director, "/splat/every", every)
        assert len(splats(director, 4.0)) == there


def test_a_scene_without_a_pulse_has_none_until_a_hand_asks() -> None:
    director = drumming()
    assert splats(director, 2.1) == []
    send(director, "/splat/every", 1)
    assert len(splats(director, 2.0)) == 4


def test_no_splat_falls_while_the_clock_stands_or_the_picture_is_frozen() -> None:
    director = drumming(every=0.25)
    send(director, "/tempo/running", 0)
    assert splats(director, 1.0) == []
    send(director, "/tempo/running", 1)
    send(director, "/freeze", 1)
    assert splats(director, 1.0) == []


def test_the_walk_is_the_seeds_own_stays_inside_and_comes_around() -> None:
    def walk(seed: int) -> list[tuple[float, float]]:
        tempo, drum, found = Tempo(), Drum(seed, 16 / 9), []
        for _ in range(400):
            tempo.advance(0.5)
            found += [(s.x, s.y) for s in drum.beat(Pulse(every=1.0), tempo)]
        return found

    assert walk(1) == walk(1) != walk(2)
    places = walk(1)
    assert all(MARGIN <= v <= 1 - MARGIN for place in places for v in place)
    corners = {(x > 0.5, y > 0.5) for x, y in places}
    assert len(corners) == 4
    for (x0, y0), (x1, y1) in pairwise(places):
        assert math.hypot((x1 - x0) * 16 / 9, y1 - y0) <= 0.3 + 1e-9


def test_how_often_is_kept() -> None:
    director = drumming(every=1.0)
    send(director, "/splat/every", 0.5)
    fresh = drumming(every=1.0)
    restore(fresh, [Message(a, v) for a, v in describe(director).items()])
    assert fresh.layer(1).every == 0.5
