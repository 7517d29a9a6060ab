"""Footage: videos and cameras, decoded beside the frame into small grey pictures.

In: a source of a scene. Out: its pictures, one byte a pixel, rows from the bottom, taken by the time
of the scene. An ffmpeg decodes in a process of its own, a thread reads its pipe; taking a picture
never waits on stage, where one that is late is skipped, and always waits offline, so that a film is
the same each time. A file that cannot be played is said once, a camera that is gone once and then
tried again.
"""

from __future__ import annotations

import contextlib
import queue
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence

from engine.assets import Folder
from engine.errors import Complaint, MorphogenError
from engine.output.ffmpeg import find_ffmpeg
from engine.show.seeds.pictures import find_file
from engine.show.sources.source import Source

FPS = 25.0
AHEAD = 8  # pictures decoded before they are due
RETRY_S = 3.0
PATIENCE_S = 30.0  # offline: for a picture that never comes
ADDRESS = re.compile(r"^\[[^]]*\] ")  # which of ffmpeg's parts speaks, and where it lies
GRABBERS = {"linux": "v4l2", "darwin": "avfoundation", "win32": "dshow"}


class Footage:
    """Opens and owns all reels. `live`: on stage, where nothing waits; else offline."""

    def __init__(self, folder: Folder, *, live: bool, retry_s: float = RETRY_S) -> None:
        """`folder` is where the scenes' files lie."""
        self._folder, self._live, self._retry_s = folder, live, retry_s
        self._reels: list[Reel] = []

    def open(self, source: Source, size: tuple[int, int]) -> Reel:
        """Begin to decode, columns x rows. Raises MorphogenError if there is nothing to decode."""
        camera = source.kind == "camera"
        if camera and not self._live:
            what = "a camera is seen on stage only"
            raise MorphogenError(Complaint(source.where, what, "It stands at 0 here."))
        opened = _camera(source) if camera else _video(source, self._folder)
        command = [*opened, *_pictures(source, size)]
        retry_s = self._retry_s if camera else None
        reel = Reel(
            command, size[0] * size[1], source, waits=not self._live, newest=camera, retry_s=retry_s
        )
        self._reels = [kept for kept in self._reels if not kept.closed] + [reel]
        return reel

    def close(self) -> None:
        """End every ffmpeg, and wait for the threads that read them."""
        for reel in self._reels:
            reel.close()
        for reel in self._reels:
            reel.join()


class Reel:
    """One video or camera being read. Owns an ffmpeg and the thread that reads it."""

    def __init__(
        self,
        command: Sequence[str],
        count: int,
        source: Source,
        *,
        waits: bool,
        newest: bool,
        retry_s: float | None,
        find: Callable[[], str] = find_ffmpeg,
    ) -> None:
        """`command` follows ffmpeg's name, `count` are the bytes of a picture; `newest` takes
        what came last, whatever time it is; `retry_s` begins again so long after an end."""
        self._command, self._count, self._source, self._find = command, count, source, find
        self._waits, self._newest, self._retry_s = waits, newest, retry_s
        self._pictures: queue.Queue[bytes | None] = queue.Queue(AHEAD)
        self._complaints: queue.SimpleQueue[Complaint] = queue.SimpleQueue()
        self._said = ""
        self._taken = -1  # the number of the last picture
        self._ended = False
        self._gone = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._read, name="reel", daemon=True)
        self._thread.start()

    @property
    def closed(self) -> bool:
        return self._gone.is_set()

    def take(self, seconds: float) -> bytes | None:
        """The picture due at `seconds` of the scene, or None to keep the one before."""
        due = int(seconds * FPS)
        found: bytes | None = None
        while not self._ended and (self._newest or self._taken < due):
            try:
                picture = (
                    self._pictures.get(timeout=PATIENCE_S)
                    if self._waits
                    else self._pictures.get_nowait()
                )
            except queue.Empty:
                self._ended = self._waits
                break
            if picture is None:
                self._ended = not self._newest
                break
            self._taken += 1
            found = picture
        return found

    def complaints(self) -> list[Complaint]:
        """What went wrong since this was last asked."""
        found = []
        with contextlib.suppress(queue.Empty):
            while True:
                found.append(self._complaints.get_nowait())
        return found

    def close(self) -> None:
        """Let go. Never waits: the thread reaps ffmpeg."""
        self._gone.set()
        process = self._process
        if process is not None:
            process.kill()

    def join(self) -> None:
        self._thread.join(2.0)

    def _read(self) -> None:
        while not self.closed:
            self._complain(self._run())
            if self._retry_s is None:
                break
            self._gone.wait(self._retry_s)
        self._put(None)

    def _run(self) -> str:
        """Read one ffmpeg until it ends. Answers why, empty if it came to the film's end."""
        try:
            program = self._find()
        except MorphogenError as error:
            return f"{error.complaints[0]}"
        with tempfile.TemporaryFile() as said:
            options = ["-hide_banner", "-loglevel", "error", "-nostdin"]
            try:
                process = subprocess.Popen(
                    [program, *options, *self._command],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    start_new_session=True,
                )
            except OSError as error:
                return f"ffmpeg does not start ({error.strerror or error})"
            self._process = process
            if self.closed:  # between the two: nobody else would end it
                process.kill()
            assert process.stdout is not None
            seen = 0
            with process.stdout as pipe:
                while len(picture := pipe.read(self._count)) == self._count:
                    seen += 1
                    self._said = ""
                    self._put(picture)
            code = process.wait()
            said.seek(0)
            lines = said.read().decode("utf-8", "replace").strip().splitlines()
        if self.closed or (code == 0 and seen):
            return ""
        return (
            ADDRESS.sub("", lines[0])
            if lines
            else f"ffmpeg ended with {code} after {seen} pictures"
        )

    def _put(self, picture: bytes | None) -> None:
        """Wait for room; of a camera the oldest picture goes instead."""
        while not self.closed:
            try:
                self._pictures.put(picture, timeout=0.0 if self._newest else 0.2)
                return
            except queue.Full:
                if self._newest:
                    with contextlib.suppress(queue.Empty):
                        self._pictures.get_nowait()

    def _complain(self, reason: str) -> None:
        """Say it once until pictures come again."""
        if not reason or self._said:
            return
        self._said = reason
        arguments = self._source.arguments
        what = f"'{arguments.get('file') or 'camera ' + arguments['device']}' cannot be played"
        remedy = "It is tried again." if self._retry_s is not None else "The scene goes on without."
        self._complaints.put(Complaint(self._source.where, f"{what} ({reason})", remedy))


def _video(source: Source, folder: Folder) -> list[str]:
    path = find_file(folder, source.arguments["file"], source.where)
    loop = ["-stream_loop", "-1"] if source.arguments["loop"] else []
    return [*loop, "-protocol_whitelist", "file,pipe", "-i", f"file:{path}"]


def _camera(source: Source) -> list[str]:
    device = source.arguments["device"]
    grabber = GRABBERS.get(sys.platform, "v4l2")
    if grabber == "dshow":
        return ["-f", grabber, "-i", f"video={device}"]
    if not device.isdigit():
        what = f"no camera '{device}'"
        raise MorphogenError(Complaint(source.where, what, 'Number them: "0" is the first.'))
    return ["-f", grabber, "-i", f"/dev/video{device}" if grabber == "v4l2" else device]


def _pictures(source: Source, size: tuple[int, int]) -> list[str]:
    """What ffmpeg makes of it: grey, of one size, at an even pace, the bottom row first."""
    arguments, wide = source.arguments, f"{size[0]}:{size[1]}"
    cover = arguments["fit"] == "cover"
    fit = "increase" if cover else "decrease"
    filters = [
        *([f"setpts=PTS/{arguments['speed']:g},fps={FPS:g}"] if source.kind == "video" else []),
        f"scale={wide}:force_original_aspect_ratio={fit}:flags=area",
        f"crop={wide}" if cover else f"pad={wide}:-1:-1",
        *(["hflip"] if arguments.get("mirror") else []),
        "vflip",
        "scale=out_range=pc,format=gray",
        *(["negate"] if arguments["invert"] else []),
    ]
    return ["-an", "-vf", ",".join(filters), "-threads", "2", "-f", "rawvideo", "pipe:1"]
