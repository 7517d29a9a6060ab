"""Every documented address, sent as a peer sends it, through a real desk into a real director."""

from __future__ import annotations

import re
import socket
import struct
from pathlib import Path

import pytest

from engine.desk.osc.addresses import LAYERED, SINGLE, is_layered, is_ours
from engine.message import Argument, Message
from engine.osc_writing import encode
from engine.show.director import Director
from engine.show.memory.state import describe
from engine.show.routes.table import EXACT, NAMED
from tests.desk import Desk
from tests.jack import wait_for
from tests.show import make_director, send
from tests.unit.test_routes import TABLE, TRIGGERS, Look


def play(desk: Desk, director: Director, *datagrams: bytes) -> int:
    """Send datagrams to the desk and let the director take what comes of them; how many it refused."""
    desk.drain()
    desk.messages.clear()
    port = desk.look()["/desk/osc"][1]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        for datagram in (*datagrams, encode(Message("/tape/stop", ("end",)))):
            peer.sendto(datagram, ("127.0.0.1", port))
    wait_for(lambda: desk.drain() and desk.messages[-1].arguments == ("end",), "messages")
    before = director.refused.total()
    for message in desk.messages[:-1]:
        director.apply(message)
    return director.refused.total() - before


def test_every_address_does_through_the_desk_what_it_does_in_the_director(desk: Desk) -> None:
    for address, arguments, look, found in TABLE:
        director = make_director()
        assert play(desk, director, encode(Message(address, arguments))) == 0, address
        assert look(director) == found, (address, arguments)


@pytest.mark.parametrize("number", [2, 3, 4])
def test_every_address_of_a_layer_does_the_same_on_each(desk: Desk, number: int) -> None:
    """The looks look at layer 1, so the two layers change places before they do."""
    for address, arguments, look, found in TABLE:
        if address.startswith("/layer/") or not is_layered(address):
            continue
        director = make_director()
        send(director, f"/layer/{number}/scene/go", "alpha", 0)
        before = describe(director)
        datagram = encode(Message(f"/layer/{number}{address}", arguments))
        assert play(desk, director, datagram) == 0, (number, address)
        first, second = director.layers[1], director.layers[number]
        if not address.startswith(("/snapshot", "/seed", "/scene/previous")):
            assert _of_layer_one(describe(director)) == _of_layer_one(before), address
        director.layers[1], director.layers[number] = second, first
        assert look(director) == found, (number, address, arguments)


def _of_layer_one(state: dict[str, tuple[Argument, ...]]) -> dict[str, tuple[Argument, ...]]:
    return {a: v for a, v in state.items() if is_layered(a)}


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_layer_that_does_not_play_yet_takes_what_makes_sense(desk: Desk, number: int) -> None:
    director = make_director()
    send(director, "/snapshot/save", 1)
    told: list[tuple[str, tuple[Argument, ...]]] = [
        (f"/layer/{number}/opacity", (0.25,)),
        (f"/layer/{number}/opacity", ("*", 2)),
        (f"/layer/{number}/blend", ("screen",)),
    ]
    assert play(desk, director, *(encode(Message(*one)) for one in told)) == 0
    assert number not in director.layers
    assert describe(director)[f"/layer/{number}/opacity"] == (0.5,)
    for begins in (("scene/go", "beta"), ("scene/next",), ("snapshot/go", 1)):
        fresh = make_director()
        send(fresh, "/snapshot/save", 1)
        path, *arguments = begins
        begun = Message(f"/layer/{number}/{path}", tuple(arguments))
        assert play(desk, fresh, *(encode(Message(*one)) for one in told), encode(begun)) == 0
        layer = fresh.layers[number]
        assert (layer.opacity, layer.blend) == (0.5, "screen"), begins
        assert not fresh.layers.manners


def test_a_number_may_come_as_any_type_that_holds_it(desk: Desk) -> None:
    bodies = {
        "f": struct.pack(">f", 1.0),
        "d": struct.pack(">d", 1.0),
        "i": struct.pack(">i", 1),
        "h": struct.pack(">q", 1),
        "t": struct.pack(">Q", 1),
        "T": b"",
        "I": b"",
    }
    looks: list[tuple[str, Look, object]] = [
        ("/macro/8", lambda d: d.layer(1).voice.macros[7], 1.0),
        ("/norm/feed", lambda d: d.layer(1).voice.bank.wanted("feed"), (0.12,)),
        ("/param/mirror", lambda d: d.layer(1).voice.bank.wanted("mirror"), (1.0,)),
        ("/opacity", lambda d: d.layer(1).opacity, 1.0),
        ("/blackout", lambda d: d.master.blackout, True),
        ("/scene/next", lambda d: d.layer(1).voice.scene.id, "beta"),
        ("/brush/erase", lambda d: d.layer(1).brush.erase, True),
    ]
    for tag, body in bodies.items():
        for address, look, found in looks:
            director = make_director()
            send(director, "/opacity", 0.5)
            datagram = _pad(address.encode()) + _pad(b"," + tag.encode()) + body
            assert play(desk, director, datagram) == 0, (tag, address)
            assert look(director) == found, (tag, address)


def test_a_trigger_let_go_does_nothing_as_any_type(desk: Desk) -> None:
    for address in TRIGGERS:
        director = make_director()
        before = describe(director)
        datagrams = [encode(Message(address, (released,))) for released in (0, 0.0, False)]
        assert play(desk, director, *datagrams) == 0, address
        assert describe(director) == before, address


RELATIVE: list[tuple[str, float]] = [
    ("/macro/8", 0.5),
    ("/opacity", 1.0),
    ("/master/brightness", 1.0),
    ("/brush/size", 0.04),
    ("/brush/softness", 1.0),
    ("/brush/amount", 1.0),
    ("/norm/feed", 0.04 / 0.12),
    ("/param/feed", 0.04),
    ("/palette/contrast", 1.0),
]


@pytest.mark.parametrize(("address", "present"), RELATIVE)
def test_a_number_can_be_moved_by_so_much_or_so_many_times(
    desk: Desk, address: str, present: float
) -> None:
    for word, by, found in (
        ("-", 0.01, present - 0.01),
        ("*", 0.5, present * 0.5),
        ("*", 0.0, None),
    ):
        director = make_director()
        assert describe(director)[address][0] == pytest.approx(present)
        assert play(desk, director, encode(Message(address, (word, by)))) == 0
        if found is not None:
            assert describe(director)[address][0] == pytest.approx(found, rel=1e-5), word
    assert play(desk, director, encode(Message(address, ("+", 0.01)))) == 0


def test_the_desk_knows_every_first_word_that_the_stage_knows() -> None:
    """What it takes for foreign goes to bindings, and never arrives."""
    for address in (*EXACT, *(f"/{root}/x" for root in NAMED), "/layer/2/macro/1", "/layer/focus"):
        assert is_ours(address), address
    assert not any(is_ours(address) for address in ("/1/fader1", "/live/song", "/composition/x"))


def test_the_desk_knows_which_addresses_each_layer_has() -> None:
    """`/layer/2` in front changes what is played, or does not, just as the desk believes."""
    director = make_director()
    send(director, "/layer/2/scene/go", "gamma")
    for address in describe(director):
        if address.startswith("/layer/2/"):
            assert is_layered(address.removeprefix("/layer/2")), address
    single = set("master crossfader transition blackout freeze tempo quantise".split())
    single |= {"layer", "status", "state", "chance", "tape"}
    roots = {address[1:].split("/")[0] for address in describe(director)} - {"list"}
    assert roots <= LAYERED | SINGLE and roots & SINGLE <= single


def test_every_address_of_the_readme_is_one_of_ours(repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    table = readme.split("| address |")[1].split("\n\n")[0]
    found = re.findall(r"`(/[a-z]+)", table)
    assert len(found) > 20
    assert all(is_ours(address) for address in found)


def test_a_panel_can_ask_what_there_is_to_choose_from() -> None:
    director = make_director()
    send(director, "/layer/2/scene/go", "gamma")
    state = describe(director)
    assert state["/list/scenes"] == ("alpha", "beta", "gamma")
    assert state["/list/palettes"] == ("ember", "frost", "moss")
    assert state["/list/macros"][:2] == ("Feed", "Pace")
    assert state["/layer/2/list/macros"] == state["/list/macros"]
    kind, low, high, default, curve, *_ = state["/list/params/scale"]
    assert (kind, low, high, default, curve) == ("float", 0.01, 100.0, 1.0, "log")
    assert state["/list/params/order"][7:] == ("one", "two", "three")
    for address in state:
        if address.startswith("/param/"):
            assert f"/list{address.replace('/param/', '/params/')}" in state


def _pad(raw: bytes) -> bytes:
    return raw + b"\0" * (4 - len(raw) % 4)
