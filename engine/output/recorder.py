"""The picture into a film.

In: the picture, each frame. Out: the film. Live, the film keeps time with the clock: what comes
too fast is left out, what comes late or was dropped is made up by repeating, and the picture never
waits. Offline every picture is one frame of it. A full disk or a dead ffmpeg ends the recording
with one complaint, never the picture.
"""

from __future__ import annotations

import queue
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import moderngl

from engine.errors import Complaint, MorphogenError
from engine.output.codecs import CODECS, Codec
from engine.output.ffmpeg import Encoder
from engine.output.readback import Readback
from engine.output.screen import Screen

LATE = 2  # frames until a copy is read, live: a driver that queues them holds nobody up
QUEUE_BYTES = 256 * 1024 * 1024
# Of the disk, left free: the file can be finished, the machine lives.
RESERVE_BYTES = 256 * 1024 * 1024
_LOOK_SECONDS = 1.0  # between two looks at the disk


class Recorder:
    """Owns an ffmpeg, a thread that feeds it and a buffer on the GPU.

    `frames` counts what the film has, `dropped` the pictures it misses, `trouble` is why it ended
    early, or None. Live, a file that is there is never overwritten: `path` is then the name with
    -2, -3, ... before the suffix.
    """

    only_last = False

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        fps: float,
        *,
        blocking: bool = False,
        now_ns: Callable[[], int] = time.monotonic_ns,
        reserve_bytes: int = RESERVE_BYTES,
        codec: Codec = CODECS["h264"],
        sound: tuple[Path, float | None] | None = None,
    ) -> None:
        """`blocking` is for offline: `show` waits rather than drop. `sound` is a file, and how many
        seconds of it; None: for as long as the film. Raises MorphogenError before anything is drawn.
        """
        if size[0] < 2 or size[1] < 2:
            what = f"a film of {size[0]} x {size[1]} pixels is too small"
            raise MorphogenError(Complaint(str(path), what, "It takes 2 x 2 pixels at least."))
        if not path.parent.is_dir():
            what = f"there is no folder '{path.parent}'"
            raise MorphogenError(Complaint(str(path), what, "Make it first."))
        self.path = path if blocking else find_free_name(path)
        self.size = size
        self.frames = 0
        self.dropped = 0
        self.trouble: Complaint | None = None
        self._fps = fps
        self._blocking = blocking
        self._now_ns = now_ns
        self._reserve_bytes = reserve_bytes
        self.codec = codec
        self.began_ns: int | None = None  # when the first picture came
        self._placed = 0  # frames of the film that are queued or started
        self._late = 1 if blocking else LATE
        self._flying: deque[tuple[Readback, int]] = deque()  # copies, and how often each is shown
        self._spare: list[Readback] = []
        self._left = False
        self._screen: Screen | None = None  # only once a picture of another size has come
        self._film: moderngl.Framebuffer | None = None
        room = max(4, min(64, QUEUE_BYTES // (size[0] * size[1] * 4)))
        self._queue: queue.Queue[tuple[bytes, int] | None] = queue.Queue(room)
        # Live, a show must not wait at its end for a long film to be written a second time.
        self._encoder = Encoder(self.path, size, fps, codec=codec, live=not blocking, sound=sound)
        self._thread = threading.Thread(target=self._feed, name="recorder", daemon=True)
        self._thread.start()
        self._closed = False

    def show(self, picture: moderngl.Framebuffer) -> None:
        """Take the picture into the film, shrunk or enlarged where its size is another.

        After `trouble` it does nothing live; offline it raises MorphogenError, for a film with
        holes is no film.
        """
        while len(self._flying) >= self._late:
            self._push()
        if self.trouble is not None:
            if self._blocking:
                raise MorphogenError(self.trouble)
            return
        due = 1 if self._blocking else self._count_due()
        if due == 0:
            return
        readback = self._spare.pop() if self._spare else Readback(picture.ctx, self.size)
        readback.start(picture if picture.size == self.size else self._fit(picture))
        self._flying.append((readback, due))
        self._placed += due

    def close(self) -> None:
        """Finish the file: every picture shown is in it. Offline raises MorphogenError if that
        failed.
        """
        if self._closed:
            return
        self.leave(wait=True)
        self.finish()

    def leave(self, wait: bool = False) -> None:
        """No more pictures come: give back what is on the GPU. For the picture's thread; unless it
        may `wait`, it does not, and what there is no room for is dropped."""
        if self._left:
            return
        self._left = True
        while self._flying:
            self._push(wait)
        for readback in self._spare:
            readback.close()
        if self._screen is not None and self._film is not None:
            self._film.color_attachments[0].release()
            self._film.release()
            self._screen.close()

    def finish(self) -> None:
        """Finish the file, once it has left the GPU. Waits; for any thread. Raises as `close` does."""
        self._closed = True
        self._queue.put(None)
        self._thread.join()
        if self._blocking and self.trouble is not None:
            raise MorphogenError(self.trouble)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _count_due(self) -> int:
        """How many frames the film lacks now: 0 when the picture comes faster than the film."""
        now = self._now_ns()
        if self.began_ns is None:
            self.began_ns = now
        due = (now - self.began_ns) * self._fps / 1e9 + 1 - self._placed
        return max(0, int(due + 1e-6))

    def _fit(self, picture: moderngl.Framebuffer) -> moderngl.Framebuffer:
        """The window was resized while the film goes on: the picture, fitted into the film."""
        if self._screen is None or self._film is None:
            self._screen = Screen(picture.ctx)
            self._film = picture.ctx.framebuffer([picture.ctx.texture(self.size, 4)])
        self._screen.draw(picture, self._film, self.size)
        return self._film

    def _push(self, wait: bool = False) -> None:
        """The picture that has been copied for longest, to the thread."""
        readback, repeats = self._flying.popleft()
        self._spare.append(readback)
        data = readback.take()
        if data is None or self.trouble is not None:
            return
        if self._blocking or wait:
            self._queue.put((data, repeats))
            return
        try:
            self._queue.put_nowait((data, repeats))
        except queue.Full:
            self.dropped += 1
            self._placed -= repeats  # the next one takes its place in time

    def _feed(self) -> None:
        """The thread: pictures to ffmpeg until None; after trouble it only empties the queue."""
        look_s = 0.0
        while (item := self._queue.get()) is not None:
            if self.trouble is not None:
                continue
            data, repeats = item
            now_s = time.monotonic()
            if now_s >= look_s:
                look_s = now_s + _LOOK_SECONDS
                wrong = self._find_wrong()
                if wrong:
                    self._stop(f"{wrong}, the film ends here")
                    continue
            try:
                for _ in range(repeats):
                    self._encoder.write(data)
                    self.frames += 1
            except OSError:
                self._stop("the recording ended")
        if self.trouble is None:
            self._stop(None)

    def _find_wrong(self) -> str:
        """Why the disk takes no more; "" if it does."""
        try:
            free = shutil.disk_usage(self.path.parent).free
        except OSError as error:  # it was pulled out, or the folder has been moved
            return f"its folder is gone ({error.strerror or error})"
        return "the disk is nearly full" if free < self._reserve_bytes else ""

    def _stop(self, what: str | None) -> None:
        """Finish the file; `what` went wrong, or whatever ffmpeg says did."""
        why = self._encoder.finish()
        if what is None and (why is None or not self.frames):  # ffmpeg minds a film of nothing
            return
        said = f"{what or 'the film could not be finished'}" + (f" ({why})" if why else "")
        self.trouble = Complaint(str(self.path), said, "The picture goes on; free some space.")


def find_free_name(path: Path) -> Path:
    """The path, or the first of name-2, name-3, ... that is not there."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
