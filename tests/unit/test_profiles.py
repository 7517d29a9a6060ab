"""Every shipped profile, from its own table: nothing jumps, and its lights say what is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.desk.control import Control, Move
from engine.desk.mirror import Mirror
from engine.desk.play.binding import Binding, place_value
from engine.desk.play.board import Board
from engine.desk.play.controllers import ControllerMap, load_sound_controllers
from engine.desk.play.light import DIM, Light, light_bytes
from engine.desk.play.lights import AT_ONCE, EVERY_NS, HOLD_NS, Lights
from engine.message import Argument, Message
from engine.show.colours.colour import parse_colour
from engine.show.colours.palette import Palette, Stop
from engine.show.colours.signal import find_signal
from engine.show.director import Director
from engine.show.memory.lists import list_palettes
from engine.show.memory.state import describe
from tests.show import make_catalogue, make_scene

MAPS = load_sound_controllers(Path("config/controllers"))[0]
PORTS = {
    "Akai APC40 mk2": "APC40 mkII",
    "Akai APC mini mk2": "APC mini mk2 Control",
    "Akai MIDImix": "MIDI Mix",
    "Korg nanoKONTROL2": "nanoKONTROL2 MIDI 1",
    "Novation Launch Control XL": "Launch Control XL",
    "MIDI Fighter Twister": "Midi Fighter Twister",
    "Novation Launchpad X": "Launchpad X LPX MIDI In",
    "Novation Launchpad Mini mk3": "Launchpad Mini MK3 LPMiniMK3 MIDI In",
    "Any MIDI device": "Some Keys",
}
DEVICES = [found for found in MAPS if found.device == "midi" and found.name in PORTS]
MAPS_BY_NAME = {found.name: found for found in MAPS}
KNOBS = [
    pytest.param(
        found, binding, id=f"{found.name} {binding.kind} {binding.number} {binding.channel}"
    )
    for found in DEVICES
    for binding in found.bindings
    if binding.send == "value" and binding.mode == "absolute"
]


@pytest.fixture
def director() -> Director:
    director = Director(make_catalogue(), "alpha")
    for layer in (2, 3, 4):
        director.apply(Message(f"/layer/{layer}/scene/go", ("beta", 0.0)))
    director.apply(Message("/layer/focus", (1,)))
    return director


def test_every_controller_of_the_list_has_a_profile_and_finds_it_by_its_port() -> None:
    assert {found.name for found in DEVICES} == set(PORTS)
    for name, port in PORTS.items():
        assert Board(MAPS).maps_of(port)[0].name == name
    assert Board(MAPS).maps_of("Launchpad X LPX DAW In")[0].name == "Any MIDI device"


def present(director: Director, binding: Binding) -> float | None:
    """Where a value is; None where this little show has none."""
    mirror = mirror_of(director)
    told = mirror.get(binding.address)
    return float(told[0]) if told and isinstance(told[0], (int, float)) else None


def mirror_of(director: Director) -> Mirror:
    mirror = Mirror()
    mirror.take([Message(address, told) for address, told in describe(director).items()])
    return mirror


@pytest.mark.parametrize(("found", "binding"), KNOBS)
def test_a_knob_at_0_leaves_a_value_at_0_8_until_it_crosses_it(
    found: ControllerMap, binding: Binding, director: Director
) -> None:
    start = place_value(binding, 0.8)
    director.apply(Message(binding.address, (start,)))
    if present(director, binding) is None:
        assert binding.address == "/map/path"  # this show has no map
        return
    assert present(director, binding) == pytest.approx(start)
    board, channel = Board([found]), binding.channel or 1
    control = Control(PORTS[found.name], binding.kind, channel, binding.number, binding.path)
    before = present(director, binding)
    assert before is not None
    span = abs(binding.high - binding.low)
    for raw in range(128):
        for message in board.play(Move(control, raw / 127, raw, raw)):
            director.apply(message)
        now = present(director, binding)
        assert now is not None
        if raw < 0.8 * 127 - 1.5:
            assert now == pytest.approx(start), raw
        assert abs(now - before) <= 2.01 * span / 127
        before = now
    assert before == pytest.approx(place_value(binding, 1.0))


class Cable:
    """What was sent to a device, message by message."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def send(self, device: str, data: bytes) -> bool:
        self.sent.append(data)
        return True


def follow(lights: Lights, version: int, now_ns: int) -> int:
    """Until there is nothing more to show; the time then."""
    lights.follow(version, now_ns)
    while lights.due_ns is not None:
        now_ns = max(lights.due_ns, now_ns + 1)
        lights.follow(version, now_ns)
    return now_ns


def read_colour(light: Light, cable: Cable) -> tuple[float, ...]:
    """The colour that a light was sent last, 0..1 each, read by the makers' manuals."""
    head = bytes(part for part in light.coloured[:9] if isinstance(part, int))
    (*_, told) = (data for data in cable.sent if data.startswith(head))
    numbers = told[len(head) : -1]
    if len(numbers) == 6:  # two bytes for each
        return tuple(
            (high << 7 | low) / 255 for high, low in zip(numbers[::2], numbers[1::2], strict=True)
        )
    return tuple(number / 127 for number in numbers)


@pytest.mark.parametrize(
    "found", [found for found in DEVICES if found.lights], ids=lambda f: f.name
)
def test_lights_say_what_plays_and_what_there_is_and_all_of_it_again_on_reconnection(
    found: ControllerMap, director: Director
) -> None:
    port, board, cable = PORTS[found.name], Board(MAPS), Cable()
    mirror = mirror_of(director)
    lights = Lights(board, mirror.get, cable.send)
    lights.plug(port)
    now = follow(lights, 1, 0)
    assert cable.sent[: len(found.init)] == list(found.init)
    scenes = [
        (light, binding)
        for light in found.lights
        for binding in found.bindings
        if binding.key == light.key and binding.address == "/scene/go"
    ]
    assert scenes
    count = len(mirror.get("/list/scenes") or ())
    for light, binding in scenes:
        place = binding.arguments[0]
        assert isinstance(place, int)
        value = light.on if place == 1 else light.there if place <= count else light.off
        if light.coloured:
            colour = read_colour(light, cable)
            bright = 1.0 if place == 1 else DIM if place <= count else 0.0
            assert max(colour) == pytest.approx(bright, abs=0.01), binding
        else:
            assert light_bytes(light, value) in cable.sent, (binding, value)
    assert all(byte < 128 for data in cable.sent for byte in data[1:-1])
    everything, cable.sent = cable.sent, []
    now = follow(lights, 2, now + EVERY_NS)
    assert cable.sent == []  # nothing has changed
    director.apply(Message("/scene/go", (2, 0.0)))
    mirror.take([Message(address, told) for address, told in describe(director).items()])
    now = follow(lights, 3, now + EVERY_NS)
    light, _ = scenes[1]
    if light.coloured:
        assert max(read_colour(light, cable)) == 1.0
    else:
        assert light_bytes(light, light.on) in cable.sent
    cable.sent = []
    lights.unplug(port)
    lights.plug(port)
    follow(lights, 3, now)
    assert len(cable.sent) == len(everything)


def ring_lights() -> tuple[Board, Mirror, Cable, Lights, Control]:
    board, mirror, cable = Board(MAPS), Mirror(), Cable()
    mirror.take([Message("/macro/1", (0.25,))])
    lights = Lights(board, mirror.get, cable.send)
    lights.plug("Midi Fighter Twister")
    return board, mirror, cable, lights, Control("Midi Fighter Twister", "cc", 1, 0)


def test_a_ring_follows_its_value_but_not_while_its_knob_is_turned() -> None:
    _, mirror, cable, lights, knob = ring_lights()
    now = follow(lights, mirror.version, 0)
    assert bytes([0xB0, 0, 32]) in cable.sent
    cable.sent = []
    lights.touch(knob, now)
    mirror.take([Message("/macro/1", (0.5,))])
    lights.follow(mirror.version, now + EVERY_NS)
    assert cable.sent == []
    follow(lights, mirror.version, now + HOLD_NS)
    assert cable.sent == [bytes([0xB0, 0, 64])]


def test_a_ring_that_a_hand_turned_alone_tells_the_truth_again() -> None:
    board, mirror, cable, lights, knob = ring_lights()
    now = follow(lights, mirror.version, 0)
    cable.sent = []
    lights.touch(knob, now)  # its value is not to be moved: a clock leads, say
    board.play(Move(knob, 99 / 127, now, 99))
    follow(lights, mirror.version, now + 1)
    assert cable.sent == [bytes([0xB0, 0, 32])] and board.where(knob) == 32 / 127


def test_an_endless_knob_goes_on_from_where_its_ring_was_set() -> None:
    board, mirror, _, lights, knob = ring_lights()
    follow(lights, mirror.version, 0)
    (message,) = board.play(Move(knob, 33 / 127, 0, 33))
    assert message.arguments == ("pickup", 32 / 127, 33 / 127)


def test_a_device_is_never_told_more_than_a_slow_cable_carries() -> None:
    _, mirror, cable, lights, _ = ring_lights()
    lights.follow(mirror.version, 1)
    assert len(b"".join(cable.sent)) <= AT_ONCE
    before = len(cable.sent)
    lights.follow(mirror.version, 2)  # at once again
    assert len(cable.sent) == before


def test_a_device_that_takes_nothing_now_is_told_again_later() -> None:
    board, mirror, cable = Board(MAPS), Mirror(), Cable()
    takes = [False]
    lights = Lights(board, mirror.get, lambda device, data: takes[0] and cable.send(device, data))
    lights.plug("Midi Fighter Twister")
    lights.follow(mirror.version, 1)
    due_ns = lights.due_ns
    assert due_ns is not None and due_ns > EVERY_NS and not cable.sent
    takes[0] = True
    follow(lights, mirror.version, due_ns)
    assert len(cable.sent) == len(MAPS_BY_NAME["MIDI Fighter Twister"].lights)


def test_a_light_shows_what_the_player_has_bound_to_its_control() -> None:
    board, mirror, cable, lights, _ = ring_lights()
    board.adopt({"Midi Fighter Twister": [Binding("cc", 1, 0, "", "/norm/feed", invert=True)]})
    told: tuple[Argument, ...] = (0.0,)
    mirror.take([Message("/norm/feed", told)])
    follow(lights, mirror.version, 0)
    assert bytes([0xB0, 0, 127]) in cable.sent


def test_the_lights_of_two_scenes_with_one_name_each_are_apart() -> None:
    catalogue = make_catalogue(*(make_scene(f"s{n}") for n in range(1, 5)))
    director = Director(catalogue, "s3")
    board, cable = Board(MAPS), Cable()
    lights = Lights(board, mirror_of(director).get, cable.send)
    lights.plug("Launchpad X LPX MIDI In")
    follow(lights, 1, 0)
    pads = {data[8]: max(data[9:12]) for data in cable.sent if len(data) > 9}
    assert [pads[81 + n] for n in range(8)] == [13, 13, 127, 13, 0, 0, 0, 0]


def palette_of(*colours: str) -> Palette:
    labs = [parse_colour(colour) for colour in colours]
    stops = tuple(Stop(n / (len(labs) - 1), lab) for n, lab in enumerate(labs))
    return Palette("plain", "Plain", "", "sequential", stops, labs[0])


@pytest.mark.parametrize(
    ("colours", "most"),
    [
        (("#000000", "#2244cc", "#ffffff"), 2),
        (("#001040", "#2244cc", "#2850d0", "#ffd040"), 2),  # what most of it is, not its glint
        (("#200000", "#cc2222"), 0),
        (("#000000", "#30c040", "#e8ffe8"), 1),
    ],
)
def test_a_palette_is_known_by_the_hue_that_most_of_it_has(
    colours: tuple[str, ...], most: int
) -> None:
    told = find_signal(palette_of(*colours))
    levels = [int(told[n : n + 2], 16) for n in (1, 3, 5)]
    assert levels[most] == max(levels) >= 0x80 and sorted(levels)[1] < levels[most] - 40, told


def test_a_palette_without_hues_is_known_by_its_lightest_grey() -> None:
    assert find_signal(palette_of("#000000", "#cccccc", "#777777")) == "#cccccc"


@pytest.mark.parametrize("name", ["Novation Launchpad X", "Akai APC mini mk2"])
def test_pads_of_palettes_have_their_colours_and_follow_an_edit(name: str) -> None:
    blue, red = (palette_of("#000000", one, "#ffffff") for one in ("#2244cc", "#cc2222"))
    found, cable, mirror = MAPS_BY_NAME[name], Cable(), Mirror()
    lights = Lights(Board(MAPS), mirror.get, cable.send)
    lights.plug(PORTS[name])
    pad = next(
        light
        for light in found.lights
        for binding in found.bindings
        if binding.key == light.key
        and (binding.address, binding.arguments) == ("/palette/go", (1,))
    )
    now = 0
    for number, (palette, most) in enumerate(((blue, 2), (red, 0))):
        catalogue = replace(make_catalogue(), palettes={"plain": palette})
        told = {**list_palettes(catalogue), "/palette/go": ("plain",)}
        mirror.take([Message(address, said) for address, said in told.items()])
        now = follow(lights, number, now + EVERY_NS)
        colour = read_colour(pad, cable)
        assert colour[most] == 1.0 and sum(colour) < 1.6, colour


def test_what_a_state_without_colours_offers_is_lit_white() -> None:
    cable, mirror = Cable(), Mirror()
    lights = Lights(Board(MAPS), mirror.get, cable.send)
    mirror.take([Message("/list/palettes", ("a", "b")), Message("/palette/go", ("a",))])
    mirror.take([Message("/list/palette_colours", ("red",))])
    lights.plug("Launchpad X LPX MIDI In")
    follow(lights, 1, 0)
    assert bytes.fromhex("f0 00 20 29 02 0c 03 03 15 7f 7f 7f f7") in cable.sent
    assert bytes.fromhex("f0 00 20 29 02 0c 03 03 16 0d 0d 0d f7") in cable.sent


def lamps_of(port: str, *, layers: dict[int, dict[str, Argument]]) -> list[str]:
    """What a device is told where these layers are, each with what differs from the usual."""
    board, mirror, cable = Board(MAPS), Mirror(), Cable()
    mirror.take([Message("/layer/focus", (1,)), Message("/crossfader", (0.0,))])
    for layer, told in layers.items():
        usual: dict[str, Argument] = {"scene/go": "alpha", "solo": 0, "bypass": 0, "bus": "off"}
        front = "" if layer == 1 else f"/layer/{layer}"
        mirror.take([Message(f"{front}/{name}", (v,)) for name, v in (usual | told).items()])
    lights = Lights(board, mirror.get, cable.send)
    lights.plug(port)
    follow(lights, mirror.version, 0)
    return [data.hex() for data in cable.sent]


def test_the_buttons_of_a_track_say_how_its_layer_is_laid_on() -> None:
    told = lamps_of("APC40 mkII", layers={1: {"solo": 1}, 2: {"bypass": 1, "bus": "b"}})
    assert {"903101", "913100"} <= {*told}  # solo
    assert {"903201", "913200", "923200"} <= {*told}  # active; left out; not there
    assert {"904200", "914201", "924200"} <= {*told}  # on a side
    assert {"903301", "913300"} <= {*told}  # in focus


def test_rings_are_told_how_to_look_before_they_are_told_where_they_stand() -> None:
    told = lamps_of("APC40 mkII", layers={1: {}})
    numbers = {*range(24, 32), *range(56, 64)}
    styles = [one for one in told if one.startswith("b0") and int(one[2:4], 16) in numbers]
    assert len(styles) == 16 and all(one[4:] in ("01", "02", "03") for one in styles)
    places = {*range(16, 24), *range(48, 56)}
    first = next(i for i, one in enumerate(told) if one[:2] == "b0" and int(one[2:4], 16) in places)
    assert told[0].startswith("f0") and told.index(styles[-1]) < first


def test_the_side_buttons_of_a_twister_do_the_same_in_every_bank() -> None:
    port = "Midi Fighter Twister"
    board = Board(MAPS)
    for button in range(8, 14):
        played = {
            (bound.address, bound.send)
            for bank in range(4)
            for bound in board.bound(Control(port, "cc", 4, button + 6 * bank))
        }
        assert len(played) == 1
    dark = board.bound(Control(port, "cc", 4, 31))
    assert [(bound.address, bound.send) for bound in dark] == [("/blackout", "gate")]
