"""Effects, transitions and how layers are laid on, as the show plays them: frames that never jump."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import MorphogenError
from engine.show.cues.playlist import Entry, Playlist
from engine.show.director import Director
from engine.show.effects.chain import EffectFrame
from engine.show.effects.slot import Slot
from engine.show.frame import Frame
from engine.show.lead import LEAD
from engine.show.memory.restore import restore
from engine.show.memory.state import describe
from engine.show.scene import Scene
from engine.show.scene_file import load_scene
from engine.show.sources.source import Source
from tests.show import (
    FRAME_NS,
    make_catalogue,
    make_director,
    make_effect,
    make_scene,
    run,
    send,
)
from tests.unit.test_scene import HEAD, MACROS
from tests.unit.test_state import over_the_wire

STEP = 0.02


def shares(link: tuple[EffectFrame, ...]) -> dict[str, float]:
    """What part of the picture each effect of a slot is in the end."""
    found, left = {}, 1.0
    for one in reversed(link):
        found[one.key] = left * one.amount
        left *= 1.0 - one.amount
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(("haze", "echo", "", "mix", "bypass")), st.integers(0, 20)),
        max_size=14,
    )
)
def test_whatever_hands_do_to_a_slot_no_effect_jumps_and_the_wish_is_fulfilled(
    deeds: list[tuple[str, int]],
) -> None:
    slot, before = Slot("s"), {}
    for deed, frames in [*deeds, ("haze", 80)]:
        if deed == "mix":
            slot.mix = 1.0 - slot.mix
        elif deed == "bypass":
            slot.bypass = not slot.bypass
        else:
            slot.go(make_effect(deed) if deed else None)
        for _ in range(frames):
            link = slot.advance(STEP)
            after = shares(link)
            assert len(link) <= 2 and sum(after.values()) <= 1.0 + 1e-9
            for key in {*before, *after}:
                # In a tenth of a second by mix or bypass, in three by taking a place: at once, the sum.
                assert abs(after.get(key, 0.0) - before.get(key, 0.0)) < 0.2 + 0.2 + 0.07 + 1e-9
            before = after
    assert [one.effect for one in link] == ["haze"]
    wanted = 0.0 if slot.bypass else slot.mix
    assert link[0].amount == pytest.approx(wanted)


def test_an_effect_is_named_before_it_is_seen() -> None:
    director = make_director()
    send(director, "/effect/1/go", "haze")
    amounts = [run(director, 1 / 60).layers[0].effects[0][0].amount for _ in range(5)]
    assert amounts[0] == 0.0 and amounts[-1] > 0.0


def test_an_event_is_true_in_one_frame() -> None:
    director = make_director()
    send(director, "/effect/1/go", "haze")
    send(director, "/effect/1/param/hit", 1)
    hits = [director.advance(FRAME_NS).layers[0].effects[0][0].values["hit"] for _ in range(3)]
    assert hits == [1.0, 0.0, 0.0]


def test_what_a_rack_does_not_have_is_refused() -> None:
    director = make_director()
    for address, *arguments in (
        ("/effect/1/go", "mist"),
        ("/effect/1/go", 7),
        ("/effect/5/go", "haze"),
        ("/effect/1/param/amount", 0.5),
        ("/effect/1/volume", 0.5),
        ("/effect/x/mix", 0.5),
        ("/master/volume", 0.5),
        ("/transition/use", "mist"),
        ("/transition/param/soft", 0.5),
        ("/bus", "c"),
        ("/eject", 1),
        ("/layer/3/eject",),
        ("/scene/go", "beta", 1.0, "mist"),
    ):
        assert send(director, address, *arguments) == 1, address


def test_a_kept_rack_is_there_whole_in_the_first_frame() -> None:
    director = make_director()
    for address, *arguments in (
        ("/layer/2/scene/go", "beta"),
        ("/layer/2/effect/3/go", "echo"),
        ("/layer/2/effect/3/param/amount", 0.25),
        ("/layer/2/bypass", 1),
        ("/master/effect/1/go", "haze"),
        ("/master/effect/1/mix", 0.5),
        ("/crossfader", 0.75),
    ):
        assert send(director, address, *arguments) == 0, address
    run(director, 1.0)
    fresh = Director(make_catalogue(), "alpha", lead=LEAD)
    restore(fresh, over_the_wire(describe(director)))
    frame = fresh.advance(0)
    second = frame.layers[1]
    assert second.voices[0].scene.id == "beta" and second.opacity == 0.0
    assert second.effects[0][0].values["amount"] == 0.25
    assert [(one.effect, one.amount) for one in frame.effects[0]] == [("haze", 0.5)]
    assert frame.crossfader == 0.75


def test_a_scene_comes_as_it_was_asked_for_else_as_hands_chose_else_as_it_says() -> None:
    scenes = (make_scene("alpha"), make_scene("beta", enter="wipe", entrance={"soft": (0.75,)}))
    director = Director(make_catalogue(*scenes), "alpha")

    def come(*arguments: str | float) -> tuple[str, object] | None:
        send(director, "/scene/go", "beta", 1.0, *arguments)
        transition = director.advance(FRAME_NS).layers[0].voices[-1].transition
        run(director, 1.5)
        send(director, "/scene/go", "alpha", 0.0)
        run(director, 0.1)
        return (transition.transition, transition.values["soft"]) if transition else None

    assert come() == ("wipe", 0.75)
    assert come("dissolve") is None
    send(director, "/transition/use", "dissolve")
    assert come() is None
    send(director, "/transition/use", "wipe")
    send(director, "/transition/param/soft", 0.5)
    send(director, "/transition/use", "")
    assert come() == ("wipe", 0.75)
    assert come("wipe") == ("wipe", 0.75)


def test_hands_come_before_a_cue_a_cue_before_its_scene_and_that_before_the_show() -> None:
    scenes = (make_scene("alpha", enter="equation"), make_scene("beta"))

    def comes_by(scene: str, used: str, cue: str) -> bool:
        """Whether the next scene of the show wipes in."""
        first = "beta" if scene == "alpha" else "alpha"
        entries = (Entry(first, 60.0), Entry(scene, 60.0, transition=cue))
        show = Playlist("show", "", entries, transition="wipe")
        director = Director(make_catalogue(*scenes), first, playlist=show)
        send(director, "/transition/use", used)
        assert send(director, "/scene/next") == 0
        transition = director.advance(FRAME_NS).layers[0].voices[-1].transition
        return transition is not None

    assert comes_by("beta", "", "") and not comes_by("alpha", "", "")
    assert comes_by("alpha", "", "wipe") and not comes_by("beta", "", "dissolve")
    assert comes_by("alpha", "wipe", "dissolve") and not comes_by("beta", "dissolve", "wipe")


def test_a_hand_on_a_transition_is_felt_in_the_one_that_is_on_its_way() -> None:
    director = make_director()
    send(director, "/transition/use", "wipe")
    send(director, "/scene/go", "beta", 4.0)
    send(director, "/transition/norm/soft", 1.0)
    transition = run(director, 1.0).layers[0].voices[-1].transition
    assert transition is not None and transition.values["soft"] == pytest.approx(1.0)
    assert 0.0 < transition.progress < 0.5 and transition.whole == 1.0


def test_a_scene_is_announced_before_it_begins_and_takes_hands_meanwhile() -> None:
    director = Director(make_catalogue(), "alpha", lead=LEAD)
    director.advance(0)
    send(director, "/scene/go", "beta", 1.0)
    send(director, "/param/feed", 0.1)
    frames = [director.advance(FRAME_NS).layers[0] for _ in range(LEAD + 1)]
    for frame in frames[:LEAD]:
        assert [voice.scene.id for voice in frame.voices] == ["alpha"]
        assert [voice.scene.id for voice in frame.coming] == ["beta"]
    assert [voice.scene.id for voice in frames[LEAD].voices] == ["alpha", "beta"]
    assert frames[LEAD].coming == () and 0.0 < frames[LEAD].fades[1] < 0.01
    assert frames[LEAD].voices[1].values["feed"] > 0.037


def test_of_scenes_that_have_not_begun_only_the_last_does() -> None:
    director = Director(make_catalogue(), "alpha", lead=LEAD)
    for scene in ("beta", "gamma", "beta", "gamma"):
        send(director, "/scene/go", scene, 1.0)
        send(director, "/layer/2/scene/go", scene, 1.0)
        frame = director.advance(FRAME_NS)
    assert [voice.scene.id for voice in frame.layers[0].coming] == ["gamma"]
    assert frame.layers[1].voices == () and len(frame.layers[1].coming) == 1
    frame = run(director, 1.5)
    assert [layer.voices[0].scene.id for layer in frame.layers] == ["gamma", "gamma"]


def test_a_hidden_layer_stands_unless_another_looks_at_it() -> None:
    eye = Source("eye", "layer", {"layer": 2, "channel": "body"}, {"feed": 0.01})
    scenes = (make_scene("alpha"), make_scene("beta", sources=(eye,)))

    def steps(director: Director) -> int:
        before = director.layers[2].voice.taken
        run(director, 0.5)
        return director.layers[2].voice.taken - before

    director = Director(make_catalogue(*scenes), "alpha")
    send(director, "/layer/2/scene/go", "alpha")
    send(director, "/layer/2/bypass", 1)
    run(director, 0.5)
    assert steps(director) == 0
    send(director, "/scene/go", "beta", 0.0)
    run(director, 0.1)
    assert steps(director) > 0


def test_an_ejected_layer_gives_its_focus_back_and_may_be_called_back() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "beta")
    send(director, "/layer/focus", 2)
    run(director, 0.5)
    send(director, "/layer/2/eject", 1.0)
    assert director.focus == 1
    half = run(director, 0.5).layers[1].opacity
    assert 0.4 < half < 0.6
    send(director, "/layer/2/scene/go", "gamma", 0.2)
    assert run(director, 0.5).layers[1].opacity == 1.0
    send(director, "/layer/2/eject", 0.05)
    run(director, 0.1)
    assert 2 not in director.layers


def test_safe_takes_effects_and_sides_off_the_picture() -> None:
    director = make_director()
    for address, *arguments in (
        ("/effect/1/go", "haze"),
        ("/master/effect/1/go", "echo"),
        ("/bus", "b"),
        ("/bypass", 1),
        ("/safe",),
    ):
        assert send(director, address, *arguments) == 0
    frame: Frame = run(director, 2.0)
    assert frame.layers[0].opacity == 1.0 and frame.layers[0].sides == (1.0, 1.0)
    assert frame.layers[0].effects[0][0].amount == frame.effects[0][0].amount == 0.0


EFFECTS = """[[effect]]
id = "haze"
mix = 0.5
parameters = { amount = 0.75 }
[[effect]]
id = "haze"
name = "second"
"""


def read(folder: Path, text: str) -> Scene:
    path, c = folder / "reef.toml", make_catalogue()
    path.write_text(text, encoding="utf-8")
    return load_scene(path, c.models, c.looks, c.finish, c.palettes, c.effects, c.transitions)


def test_a_scenes_own_effects_are_parameters_that_drifts_and_macros_move(tmp_path: Path) -> None:
    drift = '[[drift]]\nparameter = "second_amount"\namount = 0.2\nperiod = 4\n'
    moved = MACROS.replace("{ exposure = [0.5, 2.0] }", "{ haze_mix = [0.0, 1.0] }")
    scene = read(tmp_path, HEAD + EFFECTS + drift + moved)
    director = Director(make_catalogue(scene), "reef")
    send(director, "/param/haze_amount", 1.0)
    send(director, "/macro/8", 0.25)
    seen = [run(director, 0.5).layers[0].voices[0].effects for _ in range(4)]
    (first,), (second,) = seen[-1]
    assert (first.effect, second.effect) == ("haze", "haze") and first.key != second.key
    assert first.values["amount"] == pytest.approx(1.0)
    assert first.amount == pytest.approx(0.25, abs=1e-3) and second.amount == 1.0
    assert 0.0 < first.values["spin_phase"] < 1.0
    assert len({chain[1][0].values["amount"] for chain in seen}) == 4


def test_a_scene_says_how_it_comes(tmp_path: Path) -> None:
    scene = read(tmp_path, 'enter = { by = "wipe", soft = 0.25 }\n' + HEAD + MACROS)
    assert (scene.enter, scene.entrance) == ("wipe", {"soft": (0.25,)})
    assert read(tmp_path, 'enter = "equation"\n' + HEAD + MACROS).enter == "equation"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('[[effect]]\nid = "haz"\n', 6, "no effect 'haz'"),
        ('[[effect]]\nid = "haze"\nmix = 2\n', 7, "'mix' is 2"),
        ('[[effect]]\nid = "haze"\nparameters = { amout = 1 }\n', 7, "no parameter 'amout'"),
        ('[[effect]]\nid = "haze"\nsize = 2\n', 7, "unknown key 'size' in an effect"),
        ('[[effect]]\nid = "haze"\nname = "A b"\n', 7, "no effect can be called 'A b'"),
        ('[[effect]]\nid = "haze"\n[[effect]]\nid = "haze"\n', 7, "two effects are called 'haze'"),
        ('[[effect]]\nid = "haze"\n' * 5, 13, "a scene has 4 effects at most"),
        ("effect = 3\n", 5, "'effect' must be tables"),
        ('enter = "wip"\n', 5, "no entrance 'wip'"),
        ('enter = { by = "wipe", sofd = 1 }\n', 5, "no parameter 'sofd' in entrance 'wipe'"),
    ],
)
def test_what_is_wrong_with_effects_is_said_at_its_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    with pytest.raises(MorphogenError) as error:
        read(tmp_path, HEAD + text + MACROS)
    said = [str(complaint) for complaint in error.value.complaints]
    assert any(one.startswith(f"{tmp_path / 'reef.toml'}:{line}: {what}") for one in said), said
