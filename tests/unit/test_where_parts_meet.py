"""Where parts of the show meet: layers that leave, the crossfader, snapshots, safe, a restart."""

from __future__ import annotations

import pytest

from engine.show.director import Director
from engine.show.memory.become import describe_kept
from engine.show.memory.restore import as_kept, restore
from engine.show.memory.state import describe
from tests.show import make_director, run, send, voice_of


def test_a_focus_on_a_layer_that_leaves_goes_back_to_the_first() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "beta")
    run(director, 0.5)
    send(director, "/layer/2/eject", 0.2)
    send(director, "/layer/focus", 2)
    run(director, 0.5)
    assert director.focus == 1 and send(director, "/macro/1", 0.3) == 0


def test_a_layer_on_the_side_that_is_not_seen_can_be_ejected() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "beta")
    send(director, "/layer/2/bus", "b")
    run(director, 0.5)
    send(director, "/layer/2/eject", 0.2)
    run(director, 0.5)
    assert sorted(director.layers) == [1]


def test_a_scene_made_ready_on_the_side_that_is_not_seen_is_there_whole() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "beta")
    send(director, "/layer/2/bus", "b")
    run(director, 0.5)
    send(director, "/layer/2/scene/go", "gamma", 1.0)
    run(director, 0.5)
    send(director, "/crossfader", 1.0)
    frame = director.advance(16_666_667)
    assert [voice.scene.id for voice in frame.layers[1].voices] == ["gamma"]


def test_what_is_solo_gives_the_others_back_while_it_leaves() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "beta")
    send(director, "/layer/2/solo", 1)
    assert run(director, 0.5).layers[0].opacity == 0.0
    send(director, "/layer/2/eject", 2.0)
    assert run(director, 0.5).layers[0].opacity == 1.0


def test_what_waits_for_the_beat_does_not_bring_an_ejected_layer_back() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "beta")
    run(director, 0.5)
    send(director, "/quantise", "bar")
    send(director, "/layer/2/scene/go", "gamma")
    send(director, "/layer/2/eject", 0.1)
    run(director, 4.0, fps=20.0)
    assert sorted(director.layers) == [1]


def test_a_restart_is_no_step_that_undo_takes_back() -> None:
    director = make_director()
    send(director, "/macro/1", 0.9)
    other = make_director()
    restore(other, as_kept(describe(director)))
    run(other, 0.1)
    assert send(other, "/undo") == 1
    assert describe_kept(other) == describe_kept(director)


def _make_with_pad() -> Director:
    director = make_director()
    send(director, "/snapshot/save", 1)
    send(director, "/morph/slots", 1)
    send(director, "/morph", 0.2, 0.7)
    return director


def test_a_restart_keeps_macros_moved_on_after_the_pad() -> None:
    director = _make_with_pad()
    send(director, "/macro/1", 0.9)
    other = make_director()
    restore(other, as_kept(describe(director)))
    assert describe_kept(other) == describe_kept(director)


def test_a_restart_keeps_where_a_pad_was_whose_corners_are_empty_by_now() -> None:
    director = _make_with_pad()
    send(director, "/snapshot/clear", 1)
    other = make_director()
    restore(other, as_kept(describe(director)))
    assert other.layers[1].pad == director.layers[1].pad


def test_a_snapshot_of_a_layer_leaves_it_on_its_side() -> None:
    director = make_director()
    send(director, "/snapshot/save", 1)
    send(director, "/bus", "b")
    send(director, "/snapshot/go", 1, 0.0)
    assert director.layers.manner(1).bus == "b"


@pytest.mark.parametrize("scope", ["/layer/2/snapshot", "/snapshot/show"])
def test_a_layer_that_leaves_stays_when_a_snapshot_wants_it(scope: str) -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "beta")
    run(director, 0.5)
    send(director, f"{scope}/save", 1)
    send(director, "/layer/2/eject", 1.0)
    run(director, 0.2)
    send(director, "/layer/2/snapshot/go", 1, 0.5)
    assert run(director, 2.0, fps=20.0).layers[1].opacity == 1.0


def test_a_snapshot_of_the_show_forgets_a_layer_that_leaves() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "beta")
    run(director, 0.5)
    send(director, "/layer/2/eject", 1.0)
    send(director, "/snapshot/show/save", 1)
    run(director, 2.0, fps=20.0)
    send(director, "/snapshot/go", 1, 0.0)
    assert sorted(director.layers) == [1]


def test_safe_ends_what_a_snapshot_is_on_its_way_to() -> None:
    director = make_director()
    send(director, "/opacity", 0.0)
    send(director, "/snapshot/show/save", 1)
    send(director, "/opacity", 1.0)
    send(director, "/snapshot/go", 1, 1.0)
    send(director, "/safe")
    assert run(director, 2.0, fps=20.0).layers[0].opacity == 1.0


def test_a_hand_in_the_same_frame_takes_a_number_from_a_snapshot() -> None:
    director = make_director()
    send(director, "/opacity", 0.0)
    send(director, "/snapshot/show/save", 1)
    send(director, "/opacity", 1.0)
    send(director, "/snapshot/go", 1, 1.0)
    send(director, "/opacity", 0.5)
    run(director, 2.0, fps=20.0)
    assert director.layers.manner(1).opacity == 0.5


def test_palettes_of_enormous_weight_are_no_black() -> None:
    director = make_director()
    assert send(director, "/palette/mix", "ember", 1e308, "frost", 1e308) == 1
    assert voice_of(run(director, 0.5)).lut.max() > 0.1


@pytest.mark.parametrize(
    ("address", "arguments"),
    [
        ("/mod/edits", ('{"modulator":{"name":"x","kind":["lfo"]}}',)),
        ("/mod/edits", ('{"modulator":{"name":"x","kind":"lfo","rate":1' + "0" * 400 + "}}",)),
        ("/random", (True,)),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(
    address: str, arguments: tuple[str | bool, ...]
) -> None:
    director = make_director()
    send(director, address, *arguments)
    assert "it was too much for us" not in director.refused
