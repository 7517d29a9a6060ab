"""What is heard beside a film: a sound file by the film's time, the same each time.

In: a file and the time of a frame. Out: the messages due by then. Knows no clock and no device.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from engine.desk.audio.analyse import Analyser
from engine.desk.audio.portrait import Portrait
from engine.desk.audio.sound_file import RATE, SoundFile, check_sound
from engine.desk.audio.telling import Teller
from engine.message import Message


class FilmEar:
    """Owns the file that is read, over and over, for as long as the film is."""

    def __init__(self, program: str, path: Path, *, lead: bool = False) -> None:
        """`program` is ffmpeg; `lead`: the beat leads the tempo. Raises MorphogenError if the file
        can't be played."""
        check_sound(program, path)
        self._file = SoundFile(program, path)
        self._analyser = Analyser(RATE)
        self._teller = Teller(self._analyser.hop_s)
        self._portrait = Portrait(self._analyser)
        self._lead = lead
        self._seconds = 0.0

    def hear(self, seconds: float, seen: bool = False) -> list[Message]:
        """What is told up to this second of the film, since it was last asked; `seen`: with the wave
        and the spectrum as they are then."""
        told: list[Message] = []
        picture: list[Message] = []
        while self._seconds + self._analyser.hop_s <= seconds + 1e-9:
            heard = self._analyser.hear(self._file.read(self._analyser.hop))
            if not heard:
                break
            self._seconds = heard[-1].seconds
            told += self._teller.tell(heard)
            picture = self._portrait.tell(len(heard)) or picture
        if seen:
            told += picture
        return [m for m in told if self._lead or not m.address.startswith("/tempo/")]

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> FilmEar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
