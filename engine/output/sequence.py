"""Pictures as files of their own, numbered: PNGs with exactly the pixels that were drawn.

In: pictures, one by one. Out: a folder of them. Some threads write them; a picture that is there
already from a rendering that was interrupted is not written again.
"""

from __future__ import annotations

import re
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

import moderngl

from engine.errors import Complaint, MorphogenError
from engine.output.png import write_png
from engine.output.readback import Image, read_image

WRITERS, WAITING = 4, 8
PATTERN = re.compile(r"%0?(\d*)d")
USUAL = "%05d.png"
PLAN = ".plan"


def is_sequence(path: Path) -> bool:
    """Whether a name means many pictures: a folder that is there, or a name with %05d in it."""
    return bool(PATTERN.search(path.name)) or path.is_dir()


class Sequence:
    """Owns the threads that write."""

    only_last = False

    def __init__(self, path: Path, *, plan: str = "") -> None:
        """`path` is a folder, or has a name like `%05d.png`. `plan` names all that decides the
        pictures: those of another one are written anew. Raises MorphogenError."""
        self._pattern = path if PATTERN.search(path.name) else path / USUAL
        self._folder = self._pattern.parent
        if self._pattern.suffix != ".png":
            raise MorphogenError(Complaint(str(path), "pictures end in .png", f"Use {USUAL}."))
        self._writers = ThreadPoolExecutor(WRITERS, "pictures")
        self._waiting: deque[Future[None]] = deque()
        self._shown = 0
        self._plan = self._folder / PLAN
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            again = self._plan.is_file() and self._plan.read_text(encoding="utf-8") == plan
            self._plan.write_text(plan, encoding="utf-8")
        except OSError as error:
            what = f"pictures cannot be kept here ({error.strerror or error})"
            raise MorphogenError(Complaint(str(self._folder), what)) from None
        self._again = again and bool(plan)

    def show(self, picture: moderngl.Framebuffer) -> None:
        """The next picture. Raises MorphogenError if one could not be written."""
        self._shown += 1
        path = self._name(self._shown)
        if self._again and path.is_file():
            return
        while self._waiting and (len(self._waiting) >= WAITING or self._waiting[0].done()):
            self._waiting.popleft().result()
        self._waiting.append(self._writers.submit(_write, path, read_image(picture)))

    def close(self) -> None:
        """Write what waits. Raises MorphogenError if one could not be written."""
        self._writers.shutdown()
        while self._waiting:
            self._waiting.popleft().result()
        self._plan.unlink(missing_ok=True)

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
        else:
            self._writers.shutdown(cancel_futures=True)

    def _name(self, number: int) -> Path:
        def put(found: re.Match[str]) -> str:
            return f"{number:0{int(found[1] or 1)}d}"

        return self._pattern.with_name(PATTERN.sub(put, self._pattern.name, count=1))


def _write(path: Path, image: Image) -> None:
    write_png(path, image)
