"""A whole show that hears music: the picture breathes with it, and the tempo follows."""

from __future__ import annotations

from pathlib import Path

from tests.jack import wait_for
from tests.play import Play
from tests.sounds import drums, write_wav


def test_the_tempo_of_a_show_follows_the_music_and_its_bands_are_told(tmp_path: Path) -> None:
    file = write_wav(tmp_path / "drums.wav", drums(140, 6.0))
    options = ("--audio", file, "--audio-beat")
    with Play(tmp_path, *options, start="plankton").wait_for_picture() as play:
        play.wait_for_value("/status/audio", "drums.wav")
        play.wait_for_value("/tempo/source", "audio")

        def follows() -> bool:
            bpm = play.get("/tempo/bpm")
            return bool(bpm) and abs(float(bpm[0]) - 140.0) < 1.5  # type: ignore[arg-type]

        wait_for(follows, "the tempo of the music", 40)
        bands = [play.get(f"/status/audio/{name}") for name in ("level", "bass", "mid", "treble")]
        assert all(band and 0.0 <= float(band[0]) <= 1.0 for band in bands)  # type: ignore[arg-type]
        assert play.get("/status/refused") == (0,)
