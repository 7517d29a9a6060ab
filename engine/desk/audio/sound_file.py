"""Sound from a file: an ffmpeg decodes, mono samples come out of its pipe.

In: the program, a file of any kind that it knows. Out: samples, 1 at full scale; the same each time.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from engine.errors import Complaint, MorphogenError

RATE = 48000
_BYTES = 4
TRIAL_S = 0.1
SUFFIXES = tuple(".wav .flac .mp3 .ogg .opus .m4a .aac .aif .aiff .mp4 .mov .mkv".split())


class SoundFile:
    """Owns an ffmpeg that plays one file over and over, mixed to one channel or two, at RATE."""

    def __init__(self, program: str, path: Path, *, loop: bool = True, channels: int = 1) -> None:
        """Raises OSError if the program does not start."""
        self._channels = channels
        self._path = path
        self.apart: NDArray[np.float32] = np.zeros((0, channels), np.float32)
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `close`)
        options = "-hide_banner -loglevel error -nostdin -protocol_whitelist file,pipe".split()
        again = ["-stream_loop", "-1"] if loop else []
        made = f"-vn -ac {channels} -ar {RATE} -c:a pcm_f32le -f f32le pipe:1".split()
        self._process = subprocess.Popen(
            [program, *options, *again, "-i", f"file:{path}", *made],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._said,
            start_new_session=True,
        )

    def read(self, count: int) -> NDArray[np.float32]:
        """The next samples, (count,), fewer at the end. Waits for them. Of two channels they are
        mixed; each one is in `apart`, (count, channels)."""
        assert self._process.stdout is not None
        size = _BYTES * self._channels
        data = self._process.stdout.read(count * size)
        samples = np.frombuffer(data[: len(data) // size * size], np.dtype("<f4"))
        self.apart = samples.reshape(-1, self._channels)
        return samples if self._channels == 1 else self.apart.mean(axis=1)

    def reason(self) -> str:
        """Why it ended, in ffmpeg's words. Waits for the end."""
        self._process.wait()
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "there is no sound in it"

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._said.close()

    def __enter__(self) -> SoundFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def means_file(path: Path) -> bool:
    """Whether a file is meant, rather than an input: "USB 2.0 Audio" has a point in its name."""
    return path.is_file() or path.is_absolute() or path.suffix.lower() in SUFFIXES


def check_sound(program: str, path: Path) -> None:
    """Decode the beginning of a file. Raises MorphogenError if there is no sound to be had."""
    if not path.is_file():
        raise MorphogenError(Complaint(str(path), "there is no such file"))
    with SoundFile(program, path, loop=False) as file:
        if not len(file.read(round(TRIAL_S * RATE))):
            remedy = "Use a sound file that ffmpeg can read, like .wav, .flac or .mp3."
            what = f"it cannot be played ({file.reason()})"
            raise MorphogenError(Complaint(str(path), what, remedy))
