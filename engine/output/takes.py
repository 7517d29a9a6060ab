"""Films and stills that are begun while the picture plays, by a key or an address.

In: wishes, and each picture. Out: numbered files in a folder of the user's. A film's ffmpeg is started
and ended by a thread, a still is written by one: nothing here ever makes the picture wait.
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import moderngl
from platformdirs import user_pictures_dir, user_videos_dir

from engine.desk.audio.ring import want_since
from engine.errors import Complaint, MorphogenError
from engine.output.codecs import CODECS, choose_codec
from engine.output.png import write_png
from engine.output.readback import Readback, to_image
from engine.output.recorder import LATE, Recorder
from engine.output.sound_track import add_sound

MOST_STILLS = 8  # on their way: a flood of wishes is no hand


class Takes:
    """Owns the film that is recorded now, those that are being finished, and the stills' thread."""

    def __init__(
        self,
        folder: Path | None,
        size: Callable[[], tuple[int, int]],
        fps: float,
        codec: str | None = None,
        sound: Path | None = None,
    ) -> None:
        """`folder` None: films go into the user's videos, stills into his pictures. `codec`: one of
        CODECS; None: the usual one. `size` says how large the picture is now. `sound`: the folder in
        which the ear keeps what it hears, for films that are to have it."""
        self._sound = sound
        self._films = folder or Path(user_videos_dir()) / "Morphogen"
        self._pictures = folder or Path(user_pictures_dir()) / "Morphogen"
        self._size, self._fps, self._codec = size, fps, codec
        self._film: Recorder | None = None
        self._opening: Future[Recorder] | None = None
        self._ending = False  # as soon as it has been opened
        self._finishing: list[tuple[Recorder, threading.Thread]] = []
        self._opener = ThreadPoolExecutor(1, "films")
        self._writer = ThreadPoolExecutor(1, "stills")
        self._wanted = 0  # stills of the next picture
        self._copies: deque[tuple[int, Readback]] = deque()  # and of which frame
        self._written: deque[Future[Path]] = deque()
        self._said: list[str] = []
        self._complaints: list[Complaint] = []
        self._frame = 0
        self._name = ""

    @property
    def status(self) -> tuple[str, str, int, int]:
        """ "recording", "finishing" or "idle"; the film's name, its seconds, how many pictures it misses."""
        film = self._film
        if film is not None and film.trouble is None:
            return "recording", film.path.name, int(film.frames / self._fps), film.dropped
        if self._opening is not None:
            return "recording", "", 0, 0
        return ("finishing" if self._finishing else "idle"), self._name, 0, 0

    def obey(self, deed: str) -> None:
        """`start`, `stop` or `toggle` a film."""
        if deed == "toggle":
            deed = "stop" if self._going else "start"
        if deed == "start" and not self._going:
            self._ending = False
            self._opening = self._opener.submit(self._open, self._size())
        elif deed == "stop" and self._opening is not None:
            self._ending = True
        elif deed == "stop":
            self._end_film()

    def record(self, path: Path) -> None:
        """Begin a film of this name at once: before the show. Raises MorphogenError."""
        codec = choose_codec(path, self._codec)
        self._want_sound(True)
        self._film = Recorder(path, self._size(), self._fps, codec=codec)
        self._say(f"recording to {self._film.path}")

    def still(self) -> None:
        """Keep the next picture."""
        if self._wanted + len(self._copies) + len(self._written) < MOST_STILLS:
            self._wanted += 1

    def show(self, picture: moderngl.Framebuffer) -> None:
        """Take a picture into the film, and keep it if that was wished for. Never waits."""
        self._frame += 1
        self._look()
        if self._film is not None:
            self._film.show(picture)
            if self._film.trouble is not None:
                self._end_film()
        while self._copies and self._copies[0][0] + LATE <= self._frame:
            self._write(self._copies.popleft()[1])
        for _ in range(self._wanted):
            copy = Readback(picture.ctx, picture.size)
            copy.start(picture)
            self._copies.append((self._frame, copy))
        self._wanted = 0

    def take_words(self) -> list[str]:
        """What was begun and kept since this was last asked, each in a line."""
        said, self._said = self._said, []
        return said

    def take_complaints(self) -> list[Complaint]:
        """What went wrong since this was last asked."""
        told, self._complaints = self._complaints, []
        return told

    def close(self) -> None:
        """Finish the films and write the stills. Waits."""
        if self._opening is not None:
            self._ending = True
        self._opener.shutdown()
        self._look()
        if self._film is not None:
            film, self._film = self._film, None
            film.leave(wait=True)
            self._finish(film)
        for _, thread in self._finishing:
            thread.join()
        while self._copies:
            self._write(self._copies.popleft()[1])
        self._writer.shutdown()
        self._look()

    def _look(self) -> None:
        """What the threads have done."""
        if self._opening is not None and self._opening.done():
            opening, self._opening = self._opening, None
            try:
                self._film = opening.result()
                self._say(f"recording to {self._film.path}")
            except MorphogenError as error:
                self._complaints += error.complaints
            if self._ending:
                self._end_film()
        for ended in [pair for pair in self._finishing if not pair[1].is_alive()]:
            self._finishing.remove(ended)
            film = ended[0]
            empty = not film.frames and not film.dropped
            if empty and film.trouble is None:  # it was stopped before it had begun
                film.path.unlink(missing_ok=True)
                continue
            if film.trouble is not None:
                self._complaints.append(film.trouble)
            self._name = film.path.name
            missed = f", {film.dropped} missed" if film.dropped else ""
            self._say(f"{film.path}: {film.frames} frames{missed}")
        while self._written and self._written[0].done():
            try:
                self._say(f"kept {self._written.popleft().result()}")
            except MorphogenError as error:
                self._complaints += error.complaints

    def _open(self, size: tuple[int, int]) -> Recorder:
        """On the opener's thread."""
        try:
            self._films.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            what = f"films cannot be kept here ({error.strerror or error})"
            raise MorphogenError(Complaint(str(self._films), what, "--takes FOLDER")) from None
        codec = CODECS[self._codec or "h264"]
        self._want_sound(True)
        try:
            path = find_next_name(self._films, "film", codec.suffixes[0])
            return Recorder(path, size, self._fps, codec=codec)
        except OSError as error:  # a folder that cannot be listed, an ffmpeg that does not start
            what = f"no film can be begun ({error.strerror or error})"
            raise MorphogenError(Complaint(str(self._films), what, "--takes FOLDER")) from None

    def _end_film(self) -> None:
        film, self._film = self._film, None
        if film is not None:
            film.leave()
            self._finish(film)

    def _finish(self, film: Recorder) -> None:
        thread = threading.Thread(target=self._finish_film, args=(film,), name="film", daemon=True)
        thread.start()
        self._finishing.append((film, thread))

    def _finish_film(self, film: Recorder) -> None:
        """On a thread of its own: the film's end, and its sound."""
        film.finish()
        if self._sound is None or film.trouble is not None or film.began_ns is None:
            return
        ended_ns = film.began_ns + round(film.frames * 1e9 / self._fps)
        wrong = add_sound(film.path, film.codec, self._sound, film.began_ns, ended_ns)
        if wrong:
            film.trouble = Complaint(str(film.path), f"it has no sound: {wrong}")
        if not self._going:
            self._want_sound(False)

    @property
    def _going(self) -> bool:
        return self._film is not None or self._opening is not None

    def _want_sound(self, wanted: bool) -> None:
        """Tell the ear from when on what it hears is wanted, or that nothing is."""
        if self._sound is not None:
            with contextlib.suppress(OSError):  # the ear says it, too
                want_since(self._sound, time.monotonic_ns() if wanted else None)

    def _write(self, copy: Readback) -> None:
        data = copy.take()
        copy.close()
        if data is not None:
            self._written.append(self._writer.submit(self._keep, data, copy.size))

    def _keep(self, data: bytes, size: tuple[int, int]) -> Path:
        """On the stills' thread."""
        try:
            self._pictures.mkdir(parents=True, exist_ok=True)
            path = find_next_name(self._pictures, "still", ".png")
        except OSError as error:
            what = f"stills cannot be kept here ({error.strerror or error})"
            raise MorphogenError(Complaint(str(self._pictures), what, "--takes FOLDER")) from None
        write_png(path, to_image(data, size))
        return path

    def _say(self, words: str) -> None:
        self._said.append(words)


def find_next_name(folder: Path, word: str, suffix: str) -> Path:
    """`word-0001` with the suffix, or the number after the highest that there is."""
    pattern = re.compile(rf"{word}-(\d{{4,9}})\.\w+")
    found = (pattern.fullmatch(path.name) for path in folder.iterdir())
    number = max((int(match[1]) for match in found if match), default=0) + 1
    return folder / f"{word}-{number:04d}{suffix}"
