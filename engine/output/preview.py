"""The latest picture, kept in a PNG file for whoever plays without a screen.

In: the picture, each frame. Out: the file, at most every so many seconds, written by a thread.
Never delays a frame.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import moderngl

from engine.errors import Complaint, MorphogenError
from engine.output.latest import LatestWorker
from engine.output.png import write_png
from engine.output.readback import Readback, to_image


@dataclass(frozen=True, slots=True)
class _Job:
    data: bytes
    size: tuple[int, int]


class Preview:
    """Owns a thread and one buffer on the GPU. `trouble` is why the file is not being written now,
    or None.
    """

    def __init__(
        self,
        path: Path,
        every_seconds: float = 2.0,
        now_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self.path = path
        self.trouble: Complaint | None = None
        self._every_ns = round(every_seconds * 1e9)
        self._now_ns = now_ns
        self._due_ns: int | None = None  # at once
        self._readback: Readback | None = None
        self._worker: LatestWorker[_Job, Complaint | None] = LatestWorker(self._write, "preview")

    def show(self, picture: moderngl.Framebuffer) -> None:
        """Keep the picture if it is time to."""
        for complaint in self._worker.take().values():
            self.trouble = complaint
        if self._readback is not None:
            data = self._readback.take()
            if data is not None:
                self._worker.offer("picture", _Job(data, self._readback.size))
        now = self._now_ns()
        if (self._due_ns is not None and now < self._due_ns) or self._worker.busy:
            return
        self._due_ns = now + self._every_ns
        if self._readback is None or self._readback.size != picture.size:
            if self._readback is not None:
                self._readback.close()
            self._readback = Readback(picture.ctx, picture.size)
        self._readback.start(picture)

    def close(self) -> None:
        """Write what was begun, end the thread."""
        if self._readback is not None:
            data = self._readback.take()
            if data is not None:
                self._worker.offer("picture", _Job(data, self._readback.size))
            self._readback.close()
            self._readback = None
        self._worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _write(self, job: _Job) -> Complaint | None:
        try:
            write_png(self.path, to_image(job.data, job.size), effort=1)
        except MorphogenError as error:
            return error.complaints[0]
        return None
