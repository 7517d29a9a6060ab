"""Learning, lights and bindings that last: a real desk, a real JACK server, foreign devices."""

from __future__ import annotations

import contextlib
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.desk.play.overlay import load_overlay
from engine.message import Argument, Message
from tests.desk import Desk, met
from tests.jack import Device, JackServer, LampDevice, jack_server, wait_for

pytestmark = pytest.mark.skipif(
    sys.platform in ("darwin", "win32"), reason="JACK's dummy server is set up on Linux only"
)
KNOB = (20, 24, 30, 37, 46, 55, 63, 70, 80)


@pytest.fixture(scope="module")
def server() -> Iterator[JackServer]:
    with jack_server("midi") as server:
        yield server


def wait_for_port(desk: Desk, name: str) -> None:
    wait_for(lambda: name in desk.look().get("/desk/midi", ()), f"the MIDI port {name}")


def tell(desk: Desk, state: dict[str, tuple[Argument, ...]]) -> None:
    """As the stage would."""
    desk.state.send_all([Message(address, told) for address, told in state.items()])


def teach(desk: Desk, device: Device, address: str, number: int) -> None:
    desk.state.send(Message("/desk/learn", (address,)))
    wait_for(lambda: desk.drain() is None or said(desk, "learning") == (1,), "learning")
    for _ in range(5):  # a busy JACK server may lose some
        for raw in KNOB:
            device.send(0xB0, number, raw)
        with contextlib.suppress(AssertionError):
            wait_for(lambda: desk.drain() is None or said(desk, "learning") == (0,), "", 3.0)
            return
    raise AssertionError(f"{address} was never learnt; the window was told {desk.window}")


def send_until_heard(desk: Desk, device: Device, address: str) -> None:
    """Move the knob, again where a busy JACK server has lost it."""
    for _ in range(5):
        device.send(0xB0, 77, 5)
        with contextlib.suppress(AssertionError):
            wait_for(lambda: desk.has(address, *met(5 / 127)), address, 3.0)
            return
    raise AssertionError(f"{address} was never played; there was {desk.drain()}")


def said(desk: Desk, word: str) -> tuple[Argument, ...] | None:
    """What the window was told last."""
    told = [m.arguments for m in desk.window if m.address == f"/window/{word}"]
    return told[-1] if told else None


def test_lamps_and_rings_follow_the_state_and_all_of_it_again_after_a_replug(
    server: JackServer,
) -> None:
    with Desk(None) as desk:
        state: dict[str, tuple[Argument, ...]] = {
            "/list/scenes": ("one", "two", "three"),
            "/scene/go": ("two",),
            "/macro/1": (0.5,),
        }
        tell(desk, state)
        for _ in range(2):
            with LampDevice(server, "Midi Fighter Twister") as device:
                wait_for(
                    lambda: "b1017f" not in device.heard and "b10132" in device.heard, "lamp 2"
                )
                wait_for(lambda: "b00040" in device.heard, "the ring of the first macro")
                wait_for(lambda: "b10001" in device.heard, "lamp 1")
                assert "b10301" not in device.heard  # there is no fourth scene
                for _ in server.tries():
                    tell(desk, {"/scene/go": ("two",)})
                    time.sleep(0.5)
                    tell(desk, {"/scene/go": ("one",)})
                    with contextlib.suppress(AssertionError):
                        wait_for(lambda: {"b10032", "b10101"} <= {*device.heard}, "", 3.0)
                        break
                else:
                    raise AssertionError("lamp 1 never went on, or lamp 2 never back")
                tell(desk, {"/scene/go": ("two",)})
            wait_for(lambda: not desk.look().get("/desk/midi"), "the unplugging")


def test_a_control_is_learnt_from_a_real_device_and_plays_at_once(
    server: JackServer, tmp_path: Path
) -> None:
    path = tmp_path / "bindings.toml"
    with Device(server, "Some Box") as device, Desk(None, bindings=path) as desk:
        wait_for_port(desk, "Some Box:out")
        teach(desk, device, "/param/feed", 77)
        device.send(0xB0, 77, 127)
        wait_for(lambda: desk.has("/norm/feed", *met(1.0, KNOB[-1] / 127)), "the knob")
        assert load_overlay(path)[0]["Some Box:out"][0].address == "/norm/feed"


def test_no_kill_of_the_desk_loses_a_binding(server: JackServer, tmp_path: Path) -> None:
    path, rng = tmp_path / "bindings.toml", random.Random(4)
    with Device(server, "Some Box") as device:
        taught: list[str] = []
        for life in range(4):
            with Desk(None, bindings=path, again=life > 0) as desk:
                wait_for_port(desk, "Some Box:out")
                for n in range(2):
                    address = f"/norm/p{life}_{n}"
                    teach(desk, device, address, 20 + 2 * life + n)
                    taught.append(address)
                # And one more is under way, at any stage of it.
                desk.state.send(Message("/desk/learn", ("/norm/last",)))
                for raw in KNOB:
                    device.send(0xB0, 60, raw)
                time.sleep(rng.uniform(0.0, 0.1))
                desk.process.kill()
                desk.process.join()
            found, complaints = load_overlay(path)
            assert not complaints
            addresses = {binding.address for binding in found["Some Box:out"]}
            assert set(taught) <= addresses <= {*taught, "/norm/last"}


def test_replugging_in_any_order_leaves_the_file_as_it_was_to_the_byte(
    server: JackServer, tmp_path: Path
) -> None:
    path = tmp_path / "bindings.toml"
    with Desk(None, bindings=path) as desk:
        with Device(server, "Box A") as a, Device(server, "Box B") as b:
            wait_for_port(desk, "Box A:out")
            wait_for_port(desk, "Box B:out")
            teach(desk, a, "/norm/a", 77)
            teach(desk, b, "/norm/b", 77)
        before = path.read_bytes()
        for first, second in (("Box B", "Box A"), ("Box A", "Box B")):
            wait_for(lambda: not desk.look().get("/desk/midi"), "the unplugging")
            with Device(server, first) as one:
                wait_for_port(desk, f"{first}:out")
                with Device(server, second) as two:
                    wait_for_port(desk, f"{second}:out")
                    desk.drain().clear()
                    for device, name in ((one, first), (two, second)):
                        send_until_heard(desk, device, f"/norm/{name[-1].lower()}")
                    assert {message.address for message in desk.drain()} == {"/norm/a", "/norm/b"}
        assert path.read_bytes() == before
