"""The words on the screen: when, how long and to whom; and what they say of what plays. No window."""

from __future__ import annotations

import pytest

from engine.message import Message
from engine.output.headless import Headless
from engine.output.osd import MODES, Osd
from engine.output.overlay import place_panels
from engine.output.panels import Moving, Now, draw_panel
from engine.output.surface import MacroRow
from engine.show.hands.glance import Knob, Playing, read_knob, read_playing
from engine.stage.on_screen import tell_operator
from tests.show import make_director, send

S = 1_000_000_000
CORAL = Playing("Coral", "Ember", (0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.8, 0.6))
FEED = Knob("Feed", "0.037", 0.31)


def places(osd: Osd, seconds: float, *, fullscreen: bool = False) -> dict[str, float]:
    """What is seen, and how much of it."""
    panels = osd.list_panels(1, round(seconds * S), fullscreen)
    return {place: round(seen.share, 3) for place, seen in panels.items()}


def test_what_plays_comes_softly_stays_a_while_and_goes_softly() -> None:
    osd = Osd()
    osd.playing(CORAL, 0)
    assert places(osd, 0.06) == {"playing": 0.5}
    assert places(osd, 1.0) == {"playing": 1.0}
    assert places(osd, 2.75) == {"playing": 0.5}
    assert places(osd, 3.0) == {}
    osd.playing(CORAL, 4 * S)
    assert places(osd, 4.1) == {}, "it is the same"


def test_a_knob_that_goes_on_moving_does_not_come_anew() -> None:
    osd = Osd()
    for n in range(10):
        osd.knob(Knob("Feed", f"0.0{n}", n / 10), round(n * S / 5))
        assert places(osd, n / 5 + 0.12)["knob"] == 1.0
    panel = osd.list_panels(1, 2 * S, False)["knob"].panel
    assert isinstance(panel, Moving) and panel.knob.value == "0.09"
    assert places(osd, 3.4) == {}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("fullscreen", [False, True])
def test_the_audience_reads_nothing_that_was_not_asked_for(mode: str, fullscreen: bool) -> None:
    osd = Osd(mode)
    osd.playing(CORAL, 0)
    osd.knob(FEED, 0)
    osd.macros([("Feed", 0.5, None)], 0)
    osd.touch(0)
    osd.notice("disk full", 6.0, 0)
    operator = mode == "on" or (mode == "auto" and not fullscreen)
    said = set(places(osd, 1.0, fullscreen=fullscreen))
    assert said == ({"playing", "knob", "macros", "notice"} if operator else set())
    osd.ask(S)
    osd.notice("Esc again to quit", 2.0, S, asked=True)
    assert {"playing", "notice"} <= set(places(osd, 1.2, fullscreen=fullscreen))
    osd.notice("disk full", 6.0, 2 * S)
    assert ("notice" in places(osd, 2.2, fullscreen=fullscreen)) is operator, "asked no more"


def test_the_help_stands_alone_whoever_sees_it() -> None:
    osd = Osd("off")
    osd.ask(0)
    osd.help = True
    assert places(osd, 1.0, fullscreen=True) == {"help": 1.0}


def test_a_macro_that_stands_among_the_eight_is_not_said_twice() -> None:
    osd = Osd()
    osd.macros([("Feed", 0.5, None)], 0)
    osd.touch(0)
    osd.knob(Knob("Feed", "0.52", 0.52, macro=1), 0)
    assert set(places(osd, 0.5)) == {"macros"}
    osd.knob(FEED, S)
    assert set(places(osd, 1.5)) == {"macros", "knob"}


def test_a_knob_that_seeks_its_value_brings_the_macros_up() -> None:
    osd = Osd()
    osd.macros([("Feed", 0.5, 0.2)], 0)
    assert set(places(osd, 1.0)) == {"macros"}


def test_panels_stand_one_above_the_other_low_on_the_left_and_the_help_in_the_middle() -> None:
    sizes = {"notice": (300, 40), "knob": (200, 50), "playing": (150, 60)}
    placed = place_panels(sizes, (1280, 720), 20)
    assert placed == {"knob": (20, 20), "playing": (20, 80), "notice": (20, 150)}
    assert place_panels({"help": (600, 400)}, (1280, 720), 20) == {"help": (340, 160)}


def test_a_knob_is_always_drawn_as_large_so_that_only_its_pixels_change() -> None:
    long = Knob("A name that is far too long for the place there is", "-123.456 degrees", 1.0, 0.2)
    sizes = {draw_panel(Moving(knob), 20).size for knob in (FEED, long, Knob("On", "on"))}
    assert len(sizes) == 1


def test_the_strip_shows_the_colours_of_the_palette() -> None:
    pixels = draw_panel(Now(CORAL), 20)
    rows = [
        pixels.rgba[at : at + 4 * pixels.size[0]]
        for at in range(0, len(pixels.rgba), 4 * pixels.size[0])
    ]
    strip = next(row for row in rows if bytes((0, 0, 0, 255)) in row)
    found = [tuple(strip[at : at + 3]) for at in range(0, len(strip), 4) if strip[at + 3] == 255]
    assert found[0] == (0, 0, 0) and found[-1][0] > 240 and found[-1][2] < 170
    assert [colour[0] for colour in found] == sorted(colour[0] for colour in found)


KNOBS = [
    ("/macro/1", (0.25,), Knob("Feed", "0.25", 0.25, macro=1)),
    ("/param/feed", (0.06,), Knob("feed", "0.060", 0.5)),
    ("/norm/scale", (0.75,), Knob("scale", "10.0", pytest.approx(0.75))),
    ("/param/order", ("three",), Knob("order", "three", 1.0)),
    ("/param/mirror", (1,), Knob("mirror", "on", 1.0)),
    ("/param/centre", (0.25, 0.5), Knob("centre", "0.25, 0.50")),
    ("/palette/hue", (90,), Knob("palette_hue", "90", 0.75)),
    ("/opacity", (0.5,), Knob("Opacity", "50 %", 0.5)),
    ("/layer/1/opacity", (0.5,), Knob("Opacity", "50 %", 0.5)),
    ("/master/brightness", (0.8,), Knob("Brightness", "80 %", 0.8)),
    ("/crossfader", (0.25,), Knob("Crossfader", "25 %", 0.25)),
    ("/tempo/bpm", (128,), Knob("Tempo", "128.0 bpm")),
]


@pytest.mark.parametrize(("address", "arguments", "expected"), KNOBS)
def test_a_knob_is_read_in_its_own_unit(
    address: str, arguments: tuple[float, ...], expected: Knob
) -> None:
    director = make_director()
    assert send(director, address, *arguments) == 0
    assert read_knob(director, address) == expected


@pytest.mark.parametrize(
    "address",
    (
        "/scene/next /param/none /macro/9 /macro/x /layer/7/opacity /layer/x/opacity "
        "/effect/9/mix /effect/1/mix /master/effect/x/mix /audio/level /"
    ).split(),
)
def test_what_is_no_knob_is_none(address: str) -> None:
    assert read_knob(make_director(), address) is None


def test_with_several_layers_each_knob_says_whose_it_is_and_where_the_hand_is() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "beta")
    send(director, "/layer/2/norm/feed", "pickup", 0.0, 0.1)
    knob = read_knob(director, "/layer/2/norm/feed")
    assert knob and knob.name == "Layer 2: feed" and knob.ghost == pytest.approx(0.1)
    send(director, "/layer/focus", 2)
    assert read_playing(director).layer == "Layer 2"


def test_an_edited_palette_says_so() -> None:
    director = make_director()
    send(director, "/palette/stop", 1, 0.0, 1.0, 0.0, 0.0)
    playing = read_playing(director)
    assert playing.palette == "ember (edited)" and playing.stops[1:4] == (1.0, 0.0, 0.0)


class Reader(Headless):
    """A surface that writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def playing(self, playing: Playing) -> None:
        self.told.append(playing.scene)

    def macros(self, rows: list[MacroRow]) -> None:  # type: ignore[override]
        self.told.append(len(rows))

    def knob(self, knob: Knob) -> None:
        self.told.append(knob.name)


def test_the_operator_is_told_of_the_last_knob_that_hands_moved() -> None:
    director, reader = make_director(), Reader()
    came = [Message("/macro/2", (0.5,)), Message("/param/feed", (0.05,)), Message("/scene/x")]
    tell_operator(reader, director, came)
    assert reader.told == ["alpha", 8, "feed"]
    tell_operator(reader, director, [])
    assert reader.told[3:] == ["alpha", 8]
