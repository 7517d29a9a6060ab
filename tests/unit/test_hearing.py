"""What the show makes of what is heard: values that sink in silence, drifts that go with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import MorphogenError
from engine.message import Message
from engine.overtaking import is_event
from engine.show.beat.tempo import Tempo
from engine.show.cues.playlist import Entry, Playlist
from engine.show.director import Director
from engine.show.modulation.hearing import HEARD, PATIENCE_S, SILENCE, Hearing
from engine.show.pace import Pace
from engine.show.scene import Drift
from engine.show.scene_file import load_scene
from engine.show.voice import Voice
from tests.show import make_catalogue, make_scene
from tests.unit.test_scene import HEAD, MACROS

BREATH = Drift("exposure", 0.4, 60.0, 0.0, "sine", audio="bass", smooth=0.2)


def make_voice(*drifts: Drift) -> Voice:
    catalogue = make_catalogue(make_scene("alpha", drifts=drifts))
    return Voice(1, catalogue.scenes["alpha"], 7, catalogue, Pace(aspect=1.5))


def exposure(voice: Voice, seconds: float, fps: float, bass: float) -> float:
    for _ in range(round(seconds * fps)):
        frame = voice.advance(1 / fps, Tempo(), None, heard={**SILENCE, "bass": bass})
    value = frame.values["exposure"]
    assert isinstance(value, float)
    return value


def test_messages_tell_what_is_heard() -> None:
    director = Director(make_catalogue(), "alpha")
    director.apply(Message("/audio/bass", (0.75,)))
    director.apply(Message("/audio/treble", (7.0,)))
    director.apply(Message("/audio/onset", (0.5,)))
    director.apply(Message("/audio/bpm", (124.0, 0.8)))
    assert director.hearing.values == {**SILENCE, "bass": 0.75, "treble": 1.0, "onset": 0.5}
    assert (director.hearing.bpm, director.hearing.confidence) == (124.0, 0.8)
    assert not director.refused


@pytest.mark.parametrize(
    "address,arguments",
    [
        ("/audio/boom", (0.5,)),
        ("/audio", (0.5,)),
        ("/audio/bass", ()),
        ("/audio/bass", (float("nan"),)),
        ("/audio/bass", ("loud",)),
        ("/audio/bpm", ()),
        ("/audio/bpm", (float("inf"), 1.0)),
    ],
)
def test_what_nobody_can_hear_is_refused(address: str, arguments: tuple[object, ...]) -> None:
    director = Director(make_catalogue(), "alpha")
    director.apply(Message(address, arguments))  # type: ignore[arg-type]
    assert sum(director.refused.values()) == 1
    assert director.hearing.values == SILENCE


def test_all_sinks_to_nothing_when_the_desk_falls_silent() -> None:
    hearing = Hearing()
    for name in HEARD:
        hearing.hear(name, 1.0)
    hearing.hear_beat(120.0, 1.0)
    hearing.advance(PATIENCE_S)
    assert hearing.values["bass"] == 1.0 and hearing.bpm == 120.0
    for _ in range(120):
        hearing.advance(1 / 60)
    assert max(hearing.values.values()) < 0.01
    assert hearing.bpm == hearing.confidence == 0.0


def test_music_is_no_hand_and_does_not_hold_the_show() -> None:
    entries = (Entry("alpha", 2.0), Entry("beta", 2.0))
    director = Director(
        make_catalogue(), "alpha", playlist=Playlist("one", "One", entries, 0.1, 60)
    )
    for _ in range(25):
        director.apply(Message("/audio/bass", (0.5,)))
        director.advance(100_000_000)
    assert director.layers[1].voice.scene.id == "beta"


def test_a_drift_goes_with_the_music_and_rests_in_silence() -> None:
    still = exposure(make_voice(), 1, 60, 0.0)
    voice = make_voice(BREATH)
    assert exposure(voice, 1, 60, 0.0) == still
    assert exposure(voice, 1, 60, 1.0) == pytest.approx(still + 0.4, abs=0.001)
    assert exposure(voice, 0.2, 60, 0.0) == pytest.approx(still + 0.4 / 2.71828, abs=0.001)
    assert exposure(voice, 3, 60, 0.0) == pytest.approx(still, abs=0.001)


def test_a_drift_rises_faster_than_it_sinks_and_the_same_at_any_frame_rate() -> None:
    still = exposure(make_voice(), 1, 60, 0.0)
    risen = [exposure(make_voice(BREATH), 0.1, fps, 1.0) - still for fps in (30, 60, 120)]
    assert risen == pytest.approx([0.4 * (1 - 2.71828**-2)] * 3, abs=0.001)


def test_a_frozen_picture_does_not_follow_the_music() -> None:
    voice = make_voice(BREATH)
    before = exposure(voice, 1, 60, 0.0)
    frame = voice.advance(0.0, Tempo(), None, heard={**SILENCE, "bass": 1.0})
    assert frame.values["exposure"] == before


def test_onsets_are_events_and_levels_are_values() -> None:
    assert is_event("/audio/onset", (0.5,))
    assert not is_event("/audio/bass", (0.5,))


def read(folder: Path, text: str) -> tuple[Drift, ...]:
    catalogue = make_catalogue()
    path = folder / "breath.toml"
    path.write_text(HEAD + text + MACROS)
    return load_scene(
        path, catalogue.models, catalogue.looks, catalogue.finish, catalogue.palettes
    ).drifts


def test_a_scene_file_says_what_a_drift_hears(tmp_path: Path) -> None:
    text = '[[drift]]\nparameter = "rain"\namount = 2\naudio = "bass"\nsmooth = 0.5\n'
    assert read(tmp_path, text) == (Drift("rain", 2.0, 60.0, 0.0, "sine", "bass", 0.5),)


@pytest.mark.parametrize(
    "line,said",
    [
        ('audio = "bas"', "Did you mean 'bass'"),
        ("audio = 3", "no '3'"),
        ('audio = "mid"\nbeats = 4', "one of them"),
        ('audio = "mid"\nsmooth = -1', "between 0 and 60"),
    ],
)
def test_what_a_drift_cannot_hear_is_said(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(MorphogenError, match=said):
        read(tmp_path, f'[[drift]]\nparameter = "rain"\n{line}\n')


def test_the_picture_of_what_is_heard_is_in_the_frame_until_nobody_tells_it() -> None:
    director = Director(make_catalogue(), "alpha")
    director.apply(Message("/audio/wave", (bytes([128, 255]),)))
    director.apply(Message("/audio/spectrum", (bytes([0, 9, 9]),)))
    frame = director.advance(10_000_000)
    assert (frame.wave, frame.spectrum) == (bytes([128, 255]), bytes([0, 9, 9]))
    for _ in range(4):
        frame = director.advance(200_000_000)
    assert (frame.wave, frame.spectrum) == (b"", b"")
    for wrong in ((), (1.0,), (b"1",), (bytes(5000),), ("text",)):
        director.apply(Message("/audio/wave", wrong))
    assert sum(director.refused.values()) == 5
