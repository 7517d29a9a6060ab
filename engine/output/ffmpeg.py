"""ffmpeg: where it is, and a process of it that turns raw pictures into a film.

In: RGBA pictures, rows from the bottom. Out: a film of one of CODECS, BT.709. The same pictures give
the same bytes: one fixed number of threads, no dates, no version strings.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from typing import IO

from engine.errors import Complaint, MorphogenError
from engine.output.codecs import CODECS, FORMATS, Codec

REMEDY = (
    "Install ffmpeg (apt install ffmpeg, brew install ffmpeg) or pip install 'morphogen[record]'."
)
THREADS = 4  # part of what the encoder decides by, so not a matter of the machine


def find_ffmpeg() -> str:
    """The program: the one on PATH, else the one of imageio-ffmpeg. Raises MorphogenError."""
    found = shutil.which("ffmpeg")
    if found:
        return found
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        raise MorphogenError(Complaint("ffmpeg", "it is not installed", REMEDY)) from None


def list_sound(sound: tuple[Path, float | None], codec: Codec) -> list[str]:
    """What ffmpeg is told of a sound file, which is played over and over for so many seconds; None:
    for as long as the film. The file is its second input."""
    path, seconds = sound
    lasts = ["-t", f"{seconds:.6f}"] if seconds is not None else []
    track = ["-stream_loop", "-1", *lasts, "-i", f"file:{path}", *"-map 0:v -map 1:a".split()]
    shortest = [] if lasts else ["-shortest"]
    return [*track, *codec.sound.split(), *"-flags:a +bitexact".split(), *shortest]


class Encoder:
    """Owns one ffmpeg. `write` waits when ffmpeg does; it raises OSError once ffmpeg is gone."""

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        fps: float,
        *,
        codec: Codec = CODECS["h264"],
        live: bool = False,
        program: str | None = None,
        sound: tuple[Path, float | None] | None = None,
    ) -> None:
        """`live`: it is written beside a picture that plays, so quickly, and once. Else the whole
        file is written anew at the end, so that it plays while it loads. `program` is what runs in
        ffmpeg's place. `sound` as in `list_sound`.
        """
        self._path = path
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `finish`)
        rate = Fraction(fps).limit_denominator(1001)
        form = FORMATS[path.suffix.lower()]
        start = "-movflags +faststart" if form in ("mp4", "mov") and not live else ""
        command = f"""-hide_banner -loglevel error -nostdin -y
            -f rawvideo -pixel_format rgba -video_size {size[0]}x{size[1]} -framerate {rate}
            -i pipe:0 SOUND -map_metadata -1 -vf {codec.filters} -threads {THREADS}
            {codec.quick if live else codec.slow} {codec.colours} {codec.tag(form)}
            -fflags +bitexact -flags:v +bitexact {start} -f {form}""".split()
        at = command.index("SOUND")
        command[at : at + 1] = list_sound(sound, codec) if sound and codec.sound else []
        self._process = subprocess.Popen(
            [program or find_ffmpeg(), *command, f"file:{path}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
            start_new_session=True,  # a Ctrl-C is for us; ffmpeg then finishes the file
        )

    def write(self, data: bytes) -> None:
        """One picture."""
        assert self._process.stdin is not None
        self._process.stdin.write(data)

    def finish(self, patience_s: float = 60.0) -> str | None:
        """Let ffmpeg finish the file; answers what went wrong, None when nothing did.

        It is given up only once the file has not changed for `patience_s` seconds.
        """
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it is gone already: what it said says why
            self._process.stdin.close()
        code = self._wait(patience_s)
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").strip().splitlines()
        self._said.close()
        if code == 0:
            return None
        reason = next((line for line in lines if "No space left" in line), None)
        return reason or (lines[0] if lines else f"ffmpeg ended with {code}")

    def _wait(self, patience_s: float) -> int:
        """ffmpeg's exit code, once it has left or has done nothing for so long that it is killed."""
        seen, since_s = self._look(), time.monotonic()
        while True:
            try:
                return self._process.wait(min(patience_s, 1.0))
            except subprocess.TimeoutExpired:
                now = self._look()
                if now != seen:
                    seen, since_s = now, time.monotonic()
                elif time.monotonic() - since_s >= patience_s:
                    self._process.kill()

    def _look(self) -> tuple[int, int]:
        """The file's size and when it was last written."""
        try:
            found = self._path.stat()
        except OSError:
            return 0, 0
        return found.st_size, found.st_mtime_ns
