"""Snapshots: what a layer or the show plays, kept in numbered slots, gone back to, mixed, kept in a file."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.message import Message
from engine.osc_reading import decode
from engine.osc_writing import encode
from engine.show.director import Director
from engine.show.memory.restore import as_kept, restore
from engine.show.memory.slot import Slot
from engine.show.memory.slot_file import SlotFile, load_slots, write_slots
from engine.show.memory.state import describe, describe_layer
from engine.show.parameter import Refused
from engine.show.voice import Voice
from tests.show import make_catalogue, make_director, run, send

unit = st.floats(0.0, 1.0)


def voice_of(director: Director, number: int = 1) -> Voice:
    return director.layer(number).voice


def present(director: Director, name: str) -> object:
    return voice_of(director).bank.values()[name]


def settle(director: Director) -> None:
    run(director, 3.0)


def test_a_morph_goes_along_the_parameters_curve_and_ends_exactly() -> None:
    director = make_director()
    send(director, "/param/scale", 0.1)
    send(director, "/param/feed", 0.02)
    settle(director)
    send(director, "/snapshot/save", 1)
    send(director, "/param/scale", 10.0)
    send(director, "/param/feed", 0.1)
    settle(director)
    assert send(director, "/snapshot/go", 1, 2.0, "linear") == 0
    run(director, 1.0)
    assert present(director, "scale") == pytest.approx(1.0, rel=1e-6)  # half way of a log range
    assert present(director, "feed") == pytest.approx(0.06, rel=1e-6)
    run(director, 1.0)
    assert (present(director, "scale"), present(director, "feed")) == (0.1, 0.02)


@pytest.mark.parametrize(
    ("curve", "quarter"),
    [("linear", 0.25), ("ease", 0.15625), ("exp", -math.expm1(-1.0) / -math.expm1(-4.0))],
)
def test_a_morph_has_its_curve(curve: str, quarter: float) -> None:
    director = make_director()
    send(director, "/param/glow", 1.0)
    settle(director)
    send(director, "/snapshot/save", 1)
    send(director, "/param/glow", 0.0)
    settle(director)
    send(director, "/snapshot/go", 1, 4.0, curve)
    run(director, 1.0)
    assert present(director, "glow") == pytest.approx(quarter, abs=1e-6)


def test_a_morph_may_be_told_in_beats_and_bars() -> None:
    director = make_director()
    send(director, "/tempo/bpm", 60.0)
    send(director, "/snapshot/save", 1)
    send(director, "/param/glow", 1.0)
    settle(director)
    start = present(director, "glow")
    send(director, "/snapshot/go", 1, 1, "bars", "linear")
    run(director, 2.0)
    end = voice_of(director).bank.wanted("glow")[0]
    assert isinstance(start, float)
    assert present(director, "glow") == pytest.approx((start + end) / 2, abs=1e-6)


def test_choices_change_half_way_and_a_hand_takes_over() -> None:
    director = make_director()
    send(director, "/snapshot/save", 1)
    send(director, "/param/order", "three")
    send(director, "/param/feed", 0.1)
    settle(director)
    send(director, "/snapshot/go", 1, 2.0)
    run(director, 0.9)
    assert present(director, "order") == 2.0
    send(director, "/param/feed", 0.11)
    run(director, 0.3)
    assert present(director, "order") == 1.0
    run(director, 2.0)
    assert present(director, "feed") == 0.11


@given(st.dictionaries(st.sampled_from(("feed", "scale", "glow", "turn", "speed")), unit), unit)
def test_a_slot_brings_every_value_back_bit_by_bit(values: dict[str, float], macro: float) -> None:
    director = make_director()
    send(director, "/macro/1", macro)
    for name, value in values.items():
        send(director, f"/norm/{name}", value)
    before = describe_layer(director.layer(1), "")
    send(director, "/snapshot/save", 9)
    send(director, "/macro/1", 0.123)
    for name in values:
        send(director, f"/norm/{name}", 0.987)
    assert send(director, "/snapshot/go", 9, 1.0) == 0
    assert describe_layer(director.layer(1), "") == before


def test_a_slot_goes_over_the_wire_bit_by_bit() -> None:
    director = make_director()
    send(director, "/param/feed", 0.1 / 3)
    send(director, "/snapshot/save", 1)
    told = decode(encode(Message("/state/snapshot/1", director.snapshots[1].as_arguments())), 0)[0]
    assert Slot.from_arguments(told.arguments) == director.snapshots[1]


def test_a_shows_slot_brings_all_layers_back() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "beta", 0.0)
    send(director, "/layer/2/opacity", 0.5)
    send(director, "/layer/2/blend", "screen")
    send(director, "/layer/2/param/feed", 0.011)
    send(director, "/param/feed", 0.022)
    assert send(director, "/snapshot/show/save", 5) == 0
    send(director, "/layer/2/scene/go", "gamma", 0.0)
    send(director, "/layer/2/opacity", 1.0)
    send(director, "/layer/2/blend", "add")
    send(director, "/layer/3/scene/go", "alpha", 0.0)
    send(director, "/param/feed", 0.033)
    run(director, 1.0)
    assert send(director, "/snapshot/go", 5, 1.0) == 0
    run(director, 0.5)
    assert 0.5 < director.layer(2).opacity < 1.0
    run(director, 1.0)
    assert voice_of(director, 2).scene.id == "beta"
    assert (director.layer(2).opacity, director.layer(2).blend) == (0.5, "screen")
    assert voice_of(director, 2).bank.wanted("feed") == (0.011,)
    assert voice_of(director).bank.wanted("feed") == (0.022,)
    assert director.layer(3).opacity == 0.0


def test_a_hand_on_an_opacity_stops_its_way() -> None:
    director = make_director()
    send(director, "/snapshot/show/save", 1)
    send(director, "/opacity", 0.0)
    run(director, 0.5)
    send(director, "/snapshot/go", 1, 2.0)
    run(director, 1.0)
    send(director, "/opacity", 0.2)
    run(director, 2.0)
    assert director.layer(1).opacity == 0.2


def test_what_belongs_to_the_moment_is_in_no_slot() -> None:
    director = make_director()
    send(director, "/snapshot/show/save", 1)
    send(director, "/blackout", 1)
    send(director, "/brush/size", 0.2)
    send(director, "/master/brightness", 0.5)
    send(director, "/snapshot/go", 1, 0.0)
    assert director.master.blackout
    assert director.master.brightness == 0.5
    assert director.layer(1).brush.size == 0.2


def test_the_first_thing_on_a_tape_are_the_snapshots() -> None:
    director = make_director()
    send(director, "/param/feed", 0.015)
    send(director, "/snapshot/save", 2)
    fresh = Director(make_catalogue(), "alpha")
    restore(fresh, as_kept(describe(director)))
    assert fresh.snapshots == director.snapshots


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("layer", b"junk"),
        ("layer", "text"),
        ("none", b""),
        ("layer", b"x\x9c\x03\x00\x00\x00\x00\x01"),
    ],
)
def test_what_is_no_snapshot_is_refused(arguments: tuple[object, ...]) -> None:
    with pytest.raises(Refused):
        Slot.from_arguments(arguments)


def test_a_slot_with_nonsense_in_it_plays_what_is_sound() -> None:
    from engine.show.memory.slot import make_slot

    director = make_director()
    director.snapshots[1] = make_slot(
        "layer",
        {
            "/scene/go": ["alpha"],
            "/param/feed": [0.03],
            "/param/tint": [1],
            "/param/none": [2],
            "/macro/1": ["x"],
            "/quit": [],
            "/opacity": ["much"],
        },
    )
    assert send(director, "/snapshot/go", 1, 0.0) == 0
    assert voice_of(director).bank.wanted("feed") == (0.03,)
    with pytest.raises(Refused):
        make_slot("layer", {"/param/feed": [math.inf]})


def test_a_file_keeps_the_slots_of_a_show(tmp_path: Path) -> None:
    director, keeper = make_director(), SlotFile("show")
    keeper.load(director, tmp_path / "show.toml")
    send(director, "/param/feed", 0.1 / 3)
    send(director, "/snapshot/save", 3)
    send(director, "/snapshot/show/save", 12)
    keeper.tend(director, 10.0)
    saving = director.savings.take()[0]
    assert saving.name == "config/snapshots/show.toml"
    path = tmp_path / "show.toml"
    path.write_text(saving.text, encoding="utf-8")
    fresh = make_director()
    assert SlotFile("show").load(fresh, path) == ()
    assert fresh.snapshots == director.snapshots
    keeper.tend(director, 20.0)
    assert director.savings.take() == []  # nothing has changed


def test_a_file_is_written_once_a_second_at_most_and_not_for_tapes(tmp_path: Path) -> None:
    director = make_director()
    keeper = SlotFile("show")
    keeper.load(director, tmp_path / "show.toml")
    taped = make_director()
    send(taped, "/snapshot/save", 1)
    keeper.tend(taped, 5.0)
    assert taped.savings.take() == []
    send(director, "/snapshot/save", 1)
    keeper.tend(director, 10.0)
    send(director, "/snapshot/save", 2)
    keeper.tend(director, 10.5)
    assert len(director.savings.take()) == 1
    keeper.tend(director, 11.0)
    assert len(director.savings.take()) == 1


def test_what_is_wrong_in_a_file_is_said_with_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    director = make_director()
    send(director, "/snapshot/save", 3)
    path = tmp_path / "show.toml"
    sound = write_slots(director.snapshots)
    path.write_text(sound + '[snapshot.x]\nof = "layer"\n[snapshot.4]\nof = "band"\n', "utf-8")
    slots, complaints = load_slots(path)
    assert slots == director.snapshots
    lines = sound.count("\n")
    assert [complaint.where for complaint in complaints] == [
        f"{path}:{lines + 1}",
        f"{path}:{lines + 3}",
    ]
    path.write_text("[snapshot", "utf-8")
    assert load_slots(path)[0] == {} and len(load_slots(path)[1]) == 1


def make_corners() -> Director:
    director = make_director()
    corners = [
        (0.02, 0.1, "one", "ember"),
        (0.04, 1.0, "two", "frost"),
        (0.06, 10.0, "three", "moss"),
    ]
    for slot, (feed, scale, order, palette) in enumerate(corners, 1):
        send(director, "/param/feed", feed)
        send(director, "/param/scale", scale)
        send(director, "/param/order", order)
        send(director, "/palette/go", palette, 0.0)
        send(director, "/snapshot/save", slot)
    assert send(director, "/morph/slots", 1, 2, 3) == 0
    return director


@pytest.mark.parametrize(("x", "y", "slot"), [(0.0, 0.0, 1), (1.0, 0.0, 2), (0.0, 1.0, 3)])
def test_a_corner_of_the_pad_is_its_snapshot(x: float, y: float, slot: int) -> None:
    director = make_corners()
    assert send(director, "/morph", x, y) == 0
    told = describe_layer(director.layer(1), "")
    kept = director.snapshots[slot].settings
    assert {a: v for a, v in told.items() if a in kept and a != "/palette/mix"} == {
        a: v for a, v in kept.items() if a in told
    }


def test_the_pad_mixes_along_curves_and_takes_the_nearest_choice() -> None:
    director = make_corners()
    send(director, "/morph/slots", 1, 3)
    send(director, "/morph/x", 0.25)
    voice = voice_of(director)
    assert voice.bank.wanted("feed") == (pytest.approx(0.03),)
    assert voice.bank.wanted("scale") == (pytest.approx(10**-0.5),)
    assert voice.bank.wanted("order") == (0.0,)
    send(director, "/morph/x", 0.75)
    assert voice.bank.wanted("order") == (2.0,)
    assert dict(voice.colours.mixture) == {"ember": 0.25, "moss": 0.75}


def test_the_pad_mixes_palettes_in_oklab() -> None:
    director = make_corners()
    tables = {}
    for place in (0.0, 1.0, 0.5):
        send(director, "/morph/slots", 1, 2)
        send(director, "/morph", place, 0.0)
        run(director, 1.0)
        tables[place] = voice_of(director).colours._present
    assert tables[0.5] == pytest.approx((tables[0.0] + tables[1.0]) / 2, abs=1e-6)


def test_a_mixed_palette_outlives_the_stage() -> None:
    director = make_corners()
    send(director, "/morph", 0.5, 0.0)
    state = describe(director)
    fresh = Director(make_catalogue(), "alpha")
    restore(fresh, as_kept(state))
    told = describe(fresh)
    assert told["/palette/mix"] == state["/palette/mix"]
    assert told["/morph"] == state["/morph"]


def test_of_another_scenes_corner_only_what_is_shared_is_mixed_and_that_is_said() -> None:
    director = make_corners()
    send(director, "/layer/2/scene/go", "beta", 0.0)
    send(director, "/layer/2/param/feed", 0.1)
    send(director, "/layer/2/snapshot/save", 4)
    send(director, "/morph/slots", 1, 4)
    assert send(director, "/morph", 1.0, 0.0) == 0
    assert voice_of(director).scene.id == "alpha"
    assert voice_of(director).bank.wanted("feed") == (0.1,)
    assert "parameters" in str(describe(director)["/status/morph/1"][1])


def test_a_pad_without_snapshots_is_refused() -> None:
    director = make_director()
    assert send(director, "/morph", 0.5, 0.5) == 1
    assert send(director, "/morph/slots", 1, 2, 3, 4, 5) == 1
    assert send(director, "/morph/slots", 1.5) == 1


def test_which_slots_are_taken_is_listed() -> None:
    director = make_director()
    assert describe(director)["/list/snapshots"] == ()
    send(director, "/snapshot/save", 12)
    send(director, "/snapshot/show/save", 7)
    assert describe(director)["/list/snapshots"] == ("7 show", "12 layer")
    send(director, "/snapshot/clear", 7)
    assert describe(director)["/list/snapshots"] == ("12 layer",)
