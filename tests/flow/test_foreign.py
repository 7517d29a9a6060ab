"""Foreign addresses through a real desk: the ready-made maps, and what nobody has bound."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

from engine.desk.osc.foreign import describe_unbound, read_moves
from engine.message import Argument, Message
from engine.osc_writing import encode
from tests.desk import Desk
from tests.jack import wait_for
from tests.play import ROOT, free_port

# What a program sends, and what reaches the stage. Addresses from the programs' own manuals.
TABLE: list[tuple[str, tuple[Argument, ...], str, tuple[Argument, ...]]] = [
    ("/composition/layers/2/video/opacity", (0.25,), "/layer/2/opacity", (0.25,)),
    ("/composition/layers/1/clips/7/connect", (1,), "/layer/1/scene/go", (7,)),
    ("/composition/columns/3/connect", (1,), "/scene/go", (3,)),
    ("/composition/tempocontroller/tempo", (0.25,), "/tempo/bpm", (140.0,)),
    ("/composition/tempocontroller/tempotap", (1,), "/tempo/tap", ()),
    ("/composition/master", (0.5,), "/master/brightness", (0.5,)),
    ("/composition/dashboard/link8", (0.5,), "/macro/8", (0.5,)),
    ("/composition/layers/3/dashboard/link1", (0.5,), "/layer/3/macro/1", (0.5,)),
    ("/composition/bypassed", (1,), "/blackout", (1,)),
    ("/1/fader1", (0.5,), "/macro/1", ("pickup", 0.5, 0.5)),
    ("/1/fader5", (0.5,), "/master/brightness", ("pickup", 0.5, 0.5)),
    ("/1/xy", (0.25, 0.75), "/macro/6", ("pickup", 0.75, 0.75)),
    ("/1/toggle1", (1.0,), "/blackout", (1,)),
    ("/1/push16", (1.0,), "/scene/go", (16,)),
    ("/fader8", (0.5,), "/macro/8", ("pickup", 0.5, 0.5)),
    ("/chan1", (0.5,), "/macro/1", (0.5,)),
    ("/live/song/get/tempo", (97.5,), "/tempo/bpm", (97.5,)),
    ("/live/song/get/beat", (17,), "/tempo/beat", (17.0,)),
    ("/live/song/get/is_playing", (True,), "/tempo/running", (1,)),
    ("/live/song/get/signature_numerator", (3,), "/tempo/beats_per_bar", (3.0,)),
    ("/live/track/get/output_meter_level", (0, 0.5), "/audio/level", (0.5,)),
    ("/live/device/get/parameter/value", (0, 0, 8, 63.5), "/macro/8", (0.5,)),
]


def say(desk: Desk, *messages: Message) -> None:
    port = desk.look()["/desk/osc"][1]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        for message in messages:
            peer.sendto(encode(message), ("127.0.0.1", port))


def test_every_ready_made_map_plays_what_its_program_sends(desk: Desk) -> None:
    for path, sent, address, arguments in TABLE:
        desk.drain()
        desk.messages.clear()
        say(desk, Message(path, sent))
        wait_for(lambda: desk.has(address, *arguments), f"{address} by {path}")  # noqa: B023
        say(desk, Message(path, tuple(0 for _ in sent)))  # a button is let go


def test_a_button_let_go_plays_nothing(desk: Desk) -> None:
    say(desk, Message("/composition/columns/9/connect", (0,)), Message("/chan8", (0.125,)))
    wait_for(lambda: desk.has("/macro/8", 0.125), "the channel after it")
    assert not desk.has("/scene/go", 9)


def test_any_foreign_address_is_learnt_by_osc_alone_and_then_plays(desk: Desk) -> None:
    """What nobody knew before: the second number of `/synth/lfo`, which goes from 0 to 127."""
    say(desk, Message("/learn", ("/norm/feed",)))
    for value in (3, 20, 45, 70, 90, 105, 120, 124):
        say(desk, Message("/synth/lfo", ("name", value)))

    def plays() -> bool:
        say(desk, Message("/synth/lfo", ("name", 127)), Message("/synth/lfo", ("name", 63.5)))
        return desk.has("/norm/feed", "pickup", 1.0, 0.5)

    wait_for(plays, "what was learnt")


def test_the_bridge_brings_the_beats_of_a_live_set(desk: Desk) -> None:
    """Something that answers as AbletonOSC does: to port 11001 (here another) of whoever asks."""
    port, back = desk.look()["/desk/osc"][1], free_port()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as live:
        live.bind(("127.0.0.1", 0))
        live.settimeout(15)
        command = [sys.executable, str(ROOT / "docs" / "ableton_bridge.py"), "--back", str(back)]
        command += ["--live", f"127.0.0.1:{live.getsockname()[1]}"]
        command += ["--morphogen", f"127.0.0.1:{port}", "--seconds", "30"]
        bridge = subprocess.Popen(command)
        try:
            while (asked := live.recv(1000)) != encode(Message("/live/song/start_listen/beat")):
                assert asked.startswith(b"/live/")
            live.sendto(encode(Message("/live/song/get/beat", (33,))), ("127.0.0.1", back))
            wait_for(lambda: desk.has("/tempo/beat", 33.0), "the beat")
        finally:
            bridge.kill()
            bridge.wait()


def test_a_foreign_address_never_reaches_the_stage_itself(desk: Desk) -> None:
    say(desk, Message("/marco/1", (0.5,)), Message("/x", ("text",)), Message("/chan7", (0.5,)))
    wait_for(lambda: desk.has("/macro/7", 0.5), "the channel after them")
    assert not any(message.address in ("/marco/1", "/x") for message in desk.drain())


def test_a_flood_of_foreign_addresses_keeps_nothing_else_from_being_played(desk: Desk) -> None:
    flood = [Message(f"/foreign/{index % 700}", (0.5,)) for index in range(5000)]
    say(desk, *flood)

    def plays(address: str, value: float, by: str) -> bool:
        say(desk, Message(by, (value,)))  # again and again: a full socket loses some
        return desk.has(address, value)

    wait_for(lambda: plays("/macro/5", 0.625, "/macro/5"), "one of our own addresses")
    wait_for(lambda: plays("/macro/6", 0.375, "/chan6"), "a bound one")


def test_a_frame_of_a_big_patch_is_taken_whole() -> None:
    with Desk() as desk:
        wait_for(lambda: desk.look().get("/desk/osc"), "the desk's OSC port")
        say(desk, *(Message(f"/patch/{index}", (0.5,)) for index in range(900)))
        wait_for(lambda: desk.look()["/desk/taken"][0] >= 900, "all of them")
        assert desk.look()["/desk/dropped"] == (0,)


def test_each_number_of_a_message_is_a_control() -> None:
    def moves(address: str, *arguments: Argument) -> list[tuple[str, float]]:
        found = read_moves(Message(address, arguments))
        return [(move.control.path, move.value) for move in found]

    assert moves("/3/xy", 0.25, 0.75) == [("/3/xy", 0.25), ("/3/xy 2", 0.75)]
    assert moves("/push") == [("/push", 1.0)]
    assert moves("/toggle", True) == [("/toggle", 1.0)]
    assert moves("/bpm", 174) == [("/bpm", 174.0)]
    assert moves("/mixed", "name", 0.5, b"blob", None) == [("/mixed 2", 0.5)]
    assert moves("/odd", float("nan"), float("inf"), (1.0,)) == []
    assert moves("/live/song/get/tempo", 120.0) == [("/live/song/get/tempo", 120.0)]
    meter = "/live/track/get/output_meter_level"
    assert moves(meter, 3, 0.5) == [(f"{meter}/3", 0.5)]
    assert moves(meter, 3, "x") == []
    assert len(moves("/many", *range(100))) == 16


def test_an_address_misspelt_is_told_which_was_meant() -> None:
    (move,) = read_moves(Message("/marco/1", (0.5,)))
    assert "/macro/1" in describe_unbound(move.control, ["/macro/1", "/palette/go"])
    (move,) = read_moves(Message("/xyz", (0.5,)))
    assert "learnt" in describe_unbound(move.control, ["/macro/1", "/palette/go"])
    assert "no number" in describe_unbound(move.control, ["/macro/1"], wordy=True)


def test_a_map_that_is_edited_is_played_by_at_once_and_a_broken_one_is_not(tmp_path: Path) -> None:
    text = 'name = "Mine"\ndevice = "osc"\n[[control]]\nkind = "osc"\npath = "/mine"\naddress = "{0}"\n'
    path = tmp_path / "mine.toml"
    path.write_text(text.format("/macro/1"), encoding="utf-8")
    with Desk(controllers=tmp_path) as desk:
        wait_for(lambda: desk.look().get("/desk/osc"), "the desk's OSC port")
        for address in ("/macro/1", "/macro/2", "no address", "/macro/3"):
            path.write_text(text.format(address), encoding="utf-8")
            if address.startswith("/"):

                def plays(address: str = address) -> bool:
                    say(desk, Message("/mine", (0.5,)))
                    return any(message.address == address for message in desk.drain())

                wait_for(plays, address)
