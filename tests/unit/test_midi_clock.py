"""MIDI clock followed: tempo and phase through jitter, dropouts, starts, stops, several ports."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.desk.clock import PER_BEAT, MidiClock
from engine.desk.clocks import Clocks
from engine.desk.midi.decode import Tick
from engine.message import Message

BEGAN_NS = 77_000_000_000
Jitter = Callable[[], float]  # milliseconds


def tick(kind: str, time_ns: float, position: int = 0, device: str = "Box") -> Tick:
    return Tick(device, kind, int(time_ns), position)


def drum(bpm: float, clocks: int, jitter: Jitter, began_ns: float = BEGAN_NS) -> Iterator[Tick]:
    """A machine's clocks, each late or early by some milliseconds."""
    for number in range(clocks):
        yield tick("clock", began_ns + number * 60e9 / bpm / PER_BEAT + jitter() * 1e6)


def steady() -> float:
    return 0.0


@settings(max_examples=12, deadline=None)
@given(st.floats(40, 200), st.integers(0, 10**6), st.sampled_from(["even", "normal", "cycles"]))
def test_jitter_of_three_milliseconds_leaves_a_thousandth_of_tempo_and_two_milliseconds_of_phase(
    bpm: float, seed: int, kind: str
) -> None:
    draw = random.Random(seed)
    jitters: dict[str, Jitter] = {
        "even": lambda: draw.uniform(-3, 3),
        "normal": lambda: max(min(draw.gauss(0, 1.2), 3), -3),
        "cycles": lambda: draw.choice((-2, 2)),
    }
    clock = MidiClock()
    clock.hear(tick("start", BEGAN_NS))
    period = 60e9 / bpm / PER_BEAT
    for number, one in enumerate(drum(bpm, 12 * PER_BEAT, jitters[kind])):
        clock.hear(one)
        if number % 5 or number < 9 * PER_BEAT:
            continue
        reading = clock.read(int(BEGAN_NS + (number + 0.5) * period))
        assert reading is not None and reading.bpm is not None
        assert abs(reading.bpm / bpm - 1) < 1e-3
        assert abs(reading.beats - (number + 0.5) / PER_BEAT) * 60 / bpm < 0.002


def test_a_change_of_tempo_is_followed_within_a_beat() -> None:
    clock, draw = MidiClock(), random.Random(2)

    def jitter() -> float:
        return draw.uniform(-2, 2)

    slow, fast = 60e9 / 120 / PER_BEAT, 60e9 / 140 / PER_BEAT
    for one in drum(120, 10 * PER_BEAT, jitter):
        clock.hear(one)
    assert clock.read(BEGAN_NS) is not None
    change_ns = BEGAN_NS + 10 * PER_BEAT * slow
    for number, one in enumerate(drum(140, 4 * PER_BEAT, jitter, change_ns)):
        clock.hear(one)
        reading = clock.read(int(change_ns + number * fast)) if number % 5 == 0 else None
        if reading and number > PER_BEAT:
            assert reading.bpm == pytest.approx(140, rel=0.02)
            assert reading.beats == pytest.approx(10 + number / PER_BEAT, abs=0.02)


def test_a_clock_that_came_late_once_is_no_change() -> None:
    clock = MidiClock()
    for number, one in enumerate(drum(120, 8 * PER_BEAT, steady)):
        late = 60_000_000 if number % 40 == 39 else 0
        clock.hear(tick("clock", one.time_ns + late))
    reading = clock.read(one.time_ns)
    assert reading is not None and reading.bpm == pytest.approx(120, rel=1e-3)


def test_the_song_begins_with_the_first_clock_after_a_start() -> None:
    clock = MidiClock()
    jumps = [clock.hear(one) for one in drum(120, 30, steady)]
    clock.hear(tick("start", BEGAN_NS + 1e9))
    assert clock.read(int(BEGAN_NS + 1e9)) is None
    jumps += [clock.hear(one) for one in drum(120, 13, steady, BEGAN_NS + 1.01e9)]
    assert jumps == [False] * 30 + [True] + [False] * 12
    reading = clock.read(int(BEGAN_NS + 1.26e9))
    assert reading is not None and reading.phased
    assert reading.beats == pytest.approx(0.5, abs=0.03)


def test_a_stopped_song_stands_while_its_clocks_go_on_and_continues_there() -> None:
    clock = MidiClock()
    clock.hear(tick("start", BEGAN_NS))
    for one in drum(120, 36, steady):
        clock.hear(one)
    clock.hear(tick("stop", BEGAN_NS + 0.745e9))
    for one in drum(120, 100, steady, BEGAN_NS + 0.75e9):
        assert not clock.hear(one)
    stood = clock.read(int(BEGAN_NS + 3e9))
    assert clock.running is False and stood is not None and stood.beats == 1.5
    clock.hear(tick("continue", BEGAN_NS + 3e9))
    assert not any([clock.hear(one) for one in drum(120, 13, steady, BEGAN_NS + 3.01e9)])
    reading = clock.read(int(BEGAN_NS + 3.26e9))
    assert reading is not None and reading.beats == pytest.approx(2.0, abs=0.05)


def test_a_song_position_counts_sixteenths() -> None:
    clock = MidiClock()
    clock.hear(tick("stop", BEGAN_NS))
    clock.hear(tick("position", BEGAN_NS, 64))
    clock.hear(tick("continue", BEGAN_NS))
    assert [clock.hear(one) for one in drum(120, 12, steady)] == [True] + [False] * 11
    assert clock.position == 16 * PER_BEAT + 11


@pytest.mark.parametrize("away_s", [0.2, 0.4, 2.0, 9.0])
def test_clocks_that_a_cable_lost_are_counted_by_the_time(away_s: float) -> None:
    clock, last_ns = MidiClock(), 0
    clock.hear(tick("start", BEGAN_NS))
    beats: list[float] = []
    for number, one in enumerate(drum(120, 26 * PER_BEAT, steady)):
        seconds = (one.time_ns - BEGAN_NS) * 1e-9
        if 3.0 < seconds < 3.0 + away_s:
            assert clock.is_silent(one.time_ns) == (one.time_ns - last_ns > 500_000_000)
        else:
            clock.hear(one)
            last_ns = one.time_ns
        reading = clock.read(one.time_ns)
        assert reading is not None
        beats.append(reading.beats)
        if number > 10:
            assert reading.beats == pytest.approx(number / PER_BEAT, abs=1e-3)
            assert reading.bpm == pytest.approx(120)
    assert beats[10:] == sorted(beats[10:])


def test_clocks_that_come_late_all_at_once_are_not_counted_twice() -> None:
    clock = MidiClock()
    clock.hear(tick("start", BEGAN_NS))
    for number, one in enumerate(drum(120, 20 * PER_BEAT, steady)):
        held = 100 <= number < 110  # by a busy machine, for up to a fifth of a second
        freed_ns = BEGAN_NS + 110 * 60e9 / 120 / PER_BEAT - 1e6
        clock.hear(tick("clock", freed_ns + (number - 110) * 1e3) if held else one)
        if number % 5 == 0:
            clock.read(one.time_ns)
    reading = clock.read(one.time_ns)
    assert reading is not None and reading.beats == pytest.approx(number / PER_BEAT, abs=2e-3)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["clock", "start", "stop", "continue", "position"]),
            st.integers(0, 10**9),
            st.integers(0, 16383),
            st.sampled_from("AB"),
        ),
        max_size=80,
    )
)
def test_any_ticks_give_messages_that_can_be_read(ticks: list[tuple[str, int, int, str]]) -> None:
    clocks, now_ns = Clocks(), BEGAN_NS
    for kind, after_ns, position, device in ticks:
        now_ns += after_ns
        for message in clocks.hear(Tick(device, kind, now_ns, position)):
            beats, bpm, source, how = message.arguments
            assert isinstance(beats, float) and abs(beats) < 1e9
            assert bpm is None or (isinstance(bpm, float) and 20 <= bpm <= 500)
            assert (source, how in ("", "loose", "jump", "stop")) == ("midi", True)
        clocks.tell(now_ns + 1)
        clocks.describe(now_ns)


def follow(clocks: Clocks, ticks: Iterator[Tick]) -> list[Message]:
    return [message for one in ticks for message in clocks.hear(one)]


def test_the_stage_hears_of_a_start_at_once_then_ten_times_a_second_then_of_the_stop() -> None:
    clocks = Clocks()
    said = follow(clocks, iter([tick("start", BEGAN_NS)]))
    said += follow(clocks, drum(120, 4 * PER_BEAT, steady))
    said += clocks.hear(tick("stop", BEGAN_NS + 2e9))
    said += clocks.tell(int(BEGAN_NS + 2.2e9))
    hows = [message.arguments[3] for message in said]
    assert hows[0] == "jump" and hows[-1] == "stop" and set(hows[1:-1]) == {""}
    assert 15 <= len(hows) <= 22
    assert said[0] == Message("/tempo/sync", (0.0, None, "midi", "jump"), BEGAN_NS)
    for message in said[2:-1]:
        beats, bpm = message.arguments[:2]
        assert beats == pytest.approx((message.time_ns - BEGAN_NS) * 2e-9, abs=1e-3)
        assert bpm == pytest.approx(120)
    assert said[-1].arguments[0] == 4.0


def test_a_clock_without_a_start_is_followed_but_its_bars_are_not_known() -> None:
    said = follow(Clocks(), drum(100, 2 * PER_BEAT, steady))
    assert said and {message.arguments[3] for message in said} == {"loose"}


def test_the_first_port_that_runs_is_followed_until_it_falls_silent() -> None:
    clocks = Clocks()

    def both(seconds: float, began_s: float, first: bool) -> list[int]:
        """Whole bpm that were told while both ports ticked, or the second alone."""
        rates = {"First": 100, "Second": 125} if first else {"Second": 125}
        ticks = [
            one
            for device, bpm in rates.items()
            for one in (
                tick("clock", old.time_ns, device=device)
                for old in drum(bpm, round(seconds * bpm / 2.5), steady, BEGAN_NS + began_s * 1e9)
            )
        ]
        said = follow(clocks, iter(sorted(ticks, key=lambda one: one.time_ns)))
        return [round(float(str(message.arguments[1]))) for message in said]

    assert set(both(2.0, 0.0, first=True)) == {100}
    assert both(3.0, 2.0, first=False)[-1] == 125
    assert set(both(1.0, 5.0, first=True)) == {125}
    assert clocks.describe(int(BEGAN_NS + 6e9))[:2] == ("Second", "running")
    clocks.forget("Second")
    assert clocks.describe(int(BEGAN_NS + 6e9)) == ()


def test_a_silent_clock_is_told_of_no_more() -> None:
    clocks = Clocks()
    follow(clocks, drum(120, PER_BEAT, steady))
    assert clocks.tell(int(BEGAN_NS + 0.7e9))
    assert clocks.tell(int(BEGAN_NS + 1.2e9)) == []
    assert clocks.describe(int(BEGAN_NS + 1.2e9))[1] == "silent"
