"""What comes by OSC names things and never opens, runs or writes one, whatever it says."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.desk.mirror import Mirror
from engine.desk.notes import Notes
from engine.desk.osc.echo import Echo
from engine.desk.osc.known import Known
from engine.desk.osc.port import OscPort
from engine.message import Argument, Message
from engine.osc_writing import encode
from engine.show.routes.table import EXACT, NAMED
from engine.show.wishes import MOST
from engine.tape.deck import TapeDeck
from engine.tape.facts import Beginning, Header
from tests.jack import wait_for
from tests.show import FRAME_NS, make_director

# What Python tells of before it does it (its audit events, by their first word).
DEEDS = ("open", "exec", "compile", "os", "subprocess", "socket", "shutil", "ctypes", "pickle")
WORDS = (
    "/etc/passwd",
    "../../scenes/coral.toml",
    "file:///etc/passwd",
    "__import__('os').system('touch /tmp/owned')",
    "$(touch /tmp/owned)",
    "{0.__class__}",
    "%s%n",
)
HOSTILE: tuple[tuple[Argument, ...], ...] = (
    *((word,) for word in WORDS),
    (1, "/etc/passwd"),
    ("alpha", "/etc/passwd"),
    (b"\x80\x04cos\nsystem\n", "x" * 5000),
    ("+", "eval(1)"),
    (("nested", ("/etc/passwd",)),),
    (),
)


class _Watch:
    """Python tells it what is done; it cannot be taken out again, so it is deaf when not asked."""

    def __init__(self) -> None:
        self.listening = False
        self.heard: list[tuple[str, tuple[object, ...]]] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        # A model's own formula, compiled when its file was read, is reckoned in each frame.
        formula = event == "exec" and getattr(arguments[0], "co_filename", "") == "<formula>"
        if self.listening and not formula and event.partition(".")[0] in DEEDS:
            self.heard.append((event, arguments))

    @contextmanager
    def listen(self) -> Iterator[None]:
        self.listening = True
        try:
            yield
        finally:
            self.listening = False


def _addresses() -> list[str]:
    named = [f"/{root}/{word.replace('/', '_')}" for root in NAMED for word in WORDS]
    plain = [*EXACT, *(f"/{root}/1" for root in NAMED), "/../../etc/passwd", "/file/open", *named]
    return [*plain, *(f"/layer/1{address}" for address in plain)]


def test_the_watch_hears_a_file_being_opened_and_code_being_run() -> None:
    watch = _Watch()
    with watch.listen():
        Path("/dev/null").read_bytes()
        exec(compile("1", "<test>", "exec"))
    assert {event for event, _ in watch.heard} == {"open", "compile", "exec"}


def test_the_show_opens_runs_and_writes_nothing_for_any_message() -> None:
    director = make_director()
    messages = [Message(address, words) for address in _addresses() for words in HOSTILE]
    for message in messages[:: len(HOSTILE)]:  # whatever is imported late
        director.apply(message)
    watch = _Watch()
    with watch.listen():
        for number, message in enumerate(messages):
            director.apply(message)
            if number % 50 == 0:
                director.advance(FRAME_NS)
    assert watch.heard == []
    assert director.refused.total() > len(messages) // 4
    assert 0 < len(director.wishes.take()) <= MOST


def test_the_tape_has_one_file_whatever_is_wished(tmp_path: Path) -> None:
    path = tmp_path / "shows" / "last.tape"
    with TapeDeck(path, lambda: Header("1", (16, 16), 60.0, "plain")) as deck:
        for wish in ("record", *WORDS, "record", "play", "stop"):
            deck.obey(wish, lambda: Beginning("../../x"))
            for frame in deck.turns(FRAME_NS, 1.0, [Message("/scene/go", ("../../x",))]):
                deck.keep(frame, ("../../x",))
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]


def test_the_desk_only_answers_the_sender() -> None:
    mirror = Mirror()
    mirror.take([Message("/status/addresses", tuple(EXACT)), Message("/param/feed", (0.5,))])
    taken: list[Message] = []
    notes = Notes(time.monotonic_ns, lambda line: None)
    addresses = [*_addresses(), "/ping", "/get", "/*", "/*/*", "/{/etc,x}/*", "/[.-/]*"]
    sent = [encode(Message(address, words)) for address in addresses for words in HOSTILE]
    watch = _Watch()
    echo = Echo(mirror, notes, time.monotonic_ns)
    with (
        OscPort(
            ("127.0.0.1", 0),
            taken.extend,
            echo.hear,
            notes,
            time.monotonic_ns,
            find=Known(mirror).find,
        ) as port,
        echo.serve(port.send, port.is_ours),
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer,
    ):
        address = port.address
        assert address is not None
        peer.bind(("127.0.0.1", 0))
        own = peer.getsockname()
        peer.sendto(sent[0], address)
        wait_for(lambda: taken, "the first")
        with watch.listen():
            for number, datagram in enumerate(sent):
                peer.sendto(datagram, address)
                if number % 100 == 0:
                    time.sleep(0.02)
            wait_for(
                lambda: (
                    port.gate.taken + port.gate.malformed.total() + port.gate.dropped.total()
                    > len(sent)
                ),
                "all",
            )
    answers = [words for event, words in watch.heard if event == "socket.sendto"]
    others = {event for event, _ in watch.heard} - {"socket.sendto"}
    assert not others
    assert {words[1] for words in answers} <= {own, address}
