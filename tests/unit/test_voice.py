"""A running scene: steps, limits, drift and rain do not depend on how often it is looked at."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.show.beat.tempo import Tempo
from engine.show.frame import Splat, VoiceFrame
from engine.show.pace import Pace
from engine.show.parameter import clamp_value
from engine.show.scene import Drift, Macro
from engine.show.sources.source import Source
from engine.show.substeps import SUBSTEPS
from engine.show.voice import Voice
from engine.show.voice_edits import follow_files
from tests.show import PARAMETERS, make_catalogue, make_scene, make_terrain_source

PACE = Pace(aspect=1.5)


def make_voice(pace: Pace = PACE, **changes: object) -> Voice:
    catalogue = make_catalogue(make_scene("alpha", **changes))
    return Voice(1, catalogue.scenes["alpha"], 7, catalogue, pace)


def play(voice: Voice, seconds: float, fps: float, budget: float | None = None) -> list[VoiceFrame]:
    tempo = Tempo()
    frames = []
    for _ in range(round(seconds * fps)):
        tempo.advance(1 / fps)
        frames.append(voice.advance(1 / fps, tempo, budget))
    return frames


def count_steps(frames: list[VoiceFrame]) -> int:
    return sum(round(frame.steps * frame.dt) for frame in frames)


@pytest.mark.parametrize("speed", [0.013, 0.5, 1.0, 3.7])
def test_steps_per_second_do_not_depend_on_the_frame_rate(speed: float) -> None:
    due = []
    for fps in (24, 30, 60, 120, 144):
        voice = make_voice(macros=(), values={"speed": (speed,)})
        due.append(sum(frame.steps for frame in play(voice, 10, fps)))
    assert max(due) - min(due) <= 1
    assert due[0] == pytest.approx(600 * speed * 10, abs=1)


def test_a_stall_is_dropped_and_counted_never_one_giant_step() -> None:
    voice = make_voice(macros=())
    tempo = Tempo()
    frame = voice.advance(100.0, tempo, budget=1e9)
    assert frame.steps <= 600 * 0.1 + 1
    assert voice.dropped == pytest.approx(60000 - 61, abs=2)


@given(st.floats(0, 1e7), st.floats(0.001, 0.25), st.floats(0, 4))
def test_the_budget_is_kept_but_one_step_is_always_made(
    budget: float, seconds: float, speed: float
) -> None:
    voice = make_voice(macros=(), values={"speed": (speed,)}, grow=1000)
    for _ in range(5):
        frame = voice.advance(seconds, Tempo(), budget)
        cells = frame.steps * frame.columns * frame.rows
        assert cells <= max(budget, frame.columns * frame.rows)


def test_the_beginnings_growth_is_made_whole_within_the_budget() -> None:
    voice = make_voice(macros=(), values={"speed": (0.0,)}, grow=1000)
    frames = play(voice, 10, 60, budget=90 * 135 * 20)
    assert sum(frame.steps for frame in frames) == 1000
    assert max(frame.steps for frame in frames) == 20


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_the_models_limit_holds_for_any_values_anywhere_on_the_field(data: st.DataObject) -> None:
    moving = PARAMETERS[:3]
    ranges = {p.name: (p.minimum[0], p.maximum[0]) for p in moving}
    values = {n: (data.draw(st.floats(*ends), n),) for n, ends in ranges.items()}
    sources = []
    for name, kind in (("terrain", "noise"), ("lamp", "image"), ("sky", "gradient")):
        chosen = data.draw(st.sets(st.sampled_from(sorted(ranges))), name)
        far = {n: (ranges[n][1] - ranges[n][0]) / 2 for n in chosen}
        moves = {n: data.draw(st.floats(-far[n], far[n]), "over") for n in sorted(chosen)}
        sources.append(Source(name, kind, {}, moves))
    scale = data.draw(st.sampled_from([45, 90, 180, 400]), "rows") / 90
    voice = make_voice(macros=(), values=values, sources=tuple(sources), rows=90)
    voice.scale = scale
    frame = voice.advance(1 / 60, Tempo(), None)
    own = {p.name: p for p in PARAMETERS}
    levels = (-1.0, -0.5, -0.1, 0.0, 0.3, 0.8, 1.0)
    for heights in itertools.product(*(tuple(v for v in levels if v >= s.low) for s in sources)):
        there = {}
        for name, value in values.items():
            far_off = sum(h * s.moves.get(name, 0.0) for h, s in zip(heights, sources, strict=True))
            there[name] = clamp_value(own[name], (value[0] + far_off,))[0]
        assert frame.dt <= voice.model.limit.largest_dt(there, scale) * 1.005  # of 5 % it leaves
    assert frame.dt <= voice.model.dt


def test_where_sub_steps_do_not_suffice_time_slows_down() -> None:
    voice = make_voice(macros=(), values={"diffuse_u": (0.6,)})
    voice.scale = 50.0
    frame = voice.advance(1 / 60, Tempo(), None)
    assert frame.steps == 10 * SUBSTEPS
    assert frame.dt == voice.model.limit.largest_dt(
        {n: v for n, v in frame.values.items() if isinstance(v, float)}, 50.0
    )


def test_a_drift_is_the_same_motion_at_any_frame_rate() -> None:
    for shape in ("sine", "wander", "pulse"):
        drifts = (Drift("feed", 0.02, 3.0, 0.0, shape), Drift("exposure", 0.1, 0.0, 4.3, shape))
        ends = []
        for fps in (30, 60, 120):
            frame = play(make_voice(drifts=drifts), 5, fps)[-1]
            ends.append((frame.values["feed"], frame.values["exposure"]))
        assert ends[0] == pytest.approx(ends[1], abs=1e-6)
        assert ends[0] == pytest.approx(ends[2], abs=1e-6)


def test_a_drift_stays_in_the_parameters_range_and_within_its_amount() -> None:
    drifts = (Drift("feed", 0.2, 3.0, 0.0, "sine"), Drift("glow", 0.1, 2.0, 0.0, "wander"))
    frames = play(make_voice(drifts=drifts), 6, 30)
    feeds = [frame.values["feed"] for frame in frames]
    glows = [frame.values["glow"] for frame in frames]
    assert (min(feeds), max(feeds)) == (0.0, 0.12)  # type: ignore[type-var]
    assert 0.38 <= min(glows) < max(glows) <= 0.58  # type: ignore[operator,type-var]


def test_rain_falls_as_often_as_it_says_and_the_same_for_the_same_seed() -> None:
    def rain(fps: float) -> list[Splat]:
        voice = make_voice(macros=(), values={"rain": (7.0,)})
        return [drop for frame in play(voice, 10, fps) for drop in frame.splats]

    assert len(rain(60)) in (69, 70)
    assert rain(60) == rain(60) == rain(30)[: len(rain(60))]
    assert all(0 <= d.x <= 1 and 0 <= d.y <= 1 for d in rain(60))


def test_splats_and_clear_are_for_one_frame_and_bounded() -> None:
    voice = make_voice()
    for _ in range(1000):
        voice.touches.splat(Splat(0.5, 0.5, 0.1, 1.0))
    voice.clear()
    first, second = play(voice, 2 / 60, 60)
    assert (len(first.splats), first.clear) == (64, True)
    assert (len(second.splats), second.clear) == (0, False)


def test_a_phase_is_the_integral_of_its_rate_and_stays_within_a_turn() -> None:
    voice = make_voice(macros=(), values={"turn": (0.3,), "palette_cycle": (-0.3,)})
    frame = play(voice, 5, 60)[-1]
    assert frame.values["turn_phase"] == pytest.approx(0.5, abs=1e-6)
    assert frame.values["palette_cycle_phase"] == pytest.approx(0.5, abs=1e-6)


def test_the_terrain_slides_on_stays_within_a_turn_and_never_jumps_by_an_edit() -> None:
    voice = make_voice(sources=(make_terrain_source(0.3, feed=0.01),))
    slid = play(voice, 5, 60)[-1].values["terrain_drift"]
    assert slid == pytest.approx((0.5, 0.927), abs=1e-9)
    assert adopt(voice, sources=(make_terrain_source(-0.3, feed=0.01),))
    slid = play(voice, 2, 60)[-1].values["terrain_drift"]
    assert slid == pytest.approx((0.9, 0.927 - 0.3708), abs=1e-9)


def test_a_slow_machine_gets_fewer_rows_but_no_fewer_than_a_pattern_needs() -> None:
    rich = make_voice(Pace(1.5, None, 1e9, 30))
    poor = make_voice(Pace(1.5, None, 1.0, 30))
    bound = make_voice(Pace(1.5, 60))
    assert (rich.rows, poor.rows, bound.rows, bound.columns) == (88, 64, 56, 84)
    assert poor.scale == pytest.approx(64 / 90)


def adopt(voice: Voice, **changes: object) -> bool:
    return follow_files(voice, make_catalogue(replace(voice.scene, **changes)))  # type: ignore[arg-type]


def test_an_edited_value_is_followed_and_a_played_one_is_kept() -> None:
    voice = make_voice(macros=(), values={"glow": (0.5,)})
    voice.bank.want("feed", (0.1,))
    assert adopt(voice, values={"glow": (0.9,)})
    assert (voice.bank.wanted("glow"), voice.bank.wanted("feed")) == ((0.9,), (0.1,))


def test_a_value_taken_out_of_the_file_goes_back_to_its_default() -> None:
    voice = make_voice(macros=(), values={"glow": (0.5,)})
    assert adopt(voice, values={})
    assert voice.bank.wanted("glow") == (0.35,)


def test_an_edited_terrain_is_followed() -> None:
    voice = make_voice(sources=(make_terrain_source(feed=0.01),))
    assert adopt(voice, sources=(make_terrain_source(feed=0.03, diffuse_u=0.1),))
    assert voice.bank.wanted("feed_terrain") == (0.03,)
    assert voice.bank.wanted("diffuse_u_terrain") == (0.1,)
    assert adopt(voice, sources=(make_terrain_source(),))
    assert "feed_terrain" not in voice.parameters
    assert not adopt(voice, sources=())


def test_an_edited_macro_moves_what_it_now_moves() -> None:
    voice = make_voice()
    voice.move_macro(0, 1.0)
    wider = (Macro("Feed", 0.5, (("feed", 0.02, 0.1),)), *voice.scene.macros[1:])
    assert adopt(voice, macros=wider)
    assert voice.bank.wanted("feed") == (pytest.approx(0.1),)
    assert voice.macros[0] == 1.0


def test_an_edit_of_something_else_moves_no_drift() -> None:
    voice = make_voice(drifts=(Drift("feed", 0.03, 20.0, 0.0, "sine"),))
    tempo = Tempo()
    before = voice.advance(1 / 60, tempo, None).values["feed"]
    assert adopt(voice, about="the same, in other words")
    after = voice.advance(1 / 60, tempo, None).values["feed"]
    assert after == pytest.approx(before, abs=3e-4)


def test_another_start_wants_a_new_beginning() -> None:
    for changes in ({"rows": 120}, {"grow": 5}, {"model": "worms"}, {"border": "fixed"}):
        voice = make_voice()
        assert not adopt(voice, **changes)


def test_an_edited_palette_is_faded_to() -> None:
    voice = make_voice()
    assert adopt(voice, palette="moss")
    first = voice.advance(1 / 60, Tempo(), None).lut[-1].copy()
    last = play(voice, 2, 60)[-1].lut[-1]
    assert not math.isclose(first[0], last[0], abs_tol=0.05)
