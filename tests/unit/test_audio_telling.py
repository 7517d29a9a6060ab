"""What is heard becomes messages: few enough, none lost, the same beside a film each time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from engine.desk.audio.analyse import Analyser
from engine.desk.audio.film import FilmEar
from engine.desk.audio.sound_file import SoundFile, check_sound, means_file
from engine.desk.audio.telling import MOST, VALUES, Teller
from engine.errors import MorphogenError
from engine.message import Message
from engine.output.ffmpeg import find_ffmpeg
from engine.show.director import Director
from tests.show import make_catalogue
from tests.sounds import RATE, Sound, click_times, clicks, drums, silence, write_wav


def tell(sound: Sound) -> list[Message]:
    analyser = Analyser(RATE)
    return Teller(analyser.hop_s).tell(analyser.hear(sound))


def test_each_value_is_told_no_more_often_than_a_picture_is_drawn() -> None:
    counts = Counter(message.address for message in tell(drums(120, 5.0)))
    for name in VALUES:
        assert 0.7 * MOST * 5 < counts[f"/audio/{name}"] <= MOST * 5
    assert counts["/audio/bpm"] < 20


def test_no_onset_is_lost() -> None:
    onsets = [m for m in tell(clicks(150, 6.0)) if m.address == "/audio/onset"]
    assert len(onsets) == len(click_times(150, 6.0))
    assert all(0.0 < float(m.arguments[0]) <= 1.0 for m in onsets)  # type: ignore[arg-type]


def test_a_peak_between_two_messages_is_told() -> None:
    analyser = Analyser(RATE)
    heard = analyser.hear(clicks(100, 4.0))
    told = [m.arguments[0] for m in Teller(analyser.hop_s).tell(heard) if m.address == "/audio/mid"]
    assert max(told) == pytest.approx(max(f.mid for f in heard), abs=1e-4)  # type: ignore[type-var]


def test_silence_is_told_once() -> None:
    told = [(message.address, message.arguments) for message in tell(silence(3.0))]
    assert told == [(f"/audio/{name}", (0.0,)) for name in VALUES]


def test_a_beat_that_is_sure_is_one_to_follow() -> None:
    last = [m for m in tell(drums(126, 8.0)) if m.address == "/tempo/sync"][-1]
    assert last.arguments[1] == pytest.approx(126, rel=0.01)
    assert last.arguments[2] == "audio"


def hear_film(file: Path, fps: int, lead: bool = False) -> list[list[Message]]:
    with FilmEar(find_ffmpeg(), file, lead=lead) as ear:
        return [ear.hear((index + 1) / fps) for index in range(6 * fps)]


def test_a_film_hears_the_same_each_time_and_goes_on_behind_the_files_end(tmp_path: Path) -> None:
    file = write_wav(tmp_path / "drums.wav", drums(120, 2.0))
    film = hear_film(file, 30)
    assert film == hear_film(file, 30)
    assert [m for messages in film[150:] for m in messages if m.address == "/audio/onset"]
    assert not [m for messages in film for m in messages if m.address == "/tempo/sync"]
    assert [
        m for messages in hear_film(file, 30, True) for m in messages if m.address == "/tempo/sync"
    ]


@pytest.mark.parametrize("bpm", [96, 128])
def test_a_shows_clock_falls_in_with_the_beat(tmp_path: Path, bpm: float) -> None:
    file = write_wav(tmp_path / "drums.wav", 0.7 * drums(bpm, 12.0))
    director = Director(make_catalogue(), "alpha")
    with FilmEar(find_ffmpeg(), file, lead=True) as ear:
        for index in range(60 * 11):
            for message in ear.hear((index + 1) / 60):
                director.apply(message)
            director.advance(1_000_000_000 // 60)
            off = (director.tempo.beats - (index + 1) / 60 * bpm / 60 + 0.5) % 1.0 - 0.5
            assert index < 60 * 8 or abs(off) < 0.08  # of a beat
    assert director.tempo.bpm == pytest.approx(bpm, rel=0.01)
    assert director.tempo.source == "audio" and not director.refused


def test_a_films_frame_hears_what_sounds_then(tmp_path: Path) -> None:
    file = write_wav(tmp_path / "clicks.wav", clicks(60, 6.0))
    film = hear_film(file, 25)
    onsets = [n for n, messages in enumerate(film) if any("onset" in m.address for m in messages)]
    for onset, time in zip(onsets, click_times(60, 6.0), strict=True):
        assert 0.0 <= (onset + 1) / 25 - time < 0.08


def test_a_sound_file_gives_its_samples_and_plays_on(tmp_path: Path) -> None:
    sound = 0.5 * drums(120, 1.0)
    file = write_wav(tmp_path / "drums.wav", sound)
    with SoundFile(find_ffmpeg(), file) as played:
        first, second = played.read(RATE), played.read(RATE)
    assert first == pytest.approx(sound, abs=1e-4)
    assert (first == second).all()


@pytest.mark.parametrize(
    ("wanted", "is_file"),
    [
        ("Scarlett", False),
        ("USB 2.0 Audio", False),
        ("Front/Rear Mic", False),
        ("song.flac", True),
        ("music/Song.MP3", True),
        ("/music/song", True),
    ],
)
def test_files_and_inputs_are_told_apart(wanted: str, is_file: bool) -> None:
    assert means_file(Path(wanted)) == is_file


@pytest.mark.parametrize("name", ["none.wav", "words.wav"])
def test_what_is_no_sound_is_said_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "words.wav").write_text("words")
    with pytest.raises(MorphogenError, match=name) as raised:
        check_sound(find_ffmpeg(), tmp_path / name)
    assert len(str(raised.value).splitlines()) == 1
