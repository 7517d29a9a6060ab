"""The monitor: what is told, how often, to whom, and what is not. Clocks are counted, not read."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from engine.commands.monitor_lines import count_reasons, describe_counts, lay_out, lay_out_narrow
from engine.desk.control import Control, Move
from engine.desk.mirror import Mirror
from engine.desk.monitor.events import AUDIO_RATE, RATE, Came, Line, Moved, Passed, Refused, Said
from engine.desk.monitor.lines import DUE, KEYS, Lines
from engine.desk.monitor.monitor import WAITING, Monitor
from engine.desk.monitor.watchers import MOST, PATIENCE_NS, Watchers
from engine.desk.notes import Notes, plain
from engine.desk.play.binding import Binding
from engine.message import Argument, Message
from engine.osc_reading import decode
from tests.jack import wait_for

MS, SECOND = 1_000_000, 1_000_000_000
PEER = ("127.0.0.1", 50000)
WATCHER = ("127.0.0.1", 60000)


def moved(number: int, value: float, time_ns: int = 0, kind: str = "cc") -> Moved:
    control = Control("A box", kind, 1, number)
    return Moved(Move(control, value, time_ns), [Binding(kind, 1, number, "", "/macro/1")], [])


def play(lines: Lines, seconds: float, rate: int, keys: int = 1) -> list[tuple[Moved, int]]:
    """So many moves a second of each of `keys` controls, evenly, taken every 50 ms."""
    told: list[tuple[Moved, int]] = []
    for step in range(round(seconds * rate)):
        now = step * SECOND // rate
        for key in range(keys):
            lines.add(moved(key, step / 1e6, now), now)
        if step % (rate // 20) == 0:
            told += lines.take(now)  # type: ignore[arg-type]
    told += lines.take(round((seconds + 1.0) * SECOND))  # type: ignore[arg-type]
    return told


def test_a_slow_control_is_told_whole() -> None:
    told = play(Lines(), 5.0, 20)
    assert len(told) == 100 and not any(left for _, left in told)


def test_a_busy_control_is_told_twenty_times_a_second_and_what_was_left_out_is_counted() -> None:
    told = play(Lines(), 10.0, 1000)
    assert 0.9 * 10 * RATE < len(told) < 1.1 * 10 * RATE
    assert sum(1 + left for _, left in told) == 10_000  # nothing is gone without a word
    assert told[-1][0].move.value == 9999 / 1e6  # nor is the place where it came to rest


def test_a_busy_control_leaves_the_others_their_lines() -> None:
    lines = Lines()
    for step in range(1000):
        lines.add(moved(1, 0.5, step), step)
    lines.add(moved(2, 0.5, 2000), 2000)
    told = [event for event, _ in lines.take(3000)]
    assert [event.move.control.number for event in told].count(2) == 1  # type: ignore[attr-defined]


def test_music_is_told_five_times_a_second_at_most() -> None:
    assert 6 * AUDIO_RATE <= 5.0
    lines = Lines()
    told = []
    for step in range(600):
        for name in ("level", "bass", "mid", "treble", "flux", "onset"):
            control = Control("audio", "audio", path=name)
            lines.add(Moved(Move(control, step / 600, step), [], []), step * SECOND // 60)
        told += lines.take(step * SECOND // 60)
    assert 40 <= len(told) <= 60


def test_there_is_an_end_to_what_is_remembered_and_it_is_said_what_was_lost() -> None:
    lines = Lines()
    for number in range(KEYS + 100):
        lines.add(moved(number, 0.5), 0)
    assert lines.lost == 100
    assert len(lines.take(0)) == DUE
    lines.take(SECOND)
    lines.take(2 * SECOND)
    lines.add(moved(KEYS + 100, 0.5), 2 * SECOND)  # those before are forgotten
    assert len(lines.take(2 * SECOND)) == 1 and lines.lost == 100


def test_a_watcher_that_does_not_renew_is_forgotten_and_there_are_at_most_four() -> None:
    watchers = Watchers()
    on, off = Message("/monitor", (1,)), Message("/monitor", (0,))
    for port in range(MOST):
        assert watchers.greet(on, ("127.0.0.1", port), 0)
    assert not watchers.greet(on, WATCHER, 0)
    assert watchers.greet(on, ("127.0.0.1", 0), PATIENCE_NS)  # renewed
    assert watchers.greet(on, WATCHER, PATIENCE_NS + 1)  # the others are gone
    assert watchers.all == [("127.0.0.1", 0), WATCHER]
    assert not watchers.greet(off, WATCHER, PATIENCE_NS + 1)
    assert watchers.all == [("127.0.0.1", 0)]


class Desk:
    """A monitor with a clock that is counted, and what it sends."""

    def __init__(self) -> None:
        self.now_ns = 0
        self.sent: list[tuple[Message, tuple[str | int, ...]]] = []
        self.mirror = Mirror()
        self.monitor = Monitor(self.mirror, lambda: self.now_ns)
        self.monitor.serve(self._send)

    def _send(self, datagram: bytes, target: tuple[str | int, ...]) -> None:
        self.sent += [(message, target) for message in decode(datagram, 0)]

    def watch(self, *arguments: Argument, sender: tuple[str | int, ...] = WATCHER) -> None:
        assert self.monitor.hear(Message("/monitor", arguments), sender)

    def told(self) -> list[tuple[Argument, ...]]:
        """Source, what, bound and did of each event."""
        return [m.arguments[1:] for m, _ in list(self.sent) if m.address == "/monitor/event"]

    def wait_for(self, *words: str) -> None:
        wait_for(lambda: any(all(w in str(t) for w in words) for t in self.told()), str(words))


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.monitor.close()


def test_nothing_is_kept_or_sent_where_nobody_watches(desk: Desk) -> None:
    desk.monitor.put(moved(1, 0.5))
    desk.monitor.say("midi", "a port")
    desk.monitor.count("dropped", {"too fast": 3})
    assert not desk.monitor.watched and not desk.sent
    desk.watch(1)
    desk.monitor.put(moved(2, 0.25))
    desk.wait_for("cc 2 channel 1  0.25")
    assert desk.sent[0] == (Message("/monitor", ("watching", 0)), WATCHER)
    assert all("cc 1 " not in str(t) and "port" not in str(t) for t in desk.told())
    desk.watch(0)
    assert not desk.monitor.watched


def test_who_watches_is_told_what_is_bound_and_what_it_did(desk: Desk) -> None:
    desk.watch()
    binding = Binding("cc", 1, 7, "", "/macro/1")
    move = Move(Control("A box", "cc", 1, 7), 0.5, 0)
    desk.monitor.put(Moved(move, [binding], [Message("/macro/1", ("pickup", 0.4, 0.5))]))
    desk.monitor.put(Moved(Move(Control("A box", "cc", 1, 8), 0.5, 0), [], []))
    desk.monitor.put(Refused(0, "/scene/go", "no such scene", 3))
    desk.monitor.put(Refused(0, "/macro/1", "0.80", 1, waits=True))
    desk.wait_for("A box", "cc 7 channel 1  0.5", "/macro/1 (pickup)", '/macro/1 "pickup" 0.4 0.5')
    desk.wait_for("cc 8 channel 1", "'nothing'")
    desk.wait_for("stage", "/scene/go", "refused: no such scene (3 times)")
    desk.wait_for("stage", "/macro/1", "waits for its value (0.80)")


def test_a_foreign_move_says_who_sent_it(desk: Desk) -> None:
    desk.watch()
    desk.monitor.put(Came(Message("/live/track", (3, 0.5)), PEER, "moves a control"))
    control = Control("osc", "osc", path="/live/track/3")
    desk.monitor.put(Moved(Move(control, 0.5, 0), [], []))
    desk.wait_for("osc 127.0.0.1:50000", "/live/track/3  0.5")
    assert len(desk.told()) == 1  # the message and its move are one line


def test_what_a_watcher_asks_is_not_told_to_it(desk: Desk) -> None:
    desk.watch()
    desk.monitor.put(Came(Message("/get", ("/status",)), WATCHER, "answered"))
    desk.monitor.put(Came(Message("/get", ("/param",)), PEER, "answered"))
    desk.wait_for("/param")
    assert len(desk.told()) == 1


def test_what_was_dropped_since_the_last_look_is_told_by_its_reason(desk: Desk) -> None:
    desk.monitor.count("dropped", {"too fast": 3})
    desk.watch()
    desk.monitor.count("dropped", {"too fast": 45, "stranger": 1})
    desk.wait_for("dropped: too fast", "42 times")
    desk.wait_for("dropped: stranger", "once")
    desk.monitor.count("malformed", {"address": 2}, {"address": "10.0.0.7:9000"})
    desk.wait_for("malformed: address", "2 times, last by 10.0.0.7:9000")


def test_more_than_can_wait_is_counted_and_said(desk: Desk) -> None:
    desk.watch()
    for number in range(2 * WAITING):
        desk.monitor.put(Said(0, "x", f"{number}"))
    desk.wait_for("monitor", "events left out")


def test_the_tempo_is_told_when_it_is_another_and_not_else(desk: Desk) -> None:
    state = {"/tempo/bpm": 120.0, "/tempo/running": 1, "/tempo/source": "free"}
    desk.mirror.take([Message(address, (value,)) for address, value in state.items()])
    desk.watch()
    desk.wait_for("clock", "120.0 bpm, runs, led by free")
    desk.mirror.take([Message("/tempo/bpm", (120.2,))])
    desk.mirror.take([Message("/tempo/source", ("midi",))])
    desk.wait_for("clock", "120.2 bpm, runs, led by midi")
    assert len(desk.told()) == 2


def test_all_four_are_told_and_a_fifth_hears_that_it_is_full(desk: Desk) -> None:
    for port in range(MOST):
        desk.watch(sender=("127.0.0.1", port))
    desk.watch(sender=WATCHER)
    assert desk.sent[-1] == (Message("/monitor", ("full", MOST)), WATCHER)
    desk.monitor.say("midi", "a port")

    def ports() -> set[object]:
        return {to[1] for m, to in list(desk.sent) if m.address == "/monitor/event"}

    wait_for(lambda: ports() == set(range(MOST)), "all four to be told")


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\nb", "\x9b2J", "bell\x07", "naïve \u202e"])
def test_no_string_from_outside_drives_a_terminal(text: str) -> None:
    control = Control(text, "osc", path=f"/{text}")
    events: Sequence[Moved | Came | Refused | Said] = (
        Moved(Move(control, 0.5, 0), [Binding("osc", None, 0, "", f"/{text}")], [], peer=text),
        Moved(Move(Control(text, "cc"), 0.5, 0), [], [Message("/a", (text,))]),
        Came(Message("/a", (text, (text,), text.encode())), (text, 1), "to the stage"),
        Refused(0, text, text, 1),
        Refused(0, text, text, 1, waits=True),
        Said(0, "desk", text, text),
    )
    for event in events:
        shown = lay_out(event.line())
        assert shown.isprintable() and shown.isascii(), shown


def test_what_is_plain_stays_as_it_is_and_what_is_long_is_cut() -> None:
    assert plain("cc 7 'x' \\ 0.5") == "cc 7 'x' \\ 0.5"
    assert len(plain("x" * 10_000)) == 120 and plain("x" * 10_000).endswith("...")


def test_notes_are_followed_also_those_that_are_left_out() -> None:
    written, followed = [], []
    notes = Notes(lambda: 0, written.append)
    notes.follow(lambda kind, text: followed.append((kind, text)))
    for number in range(50):
        notes.say("midi", f"{number}")
    assert len(followed) == 50 and len(written) < 20


def test_counters_are_laid_out_by_reason_the_most_frequent_first() -> None:
    counts: dict[str, tuple[Argument, ...]] = {
        "/status/refused": (5,),
        "/status/refused/no-such-scene": (1,),
        "/status/refused/not-a-number": (4,),
        "/status/dropped/stage-behind": (0,),
        "/status/dropped/\x1b": ("evil",),
        "/status/latency": (12.5, 30.0, 11.0),
    }
    assert count_reasons(counts, "refused") == (5, {"not-a-number": 4, "no-such-scene": 1})
    text = "\n".join(describe_counts(counts))
    assert "not-a-number 4, no-such-scene 1" in text and "12.5 ms for half" in text
    assert "nothing measured yet" in "\n".join(describe_counts({}))


def test_a_line_has_its_columns() -> None:
    out = io.StringIO()
    print(lay_out(Line(0, "from", "what", "bound to", "did")), file=out)
    print(lay_out(Line(SECOND, "A box", "cc 7", "/macro/1", "/macro/1 0.5")), file=out)
    head, line = out.getvalue().splitlines()
    assert head.index("what") == line.index("cc 7") and head.index("did") == line.index(
        "/macro/1 0.5"
    )


def test_a_narrow_terminal_shows_what_it_did_too() -> None:
    line = Line(SECOND, "nanoKONTROL2 SLIDER/KNOB", "cc 16  3", "/macro/1 (pickup)", "waits for it")
    shown = lay_out_narrow(line, 60).splitlines()
    assert len(shown) == 2 and shown[1].startswith("    ") and shown[1].endswith("waits for it")
    assert all(len(one) <= 60 for one in shown)
    assert "waits for it" in lay_out_narrow(line, 120) and "\n" not in lay_out_narrow(line, 120)
    assert lay_out_narrow(Line(0, "from", "what"), 40) == "when, from: what -> bound to: did"


def test_a_move_that_means_nothing_says_why() -> None:
    def did(value: float, **binding: object) -> str:
        bound = replace(Binding("note", 1, 60, "", "/snapshot/go"), **binding)  # type: ignore[arg-type]
        return Moved(Move(Control("A box", "note", 1, 60), value, 0), [bound], []).line().did

    assert did(0.0, send="press") == "let go" and did(0.0, send="toggle") == "let go"
    assert did(1.0, send="press", hold="/snapshot/save") == "is held"
    assert did(0.9, mode="rate") == "is pushed" and did(0.5, mode="rate") == "rests"
    assert did(1.0, send="press", arguments=(1,)) == "nothing new"  # 127 again, and never let go


def test_a_place_is_told_as_the_device_says_it() -> None:
    def what(kind: str, value: float, raw: int) -> str:
        return Moved(Move(Control("A box", kind, 1, 7), value, 0, raw), [], []).line().what

    assert what("cc", 80 / 127, 80) == "cc 7 channel 1  80 (0.630)"
    assert what("cc14", 8192 / 16383, 8192) == "cc14 7 channel 1  8192 (0.500)"
    assert what("axis", 0.25, -1) == "axis 7 channel 1  0.25"


def test_what_a_held_control_does_later_is_told() -> None:
    line = Passed(Message("/snapshot/save", (3,), 5)).line()
    assert line == Line(5, "desk", "a control that is held", "", "/snapshot/save 3")
