"""`morphogen monitor` beside a whole show that plays: what came, what it plays, why it was refused."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.desk.monitor.client import Watching
from engine.errors import MorphogenError
from engine.message import Argument, Message
from engine.osc_reading import decode
from engine.osc_writing import encode
from tests.jack import wait_for
from tests.play import QUIET, Play, free_port, run_command


class Monitor:
    """The command in a process of its own; what it prints."""

    def __init__(self, folder: Path, port: int) -> None:
        self._path = folder / "monitor.txt"
        command = [sys.executable, "-m", "engine", "monitor", "--osc-port", str(port)]
        with self._path.open("wb") as out:
            self.process = subprocess.Popen(
                command, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **QUIET}
            )

    @property
    def said(self) -> str:
        return self._path.read_text(encoding="utf-8")

    def wait_for(self, *words: str) -> str:
        """The first line that has all the words."""

        def lines() -> list[str]:
            return [line for line in self.said.splitlines() if all(word in line for word in words)]

        try:
            wait_for(lines, f"{words}", 30)
        except AssertionError as error:
            raise AssertionError(f"{error}\nIt said:\n{self.said}") from None
        return lines()[0]


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    with Play(tmp_path_factory.mktemp("play"), start="coral") as play:
        yield play.wait_for_picture()


def test_it_prints_what_came_what_it_is_bound_to_and_why_it_was_refused_until_ctrl_c(
    play: Play, tmp_path: Path
) -> None:
    monitor = Monitor(tmp_path, play.port)
    monitor.wait_for("when", "bound to", "did")
    play.send("/macro/1", 0.8)
    play.send("/scene/go", "no-such-one\x1b[31m")
    monitor.wait_for("osc 127.0.0.1:", "/macro/1 0.8", "to the stage")
    monitor.wait_for("/scene/go", "no-such-one\\x1b[31m")
    monitor.wait_for("stage", "/scene/go", "refused: no such scene")
    play.send("/1/fader1", 0.1)  # a knob: its value is elsewhere
    monitor.wait_for(
        "osc 127.0.0.1:", " /1/fader1  0.1", "-> /macro/1 (pickup)", '/macro/1 "pickup" 0.1 0.1'
    )
    monitor.wait_for("stage", "/macro/1", "waits for its value (0.80)")
    play.send("/learn", "/norm/feed")
    play.wait_for_value("/status/learn", "waiting", "/norm/feed")
    for value in (3, 20, 45, 70, 90, 105, 120, 124):
        play.send("/synth/lfo", value)
    monitor.wait_for(" /synth/lfo ", "learning")
    monitor.wait_for("learn ", "/norm/feed", "osc /synth/lfo of")
    play.send("/synth/lfo", 100)
    monitor.wait_for(" /synth/lfo  100", "-> /norm/feed (pickup)")
    monitor.process.send_signal(signal.SIGINT)
    assert monitor.process.wait(30) == 0
    assert "Traceback" not in monitor.said and "Interrupt" not in monitor.said


def test_after_the_time_it_was_given_it_tells_the_counters_and_leaves(play: Play) -> None:
    play.send("/scene/go", "no-such-one")
    wait_for(lambda: play.get("/status/refused/no-such-scene"), "the refusal")
    wait_for(lambda: play.get("/status/latency"), "a measured time")
    done = run_command("monitor", "--osc-port", str(play.port), "--for", "0.5")
    assert done.returncode == 0 and not done.stderr
    lines = done.stdout.splitlines()
    assert any(one.startswith("refused by the stage") and "no-such-scene" in one for one in lines)
    assert any(one.startswith("control to picture") and "for half of it" in one for one in lines)


def test_the_counters_alone_are_told_at_once(play: Play) -> None:
    play.send("/param/nothing", 0.5)

    def counted() -> bool:
        done = run_command("monitor", "--osc-port", str(play.port), "--counts")
        assert done.returncode == 0 and not done.stderr, done.stderr
        assert "when" not in done.stdout
        return "no-such-parameter" in done.stdout and "from frame to frame" in done.stdout

    wait_for(counted, "the refusal among the counters", 30)
    p50, p99, last = play.get("/status/latency") or (0.0, 0.0, 0.0)
    assert 0.0 < float(str(p50)) <= float(str(p99)) and float(str(last)) > 0.0


def test_where_no_engine_plays_it_says_so_in_one_line_with_a_remedy() -> None:
    done = run_command("monitor", "--osc-port", str(free_port()))
    assert done.returncode == 2 and not done.stdout
    assert "no engine answers there" in done.stderr and "morphogen play" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    nowhere = run_command("monitor", "--host", "no.such.host.invalid")
    assert nowhere.returncode == 2 and len(nowhere.stderr.splitlines()) == 1


def test_a_fifth_who_watches_is_told_that_there_is_no_room(play: Play) -> None:
    watching = []
    try:
        with pytest.raises(MorphogenError, match="others watch already"):
            for _ in range(5):
                watching.append(Watching("127.0.0.1", play.port))
    finally:
        for one in watching:
            one.close()
    Watching("127.0.0.1", play.port).close()  # they said goodbye


def test_a_flood_is_told_in_a_few_lines_that_say_how_many_were_left_out(play: Play) -> None:
    with Watching("127.0.0.1", play.port) as engine:
        began = time.monotonic()
        for number in range(2000):
            play.send("/macro/2", number / 2000)
        lines = [line for line in engine.lines(1.5) if "/macro/2" in line.what]
        assert 0 < len(lines) < 30 + 20 * (time.monotonic() - began)
        assert any("left out" in line.did for line in lines)


def test_what_is_asked_is_seen_as_answered(play: Play) -> None:
    with Watching("127.0.0.1", play.port) as engine:
        asked: tuple[Argument, ...] = ("/macro/1",)
        play.ask(Message("/get", asked))
        lines = [line for line in engine.lines(1.0) if "/get" in line.what]
        assert [(line.what, line.did) for line in lines] == [('/get "/macro/1"', "answered")]


def test_an_engine_that_falls_silent_and_comes_back_is_told_once_each() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as engine:
        engine.bind(("127.0.0.1", 0))
        answers = threading.Event()
        answers.set()

        def answer() -> None:
            while True:
                datagram, sender = engine.recvfrom(4096)
                if decode(datagram, 0) == [Message("/monitor", (0,))]:
                    return
                if answers.is_set():
                    engine.sendto(encode(Message("/monitor", ("watching", 0))), sender)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        with Watching("127.0.0.1", engine.getsockname()[1], renew_s=0.1) as watching:
            seen: list[str] = []

            def says(word: str) -> bool:
                seen.extend(line.what for line in watching.lines(0.1))
                return bool(seen) and word in seen[-1]

            answers.clear()
            wait_for(lambda: says("no answer"), "the silence")
            answers.set()
            wait_for(lambda: says("answers again"), "its end")
            assert ["no answer" in what for what in seen] == [True, False] * (len(seen) // 2)
        thread.join(5)
        assert not thread.is_alive()
