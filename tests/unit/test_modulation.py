"""What moves by itself: waves, cycles, envelopes, chance; routes that add up; modulators of modulators."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from engine.show.beat.tempo import Tempo
from engine.show.expression import parse_expression
from engine.show.modulation.hearing import SILENCE
from engine.show.modulation.modulator import BEATS, HERTZ, SHAPES, Modulator, Route
from engine.show.modulation.moment import Moment
from engine.show.modulation.order import Ring
from engine.show.modulation.turning import Turning
from engine.show.pace import Pace
from engine.show.parameter import from_norm, to_norm
from engine.show.voice import Voice
from tests.show import make_catalogue, make_scene

PACE = Pace(aspect=1.5)
STILL = {"drifts": (), "macros": ()}


def make_voice(*modulators: Modulator, routes: tuple[Route, ...] = (), **changes: object) -> Voice:
    scene = make_scene("alpha", **{**STILL, "modulators": modulators, "routes": routes, **changes})
    catalogue = make_catalogue(scene)
    return Voice(1, catalogue.scenes["alpha"], 7, catalogue, PACE)


class Play:
    """A voice, its clock, and what it hears."""

    def __init__(self, voice: Voice, bpm: float = 120.0, fps: float = 60.0) -> None:
        self.voice, self.fps = voice, fps
        self.tempo = Tempo(bpm)
        self.heard = dict(SILENCE)
        self.values = dict(voice.advance(0.0, self.tempo, None, heard=self.heard).values)

    def frame(self, seconds: float | None = None) -> None:
        seconds = 1 / self.fps if seconds is None else seconds
        self.tempo.advance(seconds if seconds else 1 / self.fps)
        frame = self.voice.advance(seconds, self.tempo, None, heard=self.heard)
        self.values = dict(frame.values)

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds * self.fps)):
            self.frame()

    def signal(self, name: str) -> float:
        return self.voice.rig.nodes[name].signal

    def value(self, name: str) -> float:
        value = self.values[name]
        assert isinstance(value, float)
        return value


def lfo(name: str = "wave", clock: str = HERTZ, **values: float) -> Modulator:
    return Modulator(name, "lfo", clock, values)


FORMS: dict[str, Callable[[float], float]] = {
    "sine": lambda t: math.sin(2 * math.pi * t),
    "triangle": lambda t: 4 * t if t < 0.25 else 2 - 4 * t if t < 0.75 else 4 * t - 4,
    "saw": lambda t: 2 * t - 1,
    "fall": lambda t: 1 - 2 * t,
    "square": lambda t: 1.0 if t < 0.3 else -1.0,
    "pulse": lambda t: 2 * math.exp(-2.5 * t / 0.3) - 1,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_wave_is_its_formula(shape: str) -> None:
    wave = lfo(shape=float(SHAPES.index(shape)), width=0.3, rate=0.5, phase=0.125)
    play = Play(make_voice(wave))
    for step in range(1, 300):
        play.frame()
        there = (0.5 * step / 60 + 0.125) % 1.0
        if min(abs(there - edge) for edge in (0.0, 0.3, 1.0)) > 1e-9:
            assert play.signal("wave") == pytest.approx(FORMS[shape](there), abs=1e-9)


def test_a_wave_by_the_beat_is_in_phase_with_it_after_an_hour() -> None:
    tempo, turning, free = Tempo(123.4), Turning(in_beats=True), Turning(in_beats=False)
    for _ in range(3600 * 25):
        tempo.advance(1 / 25)
        moment = Moment(1 / 25, 0.0, tempo, SILENCE)
        turning.advance(moment, 3.0)
        free.advance(moment, 0.37)
    assert tempo.beats == pytest.approx(3600 * 123.4 / 60)
    assert turning.turns == tempo.beats / 3
    assert free.turns == pytest.approx(3600 * 0.37, abs=1e-7)


def test_a_wave_by_the_beat_follows_a_jump_of_the_clock_without_a_jump_of_its_own() -> None:
    play = Play(make_voice(lfo(clock=BEATS, rate=4.0)))
    play.run(2)
    before = play.signal("wave")
    play.tempo.beat(101.3, jump=True)
    play.frame()
    assert abs(play.signal("wave") - before) < 0.3
    play.run(3)
    assert play.signal("wave") == pytest.approx(math.sin(math.pi * play.tempo.beats / 2), abs=1e-6)


@pytest.mark.parametrize("clock,rates", [(HERTZ, (0.3, 4.0)), (BEATS, (4.0, 0.7))])
def test_a_turn_of_the_rate_never_jumps(clock: str, rates: tuple[float, float]) -> None:
    play = Play(make_voice(lfo(clock=clock, rate=rates[0])), fps=240)
    play.run(30)
    play.voice.bank.want("wave_rate", (rates[1],))
    fastest = 2 * math.pi * max(rates[1] if clock == HERTZ else 2 / rates[1], 3.4) / 240
    for _ in range(480):
        before = play.signal("wave")
        play.frame()
        assert abs(play.signal("wave") - before) < 1.3 * fastest
    if clock == BEATS:
        there = 2 * math.pi * play.tempo.beats / rates[1]
        assert play.signal("wave") == pytest.approx(math.sin(there), abs=1e-4)


def test_a_modulator_is_the_same_motion_at_any_frame_rate() -> None:
    made = (lfo(rate=0.37), Modulator("mist", "noise", HERTZ, {"rate": 0.9}))
    ends = []
    for fps in (30, 60, 120):
        play = Play(make_voice(*made), fps=fps)
        play.run(5)
        ends.append((play.signal("wave"), play.signal("mist")))
    assert ends[0] == pytest.approx(ends[1])
    assert ends[0] == pytest.approx(ends[2])


ENVELOPE = {"attack": 0.1, "decay": 0.2, "sustain": 0.5, "hold": 0.3, "release": 0.4}


@pytest.mark.parametrize("fps", [20, 60, 1000])
def test_an_envelope_keeps_its_times(fps: float) -> None:
    play = Play(make_voice(Modulator("hit", "envelope", values=ENVELOPE, on="onset")), fps=fps)
    play.voice.rig.strike("onset", 1.0)
    told = {0.05: 0.5, 0.1: 1.0, 0.2: 0.75, 0.3: 0.5, 0.55: 0.5, 0.8: 0.25, 1.0: 0.0, 2.0: 0.0}
    seconds = 0.0
    for at, level in told.items():
        play.run(at - seconds)
        seconds = at
        assert play.signal("hit") == pytest.approx(level, abs=1e-6)


def test_an_envelope_rises_as_high_as_it_was_struck_and_again_from_where_it_is() -> None:
    play = Play(make_voice(Modulator("hit", "envelope", values=ENVELOPE, on="onset")), fps=1000)
    play.voice.rig.strike("onset", 0.6)
    play.run(0.1)
    assert play.signal("hit") == pytest.approx(0.6)
    play.run(0.8)
    before = play.signal("hit")
    assert 0.0 < before < 0.3
    play.voice.rig.strike("onset", 1.0)
    play.frame()
    assert before < play.signal("hit") < before + 0.02


def test_a_note_holds_its_envelope_until_it_is_let_go() -> None:
    play = Play(make_voice(Modulator("hit", "envelope", values=ENVELOPE, on="note")))
    play.voice.rig.strike("note", 1.0)
    play.run(10)
    assert play.signal("hit") == pytest.approx(0.5)
    play.voice.rig.let_go("note")
    play.run(0.3 + 0.2)
    assert play.signal("hit") == pytest.approx(0.25)


def test_an_envelope_on_the_beat_begins_with_each_second_one() -> None:
    hit = Modulator("hit", "envelope", values={"attack": 0.001, "decay": 0.2}, on="beat", every=2.0)
    play = Play(make_voice(hit), bpm=60, fps=100)
    began = []
    for step in range(1, 811):
        before = play.signal("hit")
        play.frame()
        if play.signal("hit") > before:
            began.append(round(step / 100))
    assert began == [0, 2, 4, 6, 8]


def test_what_is_held_by_chance_is_the_same_for_the_same_seed_and_spread_evenly() -> None:
    def take(name: str) -> list[float]:
        play = Play(make_voice(Modulator(name, "hold", HERTZ, {"rate": 10.0})), fps=20)
        taken = []
        for _ in range(800):
            play.frame()
            taken.append(play.signal(name))
        return taken

    taken = take("dice")
    assert taken == take("dice")
    assert taken != take("cups")
    values = sorted(set(taken))
    assert 380 <= len(values) <= 402
    assert -1.0 <= values[0] < -0.95 and 0.95 < values[-1] <= 1.0
    assert abs(sum(values) / len(values)) < 0.1


def test_what_is_held_of_another_stands_until_the_next_cycle() -> None:
    hold = Modulator("step", "hold", HERTZ, {"rate": 1.0}, of="wave")
    play = Play(make_voice(hold, lfo(shape=2.0, rate=0.1)), fps=10)
    play.run(3.5)
    assert play.signal("step") == pytest.approx(2 * 0.3 - 1)


def test_steps_go_by_the_beat_round_and_round() -> None:
    line = (0.0, 0.5, 1.0)
    play = Play(make_voice(Modulator("line", "steps", BEATS, {"rate": 2.0}, steps=line)), bpm=60)
    seen = []
    for _ in range(4):
        play.run(1)
        seen.append(play.signal("line"))
        play.run(1)
    assert seen == [0.0, 0.5, 1.0, 0.0]


def test_steps_that_are_struck_go_on_by_one() -> None:
    line = Modulator("line", "steps", steps=(0.1, 0.2, 0.3), on="onset")
    play = Play(make_voice(line))
    seen = []
    for _ in range(4):
        play.run(0.5)
        seen.append(play.signal("line"))
        play.voice.rig.strike("onset", 1.0)
    assert seen == [0.1, 0.2, 0.3, 0.1]


def test_a_ramp_goes_up_once_and_again_when_it_is_struck() -> None:
    play = Play(make_voice(Modulator("rise", "ramp", HERTZ, {"rate": 0.5}, once=True, on="bar")))
    play.tempo.running = False
    play.run(1)
    assert play.signal("rise") == pytest.approx(0.5)
    play.run(2)
    assert play.signal("rise") == 1.0
    play.voice.rig.nodes["rise"].strike(1.0)
    play.frame()
    assert play.signal("rise") == 0.0


def test_audio_rises_and_sinks_by_its_own_times() -> None:
    bass = Modulator("boom", "audio", values={"attack": 0.1, "release": 0.5}, of="bass")
    play = Play(make_voice(bass))
    play.heard["bass"] = 1.0
    play.run(0.1)
    assert play.signal("boom") == pytest.approx(1 - math.exp(-1))
    play.run(3)
    play.heard["bass"] = 0.0
    play.run(0.5)
    assert play.signal("boom") == pytest.approx(math.exp(-1), abs=1e-6)


def test_a_parameter_and_a_macro_are_sources_where_hands_have_them() -> None:
    lamp = Modulator("lamp", "parameter", of="exposure")
    play = Play(make_voice(lamp, Modulator("knob", "parameter", of="macro_2"), macros=MACROS))
    play.voice.bank.want("exposure", (2.0,))
    play.voice.move_macro(1, 0.9)
    play.run(3)
    assert play.signal("lamp") == pytest.approx(0.75)
    assert play.signal("knob") == pytest.approx(0.9)


MACROS = make_scene("alpha").macros


def test_a_formula_knows_time_beat_sound_macros_parameters_and_modulators() -> None:
    text = "0.1 * time + 0.01 * beat + bass * 0.2 + 0.1 * wave + feed + macro_1 * 0.1"
    made = Modulator("sum", "formula", formula=parse_expression(text))
    play = Play(make_voice(made, lfo(rate=0.1), macros=MACROS), bpm=60)
    play.heard["bass"] = 0.5
    play.run(1.5)
    feed = play.voice.bank.wanted("feed")[0]
    wanted = 0.15 + 0.015 + 0.1 + 0.1 * math.sin(2 * math.pi * 0.15) + feed + 0.05
    assert play.signal("sum") == pytest.approx(wanted, abs=1e-6)


def test_a_formula_without_a_value_stands_where_it_was() -> None:
    made = Modulator("odd", "formula", formula=parse_expression("sqrt(1 - time)"))
    play = Play(make_voice(made))
    play.run(0.5)
    assert 0.6 < play.signal("odd") < 0.8
    play.run(2)
    assert 0.0 <= play.signal("odd") < 0.15


def test_routes_add_to_what_hands_set_and_stay_in_the_range() -> None:
    made = lfo("one", rate=0.25), lfo("two", rate=0.25, phase=0.25)
    routes = Route("one", "glow", 0.3), Route("two", "glow", 0.2)
    play = Play(make_voice(*made, routes=routes))
    play.voice.bank.want("glow", (1.0,))
    play.run(1.0)
    assert play.value("glow") == pytest.approx(1.3, abs=1e-4)
    play.run(1.0)
    assert play.value("glow") == pytest.approx(0.8, abs=1e-4)
    play.voice.bank.want("glow", (1.9,))
    play.run(3.0)
    assert play.value("glow") == 2.0
    assert play.voice.bank.wanted("glow") == (1.9,)


def test_along_a_log_curve_an_octave_is_a_doubling() -> None:
    wave = lfo(shape=4.0, rate=0.5)
    play = Play(make_voice(wave, routes=(Route("wave", "exposure", 1.0),)))
    play.run(0.5)
    assert play.value("exposure") == pytest.approx(2.0)
    play.run(1.0)
    assert play.value("exposure") == pytest.approx(0.5)


@pytest.mark.parametrize(
    "curve,polarity,at,wanted",
    [
        ("linear", "bi", 0.8, 0.6),
        ("linear", "uni", 0.8, 0.8),
        ("exp", "uni", 0.5, 0.25),
        ("exp", "bi", 0.25, -0.25),
        ("log", "uni", 0.25, 0.5),
        ("s", "uni", 0.25, 0.15625),
        ("inverse", "uni", 0.3, 0.7),
        ("inverse", "bi", 0.8, -0.6),
    ],
)
def test_a_route_bends_what_it_carries(curve: str, polarity: str, at: float, wanted: float) -> None:
    wave = lfo(shape=2.0, rate=0.0001, phase=at)
    route = Route("wave", "glow", 0.1, curve, polarity)
    play = Play(make_voice(wave, routes=(route,), values={"glow": (1.0,)}))
    assert play.value("glow") == pytest.approx(1.0 + 0.1 * wanted)


def test_depth_bypass_and_amount_are_parameters_and_count_at_once() -> None:
    wave = lfo(shape=4.0, rate=0.0001)
    route = Route("wave", "glow", 0.4)
    play = Play(make_voice(wave, routes=(route,), values={"glow": (1.0,)}))
    for name, value, wanted in (
        ("wave_depth", 0.5, 1.2),
        ("wave_to_glow", -0.8, 0.6),
        ("wave_bypass", 1.0, 1.0),
    ):
        play.voice.bank.want(name, (value,))
        play.run(2)
        assert play.value("glow") == pytest.approx(wanted, abs=1e-3)


def test_modulators_move_each_others_rate_depth_phase_and_amounts() -> None:
    made = lfo("slow", shape=4.0, rate=0.01), lfo("fast", rate=1.0)
    routes = (
        Route("slow", "fast_rate", 1.0),
        Route("slow", "fast_depth", -0.5),
        Route("slow", "fast_phase", 0.25),
        Route("fast", "glow", 0.4),
        Route("slow", "fast_to_glow", 0.4),
    )
    play = Play(make_voice(*made, routes=routes, values={"glow": (1.0,)}), fps=100)
    play.run(0.25)
    assert play.signal("fast") == pytest.approx(0.5 * math.cos(2 * math.pi * 0.5), abs=1e-9)
    assert play.value("glow") == pytest.approx(1.0 - 0.5 * 0.8)


def test_a_rate_in_beats_is_faster_when_it_is_moved_up() -> None:
    made = lfo("slow", shape=4.0, rate=0.01), lfo("fast", BEATS, rate=4.0)
    play = Play(make_voice(*made, routes=(Route("slow", "fast_rate", 1.0),)), bpm=60, fps=100)
    assert play.value("fast_rate") == pytest.approx(2.0)
    p = play.voice.parameters["fast_rate"]
    assert to_norm(p, 2.0) > to_norm(p, 4.0)
    assert from_norm(p, to_norm(p, 2.0)) == pytest.approx(2.0)


def test_a_macro_under_modulation_takes_along_what_it_moves() -> None:
    wave = lfo(shape=4.0, rate=0.001)
    play = Play(make_voice(wave, routes=(Route("wave", "macro_4", 0.25),), macros=MACROS))
    assert play.value("glow") == pytest.approx(0.4 * 1.2 + 0.25 * 1.2)
    assert play.value("turn") == pytest.approx(-0.1 + 0.65 * 0.2)
    play.voice.move_macro(3, 0.9)
    play.run(2)
    assert play.value("glow") == pytest.approx(1.2, abs=1e-4)


def test_a_point_and_a_colour_are_moved_number_by_number() -> None:
    wave = lfo(shape=4.0, rate=0.001)
    routes = Route("wave", "centre_x", 0.25), Route("wave", "tint_green", -0.4)
    play = Play(make_voice(wave, routes=routes))
    assert play.values["centre"] == (0.75, 0.5)
    assert play.values["tint"] == pytest.approx((1.0, 0.6, 1.0, 1.0))
    play.voice.bank.want("wave_to_centre_x", (1.0,))
    play.run(2)
    assert play.values["centre"] == (1.0, 0.5)


def test_a_ring_is_not_let_in() -> None:
    made = lfo("one"), lfo("two")
    routes = Route("one", "two_rate", 0.1), Route("two", "one_depth", 0.1)
    with pytest.raises(Ring, match=r"one -> two -> one|two -> one -> two"):
        make_voice(*made, routes=routes)
    with pytest.raises(Ring):
        make_voice(lfo("one"), routes=(Route("one", "one_rate", 0.1),))


def test_a_frozen_picture_stands_still() -> None:
    made = (
        lfo("one"),
        lfo("two", BEATS),
        Modulator("mist", "noise"),
        Modulator("boom", "audio", of="bass"),
        Modulator("sum", "formula", formula=parse_expression("0.3 * beat_phase + 0.2 * bass")),
    )
    routes = tuple(Route(m.name, "glow", 0.1) for m in made)
    play = Play(make_voice(*made, routes=routes))
    play.run(1.7)
    before = play.values
    play.heard["bass"] = 1.0
    for _ in range(90):
        play.frame(0.0)
        assert play.values == before
    play.frame()
    assert play.values != before
