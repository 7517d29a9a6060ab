"""Peers over loopback UDP: who said /hello hears every change, but for its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from types import TracebackType

import pytest

from engine.message import Argument, Message
from engine.osc_reading import decode
from engine.osc_writing import encode
from tests.desk import Desk
from tests.jack import wait_for

STATE: dict[str, tuple[Argument, ...]] = {
    "/scene/go": ("coral",),
    "/macro/1": (0.5,),
    "/param/feed": (0.05,),
    "/norm/feed": (0.25,),
    "/layer/focus": (1,),
    "/blackout": (0,),
    "/status/refused": (0,),
}


class Program:
    """A program with one UDP port."""

    def __init__(self, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.port = self._socket.getsockname()[1]
        self._engine = ("127.0.0.1", port)
        self.heard: list[tuple[str, tuple[Argument, ...]]] = []

    def say(self, address: str, *arguments: Argument) -> None:
        self._socket.sendto(encode(Message(address, arguments)), self._engine)

    def hear(self) -> dict[str, tuple[Argument, ...]]:
        """The newest it has heard of each address."""
        while True:
            try:
                datagram = self._socket.recv(65536)
            except BlockingIOError:
                return dict(self.heard)
            assert len(datagram) <= 1400
            self.heard += [(m.address, m.arguments) for m in decode(datagram, 0)]

    def wait_for(self, address: str, *arguments: Argument) -> None:
        wait_for(lambda: _fits(self.hear().get(address), arguments), f"{address} {arguments}")

    def forget(self) -> None:
        self.hear()
        self.heard.clear()

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()


def _fits(heard: tuple[Argument, ...] | None, wanted: tuple[Argument, ...]) -> bool:
    return heard == decode(encode(Message("/", wanted), wide=False), 0)[0].arguments


@pytest.fixture
def port(desk: Desk) -> int:
    """The port of a desk whose stage plays STATE."""
    port = desk.look()["/desk/osc"][1]
    assert isinstance(port, int)
    messages = [Message(address, arguments) for address, arguments in STATE.items()]
    desk.state.send_all([Message("/state/begin"), *messages])
    with Program(port) as program:
        for address, arguments in STATE.items():

            def asks(address: str = address, arguments: tuple[Argument, ...] = arguments) -> bool:
                program.say("/get", address)
                return _fits(program.hear().get(address), arguments)

            wait_for(asks, address)
    return port


@pytest.fixture
def peer(port: int) -> Iterator[Program]:
    """One that has said hello and has heard the whole state."""
    with Program(port) as program:
        program.say("/hello", "one")
        program.wait_for("/blackout", 0)
        program.forget()
        yield program
        program.say("/bye")


def change(desk: Desk, **values: float) -> None:
    """The stage's state changes: `macro_1=0.5`."""
    for name, value in values.items():
        desk.state.send(Message("/" + name.replace("_", "/"), (value,)))


def test_hello_is_answered_with_the_whole_state(port: int) -> None:
    with Program(port) as program:
        program.say("/hello")
        program.wait_for("/blackout", 0)
        heard = program.hear()
        assert heard["/hello"][0] == "morphogen"
        for address in ("/scene/go", "/macro/1", "/param/feed", "/layer/1/macro/1"):
            assert address in heard, address
        assert not any(address.startswith("/status") for address in heard)
        program.forget()
        program.say("/hello")
        program.wait_for("/macro/1", 0.5)
        program.say("/bye")


def test_a_change_reaches_every_peer_also_at_a_port_it_named(desk: Desk, port: int) -> None:
    with Program(port) as speaker, Program(port) as listener:
        speaker.say("/hello", listener.port, "phone")
        listener.wait_for("/macro/1", 0.5)
        change(desk, macro_1=0.75)
        listener.wait_for("/macro/1", 0.75)
        assert not speaker.hear()
        speaker.say("/get", "/param/feed")  # where it listens it is answered, too
        listener.wait_for("/param/feed", 0.05)
        speaker.say("/bye", listener.port)
        wait_for(lambda: not _names(desk, port), "its leaving")
        listener.forget()
        change(desk, macro_1=0.25)
        with Program(port) as other:
            other.say("/hello")
            other.wait_for("/macro/1", 0.25)
            other.say("/bye")
        assert not listener.hear()


def test_the_one_who_turns_a_knob_is_not_told_of_it_and_the_others_are(
    desk: Desk, peer: Program, port: int
) -> None:
    with Program(port) as other:
        other.say("/hello", "two")
        other.wait_for("/blackout", 0)
        other.forget()
        for step in range(1, 11):
            other.say("/macro/1", step / 10)
            peer.say("/param/feed", step / 100)
            wait_for(lambda: desk.has("/macro/1", step / 10), "the knob")  # noqa: B023
            change(desk, macro_1=step / 10, param_feed=step / 100, norm_feed=step / 20)
        peer.wait_for("/macro/1", 1.0)
        other.wait_for("/param/feed", 0.1)
        change(desk, blackout=1)  # after which all that came before has been told
        peer.wait_for("/blackout", 1.0)
        other.wait_for("/blackout", 1.0)
        assert "/macro/1" not in other.hear() and "/layer/1/macro/1" in other.hear()
        assert "/param/feed" not in peer.hear() and "/norm/feed" in peer.hear()
        other.say("/bye")


def test_a_value_that_was_held_within_its_range_comes_back_as_it_is(
    desk: Desk, peer: Program
) -> None:
    peer.say("/macro/1", 1.7)
    wait_for(lambda: desk.has("/macro/1", 1.7), "the knob")
    change(desk, macro_1=1.0)
    peer.wait_for("/macro/1", 1.0)


def test_a_value_is_told_thirty_times_a_second_at_most_and_the_last_one_always(
    desk: Desk, peer: Program
) -> None:
    began = time.monotonic()
    for step in range(400):
        change(desk, macro_1=step / 512)
        time.sleep(0.002)
    change(desk, macro_1=0.96875)
    peer.wait_for("/macro/1", 0.96875)
    times = [address for address, _ in peer.heard].count("/macro/1")
    assert 2 <= times <= 30 * (time.monotonic() - began) + 2


def test_who_presses_hello_on_a_panel_lets_the_button_go_too(port: int) -> None:
    with Program(port) as panel:
        panel.say("/hello", 1.0)
        panel.say("/hello", 0.0)
        panel.wait_for("/macro/1", 0.5)
        panel.say("/bye", 1.0)


def test_nobody_can_make_the_engine_talk_to_itself(desk: Desk, port: int) -> None:
    with Program(port) as program:
        program.say("/hello", port)
        program.say("/hello", "after it")
        wait_for(lambda: "after it" in str(_names(desk, port)), "the next one")
        assert not any(str(name).endswith(f":{port}") for name in _names(desk, port))
        program.say("/bye")


def test_questions_are_answered_with_all_that_fits_them(port: int) -> None:
    with Program(port) as program:
        program.say("/macro/1", "?")
        program.wait_for("/macro/1", 0.5)
        program.say("/get", "/param")
        program.wait_for("/param/feed", 0.05)
        program.say("/get", "/layer/1")
        program.wait_for("/layer/1/scene/go", "coral")
        program.forget()
        program.say("/get", "/{norm,param}/f*")
        program.wait_for("/norm/feed", 0.25)
        program.wait_for("/param/feed", 0.05)
        program.say("/macro/[1-8]", "?")
        program.wait_for("/macro/1", 0.5)
        program.say("/get", "/nothing")
        program.wait_for("/get", "/nothing", "unknown")


def test_an_answer_of_many_datagrams_arrives_whole(desk: Desk, port: int) -> None:
    names = [f"/param/long_name_of_a_parameter_{index}" for index in range(800)]
    desk.state.send_all([Message(name, (0.5,)) for name in names])
    with Program(port) as program:

        def asks() -> bool:
            program.say("/get", names[-1])
            return names[-1] in program.hear()

        wait_for(asks, "the state")
        program.forget()
        program.say("/get", "/param")
        wait_for(lambda: len(set(program.hear()) & set(names)) == len(names), "all of it")


def test_oscdump_hears_what_oscsend_changes(desk: Desk, port: int) -> None:
    """Two programs that are not ours: one listens, the other sends; the stage is played here."""
    if not (shutil.which("oscdump") and shutil.which("oscsend")):
        pytest.fail("this test needs oscdump: run `make setup`, or install liblo-tools")
    with Program(port) as free:
        hears = free.port
    dump = subprocess.Popen(["oscdump", "-L", str(hears)], stdout=subprocess.PIPE, text=True)
    try:
        engine = ["oscsend", "127.0.0.1", str(port)]

        def greets() -> bool:
            subprocess.run([*engine, "/hello", "is", str(hears), "oscdump"], check=True)
            return any("oscdump" in name for name in _names(desk, port))

        wait_for(greets, "its hello")
        subprocess.run([*engine, "/macro/1", "f", "0.125"], check=True)
        wait_for(lambda: desk.has("/macro/1", 0.125), "the value at the stage")
        change(desk, macro_1=0.125)
        assert dump.stdout is not None
        said = ""
        while "/macro/1 f 0.125" not in said:
            line = dump.stdout.readline()
            assert line, f"oscdump ended; it said: {said}"
            said += line
        assert '/scene/go s "coral"' in said and "/blackout" in said
    finally:
        dump.kill()
        dump.wait()


def _names(desk: Desk, port: int) -> tuple[Argument, ...]:
    """The peers there are, asked for anew."""
    with Program(port) as program:

        def asks() -> bool:
            program.say("/get", "/status/peers")
            return "/status/peers" in program.hear()

        wait_for(asks, "the peers' names")
        return program.hear()["/status/peers"]
