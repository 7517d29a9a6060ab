"""Layers: cross-fades that never jump, whatever hands do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.message import Message
from engine.show.frame import LayerFrame
from engine.show.layer import MOST_AT_ALL, MOST_VOICES
from tests.show import FRAME_NS, make_director, run, send

SCENES = ("alpha", "beta", "gamma")


def weights(layer: LayerFrame) -> dict[int, float]:
    """What part of the picture each voice is: laid over one another, they make up one."""
    found = {}
    left = 1.0
    for voice, fade in reversed(list(zip(layer.voices, layer.fades, strict=True))):
        found[voice.key] = left * fade
        left *= 1.0 - fade
    return found


def largest_jump(before: dict[int, float], after: dict[int, float]) -> float:
    return max(abs(before.get(key, 0.0) - after.get(key, 0.0)) for key in {*before, *after})


def test_a_fade_goes_from_one_scene_to_the_other_in_its_time() -> None:
    director = make_director()
    send(director, "/scene/go", "beta", 2.0)
    half = run(director, 1.0).layers[0]
    assert [voice.scene.id for voice in half.voices] == ["alpha", "beta"]
    assert half.fades == pytest.approx((1.0, 0.5), abs=0.02)
    whole = run(director, 1.1).layers[0]
    assert [voice.scene.id for voice in whole.voices] == ["beta"]


def test_a_fade_of_no_time_is_a_cut() -> None:
    director = make_director()
    send(director, "/scene/go", "beta", 0)
    frame = director.advance(FRAME_NS)
    assert [voice.scene.id for voice in frame.layers[0].voices] == ["beta"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.sampled_from(SCENES), st.floats(0.5, 8.0)), max_size=12
    )
)
def test_nothing_jumps_when_a_fade_is_interrupted(gos: list[tuple[int, str, float]]) -> None:
    director = make_director()
    before = weights(director.advance(FRAME_NS).layers[0])
    for frames, scene, fade in gos:
        for _ in range(frames):
            layer = director.advance(FRAME_NS).layers[0]
            after = weights(layer)
            assert sum(after.values()) == pytest.approx(1.0)
            # A tenth of a second to leave in, and a fade of half a second at its steepest.
            assert largest_jump(before, after) < 0.13
            assert len(layer.voices) <= MOST_AT_ALL
            before = after
        send(director, "/scene/go", scene, fade)


def test_hammered_pads_leave_few_voices() -> None:
    director = make_director()
    for scene in SCENES * 4:
        send(director, "/scene/go", scene, 4.0)
        frame = run(director, 0.3)
        assert len(frame.layers[0].voices) <= MOST_VOICES + 1
    frame = run(director, 5.0)
    assert [voice.scene.id for voice in frame.layers[0].voices] == ["gamma"]


def test_a_flood_of_scenes_in_one_frame_begins_only_the_last() -> None:
    director = make_director()
    for _ in range(500):
        for scene in SCENES:
            send(director, "/scene/go", scene, 2.0)
    frame = director.advance(FRAME_NS)
    assert [voice.scene.id for voice in frame.layers[0].voices] == ["alpha", "gamma"]


def test_a_flood_of_scenes_in_every_frame_stays_bounded_and_arrives() -> None:
    director = make_director()
    for index in range(300):
        send(director, "/scene/go", SCENES[index % 3], 0.2)
        assert len(director.advance(FRAME_NS).layers[0].voices) <= MOST_AT_ALL
    assert len(run(director, 1.0).layers[0].voices) == 1


def test_hands_act_on_the_scene_that_is_coming_at_once() -> None:
    director = make_director()
    send(director, "/scene/go", "beta", 10)
    send(director, "/param/feed", 0.1)
    run(director, 0.5)
    old, new = director.layers[1].voices
    assert (old.bank.wanted("feed"), new.bank.wanted("feed")) == ((0.04,), (0.1,))


def test_another_layer_comes_and_goes_by_opacity_without_a_jump() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "beta")
    seen = [director.advance(FRAME_NS).layers[1].opacity for _ in range(30)]
    send(director, "/layer/2/opacity", 0)
    seen += [director.advance(FRAME_NS).layers[1].opacity for _ in range(30)]
    assert max(seen) == 1.0 and seen[-1] == 0.0
    assert max(abs(a - b) for a, b in zip([0.0, *seen], seen, strict=False)) < 0.2


def test_a_layer_that_was_hidden_comes_back_as_it_was() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "beta")
    key = run(director, 1.0).layers[1].voices[0].key
    send(director, "/layer/2/opacity", 0)
    hidden = run(director, 3.0).layers[1]
    assert (hidden.opacity, hidden.voices[0].key, hidden.voices[0].steps) == (0.0, key, 0)
    send(director, "/layer/2/opacity", 1)
    back = run(director, 1.0).layers[1]
    assert (back.opacity, back.voices[0].key) == (1.0, key) and back.voices[0].steps > 0


def test_a_voice_that_cannot_begin_leaves_and_what_was_seen_goes_on() -> None:
    director = make_director()
    send(director, "/scene/go", "beta", 5.0)
    key = director.advance(FRAME_NS).layers[0].voices[-1].key
    assert director.withdraw(key)
    frame = director.advance(FRAME_NS)
    assert [voice.scene.id for voice in frame.layers[0].voices] == ["alpha"]
    assert send(director, "/scene/go", "beta") == 1  # refused until its file is mended


def test_where_nothing_else_is_seen_the_safe_scene_begins() -> None:
    director = make_director(safe_scene="gamma")
    send(director, "/scene/go", "beta", 0.0)
    key = director.advance(FRAME_NS).layers[0].voices[-1].key
    assert director.withdraw(key)
    frame = director.advance(FRAME_NS)
    assert [voice.scene.id for voice in frame.layers[0].voices] == ["gamma"]
    director.apply(Message("/scene/next"))
    director.apply(Message("/scene/next"))
    assert "beta" not in [voice.scene.id for voice in run(director, 3.0).layers[0].voices]


def test_a_layer_above_that_cannot_begin_is_empty_again() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "beta")
    send(director, "/layer/focus", 2)
    assert director.withdraw(director.advance(FRAME_NS).layers[1].voices[0].key)
    assert len(director.advance(FRAME_NS).layers) == 1 and director.focus == 1


def test_without_any_scene_left_there_is_nothing_to_play() -> None:
    director = make_director()
    for _ in range(2):
        assert director.withdraw(director.layers[1].voice.key)
    assert not director.withdraw(director.layers[1].voice.key)
