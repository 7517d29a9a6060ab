"""ffmpeg: where it is, and a process of it that turns raw pictures into an mp4.

In: RGBA pictures, rows from the bottom. Out: H.264 in mp4, BT.709, 4:2:0. The same pictures give
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

REMEDY = (
    "Install ffmpeg (apt install ffmpeg, brew install ffmpeg) or pip install 'morphogen[record]'."
)
THREADS = 4  # part of what the encoder decides by, so not a matter of the machine
SLOW, QUICK = "medium", "veryfast"  # offline, where time costs nothing; live, beside the picture


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


def _sound_track(sound: tuple[Path, float]) -> list[str]:
    path, seconds = sound
    track = ["-stream_loop", "-1", "-t", f"{seconds:.6f}", "-i", f"file:{path}"]
    return [*track, *"-map 0:v -map 1:a -c:a aac -b:a 192k -flags:a +bitexact".split()]


class Encoder:
    """Owns one ffmpeg. `write` waits when ffmpeg does; it raises OSError once ffmpeg is gone."""

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        fps: float,
        *,
        preset: str,
        faststart: bool,
        program: str | None = None,
        sound: tuple[Path, float] | None = None,
    ) -> None:
        """`faststart` writes the whole file anew at the end, so that it plays while it loads.
        `program` is what runs in ffmpeg's place. `sound`: a file, played over and over for so many
        seconds.
        """
        self._path = path
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `finish`)
        rate = Fraction(fps).limit_denominator(1001)
        # 4:2:0 halves both ways, so an odd last row or column goes.
        picture = (
            "vflip,crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0,"
            "scale=out_color_matrix=bt709:out_range=tv"
            ":flags=bicubic+accurate_rnd+full_chroma_int+bitexact,format=yuv420p,"
            "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
        )
        start = "-movflags +faststart" if faststart else ""
        command = f"""-hide_banner -loglevel error -nostdin -y
            -f rawvideo -pixel_format rgba -video_size {size[0]}x{size[1]} -framerate {rate}
            -i pipe:0 SOUND -map_metadata -1 -vf {picture} -threads {THREADS}
            -c:v libx264 -preset {preset} -crf 16
            -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv
            -fflags +bitexact -flags:v +bitexact {start} -f mp4""".split()
        at = command.index("SOUND")
        command[at : at + 1] = _sound_track(sound) if sound else []
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
