"""A long film in parts, so that a rendering that was interrupted goes on where it was.

In: pictures, one by one. Out: a film. Every film is encoded in parts of ten seconds, each in a file of
its own in a folder beside it; at the end they are put together without being encoded again, and the
folder goes. So a film that was interrupted has the same bytes as one that was not. Whoever renders
makes every picture again, which costs the GPU's time: only encoding is saved.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import moderngl

from engine.errors import Complaint, MorphogenError
from engine.output.codecs import FORMATS, Codec
from engine.output.ffmpeg import find_ffmpeg, list_sound
from engine.output.recorder import Recorder

PART_SECONDS = 10.0
PLAN = "plan.json"
PART, UNFINISHED = "{:05d}.nut", "unfinished.nut"  # NUT holds every codec, with exact times


class Movie:
    """Owns the folder of parts. `kept` pictures of an interrupted rendering need not be shown again,
    but are passed over if they are."""

    only_last = False

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        fps: float,
        codec: Codec,
        *,
        plan: str = "",
        sound: tuple[Path, float | None] | None = None,
        part_seconds: float = PART_SECONDS,
    ) -> None:
        """`plan` names all that decides the pictures: parts made for another one are thrown away.
        `sound` as in `list_sound`. Raises MorphogenError before anything is drawn."""
        find_ffmpeg()
        self.path = path
        self._size, self._fps, self._codec, self._sound = size, fps, codec, sound
        self._each = max(round(part_seconds * fps), 1)
        self._folder = path.with_name(f"{path.name}.parts")
        self._part: Recorder | None = None
        self._shown = 0
        self._closed = False
        told = {"plan": plan, "codec": codec.id, "size": list(size), "fps": fps, "each": self._each}
        self._parts = self._find_parts(told)
        self.kept = len(self._parts) * self._each

    def show(self, picture: moderngl.Framebuffer) -> None:
        """The next picture. Raises MorphogenError if it cannot be kept."""
        self._shown += 1
        if self._shown <= self.kept:
            return
        if self._part is None:
            unfinished = self._folder / UNFINISHED
            self._part = Recorder(
                unfinished, self._size, self._fps, blocking=True, codec=self._codec
            )
        self._part.show(picture)
        if self._shown % self._each == 0:
            self._finish_part()

    def close(self) -> None:
        """Finish the film. Raises MorphogenError if that failed: its parts are then still there."""
        if self._closed:
            return
        self._closed = True
        self._finish_part()
        if not self._shown:
            raise MorphogenError(Complaint(str(self.path), "no picture was made for it"))
        self._join()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.close()
        elif self._part is not None:  # interrupted: what is whole stays
            part, self._part, self._closed = self._part, None, True
            with contextlib.suppress(MorphogenError):
                part.close()

    def _find_parts(self, told: dict[str, object]) -> list[Path]:
        """The whole parts that are there already, in order."""
        plan = self._folder / PLAN
        try:
            if self._folder.is_dir():
                with contextlib.suppress(OSError, ValueError):
                    if json.loads(plan.read_text(encoding="utf-8")) == told:
                        return self._list_parts()
                for path in (*self._folder.glob("*.nut"), plan):
                    path.unlink(missing_ok=True)
            self._folder.mkdir(exist_ok=True)
            plan.write_text(json.dumps(told), encoding="utf-8")
        except OSError as error:
            what = f"the film's parts cannot be kept here ({error.strerror or error})"
            raise MorphogenError(Complaint(str(self._folder), what)) from None
        return []

    def _list_parts(self) -> list[Path]:
        parts: list[Path] = []
        while (part := self._folder / PART.format(len(parts))).is_file():
            parts.append(part)
        return parts

    def _finish_part(self) -> None:
        part, self._part = self._part, None
        if part is not None:
            part.close()
            self._parts.append(part.path.replace(self._folder / PART.format(len(self._parts))))

    def _join(self) -> None:
        """Put the parts together, with the sound, in one pass."""
        lines = ["ffconcat version 1.0"]
        rate = Fraction(self._fps).limit_denominator(1001)
        for number, part in enumerate(self._parts):
            frames = min(self._each, self._shown - number * self._each)
            lines += [f"file {part.name}", f"duration {float(frames / rate):.9f}"]
        listed = self._folder / "parts.txt"
        listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
        form = FORMATS[self.path.suffix.lower()]
        start = ["-movflags", "+faststart"] if form in ("mp4", "mov") else []
        sound: list[str] = []
        if self._sound and self._codec.sound:
            path, seconds = self._sound
            lasts = seconds or float(self._shown / rate)
            sound = list_sound((path, lasts), self._codec)
        command = f"""-hide_banner -loglevel error -nostdin -y -f concat -safe 0 -i SOURCE
            SOUND -map_metadata -1 -c:v copy {self._codec.tag(form)}
            -fflags +bitexact -flags:v +bitexact""".split()
        command[command.index("SOURCE")] = f"file:{listed}"
        at = command.index("SOUND")
        command[at : at + 1] = sound
        done = subprocess.run(
            [find_ffmpeg(), *command, *start, "-f", form, f"file:{self.path}"],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            check=False,
        )
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            what = f"the film could not be finished ({said[0] if said else 'ffmpeg failed'})"
            raise MorphogenError(
                Complaint(str(self.path), what, f"Its parts are in {self._folder}.")
            )
