"""Every address: what it does, with which arguments, and that nothing else can come of it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.message import Argument, Message
from engine.show.director import FAULT, Director
from engine.show.memory.state import describe
from tests.show import FRAME_NS, make_director, run, send, voice_of

Look = Callable[[Director], object]


def wanted(name: str) -> Look:
    return lambda d: d.layer(1).voice.bank.wanted(name)


def scene(d: Director) -> object:
    return d.layer(1).voice.scene.id


def palette(d: Director) -> object:
    return d.layer(1).voice.colours.palette.id


def splats(d: Director) -> object:
    found = voice_of(d.advance(0)).splats
    return [(s.x, s.y, s.radius, s.amount) for s in found]


def manners(d: Director) -> object:
    found = voice_of(d.advance(0)).splats
    return [(s.amount, s.softness, s.channel) for s in found]


def brush(name: str) -> Look:
    return lambda d: getattr(d.layer(1).brush, name)


# address, arguments, where to look, what is found there
TABLE: list[tuple[str, tuple[Argument, ...], Look, object]] = [
    ("/scene/go", ("beta",), scene, "beta"),
    ("/scene/go", ("beta", 0.5), scene, "beta"),
    ("/scene/go", (3,), scene, "gamma"),
    ("/scene/go", (2.0,), scene, "beta"),
    ("/scene/next", (), scene, "beta"),
    ("/scene/next", (1,), scene, "beta"),
    ("/scene/next", (True,), scene, "beta"),
    ("/scene/previous", (), scene, "gamma"),
    ("/param/feed", (0.1,), wanted("feed"), (0.1,)),
    ("/param/feed", (7,), wanted("feed"), (0.12,)),
    ("/param/feed", (-7.5,), wanted("feed"), (0.0,)),
    ("/param/feed", ("+", 0.01), wanted("feed"), (pytest.approx(0.05),)),
    ("/param/feed", ("+", -1.0), wanted("feed"), (0.0,)),
    ("/param/mirror", (True,), wanted("mirror"), (1.0,)),
    ("/param/mirror", ("toggle",), wanted("mirror"), (1.0,)),
    ("/param/order", ("three",), wanted("order"), (2.0,)),
    ("/param/order", (1.6,), wanted("order"), (2.0,)),
    ("/param/centre", (0.2, 0.9), wanted("centre"), (0.2, 0.9)),
    ("/param/centre", ("+", 0.2), wanted("centre"), (0.7, 0.5)),
    ("/param/tint", (0.1, 0.2, 0.3), wanted("tint"), (0.1, 0.2, 0.3, 1.0)),
    ("/param/glow", (1.5,), wanted("glow"), (1.5,)),
    ("/norm/feed", (0.5,), wanted("feed"), (0.06,)),
    ("/norm/feed", (2,), wanted("feed"), (0.12,)),
    ("/norm/scale", (0.75,), wanted("scale"), (pytest.approx(10.0),)),
    ("/norm/scale", ("+", 0.25), wanted("scale"), (pytest.approx(10.0),)),
    ("/norm/centre", (0.25, 2.0), wanted("centre"), (0.25, 1.0)),
    ("/macro/1", (1.0,), wanted("feed"), (0.06,)),
    ("/macro/1", (5,), wanted("feed"), (0.06,)),
    ("/macro/1", ("+", -0.25), wanted("feed"), (pytest.approx(0.03),)),
    ("/macro/3", (0.75,), wanted("scale"), (pytest.approx(10.0),)),
    ("/macro/8", (0.3,), lambda d: d.layer(1).voice.macros[7], 0.3),
    ("/palette/go", ("frost",), palette, "frost"),
    ("/palette/go", ("frost", 3.0), palette, "frost"),
    ("/palette/go", (3,), palette, "moss"),
    ("/palette/next", (), palette, "frost"),
    ("/palette/group", ("cold",), palette, "frost"),
    ("/palette/group", ("warm", 0.5), palette, "ember"),
    ("/palette/previous", (), palette, "moss"),
    ("/palette/shift", (0.2,), wanted("palette_shift"), (0.2,)),
    ("/palette/contrast", (9,), wanted("palette_contrast"), (3.0,)),
    ("/palette/cycle", ("+", 0.5), wanted("palette_cycle"), (0.5,)),
    ("/splat", (0.25, 0.75), splats, [(0.25, 0.75, 0.04, 1.0)]),
    ("/splat", (0.25, 0.75, 0.1), splats, [(0.25, 0.75, 0.1, 1.0)]),
    ("/splat", (-3, 9, 7, -5), splats, [(0.0, 1.0, 1.0, -1.0)]),
    ("/splat", (0.5, 0.5, 0.1, 0.5, 0.2), manners, [(0.5, 0.2, 0)]),
    ("/splat", (0.5, 0.5, 0.1, 0.5, 7, "v"), manners, [(0.5, 1.0, 2)]),
    ("/splat", (0.5, 0.5, 0.1, -0.5, -7, 1.0), manners, [(-0.5, 0.0, 1)]),
    ("/splat", (0.5, 0.5, 0.1, 1, 0, "all"), manners, [(1.0, 0.0, 0)]),
    ("/touch/3", (0.25, 0.75), splats, [(0.25, 0.75, 0.04, 1.0)]),
    ("/touch/left-hand", (-1, 9, 0.5), splats, [(0.0, 1.0, 0.04, 0.5)]),
    ("/touch/3", (0.25, 0.75, -4), splats, [(0.25, 0.75, 0.04, -1.0)]),
    ("/touch/3/up", (), splats, []),
    ("/brush/size", (0.1,), brush("size"), 0.1),
    ("/brush/size", (9,), brush("size"), 1.0),
    ("/brush/size", ("+", -0.02), brush("size"), pytest.approx(0.02)),
    ("/brush/softness", (-1,), brush("softness"), 0.0),
    ("/brush/amount", (-3,), brush("amount"), -1.0),
    ("/brush/channel", ("v",), brush("channel"), "v"),
    ("/brush/channel", (2.0,), brush("channel"), 2),
    ("/brush/channel", ("all",), brush("channel"), 0),
    ("/brush/erase", (1,), brush("erase"), True),
    ("/brush/erase", (), brush("erase"), True),
    ("/brush/erase", ("toggle",), brush("erase"), True),
    ("/seed", (), lambda d: d.layer(1).voice.seed, 2),
    ("/seed", (1,), lambda d: d.layer(1).voice.seed, 2),
    ("/seed", (77,), lambda d: d.layer(1).voice.seed, 77),
    ("/clear", (), lambda d: voice_of(d.advance(0)).clear, True),
    ("/snapshot/save", (128,), lambda d: d.snapshots[128].scene, "alpha"),
    ("/opacity", (0.5,), lambda d: d.layer(1).opacity, 0.5),
    ("/opacity", ("a", 0.25), lambda d: d.layer(1).opacity, 0.25),
    ("/opacity", ("+", -0.25), lambda d: d.layer(1).opacity, 0.75),
    ("/layer/1/opacity", (-1,), lambda d: d.layer(1).opacity, 0.0),
    ("/blend", ("screen",), lambda d: d.layer(1).blend, "screen"),
    ("/layer/1/blend", ("add",), lambda d: d.layer(1).blend, "add"),
    ("/solo", (1,), lambda d: d.layer(1).manner.solo, True),
    ("/bypass", ("toggle",), lambda d: d.layer(1).manner.bypass, True),
    ("/bus", ("b",), lambda d: d.layer(1).manner.bus, "b"),
    ("/bus", ("next",), lambda d: d.layer(1).manner.bus, "a"),
    ("/crossfader", (0.25,), lambda d: d.crossfader.wanted, 0.25),
    ("/crossfader", ("pickup", -1.0, 0.5), lambda d: d.crossfader.wanted, 0.5),
    ("/effect/2/go", ("haze",), lambda d: d.layer(1).manner.rack.slots[1].effect, "haze"),
    ("/effect/2/mix", ("-", 0.25), lambda d: d.layer(1).manner.rack.slots[1].mix, 0.75),
    ("/effect/4/bypass", (True,), lambda d: d.layer(1).manner.rack.slots[3].bypass, True),
    ("/master/effect/1/go", ("haze", 0.5), lambda d: d.rack.slots[0].effect, "haze"),
    ("/master/effect/1/mix", (0.5,), lambda d: d.rack.slots[0].mix, 0.5),
    ("/transition/use", ("wipe",), lambda d: d.between.chosen, "wipe"),
    ("/transition/use", ("equation",), lambda d: d.between.chosen, "equation"),
    ("/layer/2/scene/go", ("beta",), lambda d: d.layer(2).voice.scene.id, "beta"),
    ("/layer/4/scene/next", (), lambda d: d.layer(4).voice.scene.id, "alpha"),
    ("/layer/focus", (1,), lambda d: d.focus, 1),
    ("/master/brightness", (0.5,), lambda d: d.master.brightness, 0.5),
    ("/master/brightness", (17,), lambda d: d.master.brightness, 1.0),
    ("/blackout", (1,), lambda d: d.master.blackout, True),
    ("/blackout", (0.4,), lambda d: d.master.blackout, False),
    ("/blackout", ("toggle",), lambda d: d.master.blackout, True),
    ("/blackout", (), lambda d: d.master.blackout, True),
    ("/freeze", (True,), lambda d: d.master.freeze, True),
    ("/freeze", ("toggle",), lambda d: d.master.freeze, True),
    ("/tempo/bpm", (97.5,), lambda d: d.tempo.bpm, 97.5),
    ("/tempo/bpm", (1e9,), lambda d: d.tempo.bpm, 500.0),
    ("/tempo/beat", (7.25,), lambda d: d.tempo.beats, 7.25),
    ("/tempo/beat", (0.25, "jump"), lambda d: d.tempo.beats, 0.25),
    ("/tempo/bar", (3,), lambda d: d.tempo.beats, 12.0),
    ("/tempo/bar", (-2, "ago", 0.5), lambda d: d.tempo.beats, -7.0),
    ("/tempo/beats_per_bar", (3,), lambda d: d.tempo.beats_per_bar, 3),
    ("/tempo/running", (0,), lambda d: d.tempo.running, False),
    ("/tempo/running", ("toggle",), lambda d: d.tempo.running, False),
    (
        "/tempo/nudge",
        ("+", -0.25),
        lambda d: (d.tempo.advance(2), d.tempo.beats)[1],
        pytest.approx(3.75),
    ),
    (
        "/tempo/nudge",
        (0.25,),
        lambda d: (d.tempo.advance(2), d.tempo.beats)[1],
        pytest.approx(4.25),
    ),
    ("/tempo/source", ("midi",), lambda d: (d.tempo.source, d.tempo.follow), ("midi", "midi")),
    ("/tempo/follow", ("any",), lambda d: (d.tempo.source, d.tempo.follow), ("free", "any")),
    ("/tempo/sync", (9, 90, "link", "jump"), lambda d: (d.tempo.beats, d.tempo.bpm), (9.0, 90.0)),
    (
        "/tempo/sync",
        (9, None, "midi", "stop"),
        lambda d: (d.tempo.running, d.tempo.bpm),
        (False, 120),
    ),
    ("/quantise", ("bar",), lambda d: d.waiting.unit, "bar"),
    ("/quantise", (2,), lambda d: d.waiting.unit, 2.0),
    ("/quantise", (1e9,), lambda d: d.waiting.unit, 256.0),
    ("/tape/record", (), lambda d: d.wishes.take(), [("tape", "record")]),
    ("/tape/stop", (1,), lambda d: d.wishes.take(), [("tape", "stop")]),
    ("/tape/play", (1.0,), lambda d: d.wishes.take(), [("tape", "play")]),
    ("/tape/toggle", (), lambda d: d.wishes.take(), [("tape", "toggle")]),
    ("/tape/loop", (1,), lambda d: d.wishes.tape_loops, True),
    ("/record/start", (), lambda d: d.wishes.take(), [("record", "start")]),
    ("/record/stop", (), lambda d: d.wishes.take(), [("record", "stop")]),
    ("/record/toggle", (1,), lambda d: d.wishes.take(), [("record", "toggle")]),
    ("/still", (), lambda d: d.wishes.take(), [("still", "")]),
]


@pytest.mark.parametrize(("address", "arguments", "look", "found"), TABLE)
def test_an_address_does_what_it_says(
    address: str, arguments: tuple[Argument, ...], look: Look, found: object
) -> None:
    director = make_director()
    assert send(director, address, *arguments) == 0
    assert look(director) == found


@pytest.mark.parametrize(("address", "arguments", "look", "found"), TABLE)
def test_an_address_does_the_same_on_a_named_layer(
    address: str, arguments: tuple[Argument, ...], look: Look, found: object
) -> None:
    if address.startswith("/layer/"):
        return
    director = make_director()
    send(director, "/layer/2/scene/go", "gamma")
    send(director, "/layer/focus", 2)
    assert send(director, f"/layer/1{address}", *arguments) == 0
    assert look(director) == found
    assert director.layer(2).voice.scene.id == "gamma"


def test_without_a_layer_the_focused_one_is_meant() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "gamma")
    send(director, "/layer/focus", 2)
    send(director, "/param/feed", 0.1)
    send(director, "/palette/go", "moss")
    second, first = director.layer(2).voice, director.layer(1).voice
    assert (second.bank.wanted("feed"), second.colours.palette.id) == ((0.1,), "moss")
    assert (first.bank.wanted("feed"), first.colours.palette.id) == ((0.04,), "ember")


@pytest.mark.parametrize("number", [2, 3, 4, 5, 0, -1, 64])
def test_a_layer_that_is_empty_cannot_be_focused(number: int) -> None:
    director = make_director()
    assert send(director, "/layer/focus", number) == 1
    assert director.focus == 1 and director.layer(director.focus)


def test_a_far_layer_can_be_focused_once_it_plays() -> None:
    director = make_director()
    send(director, "/layer/4/scene/go", "gamma")
    assert send(director, "/layer/focus", 4) == 0
    assert director.focus == 4


TRIGGERS = (
    "/scene/next /scene/previous /palette/next /palette/previous /seed /clear /safe "
    "/tempo/tap /tape/record /tape/stop /tape/play"
).split()


@pytest.mark.parametrize("address", TRIGGERS)
@pytest.mark.parametrize("released", [0, 0.0, False])
def test_a_button_let_go_does_nothing(address: str, released: float) -> None:
    director = make_director()
    send(director, "/blackout", 1)
    before = describe(director), director.tempo.beats
    assert send(director, address, released) == 0
    assert (describe(director), director.tempo.beats) == before
    assert director.wishes.take() == [] and voice_of(director.advance(0)).clear is False


@pytest.mark.parametrize("address", TRIGGERS)
@pytest.mark.parametrize("junk", ["on", None, b"\x01", (1,), math.nan, math.inf])
def test_a_trigger_wants_a_number_or_nothing(address: str, junk: Argument) -> None:
    director = make_director()
    before = describe(director)
    assert send(director, address, junk) == 1
    before["/status/refused"] = (1,)
    assert describe(director) == before and director.wishes.take() == []


NUMBERS = [
    "/param/feed",
    "/norm/feed",
    "/macro/1",
    "/palette/shift",
    "/opacity",
    "/master/brightness",
    "/blackout",
    "/freeze",
    "/tempo/bpm",
    "/tempo/beat",
    "/tempo/bar",
    "/tempo/nudge",
    "/tempo/running",
    "/tempo/beats_per_bar",
    "/tempo/source",
    "/tempo/sync",
    "/quantise",
    "/snapshot/save",
    "/snapshot/go",
    "/layer/focus",
    "/splat",
    "/touch/1",
    "/brush/size",
    "/brush/amount",
    "/brush/channel",
    "/brush/erase",
    "/scene/go",
    "/palette/go",
    "/palette/group",
    "/blend",
]
JUNK: list[tuple[Argument, ...]] = [
    ("nonsense",),
    (b"blob",),
    (None,),
    (math.nan,),
    (math.inf,),
    (-math.inf,),
    ((1.0,),),
    (((0.5,), "x"), 1),
    ("+",),
    ("+", math.nan),
    ("+", "x"),
    (10**400,),
    (-(10**400), 0.5),
    (0.5,) * 7,
]


@pytest.mark.parametrize("address", NUMBERS)
@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk_is_refused_counted_and_changes_nothing(
    address: str, junk: tuple[Argument, ...]
) -> None:
    director = make_director()
    before = describe(director)
    if send(director, address, *junk) == 0:
        # The one thing that may be taken: whatever follows the fade of nothing is not looked at.
        pytest.fail(f"{address} took {junk}")
    after = describe(director)
    assert after.pop("/status/refused") == (1,)
    before.pop("/status/refused")
    assert after == before


@pytest.mark.parametrize(
    "address",
    [
        "/param/nothing",
        "/norm/nothing",
        "/macro/0",
        "/macro/9",
        "/macro/one",
        "/macro/" + "9" * 6000,
        "/macro/²",
        "/palette/nothing",
        "/layer/0/macro/1",
        "/layer/5/macro/1",
        "/layer/2/macro/1",
        "/layer/" + "1" * 6000 + "/macro/1",
        "/layer/-1/macro/1",
        "/layer/1",
        "/layer/",
        "/layer",
        "/",
        "",
        "/nonsense",
        "/touch",
        "/touch/",
        "/touch/a b",
        "/touch/1/down",
        "/touch/" + "1" * 6000,
        "/brush",
        "/brush/nothing",
        "/scene",
        "/scene/go/",
        "/state/snapshot/1",
        "/state/begin",
    ],
)
def test_an_unknown_name_is_refused(address: str) -> None:
    director = make_director()
    assert send(director, address, 0.5) == 1


NAMES = st.sampled_from([*(row[0] for row in TABLE), *NUMBERS, "/safe", "/tempo/tap", "/layer/2/"])
MUTATED = st.tuples(
    st.sampled_from(["", "/layer/2", "/layer/3", "/layer/focus", "/layer/0"]),
    NAMES,
    st.text(max_size=3),
).map("".join)
ADDRESSES = MUTATED | st.text(max_size=30) | NAMES
SCALARS = (
    st.integers()
    | st.integers(0, 4)
    | st.floats()
    | st.floats(-1, 2)
    | st.booleans()
    | st.none()
    | st.binary(max_size=4)
    | st.text(max_size=4)
    | st.sampled_from(["+", "toggle", "pickup", "scale", "jump", "ago", "any", "midi", "show"])
    | st.sampled_from(["alpha", "beta", "ember", "frost", "add", "three"])
    | st.just(10**400)
)
ARGUMENTS = st.lists(
    st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=2).map(tuple), max_leaves=3),
    max_size=4,
)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(ADDRESSES, ARGUMENTS), max_size=25))
def test_no_messages_whatever_stop_the_show(
    messages: list[tuple[str, list[Argument]]],
) -> None:
    director = make_director("beta")
    for address, arguments in messages:
        director.apply(Message(address, tuple(arguments)))
        frame = director.advance(FRAME_NS)
        director.layer(director.focus)
        for layer in frame.layers:
            for voice in layer.voices:
                for value in voice.values.values():
                    parts = value if isinstance(value, tuple) else (value,)
                    assert all(math.isfinite(part) for part in parts)
                assert 0 < voice.dt < 10 and 0 <= voice.steps < 100_000
        assert 0.0 <= frame.light <= 1.0
    assert FAULT not in director.refused
    json.dumps(describe(director), allow_nan=False, default=bytes.hex)


def test_refusals_of_ever_new_words_take_no_ever_more_memory() -> None:
    director = make_director()
    for index in range(2000):
        send(director, "/param/order", f"word {index}")
    assert director.refused.total() == 2000 and len(director.refused) < 100


def test_the_palette_goes_on_as_it_was_when_a_scene_grows_anew() -> None:
    director = make_director()
    send(director, "/palette/go", "moss", 2.0)
    run(director, 0.5)
    send(director, "/seed")
    run(director, 0.5)
    halfway = voice_of(director.advance(0)).lut[-1].copy()
    plain = make_director()
    send(plain, "/palette/go", "moss", 2.0)
    run(plain, 1.0)
    assert halfway == pytest.approx(voice_of(plain.advance(0)).lut[-1], abs=1e-3)


def test_growing_anew_keeps_what_hands_have_set() -> None:
    director = make_director()
    send(director, "/param/feed", 0.1)
    send(director, "/macro/8", 0.9)
    send(director, "/seed")
    voice = director.layer(1).voice
    assert (voice.bank.wanted("feed"), voice.macros[7], voice.seed) == ((0.1,), 0.9, 2)


def test_safe_brings_a_lit_running_picture_of_the_safe_scene() -> None:
    director = make_director(safe_scene="gamma")
    send(director, "/layer/2/scene/go", "beta")
    for address in ("/blackout", "/freeze"):
        send(director, address, 1)
    send(director, "/master/brightness", 0)
    send(director, "/layer/focus", 2)
    send(director, "/safe")
    frame = run(director, 2.0)
    assert voice_of(frame).scene.id == "gamma"
    assert frame.light == 1.0 and voice_of(frame).steps > 0
    assert all(layer.opacity == 0 for layer in frame.layers[1:])


def test_a_snapshot_brings_back_scene_palette_and_values() -> None:
    director = make_director()
    send(director, "/param/feed", 0.1)
    send(director, "/macro/3", 0.9)
    send(director, "/palette/go", "moss")
    send(director, "/snapshot/save", 5)
    send(director, "/scene/go", "beta")
    run(director, 3.0)
    assert send(director, "/snapshot/go", 5, 0.5) == 0
    voice = director.layer(1).voice
    assert (voice.scene.id, voice.colours.palette.id) == ("alpha", "moss")
    assert (voice.bank.wanted("feed"), voice.macros[2]) == ((0.1,), 0.9)


def test_a_snapshot_of_the_same_scene_is_glided_to_in_its_seconds() -> None:
    director = make_director()
    send(director, "/snapshot/save", 1)
    send(director, "/param/feed", 0.12)
    run(director, 1.0)
    send(director, "/snapshot/go", 1, 4.0)
    early = voice_of(run(director, 0.5)).values["feed"]
    late = voice_of(run(director, 4.0)).values["feed"]
    assert 0.08 < early < 0.12 and late == pytest.approx(0.04, abs=2e-3)  # type: ignore[operator]


def test_a_switch_of_a_model_is_turned_round_by_either_name() -> None:
    director = make_director()
    told = []
    for address in ("/norm/mirror", "/param/mirror", "/norm/mirror"):
        assert send(director, address, "toggle") == 0
        told.append(describe(director)["/param/mirror"])
    assert told == [(True,), (False,), (True,)]
    assert send(director, "/norm/feed", "toggle") == 1


def test_notches_of_an_encoder_add_up_to_the_steps_of_a_choice() -> None:
    director = make_director()
    bank = director.layer(1).voice.bank
    assert bank.wanted("order") == (1.0,)
    for _ in range(30):
        assert send(director, "/norm/order", "+", 0.01) == 0
    assert bank.wanted("order") == (2.0,)
    send(director, "/param/order", 0)  # whatever else moved it meanwhile counts
    for _ in range(20):
        send(director, "/norm/order", "+", 0.01)
    assert bank.wanted("order") == (0.0,)
    for _ in range(10):
        send(director, "/norm/order", "+", 0.01)
    assert bank.wanted("order") == (1.0,)


def test_a_group_of_palettes_is_gone_round() -> None:
    director = make_director()
    seen = []
    for _ in range(3):
        send(director, "/palette/group", "cold", 0.0)
        seen.append(palette(director))
    assert seen == ["frost", "moss", "frost"]
    state = describe(director)
    assert state["/list/groups"] == ("warm", "cold")
    assert state["/list/group/cold"] == ("frost", "moss")
