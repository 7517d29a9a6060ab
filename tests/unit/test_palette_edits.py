"""A palette edited while it plays: over messages, told in the state, kept through a lost stage, saved."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.message import Argument, Message
from engine.osc_reading import decode
from engine.osc_writing import encode
from engine.show.colours.colours import Colours
from engine.show.colours.edit import set_stops, tell_stops
from engine.show.colours.palette import load_palette
from engine.show.director import Director
from engine.show.memory.restore import restore
from engine.show.memory.state import describe
from tests.show import make_catalogue, make_director, make_palette, run, send, voice_of

RED = (1.0, 0.0, 0.0)
PALETTES = Path(__file__).parents[2] / "config" / "palettes"


def colours(director: Director, layer: int = 1) -> Colours:
    return director.layer(layer).voice.colours


def edit_four(director: Director) -> None:
    """Two stops more and a red one in the middle."""
    assert send(director, "/palette/add", 0.5, 0.2, 0.4, 0.6) == 0
    assert send(director, "/palette/add", 0.25, b"\x10\x20\x30\xff") == 0
    assert send(director, "/palette/stop", 3, 0.6, *RED) == 0


def test_a_stop_that_is_edited_is_seen_in_the_next_frame() -> None:
    director = make_director()
    before = voice_of(run(director, 0.1))
    edit_four(director)
    after = voice_of(run(director, 1 / 60))
    assert after.lut_version > before.lut_version
    assert after.lut[round(0.6 * 255)] == pytest.approx(RED, abs=0.02)
    places = [stop.position for stop in colours(director).palette.stops]
    assert places == [0.0, 0.25, 0.6, 1.0]


def test_a_stop_stays_between_its_neighbours_and_the_ends_stay_ends() -> None:
    director = make_director()
    edit_four(director)
    send(director, "/palette/stop", 2, 0.9, *RED)
    send(director, "/palette/stop", 1, 0.4, *RED)
    send(director, "/palette/stop", 4, -3.0, *RED)
    places = [stop.position for stop in colours(director).palette.stops]
    assert places == [0.0, pytest.approx(0.599), 0.6, 1.0]


def test_a_cyclic_palette_stays_closed() -> None:
    ring = load_palette(PALETTES / "oil.toml")
    director = Director(replace(make_catalogue(), palettes={"ember": ring, "frost": ring}), "alpha")
    send(director, "/palette/stop", 1, 0.0, *RED)
    stops = colours(director).palette.stops
    assert stops[0].colour == stops[-1].colour and tell_stops(colours(director).palette)[1:4] == RED


@pytest.mark.parametrize(
    ("address", "arguments"),
    [
        ("/palette/stop", (0, 0.5, *RED)),
        ("/palette/stop", (9, 0.5, *RED)),
        ("/palette/stop", (1, 0.5, 1.0)),
        ("/palette/stop", (1, float("nan"), *RED)),
        ("/palette/stop", (1, 0.5, "red")),
        ("/palette/add", (0.0, *RED)),
        ("/palette/add", (0.5,)),
        ("/palette/remove", (1,)),
        ("/palette/remove", (2,)),
        ("/palette/stops", (0.0, *RED)),
        ("/palette/stops", (0.0, *RED, 0.5, *RED)),
        ("/palette/stops", (0.0, *RED, 0.7, *RED, 0.2, *RED, 1.0, *RED)),
        ("/palette/accent", ()),
        ("/palette/revert", ("now",)),
        ("/palette/save", ("../../boot",)),
        ("/palette/save", ("",)),
        ("/palette/save", (None,)),
    ],
)
def test_what_would_be_no_palette_is_refused(address: str, arguments: tuple[Argument, ...]) -> None:
    director = make_director()
    before = colours(director).palette
    assert send(director, address, *arguments) == 1
    assert colours(director).palette is before and director.savings.take() == []


def test_an_edited_palette_outlives_a_lost_stage() -> None:
    director = make_director()
    send(director, "/palette/go", "moss", 0.0)
    edit_four(director)
    send(director, "/palette/accent", 0.1, 0.9, 0.3)
    send(director, "/layer/2/scene/go", "beta")
    send(director, "/layer/2/palette/stop", 1, 0.0, 0.0, 0.0, 0.5)
    wanted = [voice_of(run(director, 2.0)).lut, colours(director, 2).palette]
    # As it travels: through the wire's own numbers.
    kept = [
        message
        for address, arguments in describe(director).items()
        for message in decode(encode(Message(address, arguments)), 0)
    ]
    other = Director(make_catalogue(), "alpha")
    restore(other, kept)
    assert not other.refused
    assert voice_of(run(other, 0.1)).lut == pytest.approx(wanted[0], abs=1e-4)
    assert colours(other).is_edited and colours(other).palette.id == "moss"
    assert tell_stops(colours(other, 2).palette) == tell_stops(wanted[1])
    assert describe(other)["/palette/stops"] == describe(director)["/palette/stops"]


def test_a_palette_nobody_edited_is_told_and_stays_unedited_when_brought_back() -> None:
    director = make_director()
    kept = [Message(*pair) for pair in describe(director).items()]
    assert len(describe(director)["/palette/stops"]) == 8
    other = make_director()
    restore(other, kept)
    assert not colours(other).is_edited


@pytest.mark.parametrize("path", sorted(PALETTES.glob("*.toml"))[::6], ids=lambda path: path.stem)
def test_stops_that_were_told_are_the_same_stops(path: Path) -> None:
    palette = load_palette(path)
    told = tell_stops(palette)
    assert set_stops(palette, told) is palette
    moved = set_stops(palette, (*told[:1], 0.5, *told[2:]))
    assert tell_stops(set_stops(moved, tell_stops(moved))) == tell_stops(moved)


def test_an_edit_is_taken_back_by_undo_and_by_revert() -> None:
    director = make_director()
    plain = describe(director)["/palette/stops"]
    run(director, 2.0)
    send(director, "/palette/stop", 1, 0.0, *RED)
    run(director, 2.0)
    assert describe(director)["/palette/stops"] != plain
    send(director, "/undo")
    assert describe(director)["/palette/stops"] == plain and not colours(director).is_edited
    send(director, "/redo")
    assert describe(director)["/palette/stops"][1:4] == RED
    send(director, "/palette/revert", 0.0)
    assert colours(director).is_edited, "a button let go"
    send(director, "/palette/revert")
    assert not colours(director).is_edited
    assert voice_of(run(director, 0.1)).lut == pytest.approx(
        voice_of(make_director().advance(0)).lut
    )


def test_an_edit_made_while_a_fade_lasts_is_where_it_ends() -> None:
    director = make_director()
    send(director, "/palette/go", "moss", 2.0)
    run(director, 1.0)
    send(director, "/palette/stop", 2, 1.0, *RED)
    halfway = voice_of(run(director, 1 / 60)).lut[-1]
    assert voice_of(run(director, 1.5)).lut[-1] == pytest.approx(RED, abs=1e-3)
    assert np.abs(halfway - np.array(RED)).max() > 0.01


def test_an_edited_palette_is_saved_by_its_new_name_and_plays_on_as_that() -> None:
    director = make_director()
    edit_four(director)
    assert send(director, "/palette/save", "my_ember") == 0
    (saving,) = director.savings.take()
    assert saving.name == "config/palettes/my_ember.toml"
    written = tomllib.loads(saving.text)
    assert (written["title"], written["group"], len(written["stops"])) == ("My ember", "own", 4)
    assert colours(director).palette.id == "my_ember" and not colours(director).is_edited
    before = voice_of(run(director, 0.1)).lut
    # The file is there, and is read: what plays is what was saved.
    file = make_palette("my_ember", 0.2)
    palettes = {
        **director.catalogue.palettes,
        "my_ember": replace(file, stops=colours(director).palette.stops),
    }
    director.adopt(replace(director.catalogue, palettes=palettes))
    assert voice_of(run(director, 1.0)).lut == pytest.approx(before, abs=1e-3)
    assert send(director, "/palette/next") == 0


def test_a_button_saves_by_the_name_there_is() -> None:
    director = make_director()
    assert send(director, "/palette/save", 0.0) == 0 and director.savings.take() == []
    assert send(director, "/palette/save", 1.0) == 0
    assert [saving.id for saving in director.savings.take()] == ["ember"]


def test_a_file_that_is_edited_is_followed_unless_a_hand_has_edited_what_plays() -> None:
    director = make_director()
    fresh = {**director.catalogue.palettes, "ember": make_palette("ember", 0.3)}
    director.adopt(replace(director.catalogue, palettes=fresh))
    assert voice_of(run(director, 1.0)).lut[-1].max() < 0.1
    send(director, "/palette/stop", 2, 1.0, *RED)
    brighter = {**fresh, "ember": make_palette("ember", 0.95)}
    director.adopt(replace(director.catalogue, palettes=brighter))
    assert voice_of(run(director, 1.0)).lut[-1] == pytest.approx(RED, abs=1e-3)
    send(director, "/palette/revert")
    assert voice_of(run(director, 0.1)).lut[-1].min() > 0.6, "what the file says now"


@given(
    st.lists(
        st.tuples(
            st.sampled_from("stop stops add remove accent revert".split()),
            st.lists(st.floats(-2, 66) | st.integers(-3, 66) | st.just(0.5), max_size=9),
        ),
        max_size=30,
    )
)
@settings(max_examples=60)
def test_whatever_is_edited_it_stays_a_palette(moves: list[tuple[str, list[float]]]) -> None:
    director = make_director()
    for word, numbers in moves:
        send(director, f"/palette/{word}", *numbers)
    lut = voice_of(director.advance(1)).lut
    assert np.isfinite(lut).all() and lut.min() >= 0.0 and lut.max() <= 1.0
    stops = colours(director).palette.stops
    places = [stop.position for stop in stops]
    assert places[0] == 0.0 and places[-1] == 1.0 and places == sorted(set(places))
