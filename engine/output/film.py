"""Pictures of a rendering into a file: the last one as a still, or all of them as a film.

In: pictures, one by one. Out: what the path's name asks for. Waits, and never leaves one out.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import moderngl

from engine.errors import Complaint, MorphogenError
from engine.output.png import write_png
from engine.output.readback import Image, read_image
from engine.output.recorder import Recorder

SUFFIXES = (".png", ".mp4")


class Film(Protocol):
    """Where pictures go."""

    def show(self, picture: moderngl.Framebuffer) -> None:
        """The next picture. Raises `MorphogenError` if it cannot be kept."""

    def close(self) -> None:
        """All pictures were shown. Raises `MorphogenError` if the film cannot be finished."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Still:
    """The last picture, as a PNG."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: Image | None = None

    def show(self, picture: moderngl.Framebuffer) -> None:
        """Keep it until the next one."""
        self._last = read_image(picture).copy()

    def close(self) -> None:
        """Write it."""
        if self._last is not None:
            write_png(self._path, self._last)

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


def check_output(path: Path) -> None:
    """Raises `MorphogenError` for a name that no picture or film has, and for a missing folder."""
    if path.suffix not in SUFFIXES:
        what = f"no picture or film ends in '{path.suffix}'"
        raise MorphogenError(Complaint(str(path), what, "Use .png or .mp4."))
    if not path.parent.is_dir():
        raise MorphogenError(Complaint(str(path), f"there is no folder '{path.parent}'"))


def open_film(
    path: Path, size: tuple[int, int], fps: float, sound: tuple[Path, float] | None = None
) -> Film:
    """Where all pictures of a rendering go. `sound` as in `Recorder`. Raises `MorphogenError`."""
    check_output(path)
    if path.suffix == ".png":
        return Still(path)
    return Recorder(path, size, fps, blocking=True, sound=sound)
