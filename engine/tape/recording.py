"""A recording: frames become a tape, written as it goes, by a thread of its own.

In: a frame, each frame. Out: the file, which lacks a second at most whatever happens; of one with a
draft the same bytes in memory. Never makes the stage wait: not for a disk, not for a compressor.
"""

from __future__ import annotations

import os
import threading
import time
import zlib
from collections.abc import Callable, Collection
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import BinaryIO

from engine.tape.facts import Header, Mark, TapeFrame, Used
from engine.tape.tape_bytes import END, write_head, write_record

EVERY_S = 1.0  # between two writes
AT_ONCE = 100  # frames written before the picture's thread gets its turn: half a millisecond
WAITING = 200_000  # frames for a disk that does not answer: an hour; then the recording ends
LOST = ".lost.tape"
FindFiles = Callable[[str], dict[str, str]]


class Recording:
    """Owns a thread and a file. `trouble` is why the file is not whole, or "".

    It is written to `path` itself, or, with `draft`, beside it, and takes its name at the end; the first
    may go on for months, and is in the file alone.
    """

    def __init__(
        self,
        header: Header,
        path: Path,
        *,
        draft: Path | None = None,
        after: Recording | None = None,
        find_files: FindFiles = lambda scene: {},
    ) -> None:
        """`after` is one into the same file, to be finished first; `find_files` says of what files a
        scene is made, with their hashes: the thread asks it.
        """
        self.path = path
        self.trouble = ""
        self.frames = 0
        self._draft, self._after = draft, after
        self._find_files = find_files
        self._queue: SimpleQueue[tuple[TapeFrame, list[str]]] = SimpleQueue()
        self._marks: list[Mark] = []
        self._scenes: set[str] = set()
        self._stopping = threading.Event()
        self._deflate = zlib.compressobj(9)
        self._kept: list[bytes] = [write_head(header)]
        self._effort = 1.0
        self._full = False
        self._thread = threading.Thread(target=self._write, name="tape", daemon=True)
        self._thread.start()

    def mark(self, mark: Mark) -> None:
        """Say something of the next frame."""
        self._marks.append(mark)

    def keep(self, frame: TapeFrame, scenes: Collection[str]) -> None:
        """Take a frame, in which these scenes are played. Never waits."""
        if self._queue.qsize() >= WAITING:
            self._full = True
            self.trouble = self.trouble or "the disk does not answer, the tape ends here"
        if self._full:
            return
        new = [scene for scene in scenes if scene not in self._scenes]
        self._scenes.update(new)
        if self._marks:
            frame = replace(frame, marks=(*self._marks, *frame.marks))
            self._marks.clear()
        self._queue.put((frame, new))
        self.frames += 1

    def stop(self) -> None:
        """No more frames come. The thread finishes the file."""
        self._stopping.set()

    def finish(self) -> bytes:
        """Wait until the file is whole; all of its bytes, if it has a draft."""
        self._stopping.set()
        self._thread.join()
        return b"".join(self._kept) if self._draft is not None else b""

    def _write(self) -> None:
        """The thread."""
        if self._after is not None:
            self._after.finish()
            self._after = None
        with ExitStack() as stack:
            file: BinaryIO | None = None
            try:
                target = self._draft or self.path
                target.parent.mkdir(parents=True, exist_ok=True)
                if target.is_file() and self._draft is not None:  # of an engine that died
                    target.replace(self.path.with_suffix(LOST))
                file = stack.enter_context(target.open("wb", buffering=0))
                file.write(self._kept[0])
            except OSError as error:
                self.trouble, file = _describe(error), None
            stopping = False
            while not stopping:
                stopping = self._stopping.wait(EVERY_S)
                data = self._gather(end=stopping)
                if self._draft is not None:
                    self._kept.append(data)
                file = self._put(file, data)
        if file is not None and self._draft is not None:
            try:
                self._draft.replace(self.path)
            except OSError as error:
                self.trouble = _describe(error)

    def _put(self, file: BinaryIO | None, data: bytes) -> BinaryIO | None:
        """Write; None once that went wrong: the tape goes on in memory."""
        if file is None:
            return None
        try:
            view = memoryview(data)
            while view:
                view = view[file.write(view) :]
            os.fsync(file.fileno())
        except OSError as error:
            self.trouble = _describe(error)
            return None
        return file

    def _gather(self, end: bool) -> bytes:
        """What has come since the last time, deflated."""
        parts: list[bytes] = []
        number = 0
        while True:
            try:
                frame, scenes = self._queue.get_nowait()
            except Empty:
                break
            number += 1
            if number % AT_ONCE == 0:
                time.sleep(0)  # else the interpreter would go on for 5 ms
            used = [Used(self._find_files(scene)) for scene in scenes]
            if used:
                frame = replace(frame, marks=(*frame.marks, *used))
            try:
                parts.append(write_record(frame, self._effort))
                self._effort = frame.effort
            except (TypeError, ValueError) as error:  # a mark that JSON cannot say
                self.trouble = self.trouble or f"a frame is not on it ({error})"
        if end:
            parts.append(bytes((END,)))
        data = self._deflate.compress(b"".join(parts))
        return data + self._deflate.flush(zlib.Z_FINISH if end else zlib.Z_SYNC_FLUSH)


def _describe(error: OSError) -> str:
    return f"{error.strerror or error}"
